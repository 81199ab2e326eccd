"""Places in a text as editors count them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lintnews.lsp.positions import Position, Positions, Unit

TEXT = "Zürich 🙂 said\r\nso.\rThen\n\u2028 more\x0c"


def test_units_and_line_ends_are_those_of_the_protocol() -> None:
    at = TEXT.index("said")
    assert Positions(TEXT, "utf-8").position(at) == (0, 13)
    assert Positions(TEXT, "utf-16").position(at) == (0, 10)
    assert Positions(TEXT, "utf-32").position(at) == (0, 9)
    assert Positions(TEXT).position(TEXT.index("Then")) == Position(2, 0)
    assert Positions(TEXT).position(TEXT.index("more")) == Position(3, 2)
    assert Positions(TEXT).offset(0, 99) == TEXT.index("\r\n")
    assert Positions(TEXT).offset(99, 0) == len(TEXT)
    assert Positions(TEXT).offset(0, 8) == TEXT.index("🙂")  # amid it


@given(st.text(st.sampled_from("ab é\n\r🙂\u2028")), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_there_and_back(text: str, unit: Unit) -> None:
    positions = Positions(text, unit)
    for offset in range(len(text) + 1):
        if not (0 < offset < len(text) and text[offset - 1] == "\r" and text[offset] == "\n"):
            assert positions.offset(*positions.position(offset)) == offset
