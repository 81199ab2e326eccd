"""What the tasks that change articles share: the cleaned text, and the bytes that it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Cleaned, Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


def cleaned(desk: Desk, job: Job, record: Record, document: Document) -> Cleaned:
    """The article with its fixes applied, copies of others taken out."""
    failures: list[Failure] = []
    compared = {"paragraph": [finding for start, finding in job.copies if start == record.start]} if job.copies else None
    result = desk.linter.clean(document, unsafe=desk.settings.unsafe_fixes, failures=failures, compared=compared)
    desk.failed(failures)
    return result


def rewritten(desk: Desk, source: Source, record: Record, document: Document, result: Cleaned) -> bytes | None:
    """The record's bytes with the cleaned text, counted; None without an edit. Raises `UnicodeEncodeError`, and that is told."""
    if not result.ledger:
        return None
    try:
        new = source.encoded(record, result.text)
    except UnicodeEncodeError as error:
        lacking = result.text[error.start : error.end]
        desk.trouble(document.path, f"the fix needs {lacking!r}, which {record.encoding.name} lacks; save it as UTF-8")
        raise
    desk.outcome.totals.edits += len(result.ledger)
    desk.outcome.totals.changed += 1
    return new
