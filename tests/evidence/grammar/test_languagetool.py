"""The real LanguageTool, started as a user starts it: offsets, variants, paragraphs in any company, spelling, and its end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import put

from lintnews.document import Document
from lintnews.evidence.grammar.checker import Checker, Grammar
from lintnews.evidence.grammar.languagetool import LanguageTool
from lintnews.examples import unmarked
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules

FOLDER = os.environ.get("LINTNEWS_TEST_LANGUAGETOOL", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="no LanguageTool: tests/languagetool/fetch FOLDER gets it with Maven")
ONLY_HARPER = {"grammar/other", "grammar/regional-word", "grammar/style"}
"""Rules whose examples are of Harper's rules."""
SENTENCES = (
    "The mayor said he go to the bridge every day, and 😀 she have seen it.",
    "It was an bridge that the town had wanted for years, a 👩\u200d👩\u200d👧 apple and the the end.",
    "However the council met on on Monday to talk about 𝒳 and 𝒴, which could of mended it.",
    "“It is shut,” he said. “Nobody knows for how long, and he go there",
    "to look at it (each day.”",
    "Soft­ly the ba\u200bnd play, \ufeffand he go\u0301 home 🇬🇧, he go home.",
)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    from lintnews.running.languagetool import installed, start

    folder = installed(FOLDER)
    assert folder is not None
    server = start(folder)
    yield server.url
    server.stop()
    assert server.process.poll() is not None


def test_the_examples_hold(url: str) -> None:
    checker = Checker(Grammar("languagetool", url))
    missed = []
    for rule in load_rules():
        if rule.family != "grammar" or rule.id in ONLY_HARPER:
            continue
        linter = Linter([rule])
        found = [[(d.start, d.end) for d in linter.check(Document(unmarked(e.text)[0], known=[checker]))] for e in rule.bad]
        missed += [e.text for e, spans in zip(rule.bad, found, strict=True) if spans != unmarked(e.text)[1]]
        assert [d for text in rule.good for d in linter.check(Document(text, known=[checker]))] == []
    assert missed == ["There is an ⟦over view⟧ of the bridge on the wall."]
    assert checker.told() == []


def test_spans_are_the_words_that_are_meant(url: str) -> None:
    for sentence in SENTENCES:
        for match in LanguageTool(url).find([sentence], "en", False)[0]:
            found = sentence[match.start : match.end]
            if match.rule == "HE_VERB_AGR":
                assert found.rstrip("\u0301") in ("go", "have")
            if match.kind == "repeated-word":
                assert len(set(found.split())) == 1
            if match.rule == "EN_A_VS_AN":
                assert found in ("a", "an")


def test_a_paragraph_gives_the_same_in_any_company(url: str) -> None:
    tool = LanguageTool(url)
    alone = [tool.find([sentence], "en-GB", False)[0] for sentence in SENTENCES]
    assert tool.find(SENTENCES, "en-GB", False) == alone
    assert tool.find(SENTENCES[::-1], "en-GB", False) == alone[::-1]
    assert sum(map(len, alone)) >= 6


def test_british_and_american_are_both_right(url: str) -> None:
    checker = Checker(Grammar("languagetool", url))
    for text in (
        "The defence minister apologised for the colour of the theatre, which is grey, and the centre was full of travellers.",
        "The defense secretary apologized for the color of the theater, which is gray, and the center was full of travelers.",
        "The team have won the cup. The team has won the cup. The government is divided, and the government are divided.",
    ):
        for spelling in (True, False):
            assert [m for m in checker.check(Document(text), spelling).matches if m.kind != "regional-word"] == []


def test_spelling_is_left_alone_unless_asked(url: str) -> None:
    text = "Siobhán Ní Bhroin of Dún Laoghaire recieved teh letter from Mr Nguyễn at the Kraftwerk in Łódź on Monday evening."
    checker = Checker(Grammar("languagetool", url))
    assert checker.check(Document(text), False).matches == ()
    assert {"recieved"} <= {text[m.start : m.end] for m in checker.check(Document(text), True).matches}


def test_other_languages_that_it_knows(url: str) -> None:
    spanish = "El alcalde dijo que la puente está cerrado desde marzo, y que los vecinos de la ciudad lo quiere abierto."
    found = Checker(Grammar("languagetool", url)).check(Document(spanish), False)
    assert found.is_complete
    assert {spanish[m.start : m.end] for m in found.matches} & {"la", "la puente", "quiere", "puente"}


def test_as_a_user_runs_it(tmp_path: Path) -> None:
    put(
        tmp_path / "a.txt",
        "The council met on Monday to talk about the bridge, and the mayor said he go there each day to look at it.\n",
    )
    command = [
        sys.executable,
        "-m",
        "lintnews",
        "check",
        "--isolated",
        "--select",
        "grammar",
        "--output-format",
        "concise",
        "a.txt",
    ]
    done = subprocess.run([*command, "--languagetool-path", FOLDER], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "a.txt:1:" in done.stdout
    assert "HE_VERB_AGR" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")
