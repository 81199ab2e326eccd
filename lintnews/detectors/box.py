"""Boxes of the page that lost their frame: short blocks in a row that together show what they are, such as a sign-up form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document, Zone
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class BoxDetector(Detector):
    """Finds rows of blocks of which one shows for sure what they are; the fix deletes them together.

    `patterns`: the sure block. `parts`: what else stands in such a box; one other block may stand between two of these.
    `unless`: none of these may match a part. `least`: how many blocks must match `patterns` or `parts`.
    `zone`: where the sure block may stand. `max_words`: length of a part. `max_words_other`: length of another block.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    parts: tuple[str, ...]
    unless: tuple[str, ...] = ()
    zone: tuple[Zone, ...] = ()
    least: int = 3
    max_words: int = 30
    max_words_other: int = 25
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs(self.patterns, max_words=self.max_words)

    def find(self, document: Document) -> Iterator[Finding]:
        sure = {block.index: block for pattern in self.patterns for block in document.candidates(pattern)}
        covered = -1
        for index, block in sorted(sure.items()):
            if index <= covered or not self._is_part(block, self.patterns):
                continue
            if self.zone and document.zone(block) not in self.zone:
                continue
            up, down = self._reach(document.blocks, index, -1), self._reach(document.blocks, index, 1)
            if 1 + len(up) + len(down) >= self.least:
                first, covered = min([index, *up]), max([index, *down])
                start, end = document.blocks[first].start, document.blocks[covered].end
                yield Finding(start, end, (Edit(start, end),), self.confidence or None, values={"items": covered - first + 1})

    def _reach(self, blocks: list[Block], index: int, step: int) -> list[int]:
        """Indices of the parts on one side of the sure block, as far as they go."""
        found: list[int] = []
        others = 0
        at = index + step
        while 0 <= at < len(blocks) and others <= 1:
            if self._is_part(blocks[at], (*self.patterns, *self.parts)):
                found.append(at)
                others = 0
            elif len(blocks[at].words) <= self.max_words_other and blocks[at].is_text and not blocks[at].is_prose:
                others += 1
            else:
                break
            at += step
        return found

    def _is_part(self, block: Block, patterns: tuple[str, ...]) -> bool:
        return (
            block.is_text
            and len(block.words) <= self.max_words
            and any(holds(pattern, block.text) for pattern in patterns)
            and not any(holds(pattern, block.text) for pattern in self.unless)
        )
