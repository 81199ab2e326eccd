"""Blocks that the line model takes for something else than the article, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.linemodel import reasons, verdicts

SHORT = 5


@dataclass(frozen=True, slots=True)
class UnlikeArticleDetector:
    """Finds blocks by their wording, shape, place and company together, but for the headline; the fix deletes them.

    `least`: how likely a block must be no part of the article. `sure`: how likely for a safe fix of five words or more, where
    shorter ones may be as unsure as the rule's `safe_at`: little is lost with them. `sure_before_text`: the same for a line right
    above running text, which may be its heading, or right below the headline, which may be its deck.
    """

    least: float = 0.5
    sure: float = 0.95
    sure_before_text: float = 0.985

    def find(self, document: Document) -> Iterator[Finding]:
        blocks, headline = document.blocks, document.headline
        for block, share in zip(blocks, verdicts(document), strict=True):
            if share >= self.least and block is not headline and block.kind not in ("code", "front-matter"):
                edit, values = Edit(block.start, block.end), {"reasons": reasons(document, block)}
                before = blocks[block.index - 1] if block.index else None
                opens = not block.is_prose and block.index + 1 < len(blocks) and blocks[block.index + 1].is_prose
                sure = self.sure_before_text if opens or (headline and before is headline) else self.sure
                safety: Safety | None = "unsafe" if share < sure and len(block.words) >= SHORT else None
                yield Finding(block.start, block.end, (edit,), share, values, safety=safety)
