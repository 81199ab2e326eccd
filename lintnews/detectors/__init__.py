"""Ways of looking at a document. A detector knows no rule, message or level; its fields are the options of a rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeGuard

from lintnews.diagnostic import Finding
from lintnews.document import Document

Compared = Mapping[str, Sequence[Finding]]
"""What came of comparing an article with others, by what was compared: `article` or `paragraph`."""


class Detector(Protocol):
    """A frozen dataclass whose fields a rule file may set and whose one method looks at a document.

    A detector with `patterns` is asked only about documents in which one of them may match a block; one with `phrases` only
    about documents that hold one of them. With neither it is asked about every document.
    """

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings, in any order."""
        raise NotImplementedError


class ComparingDetector(Detector, Protocol):
    """A detector for what several articles have in common: it is asked when all were compared, as one tells it nothing."""

    def conclude(self, compared: Compared) -> Iterator[Finding]:
        """Those of the findings that it is for."""
        raise NotImplementedError


def triggers(detector: Detector) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patterns and phrases that call a detector."""
    return tuple(getattr(detector, "patterns", ())), tuple(getattr(detector, "phrases", ()))


def compares_articles(detector: Detector) -> TypeGuard[ComparingDetector]:
    """Whether a detector looks at what several articles have in common."""
    return hasattr(detector, "conclude")


def learns_lines(detector: Detector) -> bool:
    """Whether a detector looks for what many articles of a source hold; their lines are then counted before."""
    return bool(getattr(detector, "learns_lines", False))


def builtin() -> dict[str, type[Detector]]:
    """The built-in detectors by the name that a rule file's `detect` uses."""
    from lintnews.detectors.above import AboveDetector
    from lintnews.detectors.block import BlockDetector
    from lintnews.detectors.ending import EndingDetector
    from lintnews.detectors.lead_in import LeadInDetector
    from lintnews.detectors.line import LineDetector
    from lintnews.detectors.phrase import PhraseDetector
    from lintnews.detectors.repeat import RepeatDetector
    from lintnews.detectors.run import RunDetector
    from lintnews.detectors.shared import SharedDetector
    from lintnews.detectors.site_line import SiteLineDetector
    from lintnews.detectors.spun import SpunDetector
    from lintnews.detectors.stack import StackDetector
    from lintnews.detectors.unlike_article import UnlikeArticleDetector

    return {
        "above": AboveDetector,
        "block": BlockDetector,
        "ending": EndingDetector,
        "lead-in": LeadInDetector,
        "line": LineDetector,
        "phrase": PhraseDetector,
        "repeat": RepeatDetector,
        "run": RunDetector,
        "shared": SharedDetector,
        "site-line": SiteLineDetector,
        "spun": SpunDetector,
        "stack": StackDetector,
        "unlike-article": UnlikeArticleDetector,
    }
