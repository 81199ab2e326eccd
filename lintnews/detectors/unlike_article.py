"""Blocks that the line model takes for something else than the article, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.linemodel.model import boilerplate_shares, reasons

SHORT = 5


@dataclass(frozen=True, slots=True)
class UnlikeArticleDetector(Detector):
    """Finds blocks by their wording, shape, place and company together, but for the headline; the fix deletes them.

    `least`: how likely a block must be no part of the article. The others say how likely for a safe fix. `sure`: in the body, for
    a sentence or running text, for what may be the heading of some, for a line right below the headline, which may be its deck,
    and for one of figures only. `sure_above`, `sure_below`: for other lines above and below the body. `sure_item`: for an item of
    a list in the body. `sure_short`: for other lines of fewer than five words in the body; outside it they may be as unsure as
    the rule's `safe_at`, as little is lost with them.
    """

    least: float = 0.5
    sure: float = 0.95
    sure_above: float = 0.8
    sure_below: float = 0.88
    sure_item: float = 0.985
    sure_short: float = 0.84

    def find(self, document: Document) -> Iterator[Finding]:
        return _doubted_amid_many(document, list(self._found(document)))

    def _found(self, document: Document) -> Iterator[Finding]:
        headline = document.headline
        for block, share in zip(document.blocks, document.evidence(boilerplate_shares), strict=True):
            if share >= self.least and block is not headline and block.is_text:
                edit, values = Edit(block.start, block.end), {"reasons": reasons(document, block)}
                safety: Safety | None = "unsafe" if share < self._needed(document, block) else None
                yield Finding(block.start, block.end, (edit,), share, values, safety=safety)

    def _needed(self, document: Document, block: Block) -> float:
        blocks, body, index = document.blocks, document.body, block.index
        above, below = index < body.start, 0 < body.stop <= index
        opens = block.kind == "heading" or (index + 1 < len(blocks) and blocks[index + 1].is_prose)
        if len(block.words) < SHORT:
            if opens or block.text.upper() == block.text.lower():
                return self.sure
            return 0.0 if above or below else self.sure_short
        if block.kind == "item" and not (above or below):
            return self.sure_item
        deck = index > 0 and blocks[index - 1] is document.headline
        if block.kind == "paragraph" or opens or deck or not (above or below):
            return self.sure
        return self.sure_above if above else self.sure_below


MANY, MOST = 20, 0.4
"""Lines amid the article that would go safely, and their share of the lines there, from which they may all be furniture."""


def _doubted_amid_many(document: Document, findings: list[Finding]) -> Iterator[Finding]:
    """The findings; amid the article none is safe where they are many and yet the lesser part of its lines, as in long lists."""
    lines = {document.blocks[index].start for index in document.body if not document.prose[index]}
    amid = {finding.start for finding in findings if finding.safety is None and finding.start in lines}
    doubted = MANY <= len(amid) < MOST * len(lines)
    for finding in findings:
        yield finding._replace(safety="unsafe") if doubted and finding.start in amid else finding
