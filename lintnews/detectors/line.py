"""Lines known word for word, such as those that `lintnews learn` wrote down: one look-up a block, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document, Zone
from lintnews.evidence.sitelines.lines import at_home, sight


@dataclass(frozen=True, slots=True, eq=False)
class LineDetector(Detector):
    """Finds blocks that are one of `lines` to the letter; the fix deletes them.

    `templates` are lines with `{number}`, `{month}` (May, SEPT) and `{day}` (Monday, Mon) where any may stand.
    `zone`: where the block may stand (head, body, between, tail); empty: anywhere. With a zone, a headline is found
    only where that is the head alone: what stands in lists below other articles is the headline of its own.
    `confidence`: of these findings, where it is not the rule's.
    """

    lines: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    zone: tuple[Zone, ...] = ()
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        for block, _ in sight(document, *_sets(self)):
            if not self.zone or at_home(document, block, self.zone):
                edit = Edit(block.start, block.end)
                yield Finding(block.start, block.end, (edit,), confidence=self.confidence or None)


@lru_cache(maxsize=256)
def _sets(detector: LineDetector) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(detector.lines), frozenset(detector.templates)
