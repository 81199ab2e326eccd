"""Checkstyle's and JUnit's XML, which most services of continuous integration read."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from lintnews.messages import number
from lintnews.reports.places import place
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal, fit_xml
from lintnews.reports.totals import Totals

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML can't hold, escaped or not."""


class CheckstyleReport:
    """An element a file with findings, and in it one a finding."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the document."""
        return '<?xml version="1.0" encoding="utf-8"?>\n<checkstyle version="4.3">\n'

    def article(self, checked: Checked) -> str:
        """The article's findings."""
        if not checked.diagnostics:
            return ""
        lines = []
        for d in checked.diagnostics:
            at = place(d)
            column = "" if at.is_row else f' column="{at.column}"'
            lines.append(
                f'<error line="{at.line}"{column} severity="{d.level}" message={_attribute(at.inside + d.message)} '
                f"source={_attribute('lintnews.' + d.rule.replace('/', '.'))}/>\n"
            )
        return f"<file name={_attribute(place(checked.diagnostics[0]).path)}>\n{''.join(lines)}</file>\n"

    def foot(self, totals: Totals) -> str:
        """The end of the document."""
        return "</checkstyle>\n"


class JunitReport:
    """A suite an article, and in it a failed case a finding; an article without one is a passed case."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        """The start of the document."""
        return '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="lintnews">\n'

    def article(self, checked: Checked) -> str:
        """The article's findings."""
        name = _attribute(checked.path)
        failed = len(checked.diagnostics)
        cases = []
        for d in checked.diagnostics:
            at = place(d)
            case = _attribute(f"{d.rule} {d.path}:{d.line}:{d.column}")
            told = f"{at.path}:{at.line}: {at.inside}{d.message}"
            message, kind = _attribute(at.inside + d.message), _attribute(d.level)
            failure = f"<failure message={message} type={kind}>{_text(told)}</failure>"
            cases.append(f"<testcase name={case} classname={name}>{failure}</testcase>\n")
        if not cases:
            cases = [f"<testcase name={name} classname={name}/>\n"]
        return f'<testsuite name={name} tests="{len(cases)}" failures="{failed}" errors="0">\n{"".join(cases)}</testsuite>\n'

    def foot(self, totals: Totals) -> str:
        """What could not be done, and the end of the document."""
        errors = "".join(
            f'<testcase name={_attribute(error["path"] or "lintnews")} classname="lintnews">'
            f"<error message={_attribute(error['error'])}/></testcase>\n"
            for error in totals.errors
        )
        name = _attribute(f"lintnews: {number(len(totals.errors), 'error')}")
        tests = f'tests="{len(totals.errors)}" failures="0" errors="{len(totals.errors)}"'
        return f"{f'<testsuite name={name} {tests}>{chr(10)}{errors}</testsuite>{chr(10)}' if errors else ''}</testsuites>\n"


def _text(text: str) -> str:
    return "\n".join(map(fit_xml, escape(_NO_XML.sub("\ufffd", text)).split("\n")))


def _attribute(text: str) -> str:
    return fit_xml(quoteattr(_NO_XML.sub("\ufffd", text)))
