"""Diagnostics as JSON and JSONL; the contract is docs/json.md."""

from __future__ import annotations

import json
from typing import Any

from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_json
from lintnews.reports.totals import Totals

VERSION = 1
"""Of the contract in docs/json.md; it grows when a field changes its meaning or goes."""

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": "))


def _encode(value: object) -> str:
    return fit_json(_encoder.encode(value))


class JsonlReport:
    """One diagnostic a line."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's diagnostics, a line each."""
        return "".join(f"{_encode(diagnostic.to_dict())}\n" for diagnostic in checked.diagnostics)

    def foot(self, totals: Totals) -> str:
        """Nothing."""
        return ""


class JsonReport:
    """One object with all diagnostics, the files that were changed, the errors and the counts."""

    separator = ",\n"

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the object."""
        return f'{{"version": {VERSION}, "diagnostics": [\n'

    def article(self, checked: Checked) -> str:
        """The article's diagnostics, parted by commas."""
        return ",\n".join(_encode(diagnostic.to_dict()) for diagnostic in checked.diagnostics)

    def foot(self, totals: Totals) -> str:
        """Files, errors and counts."""
        counts: dict[str, Any] = {
            "files": totals.files,
            "articles": totals.articles,
            "diagnostics": totals.found,
            "edits": totals.edits,
            "known": totals.known,
            "silenced": totals.silenced,
        }
        files = ",\n".join(map(_encode, totals.fixed))
        assessed = ",\n".join(map(_encode, totals.assessed))
        articles = f'"articles": [{assessed}], ' if totals.verdicts else ""
        return f'\n], {articles}"files": [{files}], "errors": {_encode(totals.errors)}, "counts": {_encode(counts)}}}\n'
