"""A word's number is its line."""

from __future__ import annotations

import pytest

from lintnews.evidence.spun.screen import SCREEN
from lintnews.evidence.spun.wordlist import WordList


def test_every_word_of_the_list_has_the_number_of_its_line() -> None:
    lines = SCREEN.read_bytes()
    words, known = lines.decode().split("\n"), WordList(lines)
    assert len(known) == len(words)
    assert [known.number(word) for word in words] == list(range(len(words)))


def test_other_words_have_none() -> None:
    known = WordList("a\nab\nabc\nb\nça".encode())
    assert [known.number(word) for word in ("a", "abc", "ça")] == [0, 2, 4]
    assert [known.number(word) for word in ("", "bc", "abcd", "c", "a\nab", "\ud800")] == [None] * 6


def test_a_list_taken_apart_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lintnews.evidence.spun.wordlist.PATIENCE", 3)
    known, asked = WordList("a\nab\nabc\nb\nça".encode()), ["ab", "b", "c", "ça"]
    assert [known.number(word) for word in asked] == [known.number(word) for word in asked] == [1, 3, None, 4]
