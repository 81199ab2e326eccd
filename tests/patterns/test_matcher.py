"""The set matcher names every block that a pattern may match, and spans are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintnews.document import Document
from lintnews.patterns import matcher
from lintnews.patterns.dialect import narrowed, widened
from lintnews.patterns.encoded import plain, seen
from lintnews.patterns.matcher import Matcher, PatternTimeoutError, holds, match_at, matches, search, starts


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^Café\b", "Café au lait"),
        (r"(?i)\bÉTÉ\b", "un été"),
        (r"^\w+$", "Straße"),
        (r"^[\w-]+$", "Čapek-Chod"),
        (r"^Latest news(?=\p{Lu})", "Latest newsThe end"),
        (r"(?<!not )here$", "it is here"),
        (r"^\d{1,3} Comments$", "٣٤ Comments"),
        (r"^.{0,40}newsletter", "sign up for our newsletter"),
        (r"^a\W+b$", "a — b"),
        (r"^(a)\1$", "aa"),
        (r"^a++b", "aaab"),
        (r"^by\s\p{Lu}", "by\u00a0Ana"),
        (r"^[^“]+$", "Ω?—"),
        (r"(?i)^[à-þ]$", "É"),
        (r"(?i)^[a-я]$", "Ж"),
        (r"^[“-”]x$", "”x"),
        (r"(?i)^žena", "Žena"),
    ],
)
def test_the_set_never_misses_what_regex_finds(pattern: str, text: str) -> None:
    document = Document(text)
    assert search(pattern, document.blocks[0].text)
    assert Matcher({pattern: None}).find([document.blocks[0].text]) == {pattern: [0]}


@given(st.text(alphabet="aéß٣—Ωž“? .-(\\[]^$|?*+bwdsW", max_size=8), st.text(alphabet="aéß٣—Ωž“? .-bB", max_size=12))
def test_widened_patterns_match_at_least_as_much(pattern: str, text: str) -> None:
    import re2

    try:
        found = search(pattern, text)
    except (ValueError, PatternTimeoutError):
        return
    if not found:
        return
    options = re2.Options()
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    try:
        compiled = re2.compile(widened(pattern), options)
    except re2.error:
        return
    assert compiled.search(seen([text])[0])


@given(st.text(alphabet="aéß٣Ω“? .-(\\[]^$|?*+{}2,:ipPLubdsW", max_size=9), st.text(alphabet="aAi2“Ω? .-_{", max_size=12))
def test_a_pattern_holds_where_regex_finds_it(pattern: str, text: str) -> None:
    try:
        found = search(pattern, text)
    except (ValueError, PatternTimeoutError):
        return
    assert holds(pattern, text) == bool(found)
    for at in {0, min(1, len(text)), min(4, len(text))}:
        expected = matcher.compiled(pattern).match(text, at, 8)
        assert bool(match_at(pattern, text, at, 8)) == bool(expected)
        assert starts(pattern, text, at, 8) == [m.start() for m in matches(pattern, text, at, 8)]


@pytest.mark.parametrize(
    ("pattern", "text", "quick"),
    [
        (r"(?i)^by \p{Lu}\p{Ll}+$", "by Ana", True),
        (r"^[“\"](?:.{0,40}\b)?end[”’-]", "“The end”", True),
        (r"^\w+ [–—-] \d{2,4}$", "Leeds — 2024", True),
        (r"^\u201cend", "“end", True),
        (r"^[^é]+ x$", "no letter of that kind… x", True),
        (r"^caf[eé]$", "cafe", True),
        (r"^\w+$", "Straße", False),
        (r"Ω", "an Ω", False),
        (r"a(?=b)", "ab", False),
        (r"(?<!a)b", "b", False),
        (r"^[à-þ]?x", "x", False),
        (r"^a{,2}$", "aa", False),
        (r"^a++$", "aa", False),
        (r"a(?i)B", "AB", False),
        (r"[[:punct:]]", "$", False),
        (r"(a)\1", "aa", False),
        (r"a{e<=1}", "a", False),
    ],
)
def test_re2_answers_for_plain_texts(pattern: str, text: str, *, quick: bool) -> None:
    assert holds(pattern, text) is (search(pattern, text) is not None)
    narrow = narrowed(pattern)
    assert quick == (narrow is not None and narrow.exact and plain(text) is not None)


def test_patterns_that_re2_refuses_are_tried_on_every_block() -> None:
    assert Matcher({r"(\w+) \1": None, "^yes$": 5}).find(["no", "mill mill"]) == {r"(\w+) \1": [1]}


def test_an_invalid_pattern_is_quoted() -> None:
    with pytest.raises(ValueError, match=r"not a valid pattern: '\(mill'"):
        Matcher({"(mill": None})


def test_a_slow_pattern_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "TIMEOUT", 0.05)
    with pytest.raises(PatternTimeoutError, match="ran longer than"):
        search(r"^(a|a)*$", "a" * 40 + "b")


def test_phrases_are_found_word_for_word_at_code_points() -> None:
    text = "Çay — the BOARD, the boardroom; the board’s İ the board"
    phrases = Matcher({}, ["the board", "the board's"]).find_phrases(text)
    found = {phrase: [text[a:b] for a, b in spans] for phrase, spans in phrases.items()}
    assert found == {"the board": ["the BOARD", "the board"], "the board's": ["the board’s"]}
