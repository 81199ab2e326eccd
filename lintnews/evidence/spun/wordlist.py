"""The numbers of words in a long list that stays one text at first: to take it apart takes longer than to look up a few words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

Places = Mapping[bytes, tuple[int, int, int]]
"""By the first two bytes of words: from where to where in the list they stand, and the number of the first."""


PATIENCE = 3000
"""Words looked up from which on the list is taken apart after all."""


class WordList:
    """Words in alphabetical order, one a line, numbered from 0."""

    def __init__(self, lines: bytes, known: Places | None = None) -> None:
        self._lines = b"\n" + lines + b"\n"
        self._places = places(lines) if known is None else known
        self._asked = 0
        self._numbers: dict[bytes, int] | None = None

    def __len__(self) -> int:
        return self._lines.count(b"\n") - 1

    def number(self, word: str) -> int | None:
        """The number of a word, None for one that is not on the list."""
        line = word.encode("utf-8", "replace")
        if self._numbers is not None:
            return self._numbers.get(line)
        self._asked += 1
        if self._asked > PATIENCE:
            self._numbers = {known: number for number, known in enumerate(self._lines[1:-1].split(b"\n"))}
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
