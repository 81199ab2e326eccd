"""A box is found by its parts together, as far as they reach, and by none of them alone."""

import pytest

from lintnews.detectors.box import BoxDetector
from lintnews.document import Document

BOX = BoxDetector(patterns=("^Subscribe$",), parts=("(?i)^your name$", "(?i)^e-?mail$"), least=3)
PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."


def found(*lines: str) -> list[str]:
    document = Document("\n\n".join(lines))
    return [document.text[f.start : f.end] for f in BOX.find(document)]


def test_it_reaches_from_the_first_part_to_the_last() -> None:
    assert found(PROSE, "Your name", "Email", "Subscribe", PROSE) == ["Your name\n\nEmail\n\nSubscribe"]


def test_one_other_line_may_stand_between_two_parts_but_not_at_an_end() -> None:
    assert found("Mills", "Your name", "No fee", "Email", "Subscribe", "Mills") == ["Your name\n\nNo fee\n\nEmail\n\nSubscribe"]


@pytest.mark.parametrize("lines", [("Subscribe",), ("Your name", "Email"), ("Your name", PROSE, "Email", "Subscribe")])
def test_too_few_parts_are_no_box(lines: tuple[str, ...]) -> None:
    assert found(PROSE, *lines, PROSE) == []


def test_two_boxes_are_two_findings() -> None:
    box = ("Email", "Your name", "Subscribe")
    assert len(found(*box, PROSE, *box)) == 2
