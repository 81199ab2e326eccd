"""What an article shares with other articles: paragraphs that stand in several, and the same story filed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from lintnews.detectors.detector import Compared, Detector, Needs
from lintnews.diagnostic import Edit, Finding, Related

if TYPE_CHECKING:
    from lintnews.evidence.duplicates.shared import Corpus, Location, Shared


@dataclass(frozen=True, slots=True)
class SharedDetector(Detector):
    """Finds what other articles of the run repeat, once, in the first article by name; the fix deletes the copies in the others.

    `unit`: `paragraph`, or `article` for the whole of it.
    """

    unit: Literal["article", "paragraph"]

    def needs(self) -> Needs:
        return Needs(comparison=True)

    def conclude(self, compared: Compared) -> Iterator[Finding]:
        return iter(compared.get(self.unit, ()))


def compared(corpus: Corpus, name: Callable[[int], str]) -> Iterator[tuple[int, Compared]]:
    """The numbers of the documents that share something, in order, with what they share; `name` gives a document's path."""
    for number, shared in groupby(corpus.shared(), key=lambda s: s.original.document):
        found: dict[str, list[Finding]] = {}
        for each in shared:
            found.setdefault(_unit(each), []).append(_finding(each, name))
        yield number, found


def copies(corpus: Corpus, name: Callable[[int], str]) -> Iterator[tuple[int, Finding]]:
    """Every paragraph that stands in an earlier article too, with an edit that deletes it, and the number of its document."""
    for shared in corpus.shared(most=float("inf")):
        if _unit(shared) == "paragraph":
            values = _values(shared, name, shared.original)
            for copy in shared.copies:
                related = (_related(shared.original, name),)
                yield copy.document, Finding(copy.start, copy.end, (Edit(copy.start, copy.end),), values=values, related=related)


def _unit(shared: Shared) -> str:
    return "article" if shared.original.paragraph < 0 else "paragraph"


def _finding(shared: Shared, name: Callable[[int], str]) -> Finding:
    place = shared.original
    related = tuple(_related(copy, name) for copy in shared.copies)
    return Finding(place.start, place.end, values=_values(shared, name, shared.copies[0]), related=related)


def _related(place: Location, name: Callable[[int], str]) -> Related:
    return Related(place.start, place.end, place.line, name(place.document))


def _values(shared: Shared, name: Callable[[int], str], partner: Location) -> dict[str, str]:
    from lintnews.evidence.duplicates.likeness import what_differs

    return {
        "articles": f"{shared.count:,} other article{'s' if shared.count > 1 else ''}",
        "partner": f"{name(partner.document)}, line {partner.line}",
        "similarity": f"{shared.likeness.similarity:.2f}",
        "difference": what_differs(shared.likeness, here_is_first=partner is not shared.original),
    }
