"""Every article gets a verdict, with reasons that a reader accepts."""

from __future__ import annotations

import json

import pytest
from conftest import GATE, SEEDS, put, run

import lintnews

PROSE = (
    "The town council met on Monday to talk about the bridge, which has been shut since the flood of last March. Members want it "
    "mended before winter, and the mayor said that the money would be found. A vote is due next week, when the engineer has told "
    "them what the piers can bear and how long the work will take."
)
HEADLINES = "\n".join(f"{name} council votes to mend its bridge before winter" for name in "ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        (PROSE, "keep", ""),
        (PROSE + "\n\nShare this article\n", "clean", "boilerplate/"),
        (PROSE + " The town has been told that the work will be", "review", "text/truncated"),
        (PROSE + " " + PROSE.replace("council", "coun~ci|l").replace("the", "tbh3e") * 2, "review", "text/garbled"),
        ("404: page not found\n\nSorry.", "drop", "text/no-article"),
        ("The council met.", "drop", "no article"),
        ("", "drop", "no article"),
        (HEADLINES, "drop", "no running text"),
    ],
)
def test_verdicts_and_their_reasons(text: str, verdict: str, reason: str) -> None:
    found = lintnews.assess(text)
    assert found.verdict == verdict, found
    assert reason in (found.reasons[0] if found.reasons else "")


@pytest.mark.parametrize(
    ("seed", "verdict", "reasons"),
    [
        ("000", {"clean"}, ["boilerplate/"]),
        ("001", {"clean"}, ["boilerplate/comments"]),
        ("002", {"clean"}, ["boilerplate/caption", "boilerplate/date-stamp", "duplicate/line"]),
        ("003", {"review", "drop"}, ["spun/article: The article reads like spun paraphrase"]),
        ("004", {"clean"}, ["structure/displaced-list"]),
    ],
)
def test_the_samples(seed: str, verdict: set[str], reasons: list[str]) -> None:
    text = next(SEEDS.glob(f"{seed}*.txt")).read_text(encoding="utf-8")
    found = lintnews.assess(text)
    assert found.verdict in verdict
    assert [reason for reason in reasons if reason not in found.reasons[0]] == []


def test_spun_articles_are_not_kept() -> None:
    for text in (GATE / "spun.txt").read_text(encoding="utf-8").split("\n====\n"):
        assert lintnews.assess(text).verdict in ("review", "drop")


def test_furniture_distorts_readability_and_both_figures_are_given() -> None:
    metrics = lintnews.assess(PROSE + "\n\nRead more:\n\n" + HEADLINES).metrics
    assert metrics.grade != metrics.grade_raw
    assert metrics.language == "en"


def test_metrics_on_the_command_line(tmp_path) -> None:
    put(tmp_path / "a.txt", PROSE)
    put(tmp_path / "b.txt", "Gone.")
    done = run("check", "--isolated", "--metrics", "--jobs", "1", str(tmp_path))
    assert b"keep" in done.stdout.splitlines()[0]
    assert b"1 keep, 1 drop" in done.stdout
    report = json.loads(run("check", "--isolated", "--metrics", "--output-format", "json", str(tmp_path)).stdout)
    assert [(article["path"][-5:], article["verdict"]) for article in report["articles"]] == [
        ("a.txt", "keep"),
        ("b.txt", "drop"),
    ]
    assert report["diagnostics"] == []


def test_thresholds_are_the_users(tmp_path) -> None:
    put(tmp_path / "lintnews.toml", "[verdict]\nwords = 2\n")
    put(tmp_path / "b.txt", "The mill is gone.")
    assert b"1 keep" in run("check", "--metrics", str(tmp_path)).stdout
    put(tmp_path / "lintnews.toml", "[verdict]\nword = 2\n")
    done = run("check", "--metrics", str(tmp_path))
    assert done.returncode == 2
    assert b"no threshold 'word'; did you mean 'words'?" in done.stderr


def test_scripts_without_spaces_are_counted_as_elsewhere() -> None:
    metrics = lintnews.assess("市议会星期一开会讨论大桥的修缮问题，市长说冬天之前会找到资金，工程师下周再来报告。" * 9).metrics
    assert metrics.words == metrics.own_words == metrics.prose_words > 100
