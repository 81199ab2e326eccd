"""Clean an article, note each edit in the ledger, and convert it where another format is wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lintnews.running.reading import is_converted
from lintnews.running.request import Piece
from lintnews.running.tasks.cleaning import cleaned, note, rewritten, traced, written

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.linter import Cleaned
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Clean:
    """Gives cleaned articles and the ledger."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, source: Source, record: Record, document: Document) -> bytes | None:
        """Clean it."""
        is_moved = is_converted(job.path, source, self.desk.request)
        if is_moved and record.encoding.is_doubtful:
            self.desk.trouble(document.path, "is not converted, as its encoding is doubtful; name it with --encoding")
            return None
        result = cleaned(self.desk, job, record, document)
        try:
            new = rewritten(self.desk, source, record, document, result)
        except UnicodeEncodeError:
            return None
        rules = self.desk.rules
        self.desk.outcome.totals.count([found for found in result.diagnostics if found.rule in rules])
        if is_moved:
            name = self._converted(job, source, record, document, result)
            text = result.text.encode()
            note(self.desk, name, document.text.encode(), text, result, source.trace(record, text) if record.about else {})
        elif new is not None:
            note(self.desk, record.name(job.ledger_name), record.raw, new, result, traced(source, record, new))
        return new

    def _converted(self, job: Job, source: Source, record: Record, document: Document, result: Cleaned) -> str:
        """Write the article in the other format; its name in the ledger."""
        if self.desk.request.format != "txt":
            name = record.name(job.ledger_name)
            row = {"path": name, "id": record.id, "site": record.site, "text": result.text, "fields": source.row(record)}
            row = {field: value for field, value in row.items() if value or field in ("path", "text")}
            self.desk.outcome.rows.append(written(row | self._columns(document, result)))
            return name
        if not source.many:
            if job.target is not None:
                self.desk.outcome.pieces.append(Piece(f"{job.target}.txt", result.text.encode()))
            return f"{job.ledger_name}.txt"
        ending = f"{record.row:06}.txt"
        if job.target is not None:
            self.desk.outcome.pieces.append(Piece(os.path.join(job.target, ending), result.text.encode()))
        return f"{job.ledger_name}/{ending}"

    def _columns(self, document: Document, result: Cleaned) -> dict[str, Any]:
        """What is wanted besides the text."""
        if not (wanted := self.desk.request.columns):
            return {}
        from lintnews.running.columns import ASSESSED, Said, columns_of

        assessment = None
        if any(name in ASSESSED for name in wanted):
            from lintnews.verdict import USUAL, assess

            assessment = assess(document, result.diagnostics, USUAL.with_changes(self.desk.settings.verdict))
        return columns_of(Said(result, assessment), wanted)
