"""A list of other articles ends above the heading of the text that follows it."""

import pytest

import lintnews

ABOVE = "The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board."
BELOW = "Skipper Tove Lind said the pier had lost three of its piles in the storm, and that divers would look at the others."
LIST = [
    "Editor's picks",
    "Why the mainland has stopped building wooden boats",
    "A winter without bread is nothing new here, say bakers",
]


@pytest.mark.parametrize(
    "heading", ["What the divers found", "3. Repairs", "The storm and the old wooden piles of the pier", "Next steps"]
)
def test_the_heading_below_a_list_stays(heading: str) -> None:
    text = "\n\n".join([ABOVE, *LIST, heading, BELOW])
    assert f"{heading}\n\n{BELOW}" in lintnews.clean(text).text
    cleaned = lintnews.clean(text, select=["boilerplate/latest-list"], unsafe_fixes=True).text
    assert cleaned == "\n\n".join([ABOVE, heading, BELOW])


def test_a_numbered_heading_keeps_the_line_below_it() -> None:
    text = "\n\n".join([ABOVE, *LIST, "3 Piles To Be Replaced", "Larch From The Old Woods", BELOW])
    assert "Piles To Be Replaced\n\nLarch" in lintnews.clean(text, select=["boilerplate/latest-list"], unsafe_fixes=True).text


def test_the_last_headline_of_a_list_goes_with_it() -> None:
    text = "\n\n".join([ABOVE, *LIST, "Minister opens a tunnel under Oslo after nine years", BELOW])
    assert lintnews.clean(text, select=["boilerplate/latest-list"], unsafe_fixes=True).text == f"{ABOVE}\n\n{BELOW}"
