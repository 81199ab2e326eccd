"""Clean an article, note each edit in the ledger, and convert it where another format is wanted."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.files.hashing import digest
from lintnews.running.reading import is_converted
from lintnews.running.request import Piece
from lintnews.running.tasks.cleaning import cleaned, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        result = cleaned(self.desk, job, record, document)
        try:
            new = rewritten(self.desk, source, record, document, result)
        except UnicodeEncodeError:
            return None
        self.desk.outcome.totals.count(result.diagnostics)
        if is_converted(source, self.desk.request.format):
            name = self._converted(job, source, record, result)
            self._note(name, document.text.encode(), result.text.encode(), result, {})
        elif new is not None:
            self._note(record.name(job.ledger_name), record.raw, new, result, source.trace(record, new))
        return new

    def _converted(self, job: Job, source: Source, record: Record, result: Cleaned) -> str:
        """Write the article in the other format; its name in the ledger."""
        if not source.many:
            name = record.name(job.ledger_name)
            self.desk.outcome.rows.append(_json({"path": name, "text": result.text}))
            return name
        ending = f"{record.row:06}.txt"
        if job.target is not None:
            self.desk.outcome.pieces.append(Piece(os.path.join(job.target, ending), result.text.encode()))
        return f"{job.ledger_name}/{ending}"

    def _note(self, name: str, raw: bytes, new: bytes, result: Cleaned, trace: Mapping[str, str]) -> None:
        """Write an article's edits into the ledger."""
        if self.desk.request.ledger and result.ledger:
            first = {"original_xxh3": digest(raw), "cleaned_xxh3": digest(new), **trace}
            for entry in result.ledger:
                self.desk.outcome.ledger.append(_json({"path": name, **entry.to_dict(), **first}))
                first = {}


def _json(record: Mapping[str, object]) -> bytes:
    return _encoder()(record).encode("utf-8", "backslashreplace") + b"\n"


@lru_cache(maxsize=1)
def _encoder() -> Callable[[object], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False).encode
