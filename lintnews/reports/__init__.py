"""Diagnostics to text: what a report is, and the built-in ones.

Read `report` and `totals` (what a report is given), `sheets` (where its parts come together), `terminal`, then `human`, `json`,
`statistics`, `metrics`; `places` is what the reports for services share: `sarif`, `github`, `gitlab`, `xml`, `rdjson`. `html` is
pages.
"""

REPORTS = {
    "full": "lintnews.reports.human:FullReport",
    "concise": "lintnews.reports.human:ConciseReport",
    "json": "lintnews.reports.json:JsonReport",
    "jsonl": "lintnews.reports.json:JsonlReport",
    "sarif": "lintnews.reports.sarif:SarifReport",
    "github": "lintnews.reports.github:GithubReport",
    "gitlab": "lintnews.reports.gitlab:GitlabReport",
    "junit": "lintnews.reports.xml:JunitReport",
    "checkstyle": "lintnews.reports.xml:CheckstyleReport",
    "rdjson": "lintnews.reports.rdjson:RdjsonReport",
    "html": "lintnews.reports.html.report:HtmlReport",
}
"""The built-in reports by the name that `--output-format` uses, each imported when it is asked for."""
