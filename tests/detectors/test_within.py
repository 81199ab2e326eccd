"""Furniture inside a paragraph goes alone: what is left reads on, and nothing of the article is taken for it."""

import pytest

import lintnews
from lintnews.document import Document
from lintnews.fixes.ledger import restore
from lintnews.linter import Linter

FIRST = "The council approved the budget on Tuesday after a debate that lasted four hours and drew two hundred people."
SECOND = "The library in the east of the city will close on two afternoons, and its bus for the villages will stop in June."
LINTER = Linter(lintnews.rules(select=["boilerplate/inside"]))
EVERY = Linter(lintnews.rules())


def clean(text: str) -> str:
    cleaned = LINTER.clean(Document(text))
    assert restore(cleaned.text, cleaned.ledger) == text
    assert LINTER.clean(Document(cleaned.text)).text == cleaned.text
    return cleaned.text


FURNITURE = [
    "Story continues below advertisement",
    "CLICK HERE TO GET THE VALLEY NEWS APP",
    "Sign up for our daily newsletter.",
    "READ MORE: Storm closes two bridges",
    "Follow us on Facebook and Twitter.",
    "Share this article Share",
    "Scroll down for video",
    "(Photo by Ana Duarte/Getty Images)",
    "(Reporting by Ana Duarte; Editing by Tom Berg)",
]


@pytest.mark.parametrize("furniture", FURNITURE)
def test_between_two_sentences(furniture: str) -> None:
    assert clean(f"{FIRST} {furniture} {SECOND}") == f"{FIRST} {SECOND}"


@pytest.mark.parametrize("furniture", FURNITURE)
def test_glued_to_a_sentence(furniture: str) -> None:
    assert clean(f"{FIRST}{furniture} {SECOND}") == f"{FIRST} {SECOND}"


@pytest.mark.parametrize("furniture", FURNITURE)
def test_at_the_end(furniture: str) -> None:
    assert clean(f"{FIRST} {SECOND} {furniture}\n") == f"{FIRST} {SECOND}\n"


def test_glued_on_both_sides_leaves_a_space() -> None:
    assert clean(f"{FIRST}Share this article{SECOND}") == f"{FIRST} {SECOND}"


def test_one_behind_the_other() -> None:
    assert clean(f"{FIRST} {' '.join(FURNITURE[:2])} {SECOND}") == f"{FIRST} {SECOND}"
    assert clean(f"{FIRST} {SECOND} {' '.join(FURNITURE[4:6])}") == f"{FIRST} {SECOND}"


def test_with_all_rules() -> None:
    text = f"{FIRST} {SECOND} {FURNITURE[0]} {FIRST.replace('Tuesday', 'Friday')} {FURNITURE[1]} {SECOND.replace('east', 'west')}"
    cleaned = EVERY.clean(Document(text))
    assert FURNITURE[0] not in cleaned.text
    assert FURNITURE[1] not in cleaned.text
    assert {entry.rule for entry in cleaned.ledger} == {"boilerplate/inside/advertisement", "boilerplate/inside/app"}


@pytest.mark.parametrize(
    "call", [*FURNITURE[:7], "Copyright 2014 The Valley Post. All rights reserved.", "Got a tip? Email us at a@b.example."]
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_no_rule_takes_the_paragraph_with_the_call(call: str, number: int) -> None:
    paragraphs = [FIRST, SECOND, FIRST.replace("Tuesday", "Friday, again,"), SECOND.replace("library in the east", "school")]
    spoilt = [f"{call} {text}" if at == number else text for at, text in enumerate(paragraphs)]
    assert EVERY.clean(Document("\n\n".join(spoilt))).text == "\n\n".join(paragraphs)


def test_behind_the_first_four_thousand_characters() -> None:
    body = " ".join([FIRST.replace("four", str(number)) for number in range(60)])
    assert clean(f"{body} {FURNITURE[0]} {SECOND}") == f"{body} {SECOND}"


@pytest.mark.parametrize(
    "sentence",
    [
        "“Sign up for our newsletter,” the librarian told them. “Follow us on Facebook.”",
        "The librarian asked them to sign up for the newsletter of the friends of the library.",
        "Follow Ana Duarte on Twitter and you will know: Duarte reads aloud each evening.",
        "Read more than one page of the plan, the mayor said.",
        "The board's chairman said that he would ask the navy. (Reuters)",
        "Copyright law has nothing to say about it.",
        "Members share this story with anyone who will listen.",
    ],
)
def test_sentences_of_the_article_stay(sentence: str) -> None:
    text = f"{FIRST} {sentence} {SECOND}"
    assert clean(text) == text


def test_an_article_about_newsletters_keeps_them() -> None:
    text = f"{FIRST} The paper has three newsletters. Sign up for the newsletter here. The newsletters are free. {SECOND}"
    assert clean(text) == text


HEADLINE = "MILL OWNERS SUE THE STATE OVER LOST WATER"


def test_a_headline_in_capitals_goes_where_a_call_in_capitals_stands_by() -> None:
    assert clean(f"{FIRST} {SECOND} {HEADLINE} {SECOND} {FURNITURE[1]}") == f"{FIRST} {SECOND} {SECOND}"
    assert clean(f"{HEADLINE} {FIRST} {FURNITURE[1]} {SECOND}") == f"{HEADLINE} {FIRST} {SECOND}", "the article's own headline"
    assert clean(f"{FIRST} {HEADLINE} {SECOND}") == f"{FIRST} {HEADLINE} {SECOND}"


@pytest.mark.parametrize(
    "credit",
    ["— With files from The Canadian Press", "Reporting by Ana Duarte", "Additional reporting by Ana Duarte in Alder"],
)
def test_a_credit_without_brackets_goes_only_at_the_very_end(credit: str) -> None:
    assert clean(f"{FIRST} {SECOND} {credit}") == f"{FIRST} {SECOND}"
    assert clean(f"{FIRST} {credit} {SECOND}") == f"{FIRST} {credit} {SECOND}"


def test_the_kind_is_named() -> None:
    found = LINTER.check(Document(f"{FIRST} {FURNITURE[2]} {SECOND}"))
    assert [(d.rule, d.text) for d in found] == [("boilerplate/inside/newsletter", FURNITURE[2])]


def test_a_caption_goes_with_its_credit_and_a_sentence_keeps_without_it() -> None:
    caption = "Farmers walk along the dry bed of the river near Alder, May 4, 2023. (AP Photo/Ana Duarte, File)"
    assert EVERY.clean(Document(f"{FIRST}\n\n{caption}\n\n{SECOND}")).text == f"{FIRST}\n\n{SECOND}"
    credited = f"{FIRST}\n\n{SECOND} (AP Photo/Ana Duarte, File)\n\n{FIRST[:-1]} indeed."
    assert SECOND in EVERY.clean(Document(credited)).text
