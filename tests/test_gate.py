"""A quality gate: what the two operating points do to articles written for it, with floors that are only ever raised."""

from pathlib import Path

import pytest

import lintnews

ARTICLES = (Path(__file__).parent / "gate" / "articles.txt").read_text(encoding="utf-8")
FLOORS = {
    ("safe", "\n\n"): {"kept": 1.0, "gone": 0.9},
    ("safe", "\n"): {"kept": 0.995, "gone": 0.91},
    ("all", "\n\n"): {"kept": 0.97, "gone": 0.92},
    ("all", "\n"): {"kept": 0.96, "gone": 0.93},
}
"""Shares of the article lines that stay and of the others that go, at least, by operating point and what parts the lines."""


def articles() -> dict[str, list[tuple[str, str]]]:
    """The lines of each article by its name, with their marks: + belongs to the article, - does not."""
    found: dict[str, list[tuple[str, str]]] = {}
    for part in ARTICLES.split("# ")[1:]:
        name, *lines = part.strip().split("\n")
        found[name] = [(line[0], line[2:]) for line in lines]
    return found


def left(lines: list[tuple[str, str]], unsafe: bool, gap: str = "\n\n") -> list[str]:
    """The lines of the cleaned article."""
    text = gap.join(line for _, line in lines) + "\n"
    return [line for line in lintnews.clean(text, select=["boilerplate"], unsafe_fixes=unsafe).text.split("\n") if line]


@pytest.mark.parametrize("name", articles())
def test_safe_fixes_leave_the_article_alone(name: str) -> None:
    lines = articles()[name]
    cleaned = left(lines, unsafe=False)
    assert [line for mark, line in lines if mark == "+" and line not in cleaned] == []


@pytest.mark.parametrize(("point", "gap"), FLOORS)
def test_floors(point: str, gap: str) -> None:
    kept = gone = all_kept = all_gone = 0
    for lines in articles().values():
        cleaned = left(lines, point == "all", gap)
        kept += sum(mark == "+" and line in cleaned for mark, line in lines)
        all_kept += sum(mark == "+" for mark, _ in lines)
        gone += sum(mark == "-" and line not in cleaned for mark, line in lines)
        all_gone += sum(mark == "-" for mark, _ in lines)
    assert kept / all_kept >= FLOORS[point, gap]["kept"]
    assert gone / all_gone >= FLOORS[point, gap]["gone"]
