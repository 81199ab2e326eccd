"""Text hygiene mends what is broken, and leaves legitimate Unicode alone."""

from __future__ import annotations

import pytest

import lintnews
from lintnews.evidence.mojibake import repairs

LEFT_ALONE = [
    "Con il corpo e lo spirito ammaccato, è come se nel cuore avessi un vetro conficcato.",
    "2012—∞",
    "(-1/2)! = √π",
    "TEM QUE SEGUIR, SDV SÓ…",
    "├┤a┼┐a┼┐a┼┐a┼┐a┼┐",
    "PARCE QUE SUR LEURS PLAQUES IL Y MARQUÉ…",
    "“Naïve” résumés cost £5 or €6, ½ of the façade’s price…",
    "Đặng Thị Ngọc Thịnh, Čapek, Łódź, Şanlıurfa, Ærø",
    "Ελληνικά και кириллица рядом: 5 µm ± 2 °C",
    "我们在橋上相遇。日本語の文章、한국어 문장.",
    "ÎLE-DE-FRANCE",
]


def cleaned(text: str) -> str:
    return lintnews.clean(text, select="text").text


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_ftfy_leaves_alone_is_left_alone(text: str) -> None:
    assert list(repairs(text)) == []
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "The family 👩‍👩‍👧‍👦 waved 🏴󠁧󠁢󠁷󠁬󠁳󠁿.",
        "می‌خواهم، क्‍ष, ภาษา​ไทย",
        "‏שלום‎ and مرحبا‏ together",
        "Col A    Col B    Col C",
        "    def f(): return 1",
        "Straße, œuvre, Ĳmuiden, ſmall",
        "x < y and y > z, 3 < 4, <3",
        "AT&T; Q&A; R&D;",
    ],
)
def test_legitimate_characters_are_left_alone(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It isnâ€™t so.", "It isn’t so."),
        ("The ca\u200bfe is\u00ad n't shut; the of\ufb01ce is.", "The cafe is\u00ad n't shut; the office is."),
        ("Fish &amp; chips&nbsp;cost <b>£9</b>.", "Fish & chips cost £9."),
        ("Two  spaces.", "Two spaces."),
        ("&amp;amp;", "&"),
    ],
)
def test_what_is_broken_is_mended_and_mended_once(text: str, wanted: str) -> None:
    assert cleaned(text) == wanted
    assert cleaned(wanted) == wanted


def test_a_text_about_html_is_changed_only_when_asked() -> None:
    text = "In HTML, write &amp; for an ampersand and <b> for bold type."
    assert cleaned(text) == text
    assert lintnews.clean(text, select="text", unsafe_fixes=True).text != text


def test_code_is_left_alone() -> None:
    text = "A page.\n\n```\n<b>  &amp;  </b>\n```\n"
    assert lintnews.clean(text, select="text", markup="markdown").text == text


def test_long_lines_are_looked_at_in_pieces() -> None:
    text = "It isnâ€™t so. " * 2000
    assert cleaned(text) == "It isn’t so. " * 2000
