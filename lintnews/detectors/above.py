"""Blocks that stand right on top of a line of a given wording: the caption above its credit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import holds


@dataclass(frozen=True, slots=True)
class AboveDetector(Detector):
    """Finds the block above a line, with no blank line between them but one above, where blank lines part the paragraphs; the fix
    deletes the block.

    `patterns`: the line below, one of them must match. `not_below`: none of these may.
    `unless`: the block above may match none of these. `min_words`, `max_words`: its length. `max_words_below`: the line's.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    not_below: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    min_words: int = 1
    max_words: int = 60
    max_words_below: int = 16
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs(self.patterns, max_words=self.max_words_below)

    def find(self, document: Document) -> Iterator[Finding]:
        below = {block.index: block for pattern in self.patterns for block in document.candidates(pattern)}
        for index, line in sorted(below.items()):
            if index and self._fits(document, document.blocks[index - 1], line):
                above = document.blocks[index - 1]
                yield Finding(above.start, above.end, (Edit(above.start, above.end),), self.confidence or None)

    def _fits(self, document: Document, above: Block, line: Block) -> bool:
        return (
            line.gap == 0
            and (above.gap > 0 or above.index == 0)  # else the fix would eat upwards, line by line
            and above.is_text
            and len(line.words) <= self.max_words_below
            and self.min_words <= len(above.words) <= self.max_words
            and above is not document.headline
            and any(holds(pattern, line.text) for pattern in self.patterns)
            and not any(holds(pattern, line.text) for pattern in self.not_below)
            and not any(holds(pattern, above.text) for pattern in self.unless)
            and _parted(document)
        )


def _parted(document: Document) -> bool:
    """Whether most paragraphs of running text have a blank line before them."""
    gaps = [block.gap > 0 for block in document.blocks[1:] if block.is_prose]
    return 2 * sum(gaps) > len(gaps)
