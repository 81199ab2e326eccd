"""Diagnostics to text: what a report is, and the built-in ones.

An article's part is made by itself, so that workers can make it; the parts, in the order of the files, stand between a
head and a foot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from lintnews.diagnostic import Diagnostic, Level
from lintnews.document import Document
from lintnews.fixes.ledger import OffsetMap
from lintnews.rulebook.rule import Rule


class Look(NamedTuple):
    """How a report may look: with colours or without, and how many columns wide."""

    colour: bool = False
    width: int = 100


class Checked(NamedTuple):
    """One article's diagnostics, sorted by position; `document` is the text that they speak of, None if it is not at hand.

    When fixes were applied, these are the diagnostics that are left, `edits` were made, and `offsets` lead from the original
    to the text as it is now.
    """

    path: str
    diagnostics: Sequence[Diagnostic]
    document: Document | None = None
    rules: Mapping[str, Rule] = MappingProxyType({})
    edits: int = 0
    offsets: OffsetMap | None = None


@dataclass(slots=True)
class RuleCount:
    """How often a rule was found, and how many of these have a safe and an unsafe fix."""

    level: Level
    found: int = 0
    safe: int = 0
    unsafe: int = 0


@dataclass(slots=True)
class Totals:
    """Sums over a run. `failing` counts diagnostics that fail it; `read` is in bytes, `seconds` by rule."""

    files: int = 0
    articles: int = 0
    affected: int = 0
    failing: int = 0
    edits: int = 0
    changed: int = 0
    read: int = 0
    rules: dict[str, RuleCount] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    errors: list[Mapping[str, str]] = field(default_factory=list)
    fixed: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Diagnostics in all."""
        return sum(count.found for count in self.rules.values())

    def count(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Add one article's diagnostics."""
        self.affected += bool(diagnostics)
        for diagnostic in diagnostics:
            count = self.rules.get(diagnostic.rule)
            if count is None:
                count = self.rules[diagnostic.rule] = RuleCount(diagnostic.level)
            count.found += 1
            if diagnostic.fix:
                count.safe += diagnostic.fix.safety == "safe"
                count.unsafe += diagnostic.fix.safety == "unsafe"

    def add(self, other: Totals) -> None:
        """Add another run's sums."""
        for name in ("files", "articles", "affected", "failing", "edits", "changed", "read"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for rule, theirs in other.rules.items():
            mine = self.rules.setdefault(rule, RuleCount(theirs.level))
            mine.found += theirs.found
            mine.safe += theirs.safe
            mine.unsafe += theirs.unsafe
        for rule, seconds in other.seconds.items():
            self.seconds[rule] = self.seconds.get(rule, 0.0) + seconds
        self.errors += other.errors
        self.fixed += other.fixed


class Report(Protocol):
    """A form of output, made as `Report(look)`. `separator` stands between two articles' parts."""

    separator: str

    def head(self) -> str:
        """What comes first."""
        raise NotImplementedError

    def article(self, checked: Checked) -> str:
        """One article's part; empty when there is nothing to say. Called in any process, in any order."""
        raise NotImplementedError

    def foot(self, totals: Totals) -> str:
        """What comes last."""
        raise NotImplementedError


def builtin() -> dict[str, Callable[..., Report]]:
    """The built-in reports by the name that `--output-format` uses. A module is imported when its report is asked for."""
    return {"full": _full, "concise": _concise, "json": _json, "jsonl": _jsonl}


def _full(look: Look) -> Report:
    from lintnews.reports.human import FullReport

    return FullReport(look)


def _concise(look: Look) -> Report:
    from lintnews.reports.human import ConciseReport

    return ConciseReport(look)


def _json(look: Look) -> Report:
    from lintnews.reports.records import JsonReport

    return JsonReport(look)


def _jsonl(look: Look) -> Report:
    from lintnews.reports.records import JsonlReport

    return JsonlReport(look)
