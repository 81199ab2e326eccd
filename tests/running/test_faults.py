"""What breaks in mid-run loses nothing: killed processes, full disks, dead workers, files that others change."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import put, run, tree

LEDGER = "lintnews-ledger.jsonl"
RULE = """\
message = "An advertisement."
why = "It is paid for."
level = "warning"
fix = "safe"
detect = "block"
[with]
patterns = ['''^BUY [A-Z]+$''']
[[bad]]
text = "It passed.\\n\\n⟦BUY NOW⟧\\n\\nIt goes on."
fixed = "It passed.\\n\\nIt goes on."
[[bad]]
text = "It passed.\\n\\n⟦BUY NOW⟧\\n\\nIt goes on again."
fixed = "It passed.\\n\\nIt goes on again."
[[good]]
text = "It passed."
[[good]]
text = "They BUY NOW what they want."
"""
FAULTY = """
import os, signal, time
from dataclasses import dataclass
from lintnews import Detector, hookimpl


@dataclass(frozen=True)
class FaultyDetector(Detector):
    def find(self, document):
        if "KILL THE READER" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "CHANGE THE FILE" in document.text:
            with open(document.path, "a") as file:
                file.write("Changed meanwhile.\\n")
        if "TAKE YOUR TIME" in document.text:
            time.sleep(60)
        return iter(())


@hookimpl
def lintnews_detectors():
    return {"faulty": FaultyDetector}
