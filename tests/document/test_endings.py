"""A mark ends an article only where nothing goes on behind it; one stray line takes nothing along."""

import pytest

import lintnews
from lintnews.document import Document
from lintnews.document.endings import PATTERNS
from lintnews.linter import Linter

ARTICLE = [
    "The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board.",
    "Skipper Tove Lind said the pier had lost three of its piles in the storm, and that divers would look at the others.",
    "The shop has flour for ten weeks, and the two bakers on Brenholm have agreed to bake on different days of the week.",
    "“We have done without a boat before, and we had no telephone then,” said Arne Holt, who is the oldest man in the village.",
    "The county has promised a smaller boat by the end of March, and has asked three yards along the coast for their prices.",
    "Until then the mail will come by helicopter once a week, when the wind allows it and the pilot has nothing else to do.",
    "Lind means to mend her nets, and to teach the dentist's children how to row against the tide.",
]
MARKS = [
    "Share this story",
    "Share:",
    "Follow us on Instagram for more",
    "Follow @coastnews",
    "Tags: ferries, islands",
    "ADD YOUR COMMENT",
    "31 shares",
    "Facebook",
    "Print",
    "Subscribe",
    "Most read",
    "Trending",
    "Related articles",
    "Sign up for our weekend letter",
    "© 2019 Coast News",
    "North PierPress Association",
    "Island LifeTransportWeather",
]
COMMENTS = ["3 comments", "Ole", "2 May 2021", "Good riddance, my cousin says.", "Kari", "3 May 2021", "I will miss the piano."]


def article(at: int, *lines: str) -> str:
    return "\n\n".join([*ARTICLE[:at], *lines, *ARTICLE[at:]])


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("at", [4, 5, 6])
def test_one_stray_line_takes_nothing_along(mark: str, at: int) -> None:
    text = article(at, mark)
    for unsafe in (False, True):
        cleaned = lintnews.clean(text, select=["boilerplate"], unsafe_fixes=unsafe)
        assert [paragraph for paragraph in ARTICLE if paragraph not in cleaned.text] == []
        assert lintnews.clean(cleaned.text, select=["boilerplate"], unsafe_fixes=unsafe).text == cleaned.text


def test_what_stands_behind_the_end_does_not_bring_the_end_forward() -> None:
    tail = ["Related stories", "Storm closes two schools", "Who pays for the pier", "Privacy policy"]
    cleaned = lintnews.clean(article(4, "Share this story") + "\n\n" + "\n\n".join([*COMMENTS, *tail])).text
    assert [paragraph for paragraph in ARTICLE if paragraph not in cleaned] == []
    assert "Good riddance" not in cleaned


@pytest.mark.parametrize("mark", ["3 comments", "Tags: ferries, islands", "Related stories", "Leave a comment"])
def test_the_last_paragraph_is_the_end_where_only_furniture_follows(mark: str) -> None:
    document = Document(article(7, mark, *COMMENTS[1:]))
    assert document.ending == len(ARTICLE)


def test_a_note_about_the_author_is_no_more_of_the_article() -> None:
    note = "Berit Moe is a reporter for Coast News. You can write to her at any time, and she reads all that you send her."
    assert Document(article(7, "About the author", note)).ending == len(ARTICLE)


def test_nothing_taken_out_behind_a_mark_makes_it_an_end() -> None:
    lines = ["Tags: ferries, islands", "Kari", *COMMENTS, "Related stories", "Storm closes two schools"]
    text = article(6, *lines).split("\n\n")
    marks = [line for line in text if line not in ARTICLE]
    before = Document("\n\n".join(text)).ending < text.index(ARTICLE[6])
    for last in range(len(marks)):
        kept = [line for line in text if line in ARTICLE or line in marks[: last + 1]]
        assert before or Document("\n\n".join(kept)).ending >= kept.index(ARTICLE[6])


def test_text_that_may_be_the_article_is_not_deleted_by_a_safe_fix() -> None:
    doubtful = "The hall on the mainland has been made ready for the school, and a bus will wait at the pier for the pupils."
    text = article(7, "Tags: ferries, islands", "Coast", doubtful, "Contact us")
    assert doubtful in lintnews.clean(text).text


def test_every_mark_is_a_pattern_that_the_matcher_takes() -> None:
    assert len(PATTERNS) > 20
    Linter([])


def test_wrapped_lines_behind_a_mark_go_on_with_the_article() -> None:
    torn = [
        "and asked the pilot whether the mail",
        "could be brought on Mondays as",
        "well, because the shop would then",
        "have its papers a day sooner than",
    ]
    text = "\n\n".join([*ARTICLE, "© 1994 Coast Consoles", *torn])
    assert Document(text).ending == len(ARTICLE) + 1 + len(torn)
    assert Document("\n\n".join([*ARTICLE, "© 1994 Coast Consoles", *map(str.capitalize, torn)])).ending == len(ARTICLE)


def test_glued_words_that_the_text_uses_elsewhere_are_a_name() -> None:
    behind = ["RopeTideBench rates how well a crew ties up in a swell, from one to nine.", "Fenders", "Two of each side."]
    text = "\n\n".join([*ARTICLE, "RopeTideBench Scores", *behind])
    assert Document(text).ending == len(ARTICLE) + 1 + len(behind)
    assert Document(text.replace("RopeTideBench rates", "It rates")).ending == len(ARTICLE)
