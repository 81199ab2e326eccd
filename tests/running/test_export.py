"""Articles of all formats leave in the one that is asked for, with what is known of them, and every text can be restored."""

from __future__ import annotations

import csv
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run, tree

BYLINE, DATE = "By Anna Reyes", "Published 12 May 2023"
BODY = "The mill on the river closed in May, eighty years after it had opened.\n\nIt had stood empty for a year, the owner said."
NEWS = f"{BYLINE}\n{DATE}\n\n{BODY}\n\nShare this article"
QUIET = "The council met on Monday and put the vote off until June, the mayor said."


def corpus(folder: Path) -> None:
    put(folder / "a.txt", NEWS)
    put(
        folder / "b.jsonl",
        "".join(json.dumps({"id": n, "text": text, "tags": ["x"]}) + "\n" for n, text in enumerate([NEWS, QUIET])),
    )
    put(folder / "c.csv", f'url,body,score\nhttps://www.a.example/1,"{NEWS}",1.50\n')


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: value for name, value in row.items() if value} for row in csv.DictReader(file)]
    pq = pytest.importorskip("pyarrow.parquet", reason="needs lintnews[parquet]")
    return [{name: value for name, value in row.items() if value not in (None, "")} for row in pq.read_table(path).to_pylist()]


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_articles_are_gathered_with_what_their_rows_say(tmp_path: Path, kind: str) -> None:
    corpus(tmp_path / "in")
    done = run("clean", "--isolated", "in", "-o", "out", "--format", kind, "--columns", "rules,removed", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(tree(tmp_path / "out")) == [f"articles.{kind}", "lintnews-ledger.jsonl"]
    rows = read(tmp_path / "out" / f"articles.{kind}")
    assert [row["path"] for row in rows] == ["a.txt", "b.jsonl#1", "b.jsonl#2", "c.csv#1"]
    assert [row["text"] for row in rows] == [BODY, BODY, QUIET, BODY]
    assert [row.get("id") for row in rows] == [None, "0", "1", "https://www.a.example/1"]
    assert rows[3]["site"] == "a.example"
    others = [json.loads(row["fields"]) if isinstance(row.get("fields"), str) else row.get("fields") for row in rows]
    assert others[1:] == [{"id": 0, "tags": ["x"]}, {"id": 1, "tags": ["x"]}, {"url": "https://www.a.example/1", "score": "1.50"}]
    removed = json.loads(rows[0]["removed"]) if kind == "csv" else rows[0]["removed"]
    assert (removed["byline"], removed["date"]) == ([BYLINE], [DATE])
    assert removed["other"] == ["Share this article"]
    rules = json.loads(rows[0]["rules"]) if kind == "csv" else rows[0]["rules"]
    rules = {count["rule"]: count["edits"] for count in rules} if kind == "parquet" else rules
    assert rules == {"boilerplate/byline": 1, "boilerplate/date-stamp": 1, "boilerplate/share": 1}


def test_rows_of_the_wanted_format_stay_in_their_own_file_unless_columns_are_added(tmp_path: Path) -> None:
    corpus(tmp_path / "in")
    assert run("clean", "--isolated", "in", "-o", "out", "--format", "jsonl", cwd=tmp_path).returncode == 0
    assert sorted(tree(tmp_path / "out")) == ["articles.jsonl", "b.jsonl", "lintnews-ledger.jsonl"]
    assert [row["path"] for row in read(tmp_path / "out" / "articles.jsonl")] == ["a.txt", "c.csv#1"]


def test_all_columns_are_there_with_one_type_whatever_the_article(tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="needs lintnews[parquet]")
    put(tmp_path / "a.txt", QUIET)
    columns = "verdict,metrics,removed,rules,offsets,ledger"
    command = ("clean", "--isolated", "a.txt", "-o", "out", "--format", "parquet", "--columns", columns)
    assert run(*command, cwd=tmp_path).returncode == 0
    table = pq.read_table(tmp_path / "out" / "articles.parquet")
    names = ["path", "id", "site", "text", "fields", "verdict", "reasons", "metrics", "removed", "rules", "offsets", "ledger"]
    assert table.column_names == names
    assert not [field.name for field in table.schema if str(field.type) == "null"]
    (row,) = table.to_pylist()
    assert row["verdict"] == "drop"  # too short to be an article
    assert row["metrics"]["words"] == 15
    put(tmp_path / "a.txt", NEWS)
    assert run(*command, cwd=tmp_path).returncode == 0
    (row,) = pq.read_table(tmp_path / "out" / "articles.parquet").to_pylist()
    assert row["ledger"][0]["removed"].strip() == BYLINE
    assert row["offsets"] == [[e["start"], e["end"], e["cleaned_start"], e["cleaned_end"]] for e in row["ledger"]]


def test_a_verdict_asks_rules_that_change_nothing(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "seeds" / "003_5f4908ddbc3df845.txt").read_text(encoding="utf-8")
    put(tmp_path / "a.txt", text)
    options = ("--isolated", "a.txt", "--select", "boilerplate", "--unsafe-fixes", "--format", "jsonl")
    for out, more in (("plain", ()), ("assessed", ("--columns", "verdict"))):
        assert run("clean", *options, "-o", out, *more, cwd=tmp_path).returncode == 0
    plain, assessed = (read(tmp_path / out / "articles.jsonl")[0] for out in ("plain", "assessed"))
    assert assessed["text"] == plain["text"]
    assert assessed["verdict"] in ("review", "drop")


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_texts_that_were_gathered_are_restored(tmp_path: Path, kind: str) -> None:
    corpus(tmp_path / "in")
    assert run("clean", "--isolated", "in", "-o", "out", "--format", kind, "--columns", "rules", cwd=tmp_path).returncode == 0
    done = run("restore", "out", "-o", "again", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [row["text"] for row in read(tmp_path / "again" / f"articles.{kind}")] == [NEWS, NEWS, QUIET, NEWS]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--columns", "verdict", "-o", "out"), "add --format jsonl, csv or parquet"),
        (("--columns", "verdicts", "--format", "csv", "-o", "out"), "there is no column 'verdicts'; did you mean 'verdict'"),
        (("--resume", "--in-place"), "--resume needs files that are written one by one"),
        (("--resume", "--format", "csv", "-o", "out"), "--resume needs files that are written one by one"),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    put(tmp_path / "a.txt", NEWS)
    done = run("clean", "--isolated", "a.txt", *options, cwd=tmp_path)
    assert (done.returncode, said in done.stderr.decode()) == (2, True), done.stderr


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    corpus(tmp_path / "in")
    put(tmp_path / "in" / "d.txt", NEWS)
    assert run("clean", "--isolated", "in", "-o", "whole", cwd=tmp_path).returncode == 0
    assert run("clean", "--isolated", "in", "-o", "out", "--exclude", "c.csv,d.txt", cwd=tmp_path).returncode == 0
    put(tmp_path / "out" / "a.txt", "as it was left")  # newer than its source: done
    os.utime(tmp_path / "in" / "b.jsonl", ns=(2**62, 2**62))  # changed since: done anew
    done = run("clean", "--isolated", "in", "-o", "out", "--resume", cwd=tmp_path)
    assert b"note: 1 file had been written before" in done.stderr
    assert (tmp_path / "out" / "a.txt").read_text() == "as it was left"
    put(tmp_path / "out" / "a.txt", (tmp_path / "whole" / "a.txt").read_bytes())
    whole, out = tree(tmp_path / "whole"), tree(tmp_path / "out")
    assert {name: data for name, data in out.items() if "ledger" not in name} == {
        name: data for name, data in whole.items() if "ledger" not in name
    }
    lines = [
        sorted(line for line in files["lintnews-ledger.jsonl"].splitlines() if b'"mark"' not in line) for files in (whole, out)
    ]
    assert lines[0] == lines[1]
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "again") == tree(tmp_path / "in")


def test_what_a_table_needs_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from lintnews.__main__ import main

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "a.txt", NEWS)
    assert main(["clean", "--isolated", "a.txt", "-o", "out", "--format", "parquet"]) == 2
    assert "--format parquet needs a package: pip install 'lintnews[parquet]'" in capsys.readouterr().err
