"""How an article breaks off: its last block, or what stands right behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import holds, search


@dataclass(frozen=True, slots=True)
class LastDetector(Detector):
    """Finds what a pattern matches in one of the last `blocks` blocks that are not page furniture, or with `furniture` may be.

    `min_words`: of the block. `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    blocks: int = 1
    furniture: bool = False
    min_words: int = 1
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        for block in document.text_blocks[-self.blocks :] if self.furniture else _last(document, self.blocks):
            if len(block.words) < self.min_words:
                continue
            for pattern in self.patterns:
                if holds(pattern, block.text) and (match := search(pattern, block.text)):
                    start, end = block.start + match.start(), block.start + match.end()
                    yield Finding(start, end, confidence=self.confidence or None, values={"found": match[0]})
                    break


def _last(document: Document, count: int) -> list[Block]:
    """The last blocks of the article: running text, or what the line model does not take for furniture."""
    from lintnews.evidence.linemodel.model import LIKELY_FURNITURE, boilerplate_shares

    shares = document.evidence(boilerplate_shares)
    own = [block for block in document.text_blocks if block.is_prose or shares[block.index] < LIKELY_FURNITURE]
    return own[-count:]
