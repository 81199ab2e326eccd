"""Short lines in a row where no article has any: menus above the headline, link lists below the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.document.blocks import Block


@dataclass(frozen=True, slots=True)
class StackDetector(Detector):
    """Finds runs of short lines; the fix deletes them together. The headline is left alone and ends a run.

    `zone`: where they may stand. `min_items`: how many there must be. `max_item_words`: how long each may be.
    `confidence`: of these findings, where it is not the rule's.
    """

    zone: tuple[str, ...]
    min_items: int = 5
    max_item_words: int = 4
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        if not document.body:
            return
        for stacked, run in groupby(document.blocks, partial(self._is_stacked, document)):
            blocks = list(run)
            if stacked and len(blocks) >= self.min_items:
                start, end = blocks[0].start, blocks[-1].end
                yield Finding(start, end, (Edit(start, end),), self.confidence or None, values={"items": len(blocks)})

    def _is_stacked(self, document: Document, block: Block) -> bool:
        return (
            block.kind in ("line", "heading", "item")
            and len(block.words) <= self.max_item_words
            and document.zone(block) in self.zone
            and block is not document.headline
        )
