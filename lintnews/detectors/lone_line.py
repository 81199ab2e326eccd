"""The one line between an article's paragraphs that is neither a paragraph nor one of several headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class LoneLineDetector(Detector):
    """Finds a line between two paragraphs where no other such line stands between paragraphs; the fix deletes it.

    `unless`: none of these may match it. `min_words`, `max_words`: its length. `min_paragraphs`: how many there must be.
    `confidence`: of these findings, where it is not the rule's.
    """

    unless: tuple[str, ...] = ()
    min_words: int = 7
    max_words: int = 25
    min_paragraphs: int = 4
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        prose, body = document.prose, document.body
        if sum(prose[body.start : body.stop]) < self.min_paragraphs:
            return
        lines = [document.blocks[index] for index in body if not prose[index]]
        if len(lines) != 1 or not self.min_words <= len(lines[0].words) <= self.max_words:
            return
        line = lines[0]
        kinds = ("line", "paragraph", "heading") if document.markup == "plain" else ("line", "paragraph")
        if line.kind in kinds and not any(holds(pattern, line.text) for pattern in self.unless):
            yield Finding(line.start, line.end, (Edit(line.start, line.end),), self.confidence or None)
