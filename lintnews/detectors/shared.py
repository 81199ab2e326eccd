"""What an article shares with other articles: paragraphs that stand in several, and the same story filed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from lintnews.diagnostic import Finding, Related
from lintnews.document import Document

if TYPE_CHECKING:
    from lintnews.corpus import Corpus, Shared


@dataclass(frozen=True, slots=True)
class SharedDetector:
    """Finds what other articles of the run repeat, once, in the first article by name.

    `unit`: `paragraph`, or `article` for the whole of it.
    """

    unit: str

    compares_articles: ClassVar[bool] = True

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


def _finding(shared: Shared, name: Callable[[int], str]) -> tuple[str, Finding]:
    from lintnews.similarity import difference

    related = tuple(Related(copy.start, copy.end, copy.line, name(copy.document)) for copy in shared.copies)
    values = {
        "articles": f"{shared.count:,} other article{'s' if shared.count > 1 else ''}",
        "partner": f"{related[0].path}, line {related[0].line}",
        "similarity": f"{shared.verdict.similarity:.2f}",
        "difference": difference(shared.verdict, here_is_first=True),
    }
    place = shared.original
    return "article" if place.paragraph < 0 else "paragraph", Finding(place.start, place.end, values=values, related=related)
