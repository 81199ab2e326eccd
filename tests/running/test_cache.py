"""A second check says what the first one said, and no cache that is stale, damaged or out of reach changes that."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from conftest import put, run

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
DIRTY = f"By Ana Duarte\n\n{PROSE}\nSign up for our daily newsletter.\n\n{PROSE}"
CHECK = ("check", "--cache", "--output-format", "json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "a.txt", DIRTY)
    put(tmp_path / "b.md", f"# River town\n\n{DIRTY}")
    put(tmp_path / "rows.jsonl", '{"text": "By Ana Duarte"}\n')
    return tmp_path


def entries(folder: Path) -> int:
    with sqlite3.connect(folder / ".lintnews-cache" / "findings.sqlite") as base:
        return int(base.execute("SELECT count(*) FROM findings").fetchone()[0])


def poison(folder: Path) -> None:
    """From now on, what is read from the cache is nothing found."""
    with sqlite3.connect(folder / ".lintnews-cache" / "findings.sqlite") as base:
        base.execute("UPDATE findings SET value = '[]'")


def test_the_second_check_says_the_same_and_asks_no_rule(folder: Path) -> None:
    plain = run("check", "--output-format", "json", cwd=folder).stdout
    assert not (folder / ".lintnews-cache").exists()
    assert [run(*CHECK, cwd=folder).stdout for _ in range(2)] == [plain, plain]
    assert entries(folder) == 3
    (folder / "a.txt").rename(folder / "c.txt")
    assert run(*CHECK, cwd=folder).stdout == run("check", "--output-format", "json", cwd=folder).stdout
    assert entries(folder) == 3
    poison(folder)
    assert b'"diagnostics": 0' in run(*CHECK, cwd=folder).stdout
    assert run(*CHECK, "--no-cache", cwd=folder).stdout == run("check", "--output-format", "json", cwd=folder).stdout


def test_other_text_settings_and_rules_are_looked_at_anew(folder: Path) -> None:
    run(*CHECK, cwd=folder)
    poison(folder)
    put(folder / "a.txt", f"{DIRTY} ")
    assert b"a.txt" in run(*CHECK, cwd=folder).stdout
    poison(folder)
    assert b"a.txt" in run(*CHECK, "--min-confidence", "0.6", cwd=folder).stdout
    rule = put(folder / "rules" / "house" / "mark.toml", 'message = "M."\nwhy = "W."\ndetect = "block"\n')
    rule.write_text(rule.read_text() + "with = { patterns = ['^By'] }\n")
    house = (*CHECK, "--rule-path", "rules", "--select", "house")
    assert run(*house, cwd=folder).stdout.count(b"house/mark") == 3
    poison(folder)
    rule.write_text(rule.read_text() + 'level = "error"\n')
    assert run(*house, cwd=folder).stdout.count(b"house/mark") == 3


def test_what_is_held_back_is_decided_each_time(folder: Path) -> None:
    run(*CHECK, cwd=folder)
    run("baseline", "create", cwd=folder)
    assert b'"diagnostics": 0' in run(*CHECK, cwd=folder).stdout
    assert (
        run(*CHECK, "--no-baseline", cwd=folder).stdout
        == run("check", "--no-baseline", "--output-format", "json", cwd=folder).stdout
    )


@pytest.mark.parametrize("damage", [b"", b"not a database, but long enough to be taken for one at first sight" * 20])
def test_a_damaged_one_is_made_anew(folder: Path, damage: bytes) -> None:
    plain = run(*CHECK, cwd=folder).stdout
    for name in ("findings.sqlite-wal", "findings.sqlite-shm"):
        (folder / ".lintnews-cache" / name).unlink(missing_ok=True)
    (folder / ".lintnews-cache" / "findings.sqlite").write_bytes(damage)
    assert [run(*CHECK, cwd=folder).stdout for _ in range(2)] == [plain, plain]
    assert entries(folder) == 3


def test_without_a_place_for_it_the_check_goes_on(folder: Path) -> None:
    put(folder / ".lintnews-cache", "a file")
    assert run(*CHECK, cwd=folder).stdout == run("check", "--output-format", "json", cwd=folder).stdout


def test_standard_input_is_kept_nowhere(tmp_path: Path) -> None:
    run("check", "--cache", "-", stdin=DIRTY.encode(), cwd=tmp_path)
    assert not (tmp_path / ".lintnews-cache").exists()


def test_it_is_shown_and_cleared(folder: Path) -> None:
    run(*CHECK, cwd=folder)
    assert run("cache", "show", cwd=folder).stdout.startswith(b".lintnews-cache: 3 articles in 0.")
    assert run("cache", "clear", cwd=folder).returncode == 0
    assert run("cache", "show", cwd=folder).stdout == b".lintnews-cache: 0 articles in 0.0 MB\n"
    assert {path.name for path in (folder / ".lintnews-cache").iterdir()} == {".gitignore", "CACHEDIR.TAG"}
