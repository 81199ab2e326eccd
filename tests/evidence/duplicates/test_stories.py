"""The same story is known by its paragraphs, under whatever headline, tail and furniture; a form filled in anew is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.evidence.duplicates.likeness import Relation, what_differs
from lintnews.evidence.duplicates.stories import compare

STORY = [
    "The last cinema of the valley will shut at the end of the month after its owner failed to find a buyer who would keep it.",
    "She had asked for no more than the price of the seats, which were bought from an opera house some forty years ago.",
    "The valley once had five cinemas, and the first of them was built by her grandfather in the year that the railway came.",
    "For most of those years the film of the week was chosen by a show of hands among those who had come for the last one.",
    "The council had offered to pay for a new roof, but not for heating, without which nobody would sit there after October.",
    "What becomes of the house is open, though a maker of cheese from the next village has asked for its cellars.",
]
FURNITURE = ["Follow us for the latest news from the valley and beyond.", "All rights are with the publisher of this page."]
FORM = [
    "The governor declared a state of emergency in {0} County on {1} after heavy rain and wind from the west on {1} morning.",
    "The order makes money of the state available to towns and to some charities for clearing roads and mending what broke.",
    "{2} was named to lead the work in {0} County, where {3} houses lost their roofs and the bridge at {4} was carried away.",
    "Those who were hurt by the storm can ask for help at the town hall, or write to the office that the state has set up.",
]


def article(*paragraphs: str) -> str:
    return "\n".join(paragraphs)


@pytest.mark.parametrize(
    "copy",
    [
        article("Valley to lose its cinema", *STORY[:4], *FURNITURE),
        article("Report: the last picture show", STORY[4], STORY[1], STORY[5], STORY[0], *FURNITURE),
        article("Lights out", *(p.replace(" the ", " that ", 1) for p in STORY[1:5]), *FURNITURE),
    ],
    ids=["the tail cut", "in another order", "edited"],
)
def test_a_story_is_the_same_under_another_headline_and_with_other_furniture(copy: str) -> None:
    likeness = compare(article("The last cinema", *STORY), copy)
    assert likeness.repeats
    assert what_differs(likeness, here_is_first=True)


def test_a_version_is_told_by_its_paragraphs() -> None:
    likeness = compare(article(*STORY), article("Lights out tonight", *reversed(STORY[:4]), *FURNITURE))
    assert likeness.relation is Relation.VERSION
    assert what_differs(likeness, here_is_first=False) == "most of its paragraphs stand there"


def test_a_form_filled_in_anew_is_another_story() -> None:
    first, second = (
        article(*(paragraph.format(*words) for paragraph in FORM))
        for words in (
            ("Marsh", "Monday", "Ana Berg", "40", "Elm"),
            ("Hill", "Friday", "Lena Holt", "310", "Lower Weir"),
        )
    )
    assert not compare(first, second).repeats


def test_one_passage_in_common_does_not_make_two_articles_one_story() -> None:
    other = [paragraph.upper()[::-1] for paragraph in STORY[1:]]
    assert not compare(article(*STORY), article(STORY[0], *other)).repeats


@settings(max_examples=50)
@given(st.lists(st.sampled_from([*STORY, *FURNITURE]), max_size=8), st.lists(st.sampled_from([*STORY, *FURNITURE]), max_size=8))
def test_it_makes_no_difference_which_article_comes_first(first: list[str], second: list[str]) -> None:
    there, back = compare(article(*first), article(*second)), compare(article(*second), article(*first))
    assert (there.relation, there.similarity, there.containment) == (back.relation, back.similarity, back.containment)
