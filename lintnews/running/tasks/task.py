"""What a task is, and what it has at hand: the settings, the linter, the report, and the outcome that it adds to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lintnews.diagnostic import LEVELS, Diagnostic
from lintnews.files.finding import Trouble
from lintnews.reports.report import NOTED, ReportError, made

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.evidence.grammar.checker import Checker
    from lintnews.linter import Failure, Linter
    from lintnews.reports.report import Checked, Report
    from lintnews.rulebook.rule import Rule
    from lintnews.running.cache import Cache
    from lintnews.running.request import Job, Outcome, Request
    from lintnews.settings.settings import Settings
    from lintnews.sources.source import Record, Source


class Desk(NamedTuple):
    """What is at hand for the articles of one batch; `number` is that of its choice of rules."""

    request: Request
    settings: Settings
    linter: Linter
    rules: Mapping[str, Rule]
    reports: Sequence[Report]
    outcome: Outcome
    checker: Checker | None = None
    number: int = 0
    cache: Cache | None = None

    def say(self, checked: Checked) -> None:
        """Count and report an article's diagnostics."""
        totals = self.outcome.totals
        if self.settings.withhold_text and self.request.report != NOTED:
            from lintnews.reports.withholding import withheld

            checked = withheld(checked)
        diagnostics = checked.diagnostics
        totals.count(diagnostics, checked.rules)
        if diagnostics:
            totals.failing += failing(diagnostics, self.settings.fail_on)
        for number, (name, report) in enumerate(zip(self.request.reports, self.reports, strict=True)):
            try:
                with made(name):
                    part = report.article(checked)
            except ReportError as error:
                self.trouble(checked.path, str(error))
            else:
                self.outcome.parts += [(number, part)] if part else []

    def trouble(self, path: str, problem: str, grave: bool = True) -> None:
        """Note what went wrong, or, where it isn't grave, what was left out."""
        self.outcome.troubles.append(Trouble(path, problem, grave))

    def failed(self, failures: Iterable[Failure]) -> None:
        """Note the rules that failed."""
        for failure in dict.fromkeys(failures):
            self.trouble(failure.path, f"rule {failure.rule} failed: {failure.error}; ignore or correct the rule")


class Task(Protocol):
    """What is done with one article. Made as `Task(desk)` for each batch."""

    def article(self, job: Job, source: Source, record: Record, document: Document) -> bytes | None:
        """Do it, and return what `record.raw` becomes, None when it stays as it is."""
        raise NotImplementedError


def failing(diagnostics: Sequence[Diagnostic], fail_on: str) -> int:
    """How many diagnostics are at or above a level; none for `never`."""
    if fail_on == "never":
        return 0
    grave = LEVELS[LEVELS.index(fail_on) :]
    return sum(d.level in grave for d in diagnostics)
