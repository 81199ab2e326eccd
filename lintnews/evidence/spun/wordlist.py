"""The numbers of words in a long list that stays one text: to take it apart takes longer than to look an article's words up."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

Places = Mapping[bytes, tuple[int, int, int]]
"""By the first two bytes of words: from where to where in the list they stand, and the number of the first."""


class WordList:
    """Words in alphabetical order, one a line, numbered from 0."""

    def __init__(self, lines: bytes, known: Places | None = None) -> None:
        self._lines = b"\n" + lines + b"\n"
        self._places = places(lines) if known is None else known

    def __len__(self) -> int:
        return self._lines.count(b"\n") - 1

    def number(self, word: str) -> int | None:
        """The number of a word, None for one that is not on the list."""
        line = word.encode("utf-8", "replace")
        place = self._places.get(line[:2])
        if place is None:
            return None
        start, stop, first = place
        at = self._lines.find(b"\n" + line + b"\n", start, stop)
        return None if at < 0 else first + self._lines.count(b"\n", start, at)


def places(lines: bytes) -> Places:
    """Where the words stand."""
    firsts: dict[bytes, tuple[int, int]] = {}
    at = 0
    for number, word in enumerate(lines.split(b"\n")):
        firsts.setdefault(word[:2], (at, number))
        at += len(word) + 1
    bounds = pairwise([*firsts.values(), (at, 0)])
    return {key: (start, stop + 1, first) for key, ((start, first), (stop, _)) in zip(firsts, bounds, strict=True)}
