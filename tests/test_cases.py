"""Small articles in our own words, each with what must stay and what must go: nothing is lost, at either operating point."""

import json
from pathlib import Path

import pytest

import lintnews

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "cleaning.jsonl").read_text(encoding="utf-8").splitlines()
]
FLOORS = {"safe": 58, "all": 66}
"""How many cases are right, at least."""
LOST: dict[str, set[str]] = {"safe": set(), "all": set()}
"""Cases that still lose text; what is taken off this list stays off."""


def lost_and_left(case: dict, unsafe: bool) -> tuple[list[str], list[str]]:
    """What must stay and does not, and what must go and does not."""
    markup = "markdown" if case.get("ext") == ".md" else "plain"
    text = lintnews.clean(case["text"], select=["boilerplate", "duplicate", "structure"], unsafe_fixes=unsafe, markup=markup).text
    lines = text.split("\n")

    def stands(part: str) -> int:
        return lines.count(part) or text.count(part)

    keep = case["keep"]
    lost = [part for part in dict.fromkeys(keep) if stands(part) < keep.count(part)]
    return lost, [part for part in case["drop"] if stands(part) > keep.count(part)]


@pytest.mark.parametrize("point", ["safe", "all"])
@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_nothing_of_the_article_is_lost(case: dict, point: str) -> None:
    lost, _ = lost_and_left(case, point == "all")
    assert not lost or case["id"] in LOST[point]


@pytest.mark.parametrize("point", FLOORS)
def test_cases_that_are_right(point: str) -> None:
    right = [case["id"] for case in CASES if lost_and_left(case, point == "all") == ([], [])]
    assert len(right) >= FLOORS[point]
