"""SARIF 2.1.0, for code scanning: findings with fixes and related places, and the rules that found them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from lintnews.diagnostic import Diagnostic
from lintnews.reports.places import Place, fingerprints, place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_json
from lintnews.reports.totals import RuleCount, Totals

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LONGEST_TEXT_CHARS = 1024
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class SarifReport:
    """One log with one run."""

    separator = ",\n"

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the log; columns are told to be code points."""
        return f'{{"version": "2.1.0", "$schema": "{SCHEMA}", "runs": [{{"columnKind": "unicodeCodePoints", "results": [\n'

    def article(self, checked: Checked) -> str:
        """The article's findings, parted by commas."""
        found = list(checked.diagnostics)
        return ",\n".join(_encode(_result(d, name)) for d, name in zip(found, fingerprints(found), strict=True))

    def foot(self, totals: Totals) -> str:
        """The rules that found something, what could not be done, and the end of the log."""
        rules = [_rule(name, count) for name, count in sorted(totals.rules.items())]
        notes = [
            {"level": "error", "message": {"text": f"{error['path']}: {error['error']}" if error["path"] else error["error"]}}
            for error in totals.errors
        ]
        ran = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
        driver = {"name": "lintnews", "rules": rules}
        return f'\n], "tool": {_encode({"driver": driver})}, "invocations": [{_encode(ran)}]}}]}}\n'


def _result(d: Diagnostic, fingerprint: str) -> dict[str, Any]:
    at = place(d)
    result: dict[str, Any] = {
        "ruleId": d.rule,
        "level": _LEVELS[d.level],
        "message": {"text": at.inside + d.message + (f" (to line {at.end_line})" if at.end_line > at.line else "")},
        "rank": round(100 * d.confidence, 1),
        "locations": [{"physicalLocation": _location(at.path, _region(at))}],
        "partialFingerprints": {"lintnewsFinding/v1": fingerprint},
    }
    if d.related and not at.is_row:
        places = [place(d._replace(path=r.path or d.path, line=r.line, end_line=r.line)) for r in d.related]
        result["relatedLocations"] = [{"physicalLocation": _location(other.path, {"startLine": other.line})} for other in places]
    if d.fix and d.fix.safety == "safe" and not at.is_row:
        replacements = [
            {
                "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
                "insertedContent": {"text": edit.replacement},
            }
            for edit in d.fix.edits
        ]
        result["fixes"] = [{"artifactChanges": [{"artifactLocation": _artifact(at.path), "replacements": replacements}]}]
    return result


def _region(at: Place) -> dict[str, int]:
    """The first line of it: services show a finding only where all its lines are part of a change."""
    end = at.end_column if at.end_line == at.line else at.column + 1
    return {"startLine": at.line, "startColumn": at.column, "endLine": at.line, "endColumn": end}


def _location(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"artifactLocation": _artifact(path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _rule(name: str, count: RuleCount) -> dict[str, Any]:
    short = (count.message or name)[:LONGEST_TEXT_CHARS]
    why = (count.why or short)[:LONGEST_TEXT_CHARS]
    return {
        "id": name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}\nlintnews explain {name} shows what it finds and what it leaves alone."},
        "defaultConfiguration": {"level": _LEVELS[count.level]},
    }


def _encode(value: object) -> str:
    return fit_json(json.dumps(value, ensure_ascii=False))
