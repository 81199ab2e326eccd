"""A line is lone where it is the only one between an article's paragraphs."""

from lintnews.detectors.lone_line import LoneLineDetector
from lintnews.document import Document

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."
LINE = "Small harbours fight for their last winter sailings"
LONE = LoneLineDetector()


def found(*lines: str) -> list[str]:
    document = Document("\n\n".join(lines))
    return [document.text[f.start : f.end] for f in LONE.find(document)]


def test_one_line_between_paragraphs_is_found() -> None:
    assert found(PROSE, PROSE, LINE, PROSE, PROSE) == [LINE]


def test_one_of_two_is_a_heading() -> None:
    assert found(PROSE, LINE, PROSE, PROSE, "Who pays for the barge", PROSE) == []


def test_a_short_line_and_a_short_article_are_left_alone() -> None:
    assert found(PROSE, PROSE, "Who pays", PROSE, PROSE) == []
    assert found(PROSE, LINE, PROSE) == []
