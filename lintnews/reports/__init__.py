"""Diagnostics to text: what a report is, and the built-in ones.

Read `report` and `totals` (what a report is given), `terminal`, then `human`, `json`, `statistics`.
"""

REPORTS = {
    "full": "lintnews.reports.human:FullReport",
    "concise": "lintnews.reports.human:ConciseReport",
    "json": "lintnews.reports.json:JsonReport",
    "jsonl": "lintnews.reports.json:JsonlReport",
}
"""The built-in reports by the name that `--output-format` uses, each imported when it is asked for."""
