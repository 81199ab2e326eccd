"""What readers wrote below an article, known by its stamps: again and again somebody else's name with a date and a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import holds

_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*)?")
"""At most two words of it."""
LONGEST_NAME_WORDS = 5
LONGEST_GAP = 4
"""Blocks that may always stand between two stamps of a thread."""


class _Stamp(NamedTuple):
    """A stamp's first and last block, and who signs."""

    first: int
    last: int
    name: str


@dataclass(frozen=True, slots=True)
class ThreadDetector(Detector):
    """Finds stamps of several people in a row, with what stands between them; the fix deletes all of it.

    `patterns`: a line with a name and a time. `times`: a line with a time alone; the name stands above it.
    `opens`: lines that may head the thread. `least`: how many stamps there must be, of half as many people.
    `max_gap`: blocks from one stamp to the next. `max_words`: length of a stamp.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    times: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    least: int = 3
    max_gap: int = 12
    max_words: int = 14
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs((*self.patterns, *self.times), max_words=self.max_words)

    def find(self, document: Document) -> Iterator[Finding]:
        blocks = document.blocks
        for thread in (part for whole in self._threads(self._stamps(document)) for part in _even(whole)):
            people = {stamp.name for stamp in thread}
            if len(thread) < self.least or 2 * len(people) < len(thread) or not any(document.prose[: thread[0].first]):
                continue
            first, last = self._top(blocks, thread[0].first), min(len(blocks) - 1, thread[-1].last + _usual_gap(thread))
            start, end = blocks[first].start, blocks[last].end
            yield Finding(start, end, (Edit(start, end),), self.confidence or None, values={"items": len(thread)})

    def _stamps(self, document: Document) -> list[_Stamp]:
        """The stamps in order."""
        found: dict[int, _Stamp] = {}
        for pattern in self.patterns:
            for block in document.candidates(pattern):
                if self._is_stamp(block, pattern) and (name := _NAME.search(block.text)):
                    found[block.index] = _Stamp(block.index, block.index, name[0].lower())
        for pattern in self.times:
            for block in document.candidates(pattern):
                above = document.blocks[block.index - 1] if block.index else block
                if block.index not in found and self._is_stamp(block, pattern) and _is_name(above):
                    found[block.index] = _Stamp(above.index, block.index, above.text.lower())
        return [found[index] for index in sorted(found)]

    def _is_stamp(self, block: Block, pattern: str) -> bool:
        return block.is_text and not block.is_prose and len(block.words) <= self.max_words and holds(pattern, block.text)

    def _threads(self, stamps: list[_Stamp]) -> Iterator[list[_Stamp]]:
        """The stamps, parted where they lie too far from each other."""
        thread: list[_Stamp] = []
        for stamp in stamps:
            if thread and stamp.first - thread[-1].last > self.max_gap:
                yield thread
                thread = []
            thread.append(stamp)
        if thread:
            yield thread

    def _top(self, blocks: list[Block], first: int) -> int:
        """Index of the thread's first block, with the lines that head it."""
        for index in range(first - 1, max(-1, first - 4), -1):
            if any(holds(pattern, blocks[index].text) for pattern in self.opens):
                return index
        return first


def _even(thread: list[_Stamp]) -> Iterator[list[_Stamp]]:
    """The thread, parted where far more stands behind a stamp than behind most: that may be the article."""
    gaps = [after.first - before.last - 1 for before, after in pairwise(thread)]
    most = max(LONGEST_GAP, 3 * sorted(gaps)[len(gaps) // 4]) if gaps else 0
    start = 0
    for number, gap in enumerate(gaps, 1):
        if gap > most:
            yield thread[start:number]
            start = number
    yield thread[start:]


def _is_name(block: Block) -> bool:
    return block.is_text and len(block.words) <= LONGEST_NAME_WORDS and bool(_NAME.match(block.text))


def _usual_gap(thread: list[_Stamp]) -> int:
    """How many blocks stand behind a stamp, most often."""
    gaps = sorted(after.first - before.last - 1 for before, after in pairwise(thread))
    return gaps[len(gaps) // 2]
