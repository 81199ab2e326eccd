"""How often each rule was found, instead of where: for a first look at a corpus, and for a reader of numbers."""

from __future__ import annotations

from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit
from lintnews.reports.totals import Totals


class StatisticsReport:
    """A table of rules, the most frequent first; `as_json` makes it one JSON object a line."""

    separator = ""

    def __init__(self, terminal: Terminal, as_json: bool = False) -> None:
        self.as_json = as_json

    def head(self) -> str:
        """Nothing."""
        return ""

    def article(self, checked: Checked) -> str:
        """Nothing."""
        return ""

    def foot(self, totals: Totals) -> str:
        """The table."""
        rows = sorted(totals.rules.items(), key=lambda item: (-item[1].found, item[0]))
        if self.as_json:
            import json

            return "".join(
                json.dumps({"rule": rule, "level": c.level, "found": c.found, "safe_fixes": c.safe, "unsafe_fixes": c.unsafe})
                + "\n"
                for rule, c in rows
            )
        from lintnews.reports.human import counts

        width = max((len(rule) for rule, _ in rows), default=0)
        table = "".join(
            f"{c.found:>9,}  {fit(rule):<{width}}  {c.level:<7}  {_fixes(c.safe, c.unsafe)}".rstrip() + "\n" for rule, c in rows
        )
        return table + counts(totals)


def _fixes(safe: int, unsafe: int) -> str:
    parts = [f"{safe:,} safe" if safe else "", f"{unsafe:,} unsafe" if unsafe else ""]
    listed = " and ".join(part for part in parts if part)
    return f"({listed} to fix)" if listed else ""
