"""Short lines in a row where no article has any: menus above the headline, link lists below the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document, Zone
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class StackDetector(Detector):
    """Finds runs of short lines; the fix deletes them together. The headline is left alone and ends a run.

    `zone`: where they may stand. `min_items`: how many there must be. `max_item_words`: how long each may be.
    `telling`: without a line that matches one of these no fix is safe, and lines of which half hold figures or brackets, as
    fixtures and lists of candidates do, are not found. `confidence`: of these findings, where it is not the rule's.
    """

    zone: tuple[Zone, ...]
    min_items: int = 5
    max_item_words: int = 4
    telling: tuple[str, ...] = ()
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        if not document.body:
            return
        for stacked, run in groupby(document.blocks, partial(self._is_stacked, document)):
            blocks = list(run)
            if not stacked or len(blocks) < self.min_items:
                continue
            told = not self.telling or any(holds(pattern, block.text) for pattern in self.telling for block in blocks)
            if told or 2 * sum(map(_holds_facts, blocks)) < len(blocks):
                start, end = blocks[0].start, blocks[-1].end
                safety: Safety | None = None if told else "unsafe"
                values = {"items": len(blocks)}
                yield Finding(start, end, (Edit(start, end),), self.confidence or None, values, safety=safety)

    def _is_stacked(self, document: Document, block: Block) -> bool:
        return (
            block.kind in ("line", "heading", "item")
            and len(block.words) <= self.max_item_words
            and document.zone(block) in self.zone
            and block is not document.headline
        )


def _holds_facts(block: Block) -> bool:
    return "(" in block.text or any(map(str.isdigit, block.text))
