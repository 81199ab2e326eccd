"""Say what is wrong with an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.reports.report import Checked

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Check:
    """Reports diagnostics; the articles are compared once all were read."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, _source: Source, record: Record, document: Document) -> None:
        """Report it."""
        desk = self.desk
        failures: list[Failure] = []
        diagnostics = desk.linter.check(document, failures)
        desk.say(Checked(document.path, diagnostics, document, desk.rules))
        if desk.linter.comparing:
            from lintnews.running.tasks.observe import observe

            observe(desk, job, record, document, bool(diagnostics))
        desk.failed(failures)
