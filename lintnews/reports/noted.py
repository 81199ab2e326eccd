"""Findings as lines of JSON for lintnews itself: what the baseline, triage and `--add-ignores` want to know of each."""

from __future__ import annotations

import json
import os

from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals
from lintnews.silencing.holding import OWN
from lintnews.silencing.keys import keys, near

LONGEST_TEXT_CHARS = 400


class NotedReport:
    """A line that names each article, and a line for each of its findings; those of silencings left out."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """The article's lines."""
        path = _file(checked.path)
        lines: list[dict[str, object]] = [{"path": path}]
        for d in checked.diagnostics if checked.document else ():
            assert checked.document is not None
            if not d.rule.startswith(OWN):
                place = {
                    "row": checked.path[len(path) + 1 :],
                    "line": d.line,
                    "end_line": d.end_line,
                    "start": d.start,
                    "end": d.end,
                }
                text = " ".join(d.text[:LONGEST_TEXT_CHARS].split())
                lines.append(
                    {
                        "path": path,
                        "rule": d.rule,
                        "level": d.level,
                        "fix": d.fix.safety if d.fix else "",
                        "keys": keys(d.text),
                        "near": near(checked.document.text, d.start, d.end),
                        "text": text,
                        **place,
                    }
                )
        return "".join(json.dumps(line) + "\n" for line in lines)

    def foot(self, totals: Totals) -> str:
        """Nothing."""
        return ""


def _file(path: str) -> str:
    """The file of an article: its path without the row's number or id."""
    whole = path
    while "#" in path and not os.path.lexists(path):
        path = path.rpartition("#")[0]
    return path if os.path.lexists(path) else whole
