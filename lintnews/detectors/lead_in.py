"""Lists torn from their lead-in: items before the headline, and the sentence ending in a colon that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding, Related
from lintnews.document import Document
from lintnews.document.blocks import Block, line_end
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class LeadInDetector(Detector):
    """Finds a lead-in with no list after it, and list items with no lead-in at the start of a document.

    `patterns`: how a block that announces something ends. `announces`: one of these must match in it too, to be about a list.
    `report`: `list` reports the stray items and offers to move them behind the lead-in, `lead-in` reports the sentence that
    announces nothing.
    """

    patterns: tuple[str, ...]
    announces: tuple[str, ...]
    report: Literal["list", "lead-in"] = "list"

    def needs(self) -> Needs:
        return Needs(self.patterns)

    def find(self, document: Document) -> Iterator[Finding]:
        blocks = document.blocks
        ends = {block.index: block for pattern in self.patterns for block in document.candidates(pattern)}
        dangling = [block for _, block in sorted(ends.items()) if self._dangles(blocks, block)]
        stray = list(_leading_items(blocks))
        if self.report == "lead-in":
            for block in dangling:
                start = next(s for s, e in document.sentences(block) if e == block.end)
                yield Finding(start, block.end, confidence=0.95 if stray else None, related=_related(document, stray[:1]))
        elif len(stray) >= 2 and len(dangling) == 1:
            lead_in = dangling[0]
            start, end = stray[0].start, stray[-1].end
            newline = "\r\n" if "\r\n" in document.text else line_end(document.text)
            moved = Edit(lead_in.end, lead_in.end, newline + document.text[start:end])
            line, _ = document.position(lead_in.start)
            yield Finding(
                start,
                end,
                (moved, Edit(start, end)),
                values={"items": len(stray), "line": line},
                related=_related(document, [lead_in]),
            )

    def _dangles(self, blocks: list[Block], block: Block) -> bool:
        """Whether a block announces a list, and running text follows instead of a list, a quotation or a short line."""
        following = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
        return (
            following is not None
            and following.is_prose
            and following.text[0] not in "\"“«'‘"
            and any(holds(pattern, block.text) for pattern in self.patterns)
            and any(holds(pattern, block.text) for pattern in self.announces)
        )


def _related(document: Document, blocks: list[Block]) -> tuple[Related, ...]:
    return tuple(Related(b.start, b.end, document.position(b.start)[0]) for b in blocks)


def _leading_items(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind != "item":
            return
        yield block
