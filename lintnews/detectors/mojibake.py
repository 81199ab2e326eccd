"""Text that was decoded with the wrong encoding: `donâ€™t` for `don’t`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.evidence.mojibake import repairs


@dataclass(frozen=True, slots=True)
class MojibakeDetector(Detector):
    """Finds what ftfy would decode anew, and nothing that it leaves alone; the fix puts the text there that was meant."""

    def find(self, document: Document) -> Iterator[Finding]:
        for block in document.text_blocks:
            for start, end, meant in repairs(document.text[block.start : block.end]):
                at, to = block.start + start, block.start + end
                yield Finding(at, to, (Edit(at, to, meant),), values={"found": document.text[at:to], "meant": meant})
