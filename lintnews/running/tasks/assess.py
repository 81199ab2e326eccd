"""Say what is wrong with an article, and give a verdict on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.reports.report import Checked
from lintnews.verdict import USUAL, assess

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Assess:
    """Reports diagnostics, and the article in figures and one word."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.thresholds = USUAL.with_changes(desk.settings.verdict)

    def article(self, _job: Job, _source: Source, _record: Record, document: Document) -> None:
        """Assess and report it."""
        desk = self.desk
        failures: list[Failure] = []
        found = desk.linter.check(document, failures)
        assessment = assess(document, found, self.thresholds)
        desk.outcome.totals.verdict(assessment.verdict, assessment.metrics.furniture)
        asked_for = [diagnostic for diagnostic in found if diagnostic.rule in desk.rules]
        desk.say(Checked(document.path, asked_for, document, desk.rules, assessment=assessment))
        if "json" in desk.request.reports:
            desk.outcome.totals.assessed.append({"path": document.path, **assessment.to_dict()})
        desk.failed(failures)
