"""SARIF 2.1.0, for code scanning: findings with fixes and related places, and the rules that found them."""

from __future__ import annotations

import json
import re
from heapq import heappush, heappushpop
from typing import Any
from urllib.parse import quote

from lintnews.diagnostic import LEVELS, Diagnostic
from lintnews.reports.places import HOME, Place, fingerprints, page, place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_json
from lintnews.reports.totals import RuleCount, Totals

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LONGEST_TEXT_CHARS = 1024
MOST_RESULTS = 25_000
"""Code scanning refuses a run with more."""
_PLACEHOLDER = re.compile(r"\{\w+\}")
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


class SarifReport:
    """One log with one run; of more results than code scanning takes, the gravest."""

    separator = ""
    note = ""

    def __init__(self, terminal: Terminal) -> None:
        self._kept: list[tuple[int, float, int, str]] = []  # a heap, the mildest first
        self._seen = 0

    def head(self) -> str:
        """The start of the log; columns are told to be code points."""
        return f'{{"version": "2.1.0", "$schema": "{SCHEMA}", "runs": [{{"columnKind": "unicodeCodePoints", "results": [\n'

    def article(self, checked: Checked) -> str:
        """The article's findings, a record each of level, confidence and result."""
        found = list(checked.diagnostics)
        named = zip(found, fingerprints(found), strict=True)
        return "".join(f"{LEVELS.index(d.level)} {d.confidence} {_encode(_result(d, name))}\n" for d, name in named)

    def gather(self, part: str) -> str:
        """Nothing yet: what comes last may be what is gravest."""
        for record in part.splitlines():
            level, confidence, result = record.split(" ", 2)
            self._seen += 1
            put = heappush if len(self._kept) < MOST_RESULTS else heappushpop
            put(self._kept, (int(level), float(confidence), -self._seen, result))
        return ""

    def foot(self, totals: Totals) -> str:
        """The results in their order, the rules that found something, what could not be done, and the end of the log."""
        results = ",\n".join(result for *_, result in sorted(self._kept, key=lambda kept: -kept[2]))
        rules = [_rule(name, count) for name, count in sorted(totals.rules.items())]
        notes = [
            {"level": "error", "message": {"text": f"{error['path']}: {error['error']}" if error["path"] else error["error"]}}
            for error in totals.errors
        ]
        ran = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
        if self._seen > len(self._kept):
            self.note = f"{len(self._kept):,} of {self._seen:,} findings are in the SARIF log, the gravest: services take no more"
            notes.append({"level": "warning", "message": {"text": self.note}})
        driver = {"name": "lintnews", "informationUri": HOME, "rules": rules}
        run = (
            f'"tool": {_encode({"driver": driver})}, "automationDetails": {{"id": "lintnews/"}}, "invocations": [{_encode(ran)}]'
        )
        return f"{results}\n], {run}}}]}}\n"


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
    if d.related:
        places = [place(d._replace(path=r.path or d.path, line=r.line, end_line=r.line)) for r in d.related]
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": f"{other.inside}the other place"},
                "physicalLocation": _location(other.path, {"startLine": other.line}),
            }
            for number, other in enumerate(places, 1)
        ]
    if d.fix and d.fix.safety == "safe" and not at.is_row:
        replacements = [
            {
                "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
                "insertedContent": {"text": edit.replacement},
            }
            for edit in d.fix.edits
        ]
        change = {"artifactLocation": _artifact(at.path), "replacements": replacements}
        what = "Put the likely original there." if any(edit.replacement for edit in d.fix.edits) else "Remove it."
        result["fixes"] = [{"description": {"text": what}, "artifactChanges": [change]}]
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
    short = _PLACEHOLDER.sub("…", count.message or name)[:LONGEST_TEXT_CHARS]
    why = " ".join((count.why or short).split())[:LONGEST_TEXT_CHARS]
    rule = {
        "id": name,
        "name": name,
        "shortDescription": {"text": short},
        "fullDescription": {"text": why},
        "help": {
            "text": f"{why}\nlintnews explain {name} shows what it finds and what it leaves alone.",
            "markdown": f"{why}\n\n`lintnews explain {name}` shows what it finds and what it leaves alone.",
        },
        "defaultConfiguration": {"level": _LEVELS[count.level]},
        "properties": {"tags": [name.partition("/")[0]]},
    }
    if address := page(name):
        rule["helpUri"] = address
    return rule


def _encode(value: object) -> str:
    return fit_json(json.dumps(value, ensure_ascii=False))
