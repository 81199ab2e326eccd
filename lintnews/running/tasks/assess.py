"""Say what is wrong with an article, and what to do with it: a verdict, its figures and, for whom it is, its cleaned text."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lintnews.reports.report import Checked
from lintnews.running.tasks.observe import observe
from lintnews.verdict import USUAL, assess

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Assess:
    """Reports diagnostics, the article in figures and one word, and what it is once it is cleaned."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.thresholds = USUAL.with_changes(desk.settings.verdict)
        self.is_whole = any(getattr(report, "whole", False) for report in desk.reports)

    def article(self, job: Job, source: Source, record: Record, document: Document) -> None:
        """Assess and report it."""
        desk = self.desk
        failures: list[Failure] = []
        found = desk.linter.check(document, failures)
        assessment = assess(document, found, self.thresholds)
        asked_for = [diagnostic for diagnostic in found if diagnostic.rule in desk.rules]
        checked = Checked(document.path, asked_for, document, desk.rules, assessment=assessment)
        if self.is_whole:
            cleaned = desk.linter.clean(document, unsafe=desk.settings.unsafe_fixes, failures=failures)
            place = job.name if source.many else os.path.dirname(job.name) or os.curdir
            checked = checked._replace(cleaned=cleaned, source=record.site or place)
        desk.say(checked)
        if desk.request.metrics:
            desk.outcome.totals.verdict(assessment.verdict, assessment.metrics.furniture)
            if "json" in desk.request.reports:
                desk.outcome.totals.assessed.append({"path": document.path, **assessment.to_dict()})
        if desk.linter.comparing:
            observe(desk, job, record, document, bool(asked_for))
        desk.failed(failures)
