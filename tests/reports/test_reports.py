"""Reports: the contract for programs, and what people see."""

from __future__ import annotations

import json

import pytest

from lintnews.diagnostic import Diagnostic, Edit, Fix, Level, Related
from lintnews.document import Document
from lintnews.plugins.registry import registry
from lintnews.reports.human import counts, excerpt
from lintnews.reports.report import Checked
from lintnews.reports.statistics import StatisticsReport
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals

PLAIN = Terminal()


def diagnostic(document: Document, start: int, end: int, level: Level = "warning", fix: Fix | None = None) -> Diagnostic:
    line, column = document.position(start)
    end_line, end_column = document.position(end)
    text = document.text[start:end]
    related = (Related(0, 1, 1), Related(2, 3, 1, "b.txt"))
    return Diagnostic(
        "a.txt", "x/y", level, 0.95, "What.", start, end, line, column, end_line, end_column, text, ("try",), related, fix
    )


def render(name: str, document: Document, *diagnostics: Diagnostic, terminal: Terminal = PLAIN) -> str:
    report = registry().reports[name](terminal)
    totals = Totals(files=1, articles=1)
    totals.count(diagnostics)
    return report.head() + report.article(Checked("a.txt", diagnostics, document)) + report.foot(totals)


FIX = Fix("safe", (Edit(4, 7, ""),))
DOCUMENT = Document("one two\nthree 🙂 four\n", "a.txt")


def test_jsonl_is_the_contract() -> None:
    (line,) = render("jsonl", DOCUMENT, diagnostic(DOCUMENT, 4, 7, fix=FIX)).splitlines()
    assert json.loads(line) == {
        "path": "a.txt",
        "rule": "x/y",
        "level": "warning",
        "confidence": 0.95,
        "message": "What.",
        "start": 4,
        "end": 7,
        "line": 1,
        "column": 5,
        "end_line": 1,
        "end_column": 8,
        "text": "two",
        "suggestions": ["try"],
        "related": [{"path": "a.txt", "start": 0, "end": 1, "line": 1}, {"path": "b.txt", "start": 2, "end": 3, "line": 1}],
        "fix": {"safety": "safe", "edits": [{"start": 4, "end": 7, "replacement": ""}]},
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_object(count: int) -> None:
    report = json.loads(render("json", DOCUMENT, *[diagnostic(DOCUMENT, 4, 7)] * count))
    assert report["version"] == 1
    assert [d["rule"] for d in report["diagnostics"]] == ["x/y"] * count
    assert report["files"] == report["errors"] == []
    assert report["counts"] == {"files": 1, "articles": 1, "diagnostics": count, "edits": 0, "known": 0, "silenced": 0}


def test_full_marks_the_span() -> None:
    out = render("full", DOCUMENT, diagnostic(DOCUMENT, 16, 20, fix=FIX)).splitlines()
    assert out[:3] == ["a.txt:2:9 warning x/y: What.", " 2 | three 🙂 four", "   |          ^^^^"]
    assert "\x1b[" not in "\n".join(out)
    assert "\x1b[" in render("full", DOCUMENT, diagnostic(DOCUMENT, 4, 7), terminal=Terminal(colour=True))


def shown(text: str, start: int, end: int, width: int = 40) -> tuple[str, str, str]:
    document = Document(text)
    return excerpt(diagnostic(document, start, end), document, width)


def test_long_lines_are_cut_around_the_span() -> None:
    text = "a" * 500 + "HERE" + "b" * 500
    line, mark, more = shown(text, 500, 504)
    assert line == "…" + "a" * 20 + "HERE" + "b" * 14 + "…"
    assert mark == " " * 21 + "^^^^"
    assert more == ""
    assert shown(text, 0, 3)[0] == "a" * 39 + "…"
    line, mark, more = shown(text, 500, 700)
    assert (len(line), mark.count("^"), more) == (40, 18, " …")


def test_spans_over_lines_are_told() -> None:
    assert shown("one\r\ntwo\r\nthree\r\n", 0, 13) == ("one", "^^^", " … to line 3")
    assert shown("one\n\n", 4, 4) == ("", "^", "")
    assert shown("a\tb\x1b[31m c", 2, 3)[0] == "a b [31m c"


def test_a_span_at_the_end_of_a_huge_line_is_found_at_once() -> None:
    text = "x" * 20_000_000
    assert shown(text, len(text) - 3, len(text))[0] == "…" + "x" * 23


def test_counts_are_english() -> None:
    totals = Totals(articles=1)
    assert counts(totals) == "Nothing found in 1 article.\n"
    totals.count([diagnostic(DOCUMENT, 4, 7, fix=FIX), diagnostic(DOCUMENT, 0, 3, fix=Fix("unsafe", ()))])
    totals.articles = 1234
    assert (
        counts(totals)
        == "Found 2 problems (2 warnings) in 1 of 1,234 articles. 1 can be fixed with --fix, 1 more with --unsafe-fixes.\n"
    )


def test_statistics_count_by_rule() -> None:
    totals = Totals(articles=2)
    totals.count([diagnostic(DOCUMENT, 4, 7, fix=FIX)] * 3)
    assert StatisticsReport(Terminal()).foot(totals).splitlines()[0].split() == [
        "3",
        "x/y",
        "warning",
        "(3",
        "safe",
        "to",
        "fix)",
    ]
    assert json.loads(StatisticsReport(Terminal(), as_json=True).foot(totals)) == {
        "rule": "x/y",
        "level": "warning",
        "found": 3,
        "safe_fixes": 3,
        "unsafe_fixes": 0,
    }


def test_totals_add_up() -> None:
    one, two = Totals(files=1, read=10, seconds={"r": 1.0}), Totals(files=2, read=5, seconds={"r": 0.5, "s": 1.0})
    two.count([diagnostic(DOCUMENT, 4, 7)])
    one.add(two)
    assert (one.files, one.read, one.found, one.affected, one.seconds) == (3, 15, 1, 1, {"r": 1.5, "s": 1.0})


def test_many_words_of_a_rule_are_a_table_unless_all_is_asked_for() -> None:
    document = Document("one two six ten\n" * 5, "a.txt")
    found = [diagnostic(document, 4 * n, 4 * n + 3)._replace(confidence=n / 20, related=()) for n in range(20)]
    told = render("full", document, *found)
    assert "a.txt warning x/y: 20 words\n" in told
    assert "= 12 more with --verbose\n" in told
    assert next(line.split()[0] for line in told.splitlines() if "try:" in line) == "4:1"
    assert told.count("try:") == 8
    assert render("full", document, *found, terminal=Terminal(verbose=True)).count("warning x/y: What.") == 20
    assert render("full", document, *found[:4]).count("warning x/y: What.") == 4


def test_many_findings_of_a_kind_are_named_by_their_lines_and_none_is_lost() -> None:
    document = Document("one two six ten\n" * 12, "a.txt")
    found = [diagnostic(document, 16 * n, 16 * n + 3)._replace(suggestions=(), related=()) for n in range(12)]
    told = render("full", document, *found)
    assert told.count("warning x/y: What.") == 3
    assert "a.txt warning x/y: 9 more, in lines 4, 5, 6, 7, 8, 9, 10, 11, …; each with --verbose\n" in told
    assert "Found 12 problems" in told
    assert render("full", document, *found, terminal=Terminal(verbose=True)).count("warning x/y: What.") == 12
    assert render("full", document, *found[:4]).count("warning x/y: What.") == 4
    assert render("full", document, terminal=Terminal(quiet=True)) == ""
