"""Text that a scanner or a broken program garbled: letters and digits mixed, capitals and signs within words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document

_WORD = re.compile(r"\S+")
# Digits among small letters, capitals among them that start no name, signs within a word, no vowel in a long word.
_ODD = re.compile(
    r"[a-z]{2,}\d+[a-z]|\d[a-z]{3,}\d|(?<![A-Z])[a-z]{2,}[A-Z]{1,2}[a-z]{1,2}(?![A-Za-z])|[a-z][|!;:^~*_<>]+[a-z]"
    r"|\b[bcdfghjklmnpqrstvwxz]{5,}\b|(.)\1{3,}|[a-z]{2}[■□�¬§¦][a-z]?"
)
_SOUND = re.compile(r"(?i)https?:|www\.|@|#|\d(?:st|nd|rd|th|km|kg|cm|mm|am|pm|bn|mph|kwh)\b|^[\W\d_]+$")


@dataclass(frozen=True, slots=True)
class GarbledDetector(Detector):
    """Finds articles of which a share of `least` words, and `fewest` words, are garbled. The span is the first such word."""

    least: float = 0.03
    fewest: int = 4

    def find(self, document: Document) -> Iterator[Finding]:
        odd, words = document.evidence(garbled_words)
        if len(odd) >= self.fewest and len(odd) >= self.least * words:
            names = list(dict.fromkeys(document.text[start:end] for start, end in odd))
            share = len(odd) / words
            confidence = min(0.95, 0.6 + 4 * share)
            start, end = odd[0]
            yield Finding(start, end, (), confidence, {"count": len(odd), "words": ", ".join(names[:6]), "share": f"{share:.0%}"})


def garbled_words(document: Document) -> tuple[list[tuple[int, int]], int]:
    """Spans of the words that look garbled, and how many words the text has in all."""
    odd: list[tuple[int, int]] = []
    words = 0
    for block in document.text_blocks:
        for match in _WORD.finditer(document.text, block.start, block.end):
            words += 1
            if _ODD.search(match[0]) and not _SOUND.search(match[0]):
                odd.append(match.span())
    return odd, max(1, words)
