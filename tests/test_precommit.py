"""The hooks that .pre-commit-hooks.yaml offers, run by the real pre-commit in a repository made here."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

CLEAN = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
DIRTY = f"River town loses its last mill after two centuries\n\nBy Ana Duarte\n\n{CLEAN}"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def repository(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(cache))
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    run(tmp_path, "git", "init", "--quiet")
    return tmp_path


def try_hook(repository: Path, hook: str, name: str, text: str) -> subprocess.CompletedProcess[str]:
    (repository / name).write_text(text, encoding="utf-8")
    run(repository, "git", "add", name)
    return run(repository, sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), hook, "--files", name, "--verbose")


def test_grammar_is_checked_when_it_is_asked_for(repository: Path) -> None:
    text = CLEAN.replace("say", "says that they says")
    assert "Rule " not in try_hook(repository, "lintnews-grammar", "a.txt", text).stdout
    (repository / "a.txt").write_text(text.replace("a row", "an row"), encoding="utf-8")
    command = (
        sys.executable,
        "-m",
        "pre_commit",
        "try-repo",
        str(ROOT),
        "lintnews-grammar",
        "--files",
        "a.txt",
        "--hook-stage",
        "manual",
    )
    done = run(repository, *command)
    assert done.returncode == 1
    assert "grammar/syntax" in done.stdout


def test_manifest_is_valid() -> None:
    done = run(ROOT, sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


def test_hooks_pass_and_fail_as_they_should(repository: Path) -> None:
    passing = try_hook(repository, "lintnews", "clean.txt", CLEAN)
    assert passing.returncode == 0, passing.stdout + passing.stderr
    failing = try_hook(repository, "lintnews", "dirty.txt", DIRTY)
    assert failing.returncode == 1, failing.stdout + failing.stderr
    assert "dirty.txt:3:1" in failing.stdout
    assert (repository / "dirty.txt").read_text(encoding="utf-8") == DIRTY
    fixing = try_hook(repository, "lintnews-fix", "dirty.txt", DIRTY)
    assert fixing.returncode == 1, fixing.stdout + fixing.stderr
    assert (repository / "dirty.txt").read_text(encoding="utf-8") == DIRTY.replace("By Ana Duarte\n\n", "")
    rows = try_hook(repository, "lintnews-jsonl", "rows.jsonl", '{"text": "River town"}\n')
    assert rows.returncode == 0, rows.stdout + rows.stderr
