"""What a detector is, and what it may need before it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from lintnews.diagnostic import Finding
from lintnews.document import Document

Compared = Mapping[str, Sequence[Finding]]
"""What came of comparing an article with others, by what was compared: `article` or `paragraph`."""


class Needs(NamedTuple):
    """What a document must hold, and a run must have done, for a detector to be asked. With none of it, it is always asked.

    `patterns`: one of them may match a block, of `max_words` words at most; `phrases`: one of them stands in the text.
    `site_lines`: the lines that many articles of the site hold have been counted. `comparison`: articles have been compared;
    such a detector has `conclude` for `find`. `grammar`: a grammar checker is there to be asked.
    """

    patterns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    max_words: int | None = None
    site_lines: bool = False
    comparison: bool = False
    grammar: bool = False


class Detector(Protocol):
    """A way of looking: a frozen dataclass whose fields a rule file may set. It knows no rule, message or level."""

    __slots__ = ()

    def needs(self) -> Needs:
        """When to ask it."""
        return Needs()

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings, in any order."""
        return iter(())

    def conclude(self, compared: Compared) -> Iterator[Finding]:
        """Those of the findings of a comparison that it is for."""
        return iter(())
