"""Blocks that the line model takes for something else than the article, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.linemodel.model import boilerplate_shares, reasons


@dataclass(frozen=True, slots=True)
class UnlikeArticleDetector(Detector):
    """Finds blocks by their wording, shape, place and company together, but for the headline; the fix deletes them.

    `least`: how likely a block must be no part of the article. The others say how likely for a safe fix. `sure`: for a sentence
    or running text wherever it stands, for a line amid the article, for one of figures only, and for a line right below the
    headline, which may be its deck. `sure_heading`: for what may be the heading of running text, and for an item of a list amid
    the article. `sure_above`, `sure_below`: for other lines above and below the article.
    """

    least: float = 0.5
    sure: float = 0.93
    sure_heading: float = 0.88
    sure_above: float = 0.85
    sure_below: float = 0.8

    def find(self, document: Document) -> Iterator[Finding]:
        headline = document.headline
        for block, share in zip(document.blocks, document.evidence(boilerplate_shares), strict=True):
            if share >= self.least and block is not headline and block.is_text:
                edit, values = Edit(block.start, block.end), {"reasons": reasons(document, block)}
                safety: Safety | None = "unsafe" if share < self._needed(document, block) else None
                yield Finding(block.start, block.end, (edit,), share, values, safety=safety)

    def _needed(self, document: Document, block: Block) -> float:
        blocks, body, index = document.blocks, document.body, block.index
        above, below = index < body.start, 0 < body.stop <= index
        deck = index > 0 and blocks[index - 1] is document.headline
        if block.kind in ("paragraph", "quote") or deck or not any(map(str.isalpha, block.text)):
            return self.sure
        if block.kind == "heading" or (index + 1 < len(blocks) and blocks[index + 1].is_prose):
            return self.sure_heading
        if above or below:
            return self.sure_above if above else self.sure_below
        return self.sure_heading if block.kind == "item" else self.sure
