"""What is known of all articles: rows of the table, their sources, what repeats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lintnews.reports.html.repeats import Repeats

CHUNK = 50
"""Articles in a file: a reader loads so many at once."""


@dataclass(slots=True)
class Gathered:
    """Rows as `report` makes them, the number of each by its path, and how many articles each source has."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    articles_by_source: Counter[str] = field(default_factory=Counter)
    repeats: Repeats = field(default_factory=Repeats)

    def rules(self) -> list[str]:
        """Rules with findings, the most frequent first."""
        found: Counter[str] = Counter()
        for row in self.rows:
            found.update({rule: sum(counts) for rule, counts in row["rules"].items()})
        return sorted(found, key=lambda rule: (-found[rule], rule))

    def sources(self) -> list[str]:
        """Sources, those with most articles first."""
        return sorted(self.articles_by_source, key=lambda source: (-self.articles_by_source[source], source))
