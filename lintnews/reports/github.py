"""GitHub's workflow commands: findings as annotations of the files in a pull request. It shows ten of a kind a step."""

from __future__ import annotations

from lintnews.reports.places import place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_ORDER = list(_COMMANDS)


class GithubReport:
    """A command a finding; in an article, the gravest come first."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's findings, a command each."""
        lines = []
        for d in sorted(checked.diagnostics, key=lambda d: (_ORDER.index(d.level), -d.confidence, d.start)):
            at = place(d)
            where = {"title": d.rule, "file": at.path, "line": str(at.line), "endLine": str(at.end_line)}
            if at.line == at.end_line and not at.is_row:
                where |= {"col": str(at.column), "endColumn": str(at.end_column)}
            properties = ",".join(f"{name}={_property(value)}" for name, value in where.items())
            lines.append(f"::{_COMMANDS[d.level]} {properties}::{_data(at.inside + d.message)}\n")
        return "".join(lines)

    def foot(self, totals: Totals) -> str:
        """How many there are, as only some are shown."""
        from lintnews.reports.human import counts

        return f"::notice title=lintnews::{_data(counts(totals).strip())}\n" if totals.found else counts(totals)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
