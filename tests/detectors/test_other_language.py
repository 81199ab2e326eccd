"""Passages in another language are reported; quotations of a few words, and languages too near to be told apart, are not."""

from __future__ import annotations

import pytest

import lintnews

ENGLISH = (
    "The council met on Monday to talk about the bridge, which has been shut since the flood, and the mayor said that it is safe."
)
GERMAN = (
    "Der Rat hat am Montag über die Brücke gesprochen, die seit der Flut nicht offen ist, und der Bürgermeister hat das gesagt."
)
JAPANESE = (
    "市議会は月曜日に橋について話し合い、市長は冬までに資金が見つかると述べた。技術者は来週また報告する予定だと話している。"
)
DANISH = (
    "Byrådet mødtes mandag for at tale om broen, som er lukket siden oversvømmelsen, og borgmesteren sagde, at pengene er der."
)
NORWEGIAN = (
    "Byrådet møttes mandag for å snakke om broen, som har vært stengt siden flommen, og ordføreren sa at pengene er der nå."
)


def found(*paragraphs: str) -> list[str]:
    return [d.text for d in lintnews.check("\n\n".join(paragraphs), select=["text/other-language"])]


@pytest.mark.parametrize("foreign", [GERMAN, JAPANESE])
def test_a_foreign_paragraph_is_found(foreign: str) -> None:
    assert found(ENGLISH, foreign, ENGLISH) == [foreign]
    assert found(ENGLISH, ENGLISH, foreign, foreign) == [f"{foreign}\n\n{foreign}"]


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, JAPANESE, DANISH])
def test_an_article_in_one_language_is_left_alone(text: str) -> None:
    assert found(text, text, text) == []


def test_what_is_short_or_near_is_left_alone() -> None:
    assert found(ENGLISH, "„Das ist nicht die Frage“, sagte er auf der Brücke.", ENGLISH) == []
    assert found(DANISH, NORWEGIAN, DANISH) == []
