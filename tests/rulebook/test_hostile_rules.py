"""Rule files that others wrote take no memory, no time and no waiting: what is wrong with them is said."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import put, run

RULE = 'message = "x"\nwhy = "x"\ndetect = "block"\n[with]\npatterns = [%s]\n'


def refused(folder: Path) -> bytes:
    put(folder / "a.txt", "It passed.\n")
    done = run("check", "a.txt", "--isolated", "--rule-path", "house", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    return done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "house" / "x").mkdir(parents=True)
    os.mkfifo(tmp_path / "house" / "x" / "y.toml")
    assert b"y.toml: is no regular file; remove it" in refused(tmp_path)


@pytest.mark.parametrize("name", ["x/y.toml", "words.toml"])
def test_a_file_without_an_end_is_not_read(name: str, tmp_path: Path) -> None:
    put(tmp_path / "house" / "x" / "z.toml", RULE % "'a'")
    with put(tmp_path / "house" / name, "").open("wb") as file:
        file.truncate(1 << 33)  # of zeros, without taking room
    assert b"is longer than 16 MB; split it" in refused(tmp_path)


def test_a_table_is_bounded_too(tmp_path: Path) -> None:
    put(tmp_path / "house" / "x" / "y.toml", RULE % "'a'")
    with put(tmp_path / "house" / "x" / "y.tsv", "").open("wb") as file:
        file.truncate(1 << 33)
    assert b"y.tsv: is longer than 16 MB; split it" in refused(tmp_path)


def test_words_that_stand_for_more_and_more_are_refused(tmp_path: Path) -> None:
    letters = "abcdefghijklm"
    lines = ["a = 'xxxxxxxxxx'"] + [f"{b} = '{f'{{{a}}}' * 10}'" for a, b in pairwise(letters)]
    put(tmp_path / "house" / "words.toml", "\n".join(lines))
    put(tmp_path / "house" / "x" / "y.toml", RULE % "'{m}'")
    assert b"a pattern is longer than 20,000 characters; split it" in refused(tmp_path)


@pytest.mark.parametrize("pattern", ["'" + "[" * 50_000 + "'", "'" + "(" * 50_000 + "'"])
def test_a_pattern_is_bounded(pattern: str, tmp_path: Path) -> None:
    put(tmp_path / "house" / "x" / "y.toml", RULE % pattern)
    assert b"a pattern is longer than 20,000 characters; split it" in refused(tmp_path)


@pytest.mark.parametrize("pattern", ["[" * 19_000, "(" * 19_000, "(?:" * 6000 + ")*" * 6000, "(a{1000}){1000}", r"(?=a)" * 3000])
def test_a_pattern_that_is_wrong_is_told(pattern: str, tmp_path: Path) -> None:
    put(tmp_path / "house" / "x" / "y.toml", RULE % f"'{pattern}'")
    put(tmp_path / "a.txt", "It passed.\n\naaaa\n")
    done = run("check", "a.txt", "--isolated", "--rule-path", "house", cwd=tmp_path)
    assert done.returncode in (0, 1, 2)
    assert done.returncode != 2 or b"x/y" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"mistake in lintnews" not in done.stderr
