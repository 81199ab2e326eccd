"""What an article shares with other articles: paragraphs that stand in several, and the same story filed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding, Related
from lintnews.document import Document

if TYPE_CHECKING:
    from lintnews.evidence.duplicates.shared import Corpus, Place, Shared


@dataclass(frozen=True, slots=True)
class SharedDetector(Detector):
    """Finds what other articles of the run repeat, once, in the first article by name; the fix deletes the copies in the others.

    `unit`: `paragraph`, or `article` for the whole of it.
    """

    unit: str

    def needs(self) -> Needs:
        return Needs(comparison=True)

    def find(self, document: Document) -> Iterator[Finding]:
        found = document.memo.get(SharedDetector, ())
        assert isinstance(found, list | tuple)
        return (finding for unit, finding in found if unit == self.unit)


def compared(corpus: Corpus, name: Callable[[int], str]) -> Iterator[tuple[int, Document]]:
    """The numbers and documents that share something, in order, ready for `SharedDetector`; `name` gives a document's path."""
    for number, shared in groupby(corpus.shared(), key=lambda s: s.original.document):
        document = corpus.read(number)
        document.memo[SharedDetector] = [_finding(s, name) for s in shared]
        yield number, document


def copies(corpus: Corpus, name: Callable[[int], str]) -> Iterator[tuple[int, Finding]]:
    """Every paragraph that stands in an earlier article too, with an edit that deletes it, and the number of its document."""
    for shared in corpus.shared(most=float("inf")):
        if shared.original.paragraph >= 0:
            values = _values(shared, name, shared.original)
            for copy in shared.copies:
                related = (_related(shared.original, name),)
                yield copy.document, Finding(copy.start, copy.end, (Edit(copy.start, copy.end),), values=values, related=related)


def _finding(shared: Shared, name: Callable[[int], str]) -> tuple[str, Finding]:
    place = shared.original
    related = tuple(_related(copy, name) for copy in shared.copies)
    finding = Finding(place.start, place.end, values=_values(shared, name, shared.copies[0]), related=related)
    return "article" if place.paragraph < 0 else "paragraph", finding


def _related(place: Place, name: Callable[[int], str]) -> Related:
    return Related(place.start, place.end, place.line, name(place.document))


def _values(shared: Shared, name: Callable[[int], str], partner: Place) -> dict[str, str]:
    from lintnews.evidence.duplicates.likeness import difference

    return {
        "articles": f"{shared.count:,} other article{'s' if shared.count > 1 else ''}",
        "partner": f"{name(partner.document)}, line {partner.line}",
        "similarity": f"{shared.verdict.similarity:.2f}",
        "difference": difference(shared.verdict, here_is_first=partner is not shared.original),
    }
