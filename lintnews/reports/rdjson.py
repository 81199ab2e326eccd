"""reviewdog's RDJSON: findings with ranges in bytes of UTF-8, and what safe fixes would put there."""

from __future__ import annotations

import json
from typing import Any

from lintnews.diagnostic import Diagnostic
from lintnews.document import Document
from lintnews.reports.places import Place, place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_json
from lintnews.reports.totals import Totals


class RdjsonReport:
    """One object with all findings."""

    separator = ",\n"

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the object."""
        return '{"source": {"name": "lintnews"}, "diagnostics": [\n'

    def article(self, checked: Checked) -> str:
        """The article's findings, parted by commas."""
        records = (_record(d, place(d), checked.document) for d in checked.diagnostics)
        return ",\n".join(fit_json(json.dumps(record, ensure_ascii=False)) for record in records)

    def foot(self, totals: Totals) -> str:
        """The end of the object."""
        return "\n]}\n"


def _record(d: Diagnostic, at: Place, document: Document | None) -> dict[str, Any]:
    place: dict[str, Any] = {"path": at.path, "range": {"start": {"line": at.line}, "end": {"line": at.end_line}}}
    record: dict[str, Any] = {
        "message": at.inside + d.message,
        "location": place,
        "severity": d.level.upper(),
        "code": {"value": d.rule},
    }
    if not at.is_row and document is not None:
        place["range"] = _range(document, d.start, d.end)
        if d.fix and d.fix.safety == "safe":
            record["suggestions"] = [
                {"range": _range(document, edit.start, edit.end), "text": edit.replacement} for edit in d.fix.edits
            ]
    return record


def _range(document: Document, start: int, end: int) -> dict[str, dict[str, int]]:
    return {"start": _position(document, start), "end": _position(document, end)}


def _position(document: Document, at: int) -> dict[str, int]:
    line, column = document.position(at)
    before = document.text[at - column + 1 : at]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
