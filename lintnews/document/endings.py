"""Where an article has ended: marks such as "3 comments", "Tags:" or "Related stories" with most of the prose before them.

The same words higher up prove nothing: each kind of mark counts from a share of the prose on, and only where the article does
not go on behind it. How marks are worded stands in `data/english/endings.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import rtoml

from lintnews.data import DATA
from lintnews.document.blocks import Block
from lintnews.document.resuming import DOUBTED, GOES_ON, Wording, is_sentence_of, points, runs
from lintnews.patterns.matcher import SHORT, Matcher, holds

LONGEST = 160
"""Code points of a mark, an author's note excepted."""
UNBROKEN, UNBROKEN_TALK = 4, 10
"""Paragraphs of running text in a row behind a mark that show it to be none, and behind one that opens a discussion."""
_AUTHOR_NOTE = "author-note"


class Kind(NamedTuple):
    """A kind of mark: the share of the prose that stands before one, and points against the article going on behind it."""

    name: str
    share: float
    against: int


def _read() -> tuple[dict[str, Kind], Wording]:
    """The patterns of marks with their kinds, and the wording of running text behind them, from the data file."""
    data = rtoml.loads((DATA / "english" / "endings.toml").read_text(encoding="utf-8"))
    pieces, behind = data.pop("pieces"), data.pop("behind")
    kinds = {
        f"(?i)^(?:{_pattern(written, pieces)})": Kind(name, table["share"], table["against"])
        for name, table in data.items()
        for written in table["patterns"]
    }
    return kinds, Wording(*(re.compile("(?i)" + _pattern(behind[sign], pieces)) for sign in Wording._fields))


def _pattern(written: str, pieces: dict[str, str]) -> str:
    joined = "".join(map(str.strip, written.splitlines()))
    for name, piece in pieces.items():
        joined = joined.replace("{" + name + "}", piece)
    return joined


_KINDS, _BEHIND = _read()

PATTERNS: dict[str, int | None] = {p: None if kind.name == _AUTHOR_NOTE else SHORT for p, kind in _KINDS.items()}
"""Every pattern of a mark, with the most words of a block that it is for."""


Candidates = Callable[[str], Sequence[Block]]
"""The blocks that a pattern may match."""


class Ending(NamedTuple):
    """Index of the first mark that the article is over, or the number of blocks; blocks behind it that may be the article."""

    mark: int
    doubted: frozenset[int] = frozenset()


def ending(blocks: Sequence[Block], candidates: Candidates | None = None) -> Ending:
    """Where the article has ended. A mark behind which running text goes on with the article is none."""
    prose = [len(block.text) if block.is_prose else 0 for block in blocks]
    total = sum(prose)
    found = sorted(_marks(candidates or _candidates(blocks))) if total else []
    for mark, kind in found:
        if sum(prose[:mark]) < kind.share * total or _is_unbroken(prose[mark:], kind):
            continue
        article = "\n".join(block.text for block in blocks[:mark] if block.is_prose)
        if kind.name != _AUTHOR_NOTE and is_sentence_of(blocks[mark], article):
            continue
        behind = {run: points(blocks, mark, run, article, _BEHIND) - kind.against for run in runs(blocks, mark + 1)}
        if not behind or next(iter(behind.values())) < GOES_ON:
            return Ending(mark, frozenset(at for run, value in behind.items() if value >= DOUBTED for at in run))
    return Ending(len(blocks))


def _is_unbroken(prose: list[int], kind: Kind) -> bool:
    """Whether so many paragraphs of running text follow that nothing interrupts, as they do where an article goes on."""
    unbroken = UNBROKEN_TALK if kind.name == "discussion" else UNBROKEN
    return any(all(prose[at : at + unbroken]) for at in range(len(prose) - unbroken + 1))


def _marks(candidates: Candidates) -> Iterator[tuple[int, Kind]]:
    """Indices of marks, with their kinds."""
    for pattern, kind in _KINDS.items():
        for block in candidates(pattern):
            if block.kind == "item" or not block.is_text:
                continue
            short = not block.is_prose and len(block.text) <= LONGEST and len(block.words) <= SHORT
            if (short or kind.name == _AUTHOR_NOTE) and holds(pattern, block.text):
                yield block.index, kind


def _candidates(blocks: Sequence[Block]) -> Candidates:
    """For a document that has not been through a linter whose rules have patterns."""
    found = _matcher().find([block.text for block in blocks])
    return lambda pattern: [blocks[number] for number in found.get(pattern, ())]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(PATTERNS)
