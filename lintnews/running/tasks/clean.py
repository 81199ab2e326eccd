"""Clean an article, note each edit in the ledger, and convert it where another format is wanted."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from lintnews.running.reading import is_converted
from lintnews.running.request import Piece
from lintnews.running.tasks.cleaning import cleaned, note, rewritten, trace, written

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
        is_moved = is_converted(source, self.desk.request.format)
        if is_moved and record.encoding.is_doubtful:
            self.desk.trouble(document.path, "is not converted, as its encoding is doubtful; name it with --encoding")
            return None
        result = cleaned(self.desk, job, record, document)
        try:
            new = rewritten(self.desk, source, record, document, result)
        except UnicodeEncodeError:
            return None
        self.desk.outcome.totals.count(result.diagnostics)
        if is_moved:
            name = self._converted(job, source, record, result)
            note(self.desk, name, document.text.encode(), result.text.encode(), result, {})
        elif new is not None:
            note(self.desk, record.name(job.ledger_name), record.raw, new, result, trace(source, record, new))
        return new

    def _converted(self, job: Job, source: Source, record: Record, result: Cleaned) -> str:
        """Write the article in the other format; its name in the ledger."""
        if not source.many:
            name = record.name(job.ledger_name)
            self.desk.outcome.rows.append(written({"path": name, "text": result.text}))
            return name
        ending = f"{record.row:06}.txt"
        if job.target is not None:
            self.desk.outcome.pieces.append(Piece(os.path.join(job.target, ending), result.text.encode()))
        return f"{job.ledger_name}/{ending}"
