"""Which files are found below a folder, whatever stands in its `.gitignore`."""

from pathlib import Path

import pytest

from lintnews.files.finding import Found, Ignores, find


def names(folder: Path) -> list[str]:
    """The names of the articles below a folder."""
    return [Path(found.path).name for found in find([str(folder)], (".txt",), lambda _: ()) if isinstance(found, Found)]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two articles."""
    (tmp_path / ".git").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The council met.\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("line", ["!", "[z-a]", "[[:alpha:", "***a[", "\\"])
def test_a_line_that_is_no_pattern_is_passed_over_as_git_does(repository: Path, line: str) -> None:
    (repository / ".gitignore").write_text(f"{line}\nb.txt\n", encoding="utf-8")
    assert names(repository) == ["a.txt"]


def test_a_gitignore_without_end_is_read_as_far_as_patterns_go(repository: Path) -> None:
    (repository / ".gitignore").write_text("b.txt\n" + "".join(f"x{n}/**/[a-f]?{n}*\n" for n in range(50_000)), encoding="utf-8")
    assert names(repository) == ["a.txt"]


def test_of_many_patterns_the_last_one_counts(tmp_path: Path) -> None:
    patterns = ("*.txt", *(f"x{n}" for n in range(2_000)), "!a.txt")
    ignores = Ignores(str(tmp_path), patterns)
    assert [ignores.match(str(tmp_path / name), False) for name in ("a.txt", "b.txt", "c.md")] == [False, True, None]
