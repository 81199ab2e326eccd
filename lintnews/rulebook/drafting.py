"""A rule file drafted from one line of an article, with examples that hold, for people to go on from."""

from __future__ import annotations

import json
import re

from lintnews.rulebook.files import CLOSE, OPEN

LONGEST_LINE_CHARS = 300
_BEFORE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."
_AFTER = "Farmers had warned of this outcome since May, when the first wells ran dry and the seedlings in the north died."
_DIGITS = re.compile(r"\d+")
_ANY = r"\\d+"
_SPACES = re.compile(r"\s+")
_DRAFT = """\
message = {message}
why = "This line is set into our articles, and is no part of them." # say where it comes from
fix = "unsafe" # "safe", once it has found nothing but furniture for a while
detect = "block"

[with]
patterns = [{pattern}]
"""


def draft(line: str) -> str:
    """A rule that finds this line where it stands alone. Numbers in it may be others, if it holds words as well.

    Raises `ValueError` that says why there can be none.
    """
    words = _SPACES.sub(" ", line).strip()
    if not words:
        raise ValueError("is blank; name a line with words")
    if len(words) > LONGEST_LINE_CHARS:
        raise ValueError(f"is longer than {LONGEST_LINE_CHARS} characters, and so more than a line that is set into articles")
    if OPEN in words or CLOSE in words:
        raise ValueError(f"holds {OPEN} or {CLOSE}, with which examples are marked; write the rule by hand")
    has_words = bool(re.search(r"[^\W\d_]{2}", words))
    numbers = _DIGITS.sub("71", words) if has_words else words
    others = numbers if numbers != words else words.upper()
    head = _DRAFT.format(message=json.dumps(f"Line of our own: {_shown(words)}"), pattern=_literal(_pattern(words, has_words)))
    bad = [f"{_BEFORE}\n\n{OPEN}{words}{CLOSE}\n\n{_AFTER}", f"{_BEFORE}\n\n{_AFTER}\n\n{OPEN}{others}{CLOSE}"]
    good = [f"The sign on the door of the mill read “{words}” in letters of red paint.", f"{_BEFORE} Nobody spoke of “{words}”."]
    examples = [("bad", text) for text in bad] + [("good", text) for text in good]
    return head + "".join(f"\n[[{kind}]]\ntext = {_quoted(text)}\n" for kind, text in examples)


def _pattern(words: str, has_words: bool) -> str:
    """Case does not count, nor which white space stands between words."""
    parts = [re.escape(part) for part in words.split(" ")]
    pattern = r"\s+".join(parts).replace("\\-", "-").replace("\\#", "#").replace("\\&", "&").replace("\\~", "~")
    return f"(?i)^{_DIGITS.sub(_ANY, pattern) if has_words else pattern}$"


def _literal(pattern: str) -> str:
    """A string of TOML that needs no escapes, where there can be one."""
    return (
        f"'''{pattern}'''" if "'''" not in pattern and not pattern.endswith("'") and pattern.isprintable() else _quoted(pattern)
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(words: str) -> str:
    """The line in the rule's message, where braces would be placeholders."""
    return words.replace("{", "(").replace("}", ")")
