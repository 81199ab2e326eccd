"""Where the line model doubts much of a long list, the list is the article."""

import pytest

from lintnews.detectors.unlike_article import MANY, UnlikeArticleDetector, _doubted_amid_many, _is_row
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document

PROSE = "The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board."


@pytest.mark.parametrize(
    ("found", "lines", "safe"), [(MANY, 3 * MANY, 0), (MANY - 1, 3 * MANY, MANY - 1), (MANY, 2 * MANY, MANY), (5, 6, 5)]
)
def test_many_doubted_lines_that_are_the_lesser_part_are_not_safe(found: int, lines: int, safe: int) -> None:
    document = Document("\n\n".join([PROSE, *(f"Line number {number} of a list" for number in range(lines)), PROSE]))
    findings = [Finding(b.start, b.end, (Edit(b.start, b.end),)) for b in document.blocks[1 : found + 1]]
    after = list(_doubted_amid_many(document, findings))
    assert len(after) == found
    assert sum(finding.safety is None for finding in after) == safe


@pytest.mark.parametrize(("lines", "needed"), [(1, 0.7), (4, 0.9)])
def test_a_line_amid_paragraphs_is_a_stranger_and_one_amid_lines_is_not(lines: int, needed: float) -> None:
    document = Document("\n\n".join([PROSE, *(f"Line number {number} of a list" for number in range(lines)), PROSE, PROSE]))
    detector = UnlikeArticleDetector(sure_amid=0.7, sure=0.9, sure_heading=0.9)
    assert detector._needed(document, document.blocks[1]) == needed


@pytest.mark.parametrize(
    ("lines", "is_row"),
    [(["Alder 8", "Brenholm 17", "Moss 2", "Oslo 188", "Vale N/A 3"], True), (["12 shares", "Print", "3 comments"], False)],
)
def test_lines_that_all_hold_figures_are_rows_of_a_table(lines: list[str], is_row: bool) -> None:
    document = Document("\n\n".join([PROSE, *lines]))
    assert _is_row(document, document.blocks[1]) is is_row
