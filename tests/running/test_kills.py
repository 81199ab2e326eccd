"""Killed at whatever moment, again and again, a command loses nothing; LINTNEWS_KILLS says how often it is killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import put, run, tree

pytestmark = pytest.mark.long

KILLS = int(os.environ.get("LINTNEWS_KILLS", "6"))
FILES = 80
LEDGER = "lintnews-ledger.jsonl"
TEXT = "The mill N has closed.\n\nShare this article\n\nIt had stood for N years, and it goes on to the Senate.\n"
OPTIONS = ["--isolated", "--select", "boilerplate/share"]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder of articles, and two files of rows."""
    for number in range(FILES):
        put(tmp_path / "in" / f"{number % 5}" / f"{number}.txt", TEXT.replace("N", str(number)))
    rows = [json.dumps({"text": TEXT.replace("N", str(n)) + "word " * 300}) + "\n" for n in range(400)]
    put(tmp_path / "in" / "rows.jsonl", "".join(rows))
    put(tmp_path / "in" / "more.jsonl", "".join(rows[:50]))
    return tmp_path


def kills(*arguments: str, cwd: Path, takes: float) -> Iterator[None]:
    """Run a command of so many seconds again and again, killed at another moment each time."""
    chance = random.Random(" ".join(arguments))
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-m", "lintnews", *arguments],
            cwd=cwd,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.15, 1.0) * takes)
        process.kill()
        process.wait()
        yield


def timed(*arguments: str, cwd: Path) -> float:
    started = time.monotonic()
    assert run(*arguments, cwd=cwd).returncode == 0
    return time.monotonic() - started


def whole(folder: Path) -> dict[str, bytes]:
    """The files that have their own names."""
    return {name: data for name, data in tree(folder).items() if ".lintnews-" not in name}


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
@pytest.mark.parametrize(
    "command", [["clean", "--in-place"], ["check", "--fix", "--exit-zero", "--ledger", LEDGER]], ids=["clean", "fix"]
)
def test_in_place(work: Path, command: list[str], jobs: str) -> None:
    before = tree(work / "in")
    takes = timed(*command, "in", jobs, *OPTIONS, cwd=work)
    done = tree(work / "in")
    for name, data in before.items():
        put(work / "in" / name, data)
    (work / LEDGER).unlink()
    for _ in kills(*command, "in", jobs, *OPTIONS, cwd=work, takes=takes):
        now = whole(work / "in")
        assert now.keys() == before.keys()
        assert all(now[name] in (before[name], done[name]) for name in before)
        if now == before:
            continue
        said = run("restore", "in", "--in-place", "--ledger", LEDGER, cwd=work).stderr
        assert whole(work / "in") == before, said
    assert run(*command, "in", jobs, *OPTIONS, cwd=work).returncode == 0
    assert tree(work / "in") == done


def test_out(work: Path) -> None:
    before = tree(work / "in")
    command = ["clean", "in", "-j2", *OPTIONS, "-o"]
    takes = timed(*command, "fresh", cwd=work)
    fresh = tree(work / "fresh")
    for _ in kills(*command, "out", cwd=work, takes=takes):
        for name, data in whole(work / "out").items() if (work / "out").exists() else ():
            assert name == LEDGER or data == fresh[name]
    assert run(*command, "out", cwd=work).returncode == 0
    assert tree(work / "out") == fresh
    assert tree(work / "in") == before


def test_restore(work: Path) -> None:
    before = tree(work / "in")
    assert run("clean", "in", "-o", "out", *OPTIONS, cwd=work).returncode == 0
    cleaned = tree(work / "out")
    takes = timed("restore", "out", "-o", "fresh", cwd=work)
    for _ in kills("restore", "out", "-o", "back", cwd=work, takes=takes):
        for name, data in whole(work / "back").items() if (work / "back").exists() else ():
            assert data == before[name]
    for _ in kills("restore", "out", "--in-place", cwd=work, takes=takes):
        for name, data in whole(work / "out").items():
            assert name == LEDGER or data in (before[name], cleaned[name])
    assert run("restore", "out", "--in-place", cwd=work).returncode == 0
    assert {name: data for name, data in tree(work / "out").items() if name != LEDGER} == before


def test_learn(work: Path) -> None:
    command = ["learn", "in", "--isolated", "--force", "-j2", "-o"]
    takes = timed(*command, "fresh.toml", cwd=work)
    fresh = (work / "fresh.toml").read_bytes()
    put(work / "lines.toml", "old")
    for _ in kills(*command, "lines.toml", cwd=work, takes=takes):
        assert (work / "lines.toml").read_bytes() in (b"old", fresh)
    assert run(*command, "lines.toml", cwd=work).returncode == 0
    assert (work / "lines.toml").read_bytes() == fresh
    assert {path.name for path in work.iterdir()} == {"in", "lines.toml", "fresh.toml"}
