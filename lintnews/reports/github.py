"""GitHub's workflow commands: findings as annotations of the files in a pull request, and a table on the job's page.

It shows ten annotations of a kind a step and drops the others in silence. So all findings are lines of the log, the gravest of
the run annotations, and the last of these says how many there are.
"""

from __future__ import annotations

import json
import os

from lintnews.diagnostic import Diagnostic, Level
from lintnews.reports.human import counts
from lintnews.reports.places import place
from lintnews.reports.report import Checked, ReportError
from lintnews.reports.terminal import Terminal, fit
from lintnews.reports.totals import Totals

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "notice"}
SHOWN = 10
"""Annotations of a kind that a step shows."""
SUMMARY = "GITHUB_STEP_SUMMARY"
"""The environment variable with the file for the job's page, in Markdown."""


class GithubReport:
    """A line a finding, then the gravest as annotations."""

    separator = ""
    note = ""

    def __init__(self, terminal: Terminal) -> None:
        self._gravest: dict[str, list[tuple[float, int, str]]] = {level: [] for level in _COMMANDS}
        self._seen = 0

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's findings, a record each of level, confidence, command and line."""
        return "".join(json.dumps((d.level, d.confidence, _command(d), _line(d))) + "\n" for d in checked.diagnostics)

    def gather(self, part: str) -> str:
        """The lines; the commands are kept if they are among the gravest so far."""
        lines = []
        for record in part.splitlines():
            level, confidence, command, line = json.loads(record)
            self._seen += 1
            gravest = self._gravest[level]
            gravest.append((-confidence, self._seen, command))
            gravest.sort()
            del gravest[SHOWN - (level == "info") :]  # the last notice says how many there are
            lines.append(line)
        return "".join(lines)

    def foot(self, totals: Totals) -> str:
        """The annotations, the gravest first, and how many findings there are."""
        _summarise(totals)
        if not totals.found:
            return counts(totals)
        commands = [command for gravest in self._gravest.values() for _, _, command in gravest]
        shown = (
            f" {len(commands)} of them are shown as annotations, the gravest; the log has all."
            if len(commands) < self._seen
            else ""
        )
        return "".join(commands) + f"::notice title=lintnews::{_data(counts(totals).strip() + shown)}\n"


def _command(d: Diagnostic) -> str:
    at = place(d)
    where = {"title": d.rule, "file": at.path, "line": str(at.line), "endLine": str(at.end_line)}
    if at.line == at.end_line and not at.is_row:
        where |= {"col": str(at.column), "endColumn": str(at.end_column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
    return f"::{_COMMANDS[d.level]} {properties}::{_data(at.inside + d.message)}\n"


def _line(d: Diagnostic) -> str:
    return f"{fit(f'{d.path}:{d.line}:{d.column}')}: {d.level} {fit(f'{d.rule} {d.message}')}\n"


def _summarise(totals: Totals) -> None:
    """Add the counts by rule to the job's page, if there is one. Raises `ReportError`."""
    path = os.environ.get(SUMMARY)
    if not path:
        return
    rows = [
        f"| `{fit(rule)}` | {count.level} | {count.found:,} | {count.safe:,} |\n"
        for rule, count in sorted(totals.rules.items(), key=lambda item: (-item[1].found, item[0]))
    ]
    table = "\n| rule | level | found | safe fixes |\n|---|---|---:|---:|\n" + "".join(rows) if rows else ""
    try:
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(f"### lintnews\n\n{counts(totals)}{table}\n")
    except OSError as error:
        problem = f"{path}: the job's summary can't be written: {error.strerror}; correct or unset {SUMMARY}"
        raise ReportError(problem) from error


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
