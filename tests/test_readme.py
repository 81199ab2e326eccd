"""What the README shows is what the program prints."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from lintnews.examples import problems
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import load

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- output: lintnews (.+?) -->\n```text\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_shown_output_is_real(command: str, output: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    done = subprocess.run(
        [sys.executable, "-m", "lintnews", *shlex.split(command)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout + done.stderr == output


def test_the_rule_of_the_five_minutes_works(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(message.*?)```", README, re.DOTALL)
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "scan-mark.toml").write_text(text, encoding="utf-8")
    (rule,) = load([tmp_path], registry().detectors)
    assert rule.id == "house/scan-mark"
    assert list(problems([rule])) == []


def test_the_settings_shown_are_valid(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(ignore = .*?)```", README, re.DOTALL)
    assert tomllib.loads(text)["rule-paths"] == ["house-rules"]
    (tmp_path / "lintnews.toml").write_text(text, encoding="utf-8")
    (tmp_path / "house-rules").mkdir()
    (tmp_path / "a.txt").touch()
    done = subprocess.run(
        [sys.executable, "-m", "lintnews", "config", "show", "a.txt"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
