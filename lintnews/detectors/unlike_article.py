"""Blocks that the line model takes for something else than the article, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.linemodel import reasons, verdicts


@dataclass(frozen=True, slots=True)
class UnlikeArticleDetector:
    """Finds blocks by their wording, shape, place and company together, but for the headline; the fix deletes them.

    `least`: how likely a block must be no part of the article.
    """

    least: float = 0.5

    def find(self, document: Document) -> Iterator[Finding]:
        for block, share in zip(document.blocks, verdicts(document), strict=True):
            if share >= self.least and block is not document.headline and block.kind not in ("code", "front-matter"):
                edit = Edit(block.start, block.end)
                yield Finding(block.start, block.end, (edit,), share, values={"reasons": reasons(document, block)})
