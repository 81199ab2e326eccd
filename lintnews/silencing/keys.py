"""By what a finding is known again, whatever is edited around it: a hash for each line of its text, as words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lintnews.diagnostic import Diagnostic

_NO_WORD = re.compile(r"[\W_]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
NEAR_WORDS, NEAR_CHARS = 8, 200
"""Words on each side by which the place of a finding is known again, and the code points in which they are looked for."""


def normalised(text: str) -> str:
    """The words of a text and nothing else: no case, no punctuation, one space between them."""
    return _NO_WORD.sub(" ", text.casefold()).strip()


def keys(text: str) -> tuple[str, ...]:
    """A hash of each line that holds words, or, where none does, of the whole.

    Lines rather than the whole, as rules for lists find more or less of them when something else is edited.
    """
    lines = tuple(hashed(words) for line in _LINE_END.split(text) if (words := normalised(line)))
    return lines or (hashed(text.strip()),)


def near(text: str, start: int, end: int) -> str:
    """A hash of the words before and behind a span."""
    before = normalised(text[max(0, start - NEAR_CHARS) : start]).split()[-NEAR_WORDS:]
    after = normalised(text[end : end + NEAR_CHARS]).split()[:NEAR_WORDS]
    return hashed(" ".join(before) + "\0" + " ".join(after))


def family(rule: str, renamed: Mapping[str, str]) -> str:
    """The family of a rule, under the name that it has now. A line that one rule of it knew, another one may find later."""
    return renamed.get(rule, rule).partition("/")[0]


def names(names: tuple[str, ...], diagnostic: Diagnostic) -> bool:
    """Whether rules and families (none: all) name the rule of a diagnostic."""
    return not names or any(names_rule(name, diagnostic.rule) for name in names)


def names_rule(name: str, rule: str) -> bool:
    """Whether a rule's id, a family or ALL names a rule."""
    return name in (rule, "ALL") or rule.startswith(name + "/")


def hashed(text: str) -> str:
    """The xxh3 hash of a text, 16 hexadecimal digits."""
    from xxhash import xxh3_64_hexdigest

    return str(xxh3_64_hexdigest(text.encode("utf-8", "surrogatepass")))
