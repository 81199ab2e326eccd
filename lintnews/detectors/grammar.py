"""What a grammar checker, LanguageTool or Harper, finds in an article's own sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Finding
from lintnews.document import Document

if TYPE_CHECKING:
    from lintnews.evidence.grammar.checker import Checked


@dataclass(frozen=True, slots=True)
class GrammarDetector(Detector):
    """Finds what the checker finds of one `kind`, less its rules `without`; with `quotes = false`, not in direct speech."""

    kind: str
    without: tuple[str, ...] = ()
    quotes: bool = True

    def needs(self) -> Needs:
        return Needs(grammar=True)

    def find(self, document: Document) -> Iterator[Finding]:
        for match in document.evidence(_checked, self.kind == "spelling").matches:
            if match.kind != self.kind or match.rule in self.without or (not self.quotes and document.in_speech(match.start)):
                continue
            values = {"says": match.message, "rule": match.rule, "found": document.text[match.start : match.end]}
            yield Finding(match.start, match.end, values=values, suggestions=match.suggestions)


def _checked(document: Document, spelling: bool) -> Checked:
    from lintnews.evidence.grammar.checker import checked

    return checked(document, spelling)
