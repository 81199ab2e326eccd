"""Short lines in a row where no article has any: menus above the headline, link lists below the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.diagnostic import Edit, Finding
from lintnews.document import Block, Document


@dataclass(frozen=True, slots=True)
class StackDetector:
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
        run: list[Block] = []
        for block in document.blocks:
            if self._short(block) and document.zone(block) in self.zone and block is not document.headline:
                run.append(block)
                continue
            yield from self._finding(run)
            run = []
        yield from self._finding(run)

    def _short(self, block: Block) -> bool:
        return block.kind in ("line", "heading", "item") and len(block.words) <= self.max_item_words

    def _finding(self, run: list[Block]) -> Iterator[Finding]:
        if len(run) >= self.min_items:
            start, end = run[0].start, run[-1].end
            yield Finding(start, end, (Edit(start, end),), self.confidence or None, values={"items": len(run)})
