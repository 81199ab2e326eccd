"""Several reports in one run: each is whole or as it was, and what goes wrong with one is told and takes nothing else along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import put, run

from lintnews.reports import sarif
from lintnews.reports.github import GithubReport
from lintnews.reports.sarif import SarifReport
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals

TEXT = "The mill has closed.\n\nShare this article\n\nThe town met.\n"


def test_reports_beside_the_printed_one_are_what_they_are_alone(tmp_path: Path) -> None:
    for number in range(30):
        put(tmp_path / f"{number:02}.txt", TEXT * (number % 3))
    printed = run("check", "--isolated", ".", cwd=tmp_path)
    reports = [word for name in ("json", "sarif", "concise") for word in ("--report", f"{name}=out/{name}")]
    (tmp_path / "out").mkdir()
    done = run("check", "--isolated", "--exclude", "out", "--jobs", "2", *reports, ".", cwd=tmp_path)
    assert (done.stdout, done.returncode) == (printed.stdout, 1)
    for name in ("json", "sarif", "concise"):
        assert (tmp_path / "out" / name).read_bytes() == run(
            "check", "--isolated", "--exclude", "out", "--output-format", name, ".", cwd=tmp_path
        ).stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--report", "sarif"], "'sarif' is not FORMAT=PATH"),
        (["--report", "serif=x"], "--report: no report is called 'serif'; did you mean 'sarif'?"),
        (["--report", "json=x", "--report", "sarif=x"], "x: two reports go there"),
        (["--report", "json=x", "--diff"], "leave out --report"),
        (["--report", "json=no/such/x"], "no/such"),
    ],
)
def test_what_can_not_be_is_told_before_anything_is_done(tmp_path: Path, words: list[str], told: str) -> None:
    put(tmp_path / "a.txt", TEXT)
    done = run("check", "--isolated", *words, "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_report_that_can_not_be_written_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", TEXT)
    done = run("check", "--isolated", "--report", "json=/dev/full", "--report", "jsonl=good", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert b"share" in done.stdout
    assert "--report json: can't be written: No space left on device" in done.stderr.decode()
    assert json.loads((tmp_path / "good").read_text())["rule"] == "boilerplate/share"


def test_of_more_results_than_code_scanning_takes_the_gravest_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    report = SarifReport(Terminal())
    head = report.head()
    for part in ('0 0.9 {"a": 1}\n1 0.5 {"b": 1}\n', '2 0.5 {"c": 1}\n1 0.9 {"d": 1}\n0 0.1 {"e": 1}\n'):
        assert report.gather(part) == ""
    run = json.loads(head + report.foot(Totals()))["runs"][0]
    assert run["results"] == [{"b": 1}, {"c": 1}, {"d": 1}]
    assert report.note.startswith("3 of 5 findings")
    assert [note["level"] for note in run["invocations"][0]["toolExecutionNotifications"]] == ["warning"]


def test_github_shows_the_gravest_of_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    report = GithubReport(Terminal())
    for number in range(40):
        level = "info" if number % 2 else "warning"
        assert (
            report.gather(json.dumps((level, number / 40, f"::{level}::{number}\n", f"line {number}\n")) + "\n")
            == f"line {number}\n"
        )
    totals = Totals(articles=1)
    totals.rules["x/y"] = rule_count = sarif.RuleCount("warning")
    rule_count.found = 40
    lines = report.foot(totals).splitlines()
    assert lines[:10] == [f"::warning::{number}" for number in range(38, 18, -2)]
    assert lines[10:19] == [f"::info::{number}" for number in range(39, 21, -2)]
    assert "19 of them are shown as annotations" in lines[19]
    assert "| `x/y` | warning | 40 | 0 |" in (tmp_path / "summary.md").read_text()
    report.foot(totals)
    assert (tmp_path / "summary.md").read_text().count("### lintnews") == 2  # other steps' words stay


def test_a_summary_that_can_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "a.txt", TEXT)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "such.md"))
    done = run("check", "--isolated", "--output-format", "github", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert "the job's summary can't be written" in done.stderr.decode()
