"""What stands after the article has ended: behind "3 comments", "Tags:", "Related stories" and the like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.messages import quoted


@dataclass(frozen=True, slots=True)
class EndingDetector(Detector):
    """Finds the block that shows the article to be over and each block behind it; the fix deletes them, where it is sure.

    `confidence`: of these findings, where it is not the rule's.
    """

    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        blocks, (ending, doubted) = document.blocks, document.end
        if ending >= len(blocks):
            return
        text = blocks[ending].text
        values = {"evidence": quoted(text)}
        for block in blocks[ending:]:
            if block.is_text:
                edit = Edit(block.start, block.end)
                safety: Safety | None = "unsafe" if block.index in doubted else None
                yield Finding(block.start, block.end, (edit,), self.confidence or None, values=values, safety=safety)
