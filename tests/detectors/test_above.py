"""What stands on top of a credit is its caption, and no more than that: the fix doesn't eat its way up."""

import lintnews

PROSE = "The last ferry of the season left Brenholm on Sunday with forty sheep, a piano and the island's only dentist on board."


def test_a_list_that_ends_like_a_credit_is_not_eaten_from_its_end() -> None:
    lines = [
        "Reports on the pier since it was built",
        "Who owns the boats of the outer islands",
        "Winter mail and those who carry it",
    ]
    text = "\n\n".join([PROSE, "\n".join([*lines, "Photo: Kari Lie/Reuters"]), PROSE.replace("last", "first")])
    cleaned = lintnews.clean(text, select=["boilerplate"]).text
    assert [line for line in lines if line not in cleaned] == []


def test_a_caption_goes_with_its_credit() -> None:
    caption = "Passengers wait on the pier at Brenholm on Sunday morning\nPhoto: Kari Lie/Reuters"
    text = "\n\n".join([PROSE, caption, PROSE.replace("last", "first")])
    assert "Passengers wait" not in lintnews.clean(text, select=["boilerplate"], unsafe_fixes=True).text
