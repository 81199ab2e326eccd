"""Offsets in code points to lines and characters as an editor counts them, and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal, NamedTuple

Unit = Literal["utf-8", "utf-16", "utf-32"]

_LINE_ENDS = re.compile(r"\r\n|\r|\n")
"""The protocol's; an article's lines and `str.splitlines` know others."""


class Position(NamedTuple):
    """Line and character from 0, characters in the editor's unit."""

    line: int
    character: int


class Positions:
    """Places in one text. `unit` is what the editor counts."""

    def __init__(self, text: str, unit: Unit = "utf-16") -> None:
        self._text, self._unit = text, unit
        self._starts = [0, *(found.end() for found in _LINE_ENDS.finditer(text))]

    def position(self, offset: int) -> Position:
        """Where an offset is."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._width(self._text[self._starts[line] : offset]))

    def offset(self, line: int, character: int) -> int:
        """The offset of a place; one past the end of its line is the end, one inside a character its start."""
        if line >= len(self._starts):
            return len(self._text)
        start = self._starts[line]
        stop = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        content = self._text[start:stop].rstrip("\r\n")
        if self._unit == "utf-32" or content.isascii():
            return start + min(character, len(content))
        for at, one in enumerate(content):
            character -= self._width(one)
            if character < 0:
                return start + at
        return start + len(content)

    def _width(self, text: str) -> int:
        if self._unit == "utf-32" or text.isascii():
            return len(text)
        if self._unit == "utf-8":
            return len(text.encode("utf-8", "surrogatepass"))
        return len(text) + sum(character > "\uffff" for character in text)
