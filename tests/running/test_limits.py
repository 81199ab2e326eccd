"""What would take too long or too much memory is named and left as it is, and the others are done."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from conftest import put, run, tree

from lintnews.cli import main
from lintnews.sources.jsonl import JsonlSource
from lintnews.sources.source import File

TEXT = "By Ann Lee\n\nThe mill has closed.\n\nShare this article\n\nIt goes on.\n"
NEVER = "--time-limit=1e-9"
OVER = b"took longer than 1e-09 s"


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize(
    "command", [["check"], ["check", "--fix"], ["check", "--metrics"], ["clean", "--in-place"]], ids=" ".join
)
def test_an_article_that_takes_too_long_is_named_and_left_alone(command: list[str], jobs: str, tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        put(tmp_path / "in" / name, TEXT)
    put(tmp_path / "in" / "c.jsonl", json.dumps({"text": TEXT}) + "\n")
    before = tree(tmp_path)
    done = run(*command, "in", "--isolated", NEVER, jobs, cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.partition(b": ")[2].partition(b": ")[0] for line in lines] == [b"in/a.txt", b"in/b.md", b"in/c.jsonl#1"]
    assert all(
        OVER in line and line.endswith(b"is left as it is; exclude or split it, or give it more with --time-limit")
        for line in lines
    )
    assert {name: data for name, data in tree(tmp_path).items() if "ledger" not in name} == before


def test_it_is_copied_where_others_are_cleaned(tmp_path: Path) -> None:
    put(tmp_path / "in" / "lintnews.toml", "time-limit = 1e-9\n")
    put(tmp_path / "in" / "a.txt", TEXT)
    put(tmp_path / "other" / "b.txt", TEXT)
    done = run("clean", "in", "other", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert OVER in done.stderr
    assert (tmp_path / "out" / "a.txt").read_text() == TEXT
    assert "Share" not in (tmp_path / "out" / "b.txt").read_text()


@pytest.mark.parametrize("limit", ["-1", "nan", "inf", "x"])
def test_a_limit_is_a_number_of_seconds(limit: str, tmp_path: Path) -> None:
    done = run("check", f"--time-limit={limit}", cwd=tmp_path)
    assert (done.returncode, b"is not a number of seconds" in done.stderr) == (2, True)
    put(tmp_path / "lintnews.toml", f"time-limit = {limit if limit != 'x' else repr(limit)}\n")
    done = run("check", "-", stdin=b"x", cwd=tmp_path)
    assert (done.returncode, b"expected a number of seconds" in done.stderr) == (2, True)


MOST = 100_000


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that a test reaches soon."""
    for module in ("lintnews.sources.text", "lintnews.sources.jsonl", "lintnews.running.batches"):
        monkeypatch.setattr(f"{module}.LONGEST_BYTES", MOST)
    monkeypatch.setattr("lintnews.sources.jsonl._BLOCK", 1000)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A file with a row that is too long between rows that have something to clean."""
    row = json.dumps({"text": TEXT}).encode() + b"\n"
    return put(tmp_path / "rows.jsonl", 3 * row + b'{"text": "' + b"x" * (1 << 20) + b'"}\n' + row)


@pytest.mark.usefixtures("limited")
def test_a_row_that_is_too_long_is_named_and_passed_on(rows: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["clean", str(rows), "-o", str(tmp_path / "out"), "--isolated", "-j1"]) == 2
    assert capfd.readouterr().err == f"lintnews: {rows}:4: is longer than 64 MB, and is not read as one article; split it\n"
    old, new = (path.read_bytes().splitlines() for path in (rows, tmp_path / "out" / "rows.jsonl"))
    assert new[3] == old[3]
    assert len(new) == 5
    assert not any(b"Share" in line for line in new)
    assert main(["restore", str(tmp_path / "out"), "-o", str(tmp_path / "back")]) == 0
    assert (tmp_path / "back" / "rows.jsonl").read_bytes() == rows.read_bytes()


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("size", [1, 5000, 1 << 20])
def test_no_more_than_the_limit_is_held_at_once(rows: Path, size: int) -> None:
    data = rows.read_bytes()
    source = JsonlSource("rows.jsonl")
    seen = []
    for file in (File(str(rows)), File("-", BytesIO(data))):
        parts = list(source.parts(file, size))
        assert max(part.size for part in parts) <= MOST + 1000
        records = [record for part in parts for record in source.records(file, part)]
        assert b"".join(record.raw for record in records) == data
        assert {record.row for record in records if record.problem} == {4}
        seen.append([(record.row, record.text) for record in records if record.text])
    assert seen == [[(row, TEXT) for row in (1, 2, 3, 5)]] * 2


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize("kind", ["txt", "jsonl"])
def test_what_comes_in_too_long_is_passed_on(
    kind: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    data = b"x" * (5 * MOST)
    for command in (["check", "-"], ["check", "--diff", "-"], ["clean", "-"]):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))
        assert main([*command, "--isolated", "--stdin-filename", f"a.{kind}"]) == 2
        out, err = capfdbinary.readouterr()
        assert err.count(b"is longer than 64 MB") == 1
        assert out == data or command != ["clean", "-"]


@pytest.mark.usefixtures("limited")
def test_a_file_that_is_too_long_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = put(tmp_path / "a.txt", b"x" * (MOST + 1))
    for command in (["check"], ["check", "--fix"], ["clean", "-o", str(tmp_path / "out")]):
        assert main([*command, "--isolated", "-j1", str(file)]) == 2
        problem = "is longer than 64 MB, and is not read as one article; split it, or see --as jsonl"
        assert capfd.readouterr().err == f"lintnews: {file}: {problem}\n"
