"""What the tasks that change articles share: the cleaned text, and the bytes that it becomes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.files.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
        new = source.encoded(record, result.text, result.offsets.to_cleaned)
    except UnicodeEncodeError as error:
        lacking = result.text[error.start : error.end]
        desk.trouble(document.path, f"the fix needs {lacking!r}, which {record.encoding.name} lacks; save it as UTF-8")
        raise
    desk.outcome.totals.edits += len(result.ledger)
    desk.outcome.totals.changed += 1
    return new


def traced(source: Source, record: Record, new: bytes) -> Mapping[str, object]:
    """What the ledger must keep beside the edits."""
    kept = source.trace(record, new)
    return kept if record.row is None else {"row": record.row, **kept}


def note(desk: Desk, name: str, raw: bytes, new: bytes, result: Cleaned, trace: Mapping[str, object]) -> None:
    """Write an article's edits for the ledger, if there is one."""
    if desk.request.ledger and result.ledger:
        first: dict[str, object] = {"original_xxh3": digest(raw), "cleaned_xxh3": digest(new), **trace}
        if desk.request.read_as:
            first["read_as"] = desk.request.read_as
        for entry in result.ledger:
            desk.outcome.ledger.append(written({"path": name, **entry.to_dict(), **first}))
            first = {}


def written(record: Mapping[str, object]) -> bytes:
    """A record as a line."""
    return _encoder()(record).encode("utf-8", "backslashreplace") + b"\n"


@lru_cache(maxsize=1)
def _encoder() -> Callable[[object], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False).encode
