"""Whatever checks the grammar, findings stand where they are in the text, and each paragraph is checked once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from fake_languagetool import FakeServer, fake

from lintnews.document import Document
from lintnews.evidence.grammar.checker import MOST_CACHED, Checker, Grammar
from lintnews.evidence.grammar.english import variant

PROSE = "The council met on Monday to talk about the bridge, which has been shut since the flood of March, and teh mayor spoke."
ASTRAL = [
    "teh end",
    "\U0001f600 teh",
    "te\U0001f600h and teh\U0001f600teh, \U0001f468\u200d\U0001f469\u200d\U0001f467 teh",
    "\ud800 teh",  # half a surrogate pair
    "a\u0300 \u00adteh \ufeffteh",
    "\U00020000\U00020001 teh \U0001f1ec\U0001f1e7",
]


def at(server: FakeServer, **options: object) -> Checker:
    return Checker(Grammar("languagetool", f"{server.url}/", **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ASTRAL)
def test_offsets_and_lengths_are_code_points(text: str) -> None:
    with fake() as server:
        for document in (Document(text), Document(f"{PROSE}\n\n\U0001f600\U0001f600 {text} \U0001f600 it is.\n\n{PROSE}")):
            found = at(server).check(document, False)
            assert [document.text[m.start : m.end] for m in found.matches] == ["teh"] * document.text.count("teh")


def test_lengths_are_mended_that_the_package_leaves_in_utf_16(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fake_languagetool.re.finditer", lambda _, text: _around(text))
    with fake() as server:
        document = Document("so teh\U0001f600teh it \U0001f600 is")
        (match,) = at(server).check(document, False).matches
        assert document.text[match.start : match.end] == "teh\U0001f600teh"


def _around(text: str) -> list[object]:
    import re

    return [re.compile("teh\U0001f600teh").search(text)]


def test_paragraphs_go_together_and_each_goes_once() -> None:
    with fake() as server:
        checker = at(server)
        document = Document("\n\n".join([PROSE, PROSE.replace("Monday", "Friday"), PROSE]))
        assert len(checker.check(document, False).matches) == 3
        assert [form["text"].count("council") for form in server.asked] == [2]
        checker.check(Document(document.text + "\n\n" + PROSE.replace("Monday", "Sunday")), False)
        assert [form["text"].count("council") for form in server.asked] == [2, 1]
        assert MOST_CACHED >= 1000


def test_furniture_and_headings_are_not_sent() -> None:
    with fake() as server:
        text = f"Teh bridge\n\nBy Ann Lee\n\n{PROSE}\n\nHe said teh end.\n\n{PROSE}\n\nShare teh article\n\n5 Comments"
        at(server).check(Document(text), False)
        assert server.asked[0]["text"].split("\n\n") == [PROSE, "He said teh end."]


def test_spelling_is_asked_for_by_itself() -> None:
    with fake() as server:
        checker = at(server)
        assert [m.kind for m in checker.check(Document("teh wrld"), False).matches] == ["syntax"]
        assert [m.kind for m in checker.check(Document("teh wrld"), True).matches] == ["spelling"]
        assert "MORFOLOGIK_RULE_EN_US" in server.asked[0]["disabledRules"]
        assert server.asked[1]["enabledOnly"] == "true"


def test_the_variant_is_that_of_the_text_or_set() -> None:
    with fake() as server:
        for text in ("The colour of the centre is teh same.", "The color of the center is teh same.", "The bridge is teh same."):
            at(server).check(Document(text), False)
        at(server, english="en-GB").check(Document("The bridge is teh same."), False)
        at(server).check(Document("Der Rat hat am Montag über die Brücke gesprochen, die seit der Flut nicht offen ist."), False)
        assert [form["language"] for form in server.asked] == ["en-GB", "en-US", "en", "en-GB", "de"]


def test_british_and_american_are_told_only_by_several_words() -> None:
    assert variant("The colour faded.") == "en"
    assert variant("The color of the centre faded.") == "en"
    assert variant("The defence centre apologised to travellers.") == "en-GB"
    assert variant("The defense center was labeled gray.") == "en-US"


def test_a_language_that_the_server_lacks_is_not_checked() -> None:
    with fake() as server:
        polish = Document("Rada miasta nie jest w stanie powiedzieć, kiedy most zostanie otwarty, ale nie jest to jej wina.")
        checker = at(server)
        found = checker.check(polish, False)
        assert (found.matches, found.is_complete, server.asked, checker.told()) == ((), False, [], [])


@pytest.mark.parametrize(
    ("mode", "problem"),
    [("incomplete", "its result is incomplete"), ("words", "LanguageTool says: Error: Your text exceeds the limit")],
)
def test_what_was_not_checked_is_told(mode: str, problem: str) -> None:
    with fake(mode) as server:
        checker = at(server)
        for name in ("a.txt", "b.txt"):
            assert checker.check(Document(PROSE, name), False) == ((), False)
        assert [(path, problem in said) for path, said in checker.told()] == [("a.txt", True), ("b.txt", True)]
        assert checker.told() == []


def test_a_server_that_is_gone_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lintnews.evidence.grammar.languagetool.TIMEOUT_S", 0.3)
    for mode, path in (("dies", ""), ("silent", "")):
        with fake(mode) as server:
            checker = at(server)
            for number in range(5):
                checker.check(Document(PROSE.replace("Monday", f"{number}"), f"{number}.txt"), False)
            told = checker.told()
            assert [where for where, _ in told][-1:] == [path]
            assert len(told) <= 2
            assert "see whether it still runs, and run again" in told[-1][1]


def test_a_paragraph_without_end_is_left_alone() -> None:
    with fake() as server:
        checker = at(server)
        checker.check(Document("teh " * 10_000), False)
        assert "40,000" in checker.told()[0][1].replace("39,999", "40,000")
        assert server.asked == []


def test_threads_may_share_a_checker() -> None:
    with fake() as server:
        checker = at(server)
        texts = [("\U0001f600 " * n) + f"{n} and teh end" for n in range(40)]
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda text: checker.check(Document(text), False).matches, texts))
        assert [[text[m.start : m.end] for m in some] for text, some in zip(texts, found, strict=True)] == [["teh"]] * 40


@pytest.mark.parametrize("text", ["He go to 😀 school.", "😀😀 He go to school.", "It was 😀 an 😀 book, an 𝒳 book and an book."])
def test_harper_finds_the_same_places(text: str) -> None:
    pytest.importorskip("harper", reason="harper-py is not installed")
    document = Document(text)
    checker = Checker(Grammar("harper"))
    found = {document.text[m.start : m.end] for m in checker.check(document, False).matches if m.kind == "syntax"}
    assert found in ({"go"}, {"an"})
    for texts in (["The colour of the centre is grey."], ["The color of the center is gray."]):
        assert [checker.check(Document(one), True).matches for one in texts] == [()]


def test_harper_is_safe_in_threads() -> None:
    pytest.importorskip("harper", reason="harper-py is not installed")
    checker = Checker(Grammar("harper"))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: checker.check(Document(f"He go {n}."), False).matches, range(40)))
    assert all(len(some) == 1 for some in found)