"""
USES_IT = 'message = "x"\nwhy = "x"\nlevel = "info"\nfix = "none"\ndetect = "faulty"\n'


@pytest.fixture
def work(tmp_path: Path) -> Path:
    put(tmp_path / "house" / "ads" / "buy.toml", RULE)
    put(tmp_path / "lintnews.toml", 'rule-paths = ["house"]\nselect = ["ads"]\n')
    return tmp_path


def text(number: int) -> str:
    return f"It passed on day {number}.\n\nBUY NOW\n\nIt goes to the Senate.\n"


def corpus(folder: Path, files: int) -> None:
    for number in range(files):
        put(folder / f"{number % 7}" / f"{number}.txt", text(number))
    put(folder / "rows.jsonl", "".join(json.dumps({"id": n, "text": text(n) + "word " * 200}) + "\n" for n in range(3 * files)))


def cleaned(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data.replace(b"BUY NOW\n\n", b"").replace(b"BUY NOW\\n\\n", b"") for name, data in files.items()}


def start(*arguments: str, cwd: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "lintnews", *arguments]
    return subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def kills(*arguments: str, cwd: Path, moments: int) -> Iterator[int]:
    """Run a command again and again, killed at another moment each time; the exit codes."""
    chance = random.Random(5)
    for _ in range(moments):
        process = start(*arguments, cwd=cwd)
        time.sleep(chance.uniform(0.25, 1.2))
        process.kill()
        process.communicate()
        yield process.returncode


def left_over(folder: Path) -> list[str]:
    return [name for name in tree(folder) if ".lintnews-" in name]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("command", [["clean", "--in-place"], ["check", "--fix", "--ledger", LEDGER]], ids=["clean", "fix"])
def test_whenever_it_is_killed_in_place_all_originals_come_back(work: Path, command: list[str], jobs: str) -> None:
    corpus(work / "in", 400)
    before = tree(work / "in")
    done = cleaned(before)
    for _ in kills(*command, "in", "-j", jobs, cwd=work, moments=3):
        now = {name: data for name, data in tree(work / "in").items() if ".lintnews-" not in name}
        assert all(now[name] in (before[name], done[name]) for name in before)
        assert now.keys() == before.keys()
        if (work / LEDGER).exists():
            run("restore", "in", "-o", "back", "--ledger", LEDGER, cwd=work)
            back = {name: data for name, data in tree(work / "back").items() if ".lintnews-" not in name}
            assert back == before
    assert run(*command, "in", "-j", jobs, cwd=work).returncode == 0
    assert tree(work / "in") == done, left_over(work / "in")
    assert run("restore", "in", "--in-place", "--ledger", LEDGER, cwd=work).returncode == 0
    assert tree(work / "in") == before


def test_whenever_an_export_is_killed_what_stands_there_is_whole(work: Path) -> None:
    corpus(work / "in", 400)
    done = cleaned(tree(work / "in"))
    for _ in kills("clean", "in", "-o", "out", "-j", "2", cwd=work, moments=3):
        for name, data in tree(work / "out").items() if (work / "out").exists() else ():
            assert name == LEDGER or ".lintnews-" in name or data == done[name]
    assert run("clean", "in", "-o", "out", cwd=work).returncode == 0
    assert run("clean", "in", "-o", "fresh", cwd=work).returncode == 0
    assert tree(work / "out") == tree(work / "fresh")
    for _ in kills("restore", "out", "-o", "back", cwd=work, moments=2):
        for name, data in tree(work / "back").items() if (work / "back").exists() else ():
            assert ".lintnews-" in name or data == (work / "in" / name).read_bytes()
    assert run("restore", "out", "-o", "back", cwd=work).returncode == 0
    assert tree(work / "back") == tree(work / "in")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_asked_to_end_it_finishes_what_is_under_way(work: Path, sent: signal.Signals, code: int) -> None:
    corpus(work / "in", 1500)
    before = tree(work / "in")
    process = start("clean", "in", "--in-place", "-j", "2", cwd=work)
    while process.poll() is None and not ((work / LEDGER).exists() and (work / LEDGER).stat().st_size):
        time.sleep(0.02)
    process.send_signal(sent)
    errors = process.communicate()[1]
    assert process.returncode in (code, 0), errors
    assert process.returncode == 0 or re.search(rb"lintnews: interrupted: [\d,]+ of 1,501 files done\n", errors)
    assert tree(work / "in") != before
    assert b"Traceback" not in errors
    assert run("restore", "in", "--in-place", cwd=work).returncode == 0
    assert tree(work / "in") == before


def plugin(work: Path) -> dict[str, str]:
    """The environment in which a detector kills the process that reads one text, and changes the file of another."""
    put(work / "site" / "faulty.py", FAULTY)
    put(work / "site" / "faulty-1.0.dist-info" / "METADATA", "Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n")
    put(work / "site" / "faulty-1.0.dist-info" / "entry_points.txt", "[lintnews]\nfaulty = faulty\n")
    put(work / "house" / "ads" / "faulty.toml", USES_IT + RULE[RULE.index("[[good]]") :])
    return {**os.environ, "PYTHONPATH": str(work / "site")}


def test_a_text_that_kills_its_reader_is_named_and_the_others_are_done(work: Path) -> None:
    environment = plugin(work)
    corpus(work / "in", 300)
    put(work / "in" / "3" / "bad.txt", text(0) + "KILL THE READER\n")
    before = tree(work / "in")
    command = [sys.executable, "-m", "lintnews", "clean", "in", "--in-place", "-j", "2"]
    result = subprocess.run(command, cwd=work, env=environment, capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1
    assert result.stderr.startswith(b"lintnews: in/3/bad.txt: not done: the process that read it died")
    assert tree(work / "in") == {**cleaned(before), "3/bad.txt": before["3/bad.txt"]}
    assert run("restore", "in", "--in-place", cwd=work).returncode == 0
    assert tree(work / "in") == before


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for a process's children")
def test_workers_end_when_their_parent_is_killed(work: Path) -> None:
    environment = plugin(work)
    corpus(work / "in", 300)
    put(work / "in" / "0" / "slow.txt", text(0) + "TAKE YOUR TIME\n")
    command = [sys.executable, "-m", "lintnews", "check", "in", "-j", "2"]
    process = subprocess.Popen(command, cwd=work, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children: list[str] = []
    deadline = time.monotonic() + 20
    while len(children) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    assert len(children) == 2
    process.kill()
    process.wait()
    while any(_runs(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(_runs(child) for child in children)


def test_an_article_that_no_rule_can_read_is_named_and_copied(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lintnews.cli import main

    def fails(*_arguments: object) -> None:
        raise SystemError("out of order")

    put(work / "in" / "a.txt", text(1))
    put(work / "in" / "b.jsonl", "".join(json.dumps({"text": text(n)}) + "\n" for n in range(3)))
    before = tree(work / "in")
    monkeypatch.chdir(work)
    monkeypatch.setattr("lintnews.running.tasks.clean.rewritten", fails)
    assert main(["clean", "in", "-o", "out", "-j1"]) == 2
    assert {name: data for name, data in tree(work / "out").items() if name != LEDGER} == before
    assert run("restore", "out", "-o", "back", cwd=work).returncode == 0


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_file_that_changes_meanwhile_is_left_and_named(work: Path) -> None:
    environment = plugin(work)
    put(work / "in" / "a.txt", text(1))
    put(work / "in" / "b.txt", text(2) + "CHANGE THE FILE\n")
    command = [sys.executable, "-m", "lintnews", "check", "in", "--fix", "--output-format", "json"]
    result = subprocess.run(command, cwd=work, env=environment, capture_output=True, check=False)
    assert result.returncode == 2
    assert b"in/b.txt: changed while it was being read, and is left as it is now; run again" in result.stderr
    assert (work / "in" / "b.txt").read_text().startswith(text(2) + "CHANGE THE FILE\nChanged meanwhile.\n")
    assert [file["path"] for file in json.loads(result.stdout)["files"] if file.get("edits")] == ["in/a.txt"]
    assert "BUY" not in (work / "in" / "a.txt").read_text()


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["lintnews", *sys.argv[2:]]
from lintnews.__main__ import run
run()
"""


