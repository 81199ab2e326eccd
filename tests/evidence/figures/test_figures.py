"""Figures are what the published filters and formulas say, with and without a network."""

from __future__ import annotations

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import textstat
from conftest import SEEDS
from hypothesis import given
from hypothesis import strategies as st

from lintnews.document import Document
from lintnews.evidence.figures import readability
from lintnews.evidence.figures.counts import Counts
from lintnews.evidence.figures.names import NAMES, figure

SEED = (SEEDS / "001_f6b6449456818ac8.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_a_number_or_does_not_apply(name: str) -> None:
    for text in (SEED, "", "\n", "a", "😀", "一二三"):
        value = figure(Document(text), name)
        assert value is None or value == value


@pytest.mark.parametrize("name", readability.FIGURES)
def test_readability_is_textstats_own(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function, languages = readability._FORMULAS[name]
    mine = readability.readability(SEED, name, languages[0])
    monkeypatch.setattr("nltk.download", lambda *_arguments, **_options: pytest.fail("it went to the network"))
    textstat.set_lang(f"{languages[0]}_{'US' if languages[0] == 'en' else languages[0].upper()}")
    theirs = getattr(textstat, function)(*((SEED, 1) if function == "wiener_sachtextformel" else (SEED,)))
    textstat.set_lang("en_US")
    assert mine == pytest.approx(theirs, abs=0.005)


def test_readability_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", lambda *_arguments: pytest.fail("it opened a connection"))
    assert readability.readability("The mill closed. It had stood for years.", "flesch-reading-ease") is not None


def test_a_formula_is_for_its_languages_alone() -> None:
    assert readability.readability("Der Rat tagte.", "flesch-kincaid-grade", "de") is None
    assert readability.readability("...", "flesch-reading-ease") is None


def test_a_plain_check_loads_none_of_it() -> None:
    program = (
        "import sys; from lintnews.cli import main; main(['check', '--isolated', '--exit-zero', sys.argv[1]]);"
        "print([m for m in sys.modules if m.split('.')[0] in ('textstat', 'nltk', 'ftfy') or 'evidence.figures' in m])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(SEEDS)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_readability_is_the_same_in_threads() -> None:
    texts = [SEED[start : start + 1500] for start in range(0, 2000, 40)]
    alone = [readability.readability(text, "gunning-fog") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(lambda text: readability.readability(text, "gunning-fog"), texts)) == alone
            for cached in readability._metrics().__dict__.values():
                getattr(cached, "cache_clear", lambda: None)()


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=60), st.integers(2, 6))
def test_repeats_are_counted_as_datatrove_counts_them(words: list[str], length: int) -> None:
    seen, size, at = set(), 0, 0
    while at + length <= len(words):
        row = tuple(words[at : at + length])
        size += length if row in seen else 0
        at += length if row in seen else 1
        seen.add(row)
    counted = Counts(" ".join(words))
    for shorter in (length, length - 1):  # what is known of short rows is used for long ones
        assert counted.again(length) == pytest.approx(size / max(1, len(counted.text))), shorter
        counted.again(length - 1)


def test_words_are_told_apart_as_spacy_does() -> None:
    text = "Mr. J. O'Brien of the U.S. can't say whether Next.js, COVID-19 or 1.7bn (3/8) matter -- he cannot."
    said = "Mr. J. O'Brien of the U.S. ca n't say whether Next.js , COVID-19 or 1.7bn ( 3/8 ) matter -- he can not ."
    assert Counts(text).tokens == said.split()


def test_counts_by_hand() -> None:
    counted = Counts("- Buy now.\n- Buy now.\nThe mill isn't shut…\n")
    assert counted.words == ["Buy", "now", "Buy", "now", "The", "mill", "is", "n't", "shut"]
    assert counted.lines_that_start("-") == pytest.approx(2 / 3)
    assert counted.lines_that_end("…") == pytest.approx(1 / 3)
    assert counted.repeated(paragraphs=False)[0] == pytest.approx(1 / 4)
    assert counted.c4[0] == 2
