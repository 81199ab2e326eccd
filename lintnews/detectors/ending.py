"""What stands after the article has ended: behind "3 comments", "Tags:", "Related stories" and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.messages import quoted


@dataclass(frozen=True, slots=True)
class EndingDetector(Detector):
    """Finds the block that shows the article to be over and what stands behind it, lists as a whole; the fix deletes it.

    `confidence`: of these findings, where it is not the rule's.
    """

    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        blocks, (ending, doubted) = document.blocks, document.end
        if ending >= len(blocks):
            return
        text = blocks[ending].text
        values = {"evidence": quoted(text)}
        for first, last in _wholes(blocks, ending):
            edit = Edit(blocks[first].start, blocks[last].end)
            safety: Safety | None = "unsafe" if first in doubted else None
            yield Finding(edit.start, edit.end, (edit,), self.confidence or None, values=values, safety=safety)


def _wholes(blocks: Sequence[Block], start: int) -> Iterator[tuple[int, int]]:
    """First and last of the blocks that are judged together: a list is, as it would else be taken apart from its end."""
    at = start
    while at < len(blocks):
        last = at
        while blocks[at].kind == "item" and last + 1 < len(blocks) and blocks[last + 1].kind == "item":
            last += 1
        if blocks[at].is_text:
            yield at, last
        at = last + 1
