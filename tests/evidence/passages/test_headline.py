"""A headline ends where it can be told; where it can't, nothing is said, and nothing of the article goes."""

import pytest

from lintnews.evidence.passages.headline import headline_end

NEXT = "The council will vote on the plan in March."


def headline(text: str, least: int = 3) -> str | None:
    label = text.index(": ") + 1
    end = headline_end(text, label, least)
    return None if end is None else text[label:end].strip()


@pytest.mark.parametrize(
    "title",
    [
        "Storm closes two bridges and a ferry line",
        "Storm Closes Two Bridges and a Ferry Line",
        "STORM CLOSES TWO BRIDGES AND A FERRY LINE",
        "Who will pay for the new dyke?",
        "Berg's barge 'not fit for sheep', inspectors find",
        "Court frees Ana Duarte after appeal",
    ],
)
@pytest.mark.parametrize(
    "after",
    [NEXT, "“We are glad,” the miller said.", "Berg said that he would go.", "Yesterday it rained for the first time.", ""],
)
def test_the_headline_alone(title: str, after: str) -> None:
    found = headline(f"READ MORE: {title} {after}".strip())
    assert found == title or (found is None and after.startswith(("Berg", "Yester")))


@pytest.mark.parametrize(
    "text",
    [
        "READ MORE: Storm closes two bridges Berg is glad of it and will sail again.",
        "READ MORE: Storm closes two bridges Ana Duarte, a miller, lost her barge.",
        "READ MORE: Storm closes two bridges Berg told Mr Holm that he would sail.",
        "READ MORE: Storm closes two bridges 20 people were hurt.",
        "READ MORE: Storm closes two bridges THE CHAIR: No. The board agreed.",
        "READ MORE: Storm Closes Two Bridges Mayor Ana Duarte said that it was the worst in years.",
        "READ MORE: STORM CLOSES TWO BRIDGES NPA officials fear for the dyke. The NPA met on Monday.",
        "READ MORE: Storm closes two bridges Millers of the upper valley and their barges out of work for good",
    ],
)
def test_what_may_be_the_articles_is_left(text: str) -> None:
    assert headline(text) in (None, "Storm closes two bridges")


def test_a_common_word_of_the_article_begins_a_sentence() -> None:
    text = "READ MORE: Storm closes two bridges Bargemen lost most of it. She says that bargemen are out of work."
    assert headline(text) == "Storm closes two bridges"


def test_the_rest_of_a_call() -> None:
    assert headline("Sign up: to hear what the valley talks about. Then he left.", 0) == "to hear what the valley talks about."
    assert headline("Sign up: Let me end with this.", 0) == ""
    assert headline("Sign up: Bargemen are out of work. They left.", 0) is None
