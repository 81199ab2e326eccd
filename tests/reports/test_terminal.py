"""Other people's text only shows: it moves no cursor, writes no line of its own, and is no command to a service."""

from __future__ import annotations

import ast
import io
import json
from pathlib import Path

import pytest
from conftest import ROOT, put, run
from hypothesis import given
from hypothesis import strategies as st

from lintnews.reports.terminal import Screen, fit, fit_json, flat

HOSTILE = "a\n::error file=app.py::b\r\x1b]0;title\x07\x1b[2J\x9b31m\u202e.txt"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain café – “quoted” 日本 🙂\u00a0x", "plain café – “quoted” 日本 🙂\u00a0x"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\udc80", "\\udc80"),
        ("::error::x", "\\x3a:error::x"),
        ("  ::error::x", "  \\x3a:error::x"),
        ("C::x", "C::x"),
        ("see ##[error]x", "see \\x23#[error]x"),
        ("see ##vso[task]x", "see \\x23#vso[task]x"),
    ],
)
def test_what_does_more_than_show_is_spelt_out(text: str, shown: str) -> None:
    assert fit(text) == shown


@given(st.text())
def test_fit_text_is_printable_flat_text_as_long_and_json_the_same(text: str) -> None:
    assert fit(text).replace("\u00a0", " ").replace("\u3000", " ").isprintable() or any(c.isspace() for c in text)
    assert "\n" not in fit(text)
    assert "\x1b" not in fit(text)
    assert len(flat(text)) == len(text)
    assert json.loads(fit_json(json.dumps(text, ensure_ascii=False))) == text


def test_a_screen_lets_lines_and_colours_pass() -> None:
    stream = io.StringIO()
    Screen(stream).write("\x1b[1;31mred\x1b[0m\tx\n\x1b[2Jy\x9b")
    assert stream.getvalue() == "\x1b[1;31mred\x1b[0m\tx\n\\x1b[2Jy\\x9b"


@pytest.mark.parametrize("form", ["full", "concise", "json", "jsonl"])
def test_a_hostile_name_and_text_stay_on_their_line(tmp_path: Path, form: str) -> None:
    put(tmp_path / HOSTILE, "The mill closed.\n\nRead more: \x1b[2J\u202e\x9b the ##[error]story\n\nIt had stood long.\n")
    put(tmp_path / "::error file=x::y.txt", b"\xef\xbb\xbfBroken \xff")
    done = run("check", "--isolated", "--select", "ALL", "--output-format", form, ".", cwd=tmp_path)
    assert done.returncode == 2
    for said in (done.stdout.decode(), done.stderr.decode()):
        assert not set("\r\x1b\x9b\u202e\x07") & set(said)
        assert not any(line.strip().startswith("::") or "##[" in line for line in said.splitlines())
    if form == "jsonl":
        assert json.loads(done.stdout.splitlines()[0])["path"] == HOSTILE


def test_arguments_that_are_wrong_are_fit_too() -> None:
    assert b"\x1b" not in run("check", "--\x1b[2Jx").stderr


PLACES = {
    "cli/__init__.py": {"sys.stdout.flush", "sys.stdout.fileno", "sys.stdout.reconfigure"},
    "cli/check.py": {"sys.stdout.buffer"},
    "cli/clean.py": {"sys.stdout.buffer"},
    "cli/completion.py": {"print"},
    "cli/config.py": {"print"},
    "cli/launch.py": {"print"},
    "cli/learn.py": {"print", "sys.stdout.buffer", "sys.stdout.buffer.flush", "sys.stdout.buffer.write"},
    "cli/noting.py": {"sys.stdout.buffer"},
    "cli/options.py": {"print"},
    "cli/progress.py": {"sys.stderr.isatty"},
    "cli/restore.py": {"sys.stdout.buffer", "sys.stdout.buffer.write"},
    "cli/rules.py": {"print"},
    "cli/triage.py": {"print", "sys.stdout.isatty"},
    "__main__.py": {"sys.stdout.flush"},
}
"""Every place that uses standard output or error, by file. Each `print` has fit text, JSON in ASCII, or no text of others;
bytes on standard output are the cleaned article, the restored file or the rule file that were asked for, as they are."""


def test_text_goes_to_the_terminal_in_these_places_only() -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "lintnews").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "print":
                used = "print"
            if used == "print" or used.startswith(("sys.stdout.", "sys.stderr.")):
                found.setdefault(str(path.relative_to(ROOT / "lintnews")), set()).add(used)
    assert found == PLACES
