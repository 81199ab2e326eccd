"""Menus are found, and lists of the article's own are not."""

import pytest

from lintnews.detectors.stack import StackDetector
from lintnews.document import Document

BODY = (
    "The council approved the budget on Tuesday, after Vance had asked for a debate that drew more than two hundred people.\n\n"
    "Residents said that the cuts would hurt the library most, and asked for a second vote before the end of the month."
)
STACK = StackDetector(zone=("head",), min_items=4, max_item_words=3)


@pytest.mark.parametrize(
    "lines",
    [
        ["Ann Shaw (Green)", "Tom Reed (Labour)", "Lee Orr (Independent)", "Write-in"],
        ["Saturday, 12 April", "Pier Road", "1500 GMT", "Ole Berg"],
        ["Shaw", "Reed", "Vance", "Vance junior"],
    ],
)
def test_lists_of_names_and_facts_are_the_articles(lines: list[str]) -> None:
    assert list(STACK.find(Document("\n\n".join([*lines, "A vote on the budget is near", BODY])))) == []


def test_a_menu_is_found() -> None:
    text = "\n\n".join(["Home", "Sport", "Weather", "My account", "A vote on the budget is near", BODY])
    (found,) = STACK.find(Document(text))
    assert text[found.start : found.end] == "Home\n\nSport\n\nWeather\n\nMy account"
