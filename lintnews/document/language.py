"""Which language a text is in, told by its script and by the commonest words of each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from lintnews.data import DATA


class Language(NamedTuple):
    """A language that the caller knows a text to be in, by its code of two letters; see `Document.known`."""

    code: str


FEWEST = 3
"""Words of a language that must stand in a text for it to count as written in it."""
MOST_WORDS = 400
"""Words of a text that are looked at."""
_SCRIPTS = (
    ("ja", 0x3041, 0x30FF),
    ("ko", 0xAC00, 0xD7AF),
    ("th", 0x0E01, 0x0E5B),
    ("zh", 0x4E00, 0x9FFF),
    ("lo", 0x0E81, 0x0EDF),
    ("my", 0x1000, 0x109F),
    ("km", 0x1780, 0x17FF),
    ("ka", 0x10A0, 0x10FF),
    ("hy", 0x0531, 0x058F),
    ("am", 0x1200, 0x139F),
    ("ta", 0x0B80, 0x0BFF),
    ("te", 0x0C00, 0x0C7F),
    ("pa", 0x0A00, 0x0A7F),
    ("gu", 0x0A80, 0x0AFF),
)
"""Scripts that one language is written in, or nearly so. Japanese comes before Chinese, whose characters it has, too."""
_SHARE = {"ja": 0.05}
_FIRST = min(first for _, first, _ in _SCRIPTS)
_ENGLISH = frozenset(
    ["the", "of", "and", "to", "that", "for", "was", "with", "his", "has", "have", "from", "are", "this", "which", "were", "will"]
)
_SURELY_ENGLISH, _FIRST_WORDS = 0.14, 60
"""The share of these among the first words that no other language reaches; for the rest the words of all are asked."""


def language(text: str, words: Iterable[str]) -> str:
    """The language's code of two letters (ISO 639-1), nothing where it can't be told. `words` are the text's, in lower case."""
    rest = iter(words)
    opening = list(islice(rest, _FIRST_WORDS))
    if sum(word in _ENGLISH for word in opening) > _SURELY_ENGLISH * max(_FIRST_WORDS // 2, len(opening)):
        return "en"
    if not text.isascii() and (found := _by_script(text[: MOST_WORDS * 8])):
        return found
    known = _words()
    counted: Counter[str] = Counter()
    for word in chain(opening, islice(rest, MOST_WORDS - _FIRST_WORDS)):
        for code in known.get(word.strip(".,;:!?()\"'“”„«»"), ()):
            counted[code] += 1
    best = counted.most_common(2)
    if not best or best[0][1] < FEWEST or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def _by_script(text: str) -> str:
    times = {ord(char): count for char, count in Counter(text).items() if char.isalpha()}
    letters = sum(times.values())
    if max(times, default=0) < _FIRST:
        return ""
    for code, first, last in _SCRIPTS:
        if sum(count for letter, count in times.items() if first <= letter <= last) > _SHARE.get(code, 0.3) * max(1, letters):
            return code
    return ""


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    """The languages of each known word."""
    known: dict[str, tuple[str, ...]] = {}
    for line in (DATA / "function_words.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, *words = line.split()
            for word in words:
                known[word] = (*known.get(word, ()), code)
    return known
