"""GitLab's Code Quality: one JSON array of findings, each with a fingerprint that stays when its lines move."""

from __future__ import annotations

import json

from lintnews.reports.places import fingerprints, place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_json
from lintnews.reports.totals import Totals

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


class GitlabReport:
    """An object a finding."""

    separator = ",\n"

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the array."""
        return "[\n"

    def article(self, checked: Checked) -> str:
        """The article's findings, parted by commas."""
        found = []
        for d, fingerprint in zip(checked.diagnostics, fingerprints(list(checked.diagnostics)), strict=True):
            at = place(d)
            record = {
                "description": at.inside + d.message,
                "check_name": d.rule,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[d.level],
                "location": {"path": at.path, "lines": {"begin": at.line, "end": at.end_line}},
            }
            found.append(fit_json(json.dumps(record, ensure_ascii=False)))
        return ",\n".join(found)

    def foot(self, totals: Totals) -> str:
        """The end of the array."""
        return "\n]\n"
