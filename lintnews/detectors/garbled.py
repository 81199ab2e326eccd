"""Text that a scanner or a broken program garbled: letters and digits mixed, capitals and signs within words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.evidence.garbling import garbled_words


@dataclass(frozen=True, slots=True)
class GarbledDetector(Detector):
    """Finds articles of which a share of `least` words, and `fewest` words, are garbled. The span is the first such word."""

    least: float = 0.03
    fewest: int = 4

    def find(self, document: Document) -> Iterator[Finding]:
        odd, words = document.evidence(garbled_words), sum(len(block.words) for block in document.text_blocks)
        if len(odd) >= self.fewest and len(odd) >= self.least * words:
            names = list(dict.fromkeys(document.text[start:end] for start, end in odd))
            share = len(odd) / words
            values = {"count": len(odd), "words": ", ".join(names[:6]), "share": f"{share:.0%}"}
            yield Finding(*odd[0], (), min(0.95, 0.6 + 4 * share), values)
