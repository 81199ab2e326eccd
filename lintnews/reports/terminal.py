"""Where people read: how wide it is, whether it has colours, and what text is fit to be shown there.

Names of files, messages and articles are other people's text. Some characters in it would move the cursor, change colours or
titles, or turn the writing round; a line break would let a name write a line of its own; and what begins with `::` or holds
`##[` is a command to the services that run a repository's checks. All that goes to a terminal or a log goes through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TextIO

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "bold": "1", "dim": "2"}
_SPACES = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
"""What is not printable in Python's eyes, and only a space in those of a terminal."""
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\w*\[)")


_ACTS = re.compile(r"(\x1b\[[0-9;]*m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Colours, and characters that do more than show; a line break and a tabulator are no more than what they seem."""


class Terminal(NamedTuple):
    """Where a report is shown: with colours or without, how many columns wide, and whether all is wanted that can be told, or
    nothing but the findings."""

    colour: bool = False
    width: int = 100
    verbose: bool = False
    quiet: bool = False

    def paint(self, colour: str, text: str) -> str:
        """The text, made fit, in a level's colour, `bold` or `dim`, where there are colours."""
        text = fit(text)
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.colour and text else text


def fit(text: str) -> str:
    """The text as one line that does nothing but show: what would do more is spelt out, such as `\\x1b`."""
    return _changed(text, _spelt, lambda c: f"\\x{ord(c):02x}")


def flat(text: str) -> str:
    """The text of an excerpt, character for character, so that marks stand under it: what does more than show is a space."""
    return _changed(text.replace("\u00a0", " "), lambda _: " ", lambda _: " ")


def fit_json(line: str) -> str:
    """A line of JSON, the same to who reads JSON, with what does more than show escaped."""
    return _changed(line, _escaped, lambda c: f"\\u{ord(c):04x}")


def fit_xml(value: str) -> str:
    """An attribute's value in XML, the same to who reads XML, with what does more than show as a reference."""
    return _changed(value, _referred, _referred)


def _changed(text: str, unfit: Callable[[str], str], command: Callable[[str], str]) -> str:
    """The text with what does more than show changed, and the one character that makes a command of it."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in _SPACES else unfit(c) for c in text)
    if "::" in text or "##" in text:
        text = _COMMAND.sub(lambda found: found[0][:-1] + command(found[0][-1]), text)
    return text


def _spelt(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _referred(character: str) -> str:
    return f"&#{ord(character)};"


def _escaped(character: str) -> str:
    import json

    return json.dumps(character)[1:-1]


class Screen:
    """A terminal that takes a report: what a plugin's report or an article's lines hold beside text and colours is spelt out."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Show it, line by line; colours pass."""
        return self._stream.write(_ACTS.sub(lambda found: found[0] if found[1] else _spelt(found[0]), text))