@pytest.mark.parametrize("command", [["clean", "--in-place"], ["check", "--fix", "--ledger", LEDGER]], ids=["clean", "fix"])
@pytest.mark.parametrize("limit", [0, 100, 20_000])
def test_a_full_disk_leaves_ledger_and_files_in_agreement(work: Path, command: list[str], limit: int) -> None:
    for number in range(300):
        put(work / "in" / f"{number}.txt", text(number))
    before = tree(work / "in")
    limited = [sys.executable, "-c", LIMITED, str(limit), *command, "in", "-j", "2"]
    result = subprocess.run(limited, cwd=work, capture_output=True, check=False)
    assert result.returncode == 2
    assert b"Traceback" not in result.stderr
    assert b"File too large" in result.stderr
    restored = run("restore", "in", "--in-place", "--ledger", LEDGER, cwd=work)
    assert tree(work / "in") == before, restored.stderr
    assert run(*command, "in", cwd=work).returncode == 0
    assert tree(work / "in") == cleaned(before)
    assert run("restore", "in", "--in-place", "--ledger", LEDGER, cwd=work).returncode == 0
    assert tree(work / "in") == before


@pytest.fixture
def small_disk(work: Path) -> Iterator[Path]:
    """A file system of a megabyte, where one may be mounted."""
    place = work / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("nothing may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_really_full(work: Path, small_disk: Path) -> None:
    corpus(work / "in", 600)
    before = tree(work / "in")
    result = run("clean", "in", "-o", "small/out", cwd=work)
    assert (result.returncode, b"No space left on device" in result.stderr) == (2, True)
    assert b"Traceback" not in result.stderr
    done = cleaned(before)
    for name, data in tree(small_disk / "out").items():
        assert name == LEDGER or data == done[name]
    assert tree(work / "in") == before
    result = run("learn", "in", "-o", "small/out/x.toml", cwd=work)
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("options", [(), ("--format", "jsonl"), ("--format", "csv"), ("--format", "parquet")], ids=" ".join)
@pytest.mark.parametrize("kind", ["jsonl.gz", "csv", "json", "parquet"])
def test_of_a_table_for_which_the_disk_is_too_small_nothing_is_left(work: Path, kind: str, options: tuple[str, ...]) -> None:
    rows = [{"id": str(number), "text": text(number) + hashlib.sha512(str(number).encode()).hexdigest()} for number in range(400)]
    if "parquet" in (kind, *options):
        pytest.importorskip("pyarrow", reason="needs lintnews[parquet]")
    if kind == "parquet":
        import pyarrow.parquet as pq
        from pyarrow import Table

        (work / "in").mkdir()
        pq.write_table(Table.from_pylist(rows), work / "in" / "a.parquet")
    elif kind == "csv":
        table = "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows)
        put(work / "in" / "a.csv", f"id,text\n{table}")
    elif kind == "json":
        put(work / "in" / "a.json", json.dumps(rows))
    else:
        put(work / "in" / "a.jsonl.gz", gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    command = ["clean", "in", "-o", "out", "--no-ledger", "-j1", *options]
    limited = [sys.executable, "-c", LIMITED, "8000", *command]
    result = subprocess.run(limited, cwd=work, capture_output=True, check=False)
    assert (result.returncode, b"Traceback" in result.stderr) == (2, False), result.stderr
    assert b"File too large" in result.stderr
    assert tree(work / "out") == {}


def test_two_runs_at_once_lose_nothing(work: Path) -> None:
    corpus(work / "in", 300)
    before = tree(work / "in")
    both = [start("clean", "in", "--in-place", "--ledger", f"{name}.jsonl", cwd=work) for name in "ab"]
    for process in both:
        process.communicate()
        assert process.returncode in (0, 2)
    assert tree(work / "in") == cleaned(before)
    for name in "ab":
        run("restore", "in", "--in-place", "--ledger", f"{name}.jsonl", cwd=work)
    assert tree(work / "in") == before


def test_a_ledger_that_another_run_writes_to_is_refused(work: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    put(work / "in" / "a.txt", text(1))
    with open(work / LEDGER, "ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        result = run("clean", "in", "--in-place", cwd=work)
    assert result.returncode == 2
    assert result.stderr.startswith(b"lintnews: lintnews-ledger.jsonl: another run is writing to it; wait, or name another")
    assert (work / "in" / "a.txt").read_text() == text(1)


def test_a_file_that_is_no_ledger_is_not_written_to(work: Path) -> None:
    put(work / "in" / "a.txt", text(1))
    put(work / "mine.jsonl", '{"text": "mine"}\n')
    assert run("clean", "in", "--in-place", "--ledger", "mine.jsonl", cwd=work).returncode == 2
    assert (work / "mine.jsonl").read_text() == '{"text": "mine"}\n'
    assert (work / "in" / "a.txt").read_text() == text(1)


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_ledger_that_was_cut_is_told(work: Path, kept: int) -> None:
    for number in range(3):
        put(work / "in" / f"{number}.txt", text(number))
    assert run("clean", "in", "-o", "out", cwd=work).returncode == 0
    lines = (work / "out" / LEDGER).read_bytes().splitlines(keepends=True)
    for shorter in (lines[:kept], [*lines[:kept], lines[-1]]):
        (work / "out" / LEDGER).write_bytes(b"".join(shorter))
        result = run("restore", "out", "-o", f"back{len(shorter)}", cwd=work)
        assert result.returncode == 2
        assert b"no mark at its end" in result.stderr or b"records are missing" in result.stderr
