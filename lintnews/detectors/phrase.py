"""Set phrases, each with what could stand in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document


@dataclass(frozen=True, slots=True)
class PhraseDetector(Detector):
    """Finds phrases word for word, whatever their case; the fix puts the first suggestion in.

    `table`: rows of a phrase and its suggestions, from the `.tsv` file of the rule's name. `quotes`: `skip` direct speech,
    look `only` there, or at `all` text.
    """

    table: tuple[tuple[str, ...], ...]
    quotes: Literal["skip", "all", "only"] = "skip"

    def needs(self) -> Needs:
        return Needs(phrases=tuple(row[0] for row in self.table))

    def find(self, document: Document) -> Iterator[Finding]:
        for phrase, *suggestions in self.table:
            for start, end in document.phrases.get(phrase, ()):
                if self.quotes != "all" and document.in_speech(start) != (self.quotes == "only"):
                    continue
                fitted = tuple(_as_cased(document.text[start:end], s) for s in suggestions)
                edits = (Edit(start, end, fitted[0]),) if fitted else ()
                values = {"phrase": document.text[start:end], "suggestion": fitted[0] if fitted else ""}
                yield Finding(start, end, edits, values=values, suggestions=fitted)


def _as_cased(found: str, suggestion: str) -> str:
    return suggestion[:1].upper() + suggestion[1:] if found[:1].isupper() else suggestion
