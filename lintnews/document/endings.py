"""Where an article has ended: marks such as "3 comments", "Tags:" or "Related stories" with most of the prose before them.

The same words higher up prove nothing: each kind of mark counts from a share of the prose on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import rtoml

from lintnews.data import DATA
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import SHORT, Matcher, holds

LONGEST = 160
"""Code points of a mark, an author's note excepted."""
UNBROKEN, UNBROKEN_TALK = 4, 10
"""Paragraphs of running text in a row behind a mark that show it to be none, and behind one that opens a discussion."""
_DISCUSSED, _CLOSED, _OFFERED = 0.35, 0.6, 0.85
"""Shares of the prose that stand before a block that opens a discussion, closes an article, or offers others."""


def _read() -> dict[str, tuple[str, ...]]:
    """The patterns of each kind of mark, as the data file words them."""
    data = rtoml.loads((DATA / "english" / "endings.toml").read_text(encoding="utf-8"))
    pieces = data.pop("pieces")
    return {kind: tuple(_pattern(kind, written, pieces) for written in table["patterns"]) for kind, table in data.items()}


def _pattern(kind: str, written: str, pieces: dict[str, str]) -> str:
    joined = "".join(map(str.strip, written.splitlines()))
    for name, piece in pieces.items():
        joined = joined.replace("{" + name + "}", piece)
    return ("^(?:" if kind == "author" else "(?i)^(?:") + joined + ")"


_MARKS = _read()
_KINDS = ((_DISCUSSED, _MARKS["discussion"]), (_CLOSED, _MARKS["closing"]), (_OFFERED, _MARKS["offers"]))
(_AUTHORS,) = _MARKS["author"]

PATTERNS: dict[str, int | None] = {**{p: SHORT for _, patterns in _KINDS for p in patterns}, _AUTHORS: None}
"""Every pattern of a mark, with the most words of a block that it is for."""


Candidates = Callable[[str], Sequence[Block]]
"""The blocks that a pattern may match."""


def ending(blocks: Sequence[Block], candidates: Candidates | None = None) -> int:
    """Index of the first mark that the article is over, or the number of blocks when there is none."""
    found = sorted(_marks(candidates or _candidates(blocks)))
    if found:
        prose = [len(block.text) if block.is_prose else 0 for block in blocks]
        total = sum(prose)
        for index, share in found:
            if (
                total
                and sum(prose[:index]) >= share * total
                and not _goes_on(prose[index:], UNBROKEN_TALK if share == _DISCUSSED else UNBROKEN)
            ):
                return index
    return len(blocks)


def _goes_on(prose: list[int], unbroken: int) -> bool:
    """Whether so many paragraphs of running text follow that nothing interrupts, as they do where an article goes on."""
    return any(all(prose[at : at + unbroken]) for at in range(len(prose) - unbroken + 1))


def _marks(candidates: Candidates) -> Iterator[tuple[int, float]]:
    """Indices of marks, with the share of the prose that must stand before each."""
    for share, patterns in _KINDS:
        for pattern in patterns:
            for block in candidates(pattern):
                short = not block.is_prose and len(block.text) <= LONGEST and block.kind != "item" and block.is_text
                if short and len(block.words) <= SHORT and holds(pattern, block.text):
                    yield block.index, share
    for block in candidates(_AUTHORS):
        if block.kind != "item" and block.is_text and holds(_AUTHORS, block.text):
            yield block.index, _OFFERED


def _candidates(blocks: Sequence[Block]) -> Candidates:
    """For a document that has not been through a linter whose rules have patterns."""
    found = _matcher().find([block.text for block in blocks])
    return lambda pattern: [blocks[number] for number in found.get(pattern, ())]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(PATTERNS)
