"""Pages that stand in place of an article: errors, consent, checks for robots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.patterns.matcher import search


@dataclass(frozen=True, slots=True)
class NoArticleDetector(Detector):
    """Finds the first line that one of `patterns` matches, in texts of `most_words` words at most."""

    patterns: tuple[str, ...]
    most_words: int = 150

    def needs(self) -> Needs:
        return Needs(self.patterns)

    def find(self, document: Document) -> Iterator[Finding]:
        if sum(len(block.words) for block in document.blocks) > self.most_words:
            return
        found = (
            (block.start + match.start(), block.start + match.end())
            for pattern in self.patterns
            for block in document.candidates(pattern)
            if (match := search(pattern, block.text))
        )
        if first := min(found, default=None):
            yield Finding(*first, values={"found": document.text[slice(*first)]})
