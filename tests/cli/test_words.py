"""What is said of files and settings that are not as they should be: once, with the reason, and the right exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import put, run


def test_many_rows_with_one_problem_are_folded(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", "".join(json.dumps({"para": "x", f"k{n}": n}) + "\n" for n in range(1000)))
    done = run("check", "--isolated", "a.jsonl", "--output-format", "json", cwd=tmp_path)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 2
    assert len(lines) == 6
    assert lines[-1] == "lintnews: a.jsonl: 995 more rows: no field 'text'"
    assert len(json.loads(done.stdout)["errors"]) == 6


def test_a_key_that_holds_a_dot_is_named_in_quotes(tmp_path: Path) -> None:
    row = {"meta": {"dc.text": "The mill has closed.\n\nShare this article\n\nThe town met on Monday to talk about it.\n"}}
    put(tmp_path / "a.jsonl", json.dumps(row))
    field = 'meta."dc.text"'
    done = run("check", "--isolated", "--text-field", field, "--output-format", "concise", "a.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    assert run("check", "--isolated", "--text-field", field, "--fix", "a.jsonl", cwd=tmp_path).returncode == 0
    assert "Share" not in (tmp_path / "a.jsonl").read_text()


def test_a_folder_that_git_leaves_out_is_told_so(tmp_path: Path) -> None:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    put(tmp_path / ".gitignore", "build/\n")
    put(tmp_path / ".git" / "info" / "exclude", "/private\n")
    for name in ("build", "private", "kept"):
        put(tmp_path / name / "a.txt", "The mill has closed.\n")
    for name in ("build", "private"):
        done = run("check", name, cwd=tmp_path)
        assert (done.returncode, done.stderr.decode()) == (
            0,
            f"lintnews: note: {name}: left out by .gitignore or exclude, with all below it; name the files themselves\n",
        )
    assert b"in 1 article" in run("check", ".", cwd=tmp_path).stdout


def test_the_settings_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    done = run("config", "show", "none.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"lintnews: none.txt: no such file or folder; check the spelling\n"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("", "has no [[bad]] example; add two or more"),
        ('[[bad]]\ntext = "⟦x⟧"\n', "has no [[good]] example; add two or more"),
        ('[[bad]]\ntext = "⟦x⟧"\n[[good]]\ntext = "y"\n', "the message asks for {foo}, which the detector does not give"),
    ],
)
def test_a_rule_without_examples_or_with_a_name_that_stays_is_no_rule(tmp_path: Path, change: str, problem: str) -> None:
    put(
        tmp_path / "house" / "x.toml",
        f'message = "See {{foo}}."\nwhy = "So."\ndetect = "block"\n[with]\npatterns = ["^x$"]\n{change}',
    )
    done = run("rules", "test", "house", cwd=tmp_path)
    assert done.returncode == 1
    assert problem in done.stdout.decode()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[rules."boilerplate/byline"]\nlevel = "off"\n', "level is 'off'; expected one of error, warning, info"),
        ('[rules."boilerplate/byline"]\npatterns = ["("]\n', "not a valid pattern: '('"),
        ('exclude = ["!"]\n', "exclude: not a valid pattern"),
        ('extend = "/dev/zero"\n', "extend leads to /dev/zero, outside"),
    ],
)
def test_settings_that_are_wrong_are_one_line(tmp_path: Path, text: str, problem: str) -> None:
    put(tmp_path / "lintnews.toml", text)
    put(tmp_path / "a.txt", "The mill has closed.\n")
    for command in (["check", "a.txt"], ["clean", "a.txt", "-o", "out"], ["config", "show", "a.txt"]):
        done = run(*command, cwd=tmp_path)
        if command[0] != "config" or "rules." not in text:
            assert done.returncode == 2
            assert problem in done.stderr.decode()
            assert len(done.stderr.splitlines()) == 1


def test_a_full_disk_and_closed_streams_are_one_line(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "The mill has closed.\n\nShare this article\n\nThe town met on Monday to talk about it.\n")
    lintnews = f"{sys.executable} -m lintnews check --isolated a.txt"
    for stream, words in (
        (">&-", "standard output is closed"),
        *([(">/dev/full", "No space left")] if os.path.exists("/dev/full") else []),
    ):
        done = subprocess.run(["sh", "-c", f"{lintnews} {stream}"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert words in done.stderr
        assert len(done.stderr.splitlines()) == 1
    assert subprocess.run(["sh", "-c", f"{lintnews} 2>&-"], cwd=tmp_path, capture_output=True, check=False).returncode == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="asks a device of Linux")
def test_a_ledger_on_a_full_disk_is_named_and_the_article_left(tmp_path: Path) -> None:
    text = "The mill has closed.\n\nShare this article\n\nThe town met on Monday to talk about it.\n"
    put(tmp_path / "a.txt", text)
    command = [sys.executable, "-m", "lintnews", "clean", "--isolated", "--in-place", "a.txt", "--ledger", "/dev/full"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("lintnews: /dev/full: can't be written: No space left on device")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == text
