"""Where people read: how wide it is, and whether it has colours."""

from __future__ import annotations

from typing import NamedTuple

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "bold": "1", "dim": "2"}


class Terminal(NamedTuple):
    """Where a report is shown: with colours or without, and how many columns wide."""

    colour: bool = False
    width: int = 100

    def paint(self, colour: str, text: str) -> str:
        """The text in a level's colour, `bold` or `dim`, where there are colours."""
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.colour and text else text
