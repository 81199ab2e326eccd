"""HTML entities that stand in a text as they were written on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.patterns.matcher import matches

ENTITY = r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,6}|[A-Za-z][A-Za-z\d]{1,30});"


@dataclass(frozen=True, slots=True)
class EntityDetector(Detector):
    """Finds entities that HTML knows, code and front matter left out; the fix puts the character there, of white space a space.

    `unless`: in a text in which one of these stands the fix is unsafe: the text may be about HTML.
    """

    unless: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Finding]:
        if "&" not in document.text:
            return
        about = any(next(matches(pattern, document.text), None) for pattern in self.unless)
        for block in document.text_blocks:
            for match in matches(ENTITY, document.text[block.start : block.end]):
                meant = unescape(match[0])
                meant = " " if meant.isspace() else meant
                if meant != match[0] and meant.isprintable():
                    start, end = block.start + match.start(), block.start + match.end()
                    edits = (Edit(start, end, meant),)
                    yield Finding(start, end, edits, values={"found": match[0]}, safety="unsafe" if about else None)
