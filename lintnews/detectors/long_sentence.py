"""Sentences that are too long to follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document


@dataclass(frozen=True, slots=True)
class LongSentenceDetector(Detector):
    """Finds sentences of running text with more than `max_words` words, less lists parted by semicolons."""

    max_words: int = 50

    def find(self, document: Document) -> Iterator[Finding]:
        for block in document.blocks:
            if not block.is_prose or len(block.words) <= self.max_words:
                continue
            for start, end in document.sentences(block):
                words = sum(1 for _ in document.text[start:end].split())
                if words > self.max_words and document.text.count(";", start, end) < 2:
                    yield Finding(start, end, values={"words": words, "most": self.max_words})
