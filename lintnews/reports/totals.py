"""Sums over a run: files, articles, findings by rule, edits, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lintnews.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from lintnews.rulebook.rule import Rule

BINS = 10
"""Steps of a tenth in which shares are counted."""


@dataclass(slots=True)
class RuleCount:
    """How often a rule was found, and how many of these have a safe and an unsafe fix; and what the rule says of itself."""

    level: Level
    found: int = 0
    safe: int = 0
    unsafe: int = 0
    message: str = ""
    why: str = ""


@dataclass(slots=True)
class Totals:
    """Sums over a run. `failing` counts diagnostics that fail it, `known` those that were held back as the baseline has them, and
    `silenced` those that comments and allowances held back; `read` is in bytes, `seconds` by rule.

    `furniture` counts articles by the tenth that their share of furniture lies in.
    """

    files: int = 0
    articles: int = 0
    affected: int = 0
    failing: int = 0
    known: int = 0
    silenced: int = 0
    edits: int = 0
    changed: int = 0
    read: int = 0
    rules: dict[str, RuleCount] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    errors: list[Mapping[str, str]] = field(default_factory=list)
    fixed: list[Mapping[str, object]] = field(default_factory=list)
    verdicts: dict[str, int] = field(default_factory=dict)
    furniture: list[int] = field(default_factory=lambda: [0] * BINS)
    assessed: list[Mapping[str, object]] = field(default_factory=list)

    @property
    def found(self) -> int:
        """Diagnostics in all."""
        return sum(count.found for count in self.rules.values())

    def count(self, diagnostics: Sequence[Diagnostic], rules: Mapping[str, Rule] = MappingProxyType({})) -> None:
        """Add one article's diagnostics; `rules` have the words of those that found them, by id."""
        self.affected += bool(diagnostics)
        for diagnostic in diagnostics:
            count = self.rules.get(diagnostic.rule)
            if count is None:
                count = self.rules[diagnostic.rule] = RuleCount(diagnostic.level)
                if rule := rules.get(diagnostic.rule):
                    count.message, count.why = rule.message, rule.why
            count.found += 1
            if diagnostic.fix:
                count.safe += diagnostic.fix.safety == "safe"
                count.unsafe += diagnostic.fix.safety == "unsafe"

    def verdict(self, verdict: str, furniture: float) -> None:
        """Add one article's verdict and its share of furniture, from 0 to 1."""
        self.verdicts[verdict] = self.verdicts.get(verdict, 0) + 1
        self.furniture[min(BINS - 1, int(furniture * BINS))] += 1

    def add(self, other: Totals) -> None:
        """Add another run's sums."""
        for verdict, count in other.verdicts.items():
            self.verdicts[verdict] = self.verdicts.get(verdict, 0) + count
        self.furniture = [mine + theirs for mine, theirs in zip(self.furniture, other.furniture, strict=True)]
        self.assessed += other.assessed
        for name in ("files", "articles", "affected", "failing", "known", "silenced", "edits", "changed", "read"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for rule, theirs in other.rules.items():
            mine = self.rules.setdefault(rule, RuleCount(theirs.level, message=theirs.message, why=theirs.why))
            mine.found += theirs.found
            mine.safe += theirs.safe
            mine.unsafe += theirs.unsafe
        for rule, seconds in other.seconds.items():
            self.seconds[rule] = self.seconds.get(rule, 0.0) + seconds
        self.errors += other.errors
        self.fixed += other.fixed
