"""Standard input, output and error that are closed, full or gone: every command says so, and ends as it should."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import put, run

from lintnews.cli import COMMANDS

COMMAND = [sys.executable, "-m", "lintnews"]
ARGUMENTS = {
    "check": ["in"],
    "clean": ["in", "-o", "out"],
    "learn": ["in"],
    "restore": ["cleaned", "-o", "back"],
    "rules": [],
    "explain": ["boilerplate/share"],
    "config": ["show"],
    "doctor": [],
}
"""What each command is given here; one that is not named here is given nothing."""


@pytest.fixture
def work(tmp_path: Path) -> Path:
    for number in range(5):
        put(
            tmp_path / "in" / f"{number}.txt",
            f"The mill {number} has closed.\n\nShare this article\n\nIt goes on for {number} days.\n",
        )
    assert run("clean", "in", "-o", "cleaned", cwd=tmp_path).returncode == 0
    return tmp_path


def ended(command: str, work: Path, redirected: str) -> subprocess.CompletedProcess[bytes]:
    words = " ".join([*COMMAND, command, *ARGUMENTS.get(command, [])])
    return subprocess.run(["sh", "-c", f"exec {words} {redirected}"], cwd=work, capture_output=True, check=False, timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="asks a shell of Unix")
@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("redirected", [">&-", "2>&-", "<&-", ">&- 2>&- <&-", ">/dev/full", "2>/dev/full", "| true"])
def test_a_stream_that_is_no_use_is_told_or_done_without(command: str, redirected: str, work: Path) -> None:
    done = ended(command, work, redirected)
    assert done.returncode in (0, 1, 2, 141)
    assert b"Traceback" not in done.stderr
    assert b"mistake in lintnews" not in done.stderr
    if redirected in (">&-", ">/dev/full") and command not in ("clean", "restore") and done.returncode == 2:
        assert done.stderr.startswith((b"lintnews: ", b"usage: "))
