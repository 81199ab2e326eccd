"""Each article in figures and one word, and how they are spread: instead of diagnostics, for a first look at a corpus."""

from __future__ import annotations

from lintnews.messages import number
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import BINS, Totals

_COLOURS = {"keep": "dim", "clean": "info", "review": "warning", "drop": "error"}
BAR = 40
"""Columns of the longest bar."""


class MetricsReport:
    """A line an article: verdict, words, share of furniture, grade, language, and the first reason."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's line."""
        found = checked.assessment
        if found is None:
            return ""
        paint, metrics = self.terminal.paint, found.metrics
        grade = "-" if metrics.grade is None else f"{metrics.grade:.0f}"
        figures = f"{metrics.words:>7,} words {metrics.furniture:>4.0%} furniture  grade {grade:>2}  {metrics.language or '-':<2}"
        reason = f"  {paint('dim', found.reasons[0])}" if found.reasons else ""
        return f"{paint(_COLOURS[found.verdict], f'{found.verdict:<6}')} {figures}  {paint('bold', checked.path)}{reason}\n"

    def foot(self, totals: Totals) -> str:
        """How many articles have each verdict, and how the shares of furniture are spread."""
        if not totals.verdicts:
            return ""
        order = [name for name in _COLOURS if totals.verdicts.get(name)]
        counted = ", ".join(f"{totals.verdicts[name]:,} {name}" for name in order)
        most = max(totals.furniture)
        rows = [
            f"{low / BINS:>5.0%} - {(low + 1) / BINS:>4.0%} {count:>9,} {'█' * round(BAR * count / most)}".rstrip() + "\n"
            for low, count in enumerate(totals.furniture)
        ]
        return f"\n{number(totals.articles, 'article')}: {counted}. Share of furniture:\n{''.join(rows)}"
