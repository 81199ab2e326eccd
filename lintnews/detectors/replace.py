"""Characters that don't belong: each pattern with what stands there instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document
from lintnews.patterns.matcher import matches

LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ReplaceDetector(Detector):
    r"""Finds what a pattern matches in a block, code and front matter left out; the fix replaces it.

    `rows`: a pattern, and what stands there instead, in which `\1` is the pattern's first group; without it there is no fix.
    `skip`: blocks in which one of these matches are left alone.
    `unless`: in a text in which one of these stands the fix is unsafe: the text may be about such characters.
    """

    rows: tuple[tuple[str, ...], ...]
    skip: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def find(self, document: Document) -> Iterator[Finding]:
        about = False
        first = True
        for block in document.text_blocks:
            taken = block.start
            for finding in sorted(self._in(document.text[block.start : block.end], block.start), key=lambda f: (f.start, -f.end)):
                if finding.start < taken:
                    continue
                if first:
                    about = any(next(matches(pattern, document.text), None) for pattern in self.unless)
                    first = False
                taken = finding.end
                yield finding._replace(safety="unsafe") if about else finding

    def _in(self, text: str, at: int) -> Iterator[Finding]:
        if any(next(matches(pattern, text), None) for pattern in self.skip):
            return
        for pattern, *replacement in self.rows:
            for match in matches(pattern, text):
                start, end = at + match.start(), at + match.end()
                if start < end:
                    edits = (Edit(start, end, match.expand(replacement[0])),) if replacement else ()
                    yield Finding(start, end, edits, values={"found": shown(match[0])})


def shown(text: str) -> str:
    """The start of a text, with a code point, such as U+00AD, for each character that can't be seen."""
    return "".join(c if c.isprintable() and not c.isspace() else f"U+{ord(c):04X}" for c in text[:LONGEST_SHOWN])
