"""What a grammar checker, LanguageTool or Harper, finds in an article's own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.patterns.matcher import search


@dataclass(frozen=True, slots=True)
class GrammarDetector(Detector):
    """Finds what the checker finds of one `kind`, less its rules `without` and what one of `unless` matches.

    With `quotes = false` nothing is found in direct speech.
    """

    kind: str
    without: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    quotes: bool = True

    def needs(self) -> Needs:
        return Needs(grammar=True)

    def find(self, document: Document) -> Iterator[Finding]:
        from lintnews.evidence.grammar.checker import checked

        for match in document.evidence(checked, self.kind == "spelling").matches:
            if match.kind != self.kind or match.rule in self.without or (not self.quotes and document.in_speech(match.start)):
                continue
            found = document.text[match.start : match.end]
            if any(search(pattern, found) for pattern in self.unless):
                continue
            values = {"says": match.message, "rule": match.rule, "found": found}
            yield Finding(match.start, match.end, values=values, suggestions=match.suggestions)
