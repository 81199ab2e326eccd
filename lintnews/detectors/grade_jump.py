"""A part of an article that is far harder, or easier, to read than the rest: a sign of pasted text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.figures.readability import readability


@dataclass(frozen=True, slots=True)
class GradeJumpDetector(Detector):
    """Finds parts of an article, of `part_words` words or more each, whose grade by Flesch and Kincaid differs from that of
    the middle one by `grades` or more. Direct speech is as hard as its speaker: parts that are mostly quoted are left alone.
    """

    grades: float = 8.0
    part_words: int = 120

    def find(self, document: Document) -> Iterator[Finding]:
        parts = list(_parts([block for block in document.blocks if block.is_prose], self.part_words))
        if len(parts) < 3:
            return
        found = [readability(" ".join(block.text for block in part), "flesch-kincaid-grade") for part in parts]
        usual = median(grade for grade in found if grade is not None)
        for part, grade in zip(parts, found, strict=True):
            if grade is not None and abs(grade - usual) >= self.grades and not _is_spoken(document, part):
                yield Finding(part[0].start, part[-1].end, values={"here": f"{grade:.0f}", "rest": f"{usual:.0f}"})


def _parts(blocks: Sequence[Block], least: int) -> Iterator[list[Block]]:
    """Neighbouring paragraphs together, as soon as they have words enough."""
    part: list[Block] = []
    for block in blocks:
        part.append(block)
        if sum(len(member.words) for member in part) >= least:
            yield part
            part = []


def _is_spoken(document: Document, part: Sequence[Block]) -> bool:
    start, end = part[0].start, part[-1].end
    spoken = sum(min(stop, end) - max(at, start) for at, stop in document.speech if at < end and stop > start)
    return 2 * spoken > end - start
