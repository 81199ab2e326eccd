"""A heading phrase and what follows from it, to its natural end: a list of headlines, a comment section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document, Zone
from lintnews.document.blocks import Block
from lintnews.messages import quoted
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class SectionDetector(Detector):
    """Finds a heading and the blocks that belong to it; the fix deletes them together.

    `patterns`: the heading, on its own or glued to the first item. `unless`: none of these may match it.
    `first`: one of these must match the block after it.
    `items`: what goes on with the run: `lines` (until running text begins) or `all` (to the end of the document).
    `until`: a block that matches one of these ends the run before it.
    `zone`: where the heading may stand. `min_items`, `max_items`: how many blocks must and may follow the heading.
    `max_words`: length of the heading block. `max_item_words`: a longer block ends a run of lines.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    items: Literal["lines", "all"] = "lines"
    until: tuple[str, ...] = ()
    zone: tuple[Zone, ...] = ()
    min_items: int = 1
    max_items: int = 10_000
    max_words: int = 30
    max_item_words: int = 40
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs(self.patterns, max_words=self.max_words)

    def find(self, document: Document) -> Iterator[Finding]:
        heads = {block.index: block for pattern in self.patterns for block in document.candidates(pattern)}
        covered = -1
        for index, block in sorted(heads.items()):
            if index <= covered or not self._opens(document, block):
                continue
            last = self._last(document.blocks, index)
            if last - index < self.min_items:
                continue
            covered = last
            if _recurs(document.blocks[index + 1 : last + 1], block):
                continue
            end = document.blocks[last].end
            values = {"items": last - index, "heading": quoted(block.text)}
            yield Finding(block.start, end, (Edit(block.start, end),), self.confidence or None, values=values)

    def _opens(self, document: Document, block: Block) -> bool:
        return (
            len(block.words) <= self.max_words
            and (document.markup == "plain" or block is not document.headline)
            and (not self.zone or document.zone(block) in self.zone)
            and any(holds(pattern, block.text) for pattern in self.patterns)
            and not any(holds(pattern, block.text) for pattern in self.unless)
            and (not self.first or self._first_fits(document.blocks, block.index + 1))
        )

    def _first_fits(self, blocks: list[Block], index: int) -> bool:
        return index < len(blocks) and any(holds(pattern, blocks[index].text) for pattern in self.first)

    def _last(self, blocks: list[Block], heading: int) -> int:
        """Index of the last block of the run."""
        last = heading
        for block in blocks[heading + 1 : heading + 1 + self.max_items]:
            if not block.is_text or (self.items == "lines" and (block.is_prose or len(block.words) > self.max_item_words)):
                break
            if any(holds(pattern, block.text) for pattern in self.until):
                break
            last = block.index
        if self.items != "lines":
            return last
        from lintnews.document.headings import without_heading

        return without_heading(blocks, heading + 1, last)


def _recurs(run: list[Block], heading: Block) -> bool:
    """Whether the heading stands twice more in its own run, as the label of each item of a list does."""
    return sum(block.text == heading.text for block in run) >= 2
