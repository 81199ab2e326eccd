"""A heading and what follows from it; a label that each item of a list has is no heading."""

import pytest

from lintnews.detectors.section import SectionDetector
from lintnews.document import Document

PROSE = "The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board."


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Most popular", "Storm closes two bridges", "Rye fails", "Mill to shut"], 1),
        (["Most popular", "Holt & Sons", "4.1", "Most popular", "Berg Movers", "3.9", "Most popular", "Vale Vans"], 0),
    ],
)
def test_a_heading_that_recurs_in_its_own_list_is_the_label_of_an_item(lines: list[str], found: int) -> None:
    document = Document("\n\n".join([PROSE, "\n".join(lines), PROSE]))
    assert len(list(SectionDetector(("^Most popular$",)).find(document))) == found
