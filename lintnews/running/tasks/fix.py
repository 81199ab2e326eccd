"""Fix an article and report what is left, or show what fixes would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.linter import revised
from lintnews.reports.report import Checked
from lintnews.running.tasks.cleaning import cleaned, note, rewritten, traced

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Fix:
    """Applies fixes; what is reported is what is left."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, source: Source, record: Record, document: Document) -> bytes | None:
        """Fix and report it."""
        desk = self.desk
        if job.target is None:  # it must stay as it is, which was told
            failures: list[Failure] = []
            desk.say(Checked(document.path, desk.linter.check(document, failures), document, desk.rules))
            desk.failed(failures)
            return None
        result = cleaned(desk, job, record, document)
        try:
            new = rewritten(desk, source, record, document, result)
        except UnicodeEncodeError:
            return None
        if new is not None:
            note(desk, record.name(job.ledger_name), record.raw, new, result, traced(source, record, new))
        now = revised(document, result.text) if new is not None else document
        left = desk.linter.check(now, []) if new is not None else result.diagnostics
        desk.say(Checked(document.path, left, now, desk.rules, len(result.ledger), result.offsets))
        if new is not None and "json" in desk.request.reports:
            offsets = result.offsets.to_dict()
            desk.outcome.totals.fixed.append({"path": document.path, "edits": len(result.ledger), "offsets": offsets})
        return new


class Diff:
    """Shows what fixes would change, and changes nothing."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, source: Source, record: Record, document: Document) -> bytes | None:
        """Fix it; the worker shows what its file would become."""
        result = cleaned(self.desk, job, record, document)
        try:
            new = rewritten(self.desk, source, record, document, result)
        except UnicodeEncodeError:
            return None
        self.desk.outcome.totals.failing += new is not None
        return new
