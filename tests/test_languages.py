"""Articles in our own words in many languages: what surrounds them goes, and nothing of them is lost."""

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest

import lintnews

CASES = tomllib.loads((Path(__file__).parent / "cases" / "articles.toml").read_text(encoding="utf-8"))
SAFELY = 0.75
"""The least share of what must go that safe fixes remove, over all languages."""


class Case(NamedTuple):
    """An article, and the line in it that is asked about."""

    text: str
    line: str


def cases(what: str) -> list[object]:
    """The articles of all languages with a line that must `go`, or must `stay`."""
    return [
        pytest.param(Case(article(CASES[code], place, line), line), id=f"{code}-{number}")
        for code in CASES
        for number, (place, line) in enumerate(CASES[code][what], 1)
    ]


def article(case: dict, place: str, line: str) -> str:
    """The article with the line below its headline, between its paragraphs, or at its end."""
    blocks = [case["headline"], *case["body"]]
    blocks.insert({"head": 1, "between": 3, "tail": len(blocks)}[place], line)
    return "\n\n".join(blocks) + "\n"


def cleaned(text: str, *, unsafe: bool) -> list[str]:
    """The blocks that are left."""
    return lintnews.clean(text, unsafe_fixes=unsafe, ignore=["spun"]).text.rstrip("\n").split("\n\n")


@pytest.mark.parametrize("case", cases("go"))
def test_what_surrounds_an_article_goes_and_nothing_else(case: Case) -> None:
    blocks = case.text.rstrip("\n").split("\n\n")
    blocks.remove(case.line)
    assert cleaned(case.text, unsafe=True) == blocks


@pytest.mark.parametrize("case", cases("stay"))
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
def test_nothing_of_the_article_is_lost(case: Case, unsafe: bool) -> None:
    assert cleaned(case.text, unsafe=unsafe) == case.text.rstrip("\n").split("\n\n")


def test_most_of_it_goes_safely() -> None:
    going = [param.values[0] for param in cases("go")]
    gone = [case.line not in cleaned(case.text, unsafe=False) for case in going]
    assert sum(gone) / len(gone) >= SAFELY
