"""The language of a text is told from a few sentences, and not from too little."""

from __future__ import annotations

import pytest

from lintnews.document.language import language

TEXTS = {
    "en": "The council met on Monday, and it will meet again when the engineer has come back from the city.",
    "de": "Der Rat tagte am Montag und wird sich wieder mit der Brücke befassen, wenn der Ingenieur zurück ist.",
    "fr": "Le conseil s'est réuni lundi dans la salle, et les élus ont voté pour le pont avec une large majorité.",
    "es": "El alcalde dijo que los vecinos del barrio no están contentos con las obras, según un informe de la ciudad.",
    "pt": "O prefeito disse que as obras não foram feitas pela empresa e que os moradores também estão à espera de uma resposta.",
    "it": "Il sindaco ha detto che i lavori della piazza non sono stati fatti dalla ditta, come era scritto nel contratto.",
    "nl": "De burgemeester zei dat het werk aan de brug niet door de aannemer is gedaan, maar ook niet door een ander bedrijf.",
    "pl": "Burmistrz powiedział, że prace przy moście nie zostały wykonane przez firmę, która je dostała, i że się opóźnią.",
    "ru": "Мэр сказал, что работы на мосту не были выполнены в срок, и что это было не по вине города.",
    "uk": "Мер сказав, що роботи на мосту не були виконані у строк, і що це було не за провиною міста, як та що була.",
    "sv": "Borgmästaren sade att arbetet på bron inte har blivit av, och att det är för sent för en ny entreprenör.",
    "zh": "市议会星期一开会讨论大桥的修缮问题。",
    "ja": "市議会は月曜日に橋の修理について話し合った。",
    "ko": "시의회는 월요일에 다리 보수 문제를 논의했다.",
    "th": "สภาเมืองประชุมเมื่อวันจันทร์เรื่องการซ่อมสะพาน",
    "ar": "قال رئيس البلدية إن العمل على الجسر لم ينته بعد في هذا العام من المشروع الذي كان مقررا",
    "el": "Ο δήμαρχος είπε ότι τα έργα στη γέφυρα δεν έγιναν από την εταιρεία και ότι θα καθυστερήσουν.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_or_two_tell_the_language(code: str) -> None:
    assert language(TEXTS[code], TEXTS[code].lower().split()) == code


@pytest.mark.parametrize("text", ["", "Gustavsson 3, Ferreira 2", "12 - 14", "😀 😀"])
def test_too_little_tells_none(text: str) -> None:
    assert language(text, text.lower().split()) == ""
