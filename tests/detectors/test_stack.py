"""Menus are told from lists of names and from fixtures that stand on top of an article."""

import pytest

import lintnews

ARTICLE = """\
Brenholm elects a new council for the first time in six years

The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board.

Skipper Tove Lind said the pier had lost three of its piles in the storm, and that divers would look at the others."""
LISTS = {
    "candidates": "Standing\n\nTove Lind (Centre)\n\nArne Holt (Left)\n\nBerit Moe (Independent)",
    "fixture": "Brenholm Park\n\nSunday, 4 May\n\n1400 local time\n\nReferee: Kari Lie (Bergen)",
    "squad": "Tove Lind\n\nArne Holt\n\nBerit Moe\n\nKari Lie\n\nOle Dahl",
    "honours": "MBE\n\nTove Lind, nursing\n\nArne Holt, music\n\nBerit Moe, sport",
    "scores": "Brenholm 3\n\nOslo 1\n\nBergen 2\n\nMoss 0",
}


@pytest.mark.parametrize("name", LISTS)
def test_facts_on_top_of_an_article_stay(name: str) -> None:
    text = f"{LISTS[name]}\n\n{ARTICLE}"
    assert lintnews.clean(text, select=["boilerplate"]).text == text


def test_a_menu_goes() -> None:
    text = f"Home\n\nPolitics\n\nCoast\n\nBoats\n\nContact us\n\n{ARTICLE}"
    assert lintnews.clean(text, select=["boilerplate/navigation"]).text == ARTICLE
