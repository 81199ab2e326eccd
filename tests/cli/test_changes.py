"""`check --changed-since` looks at what a change added, and git is started by that option alone."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from conftest import put, run

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
OLD = f"By Ana Duarte\n\n{PROSE}"


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    git(tmp_path, "init", "--quiet")
    for name in ("a.txt", 'odd "name" é.txt', "rows.jsonl"):
        put(tmp_path / name, '{"text": "By Ana Duarte"}\n' if name.endswith("l") else OLD)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "old")
    git(tmp_path, "tag", "start")
    return tmp_path


def found(folder: Path, *arguments: str) -> list[str]:
    done = run("check", "--changed-since", "start", "--output-format", "concise", "-q", *arguments, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [" ".join(line.split()[:3]) for line in done.stdout.decode().splitlines()]


def test_only_what_was_added_is_reported(repository: Path) -> None:
    assert found(repository) == []
    put(repository / "a.txt", OLD + "\nSign up for our daily newsletter.\n")
    put(repository / 'odd "name" é.txt', "By Ben Okafor\n" + OLD)
    put(repository / "rows.jsonl", '{"text": "By Ana Duarte"}\n{"text": "By Ben Okafor\\n\\n' + PROSE.strip() + '"}\n')
    put(repository / "new" / "b.txt", OLD)
    lines = found(repository)
    assert {line.split(":")[0] for line in lines} == {"a.txt", 'odd "name" é.txt', "rows.jsonl#2", "new/b.txt"}
    assert any(line.startswith("a.txt:5:1:") for line in lines)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "new")
    assert found(repository) == lines
    assert [line.split(":")[0] for line in found(repository, "new")] == ["new/b.txt"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--changed-since", "nowhere"], b"git could not say what was changed"),
        (["--changed-since=--output=x"], b"git could not say what was changed"),
        (["--changed-since", "start", "--fix"], b"only looks"),
    ],
)
def test_what_can_not_be_told_is_refused(repository: Path, arguments: list[str], problem: bytes) -> None:
    done = run("check", *arguments, cwd=repository)
    assert (done.returncode, problem in done.stderr) == (2, True), done.stderr
    assert not (repository / "x").exists()


def test_a_repository_can_not_make_it_start_other_programs(repository: Path) -> None:
    put(repository / ".gitattributes", "*.txt diff=evil\n")
    git(repository, "config", "diff.evil.textconv", "touch evil; cat")
    git(repository, "config", "diff.external", "touch evil")
    put(repository / "a.txt", OLD + "\nSign up for our daily newsletter.\n")
    assert len(found(repository)) == 1
    assert not (repository / "evil").exists()
