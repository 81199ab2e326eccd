"""Commands of every day: silencing what is found, triage, new rules, watching, completion, and how much is said."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import put, run, tree

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
DIRTY = f"By Ana Duarte\n\n{PROSE}\nSign up for our daily newsletter.\n"


def test_what_is_found_is_silenced_with_a_reason_and_articles_keep_their_words(tmp_path: Path) -> None:
    put(tmp_path / "a.md", f"# River town\n\n{DIRTY}\n- Share this article\n")
    put(tmp_path / "b.txt", DIRTY)
    put(tmp_path / "rows.jsonl", json.dumps({"text": DIRTY}) + "\n")
    before = tree(tmp_path)
    done = run("check", "--add-ignores", "house style", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    after = run("check", "--fail-on-unused", cwd=tmp_path)
    assert (after.returncode, after.stderr) == (0, b""), after.stdout
    assert {path: data for path, data in tree(tmp_path).items() if path in ("b.txt", "rows.jsonl")} == {
        path: data for path, data in before.items() if path != "a.md"
    }
    lines = (tmp_path / "a.md").read_text().splitlines()
    assert [line for line in lines if line and "lintnews:" not in line] == [
        line for line in before["a.md"].decode().splitlines() if line
    ]
    assert run("check", "--add-ignores", "no > here", cwd=tmp_path).returncode == 2


def test_triage_groups_and_does_what_was_decided(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", "")
    for name in "abc":
        put(tmp_path / f"{name}.txt", DIRTY)
    listed = run("triage", "--limit", "1", cwd=tmp_path).stdout.decode().splitlines()
    assert listed[0].split()[0] == "3"
    assert listed[-2:] == ["and 1 more groups, with --limit", "6 findings in 2 groups"]
    groups = json.loads(run("triage", "--format", "json", cwd=tmp_path).stdout)
    by_text = {group["text"]: group for group in groups}
    by_text["By Ana Duarte"] |= {"decision": "allow", "reason": "house style"}
    by_text["Sign up for our daily newsletter."]["decision"] = "baseline"
    put(tmp_path / "decided.list", json.dumps(groups))
    done = run("triage", "--apply", "decided.list", cwd=tmp_path)
    assert done.stdout == b"3 allowed, 3 put into the baseline.\n", done.stderr
    checked = run("check", cwd=tmp_path)
    assert checked.stdout == b"Nothing new found in 3 articles. Held back: 3 in the baseline, 3 silenced.\n"
    del by_text["By Ana Duarte"]["reason"]
    put(tmp_path / "decided.list", json.dumps(groups))
    assert b"allowed without a reason" in run("triage", "--apply", "decided.list", cwd=tmp_path).stderr


def test_on_the_screen_a_key_decides_and_nothing_is_allowed_without_a_reason() -> None:
    pytest.importorskip("textual")
    from lintnews.cli.triage_screen import Triage
    from lintnews.silencing.grouping import Decision, grouped

    found = [
        {"rule": "x/y", "keys": [str(n)], "path": "a.txt", "line": n, "text": "[red]\x1b[31m", "fix": ""} for n in (1, 1, 2, 3)
    ]

    async def play() -> object:
        app = Triage(grouped(found))
        async with app.run_test() as pilot:
            await pilot.press("l", "b", "a", "u", "s")
            assert app.is_running
            await pilot.press(*"house", "enter", "s")
        return app.return_value

    assert asyncio.run(play()) == {0: Decision("allow", "house"), 1: Decision("baseline", "house")}


def test_a_rule_is_drafted_from_a_line_and_its_examples_hold(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", f"{PROSE}\nSheet 00412 (of {{n}}) [copy] it's\n\n{PROSE}")
    done = run("rules", "new", "house/scan-mark", "--from", "a.txt:3", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    put(tmp_path / "b.txt", f"{PROSE}\nsheet 7 (of {{n}}) [copy] it's\n\nThe sheet 7 (of {{n}}) [copy] it's here.\n")
    found = run("check", "b.txt", "--rule-path", "house-rules", "--select", "house", "--output-format", "concise", cwd=tmp_path)
    assert [line.split(b":")[1] for line in found.stdout.splitlines()[:-1]] == [b"3"]
    assert run("rules", "new", "house/scan-mark", "--from", "a.txt:3", cwd=tmp_path).returncode == 2
    for name, source in (("mark", "a.txt:3"), ("../x/y", "a.txt:3"), ("x/y", "a.txt:99"), ("x/y", "a.txt"), ("x/y", "no.txt:1")):
        assert run("rules", "new", name, "--from", source, cwd=tmp_path).returncode == 2


def test_watching_checks_what_changes(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    put(tmp_path / "a.txt", PROSE)
    put(tmp_path / "b.txt", DIRTY)
    report = tmp_path / "out" / "said"
    report.parent.mkdir()
    command = [sys.executable, "-m", "lintnews", "check", "--watch", "--output-format", "concise", "-q", "a.txt", "b.txt"]
    with report.open("wb") as out:
        watching = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(report, b"watching for changes")
            first = report.read_bytes().count(b"b.txt:1:1")
            _wait(report, b"a.txt:1:1", lambda: put(tmp_path / "a.txt", DIRTY))
            assert report.read_bytes().count(b"b.txt:1:1") == first == 1
        finally:
            watching.send_signal(signal.SIGINT)
    assert watching.wait(20) == 130


def _wait(file: Path, words: bytes, meanwhile: Callable[[], object] = lambda: None) -> None:
    """Until these words stand in the file; something is done `meanwhile`, every second."""
    for step in range(1200):
        if words in file.read_bytes():
            return
        if step % 20 == 0:
            meanwhile()
        time.sleep(0.05)
    raise AssertionError(file.read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_the_completion_is_a_script_that_knows_commands_and_their_options() -> None:
    pytest.importorskip("shtab")
    script = run("completion", "bash").stdout
    assert subprocess.run(["bash", "-n"], input=script, check=False).returncode == 0
    for word in (b"baseline", b"--changed-since", b"--fail-on", b"checkstyle", b"create"):
        assert word in script


def test_quiet_says_findings_alone_and_colour_is_as_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", DIRTY)
    done = run("check", "-q", "--output-format", "concise", cwd=tmp_path)
    assert (done.returncode, done.stdout.count(b"\n"), done.stderr) == (1, 2, b"")
    assert b"\x1b[" in run("check", "--color", "always", cwd=tmp_path).stdout
    assert b"\x1b[" not in run("check", "--color", "never", cwd=tmp_path).stdout


def test_report_and_processes_can_stand_in_the_configuration(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", 'output-format = "jsonl"\njobs = 1\n')
    put(tmp_path / "a.txt", DIRTY)
    assert json.loads(run("check", cwd=tmp_path).stdout.splitlines()[0])["path"] == "a.txt"
    assert run("check", "--output-format", "concise", cwd=tmp_path).stdout.startswith(b"a.txt:1:1")
    put(tmp_path / "lintnews.toml", 'output-format = "jsnol"\n')
    done = run("check", cwd=tmp_path)
    assert (done.returncode, b"lintnews.toml: output-format: no report is called 'jsnol'" in done.stderr) == (2, True)


def test_doctor_lists_no_tools_of_developers() -> None:
    said = run("doctor").stdout
    assert b"  regex " in said
    assert b"pytest" not in said
    assert b"mypy" not in said
