"""Spun paraphrase: the screen is cheap, spun texts are found, sound ones are not, and mending comes to an end."""

import hashlib
import json
import subprocess
import sys
from itertools import pairwise

import numpy as np
import onnxruntime
import pytest
from conftest import GATE, SEEDS

import lintnews
from lintnews.detectors.spun import SpunDetector, _edits, _narrowed
from lintnews.diagnostic import Edit
from lintnews.document import Document
from lintnews.evidence.spun import SPUN, read, suspicion
from lintnews.evidence.spun.encoder import encoder, readings
from lintnews.evidence.spun.screen import DATA
from lintnews.evidence.spun.spelling import respelt
from lintnews.evidence.spun.weighing import weigh_again
from lintnews.evidence.spun.words import Word
from lintnews.fixes.ledger import restore

SEED = (SEEDS / "003_5f4908ddbc3df845.txt").read_text(encoding="utf-8")
SOUND = (GATE / "sound.txt").read_text(encoding="utf-8").split("\n====\n")
SPOILT = (GATE / "spun.txt").read_text(encoding="utf-8").split("\n====\n")
FLOORS = {"found": 19, "first": 8, "listed": 12, "others": 7}
"""Of the 32 spun words of the seed the encoder finds so many, with the original first, and listed, at least; others, at most."""


@pytest.mark.parametrize("text", SOUND, ids=lambda text: text[:24])
def test_sound_text_is_left_alone(text: str) -> None:
    assert read(text).confidence < SPUN


@pytest.mark.parametrize("text", SPOILT, ids=lambda text: text[:24])
def test_spun_text_is_found(text: str) -> None:
    assert read(text).confidence >= 0.95


CASES = [json.loads(line) for line in (GATE.parent / "cases" / "spun.jsonl").read_text(encoding="utf-8").splitlines()]
PHRASE = "The company said that it will close its plant in Leeds keeping in mind the end goal to save money,"
HARD = {"garbled_00", "garbled_01", "garbled_09", "garbled_10"}
"""Spun texts that are not found yet."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_honest_writers_of_any_register_are_no_spinners(case: dict[str, str]) -> None:
    assert read(case["text"]).is_spun == (case["expected"] == "spun" and case["id"] not in HARD)


def test_a_short_text_is_judged_by_known_pairs_and_set_phrases_only() -> None:
    odd = "The alderman discombobulated the kerfuffle, and the flummoxed gaggle guffawed at his blithering twaddle."
    assert not read(odd + " He then sat down, and nobody said a word until it was dark.").is_spun
    assert read(f"{PHRASE} and it wants to invest in web-based media. It said so on Monday.").is_spun


def test_words_change_only_in_an_article_that_counts_as_spun() -> None:
    text = f"{PHRASE} and that it will invest in machines. It employs 900 people."
    assert [d.rule for d in lintnews.check(text, select=["spun"])] == ["spun/phrase"]
    assert lintnews.clean(text, select=["spun"], unsafe_fixes=True).text == text


def test_a_span_is_reported_once() -> None:
    spans = [(d.start, d.end) for d in lintnews.check(SEED, select=["spun/word", "spun/phrase"])]
    assert all(end <= start for (_, end), (start, _) in pairwise(sorted(spans)))


def test_sound_texts_have_few_marks() -> None:
    assert sum(w.probability >= 0.5 for text in SOUND for w in read(text).words) <= len(SOUND) / 3


def test_the_spun_seed() -> None:
    expected = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))["003_5f4908ddbc3df845.txt"]["spun"]
    starts = Document(SEED).line_starts
    originals = {starts[s["line"] - 1] + s["column"] - 1: s["original"].lower().split("/") for s in expected}
    marks = {w.start: [s.lower() for s in w.suggestions] for w in read(SEED).words if w.probability >= 0.5}
    found = marks.keys() & originals.keys()
    assert len(found) >= FLOORS["found"]
    assert len(marks.keys() - originals.keys()) <= FLOORS["others"]
    assert sum(marks[start][0] in originals[start] for start in found) >= FLOORS["first"]
    assert sum(any(s in originals[start] for s in marks[start]) for start in found) >= FLOORS["listed"]


def test_the_encoder_answers_the_same_on_every_processor() -> None:
    digest = hashlib.sha256()
    for text in (SEED, *SOUND[:3]):
        for reading in readings(text):
            answer = (np.array([*reading.odds, reading.whole], dtype="<f4"), reading.hidden.astype("<f4"))
            digest.update(b"".join(array.tobytes() for array in answer))
    assert digest.hexdigest() == "202f792e8b7d6b0dde6ac9701d790f51d0f35c20504a301d54cd17de18980ae0"


def test_the_encoder_answers_the_same_with_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    once = readings(SEED)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    monkeypatch.setattr(encoder(), "session", onnxruntime.InferenceSession(str(DATA / "encoder.onnx"), options))
    for reading, again in zip(once, readings(SEED), strict=True):
        assert reading.odds == again.odds
        assert np.array_equal(reading.hidden, again.hidden)


def test_words_and_phrases_of_the_spun_seed() -> None:
    expected = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))["003_5f4908ddbc3df845.txt"]["spun"]
    lines = Document(SEED).line_starts
    spans = [
        (at := lines[s["line"] - 1] + s["column"] - 1, at + len(s["text"]), s["original"].lower().split("/")) for s in expected
    ]
    diagnostics = lintnews.check(SEED, select=["spun"], min_confidence=0.5)
    assert max(d.confidence for d in diagnostics if d.rule == "spun/article") >= 0.95
    marks = [d for d in diagnostics if d.rule != "spun/article"]
    found = first = listed = 0
    for start, end, originals in spans:
        over = [[s.lower() for s in d.suggestions] for d in marks if d.start < end and d.end > start]
        found += bool(over)
        first += any(suggestions[:1] and suggestions[0] in originals for suggestions in over)
        listed += any(original in suggestions for suggestions in over for original in originals)
    assert found >= 25
    assert first >= 15
    assert listed >= 20
    assert sum(not any(d.start < end and d.end > start for start, end, _ in spans) for d in marks) <= 7


def test_a_suggestion_is_spelt_as_the_text_spells() -> None:
    american = SEED.replace("efence", "efense").replace("signalling", "signaling").replace("neighbouring", "neighboring")
    for text, right, wrong in ((SEED, "behaviour", "behavior"), (american, "behavior", "behaviour")):
        word = next(w for w in read(text).words if text[w.start : w.end] == "deportment")
        assert right in word.suggestions
        assert wrong not in word.suggestions


@pytest.mark.parametrize(
    ("words", "word", "spelt"),
    [
        ("the defence budget", "behavior", "behaviour"),
        ("the defense budget", "behaviour", "behavior"),
        ("a centre of labor and labour", "color", "colour"),
        ("the budget", "behavior", "behavior"),
        ("defence and defense", "behavior", "behavior"),
        ("the defence budget", "organize", "organize"),  # and so do some British writers
        ("the defence organised", "recognize", "recognise"),
        ("the defence organized", "recognise", "recognize"),
        ("the defense budget", "organise", "organize"),
        ("the defence budget", "check", "check"),
    ],
)
def test_what_a_text_shows_of_its_spelling(words: str, word: str, spelt: str) -> None:
    assert respelt(words.split()).get(word, word) == spelt


def test_in_a_spun_article_another_form_of_a_word_speaks_for_it_and_quotation_does_not() -> None:
    words = [
        Word((0, 1), word, 1.0, [1.0, 0.0, 1.0, -3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], None, own)
        for word, own in (("drill", True), ("drills", True), ("writ", True), ("wilt", False))
    ]
    weigh_again(words)
    drill, drills, writ, wilt = (word.odds for word in words)
    assert drill == drills < writ == wilt


@pytest.mark.parametrize(
    ("phrase", "suggestion", "narrowed"),
    [
        ("has wilt", "has become", (4, 4, "become")),
        ("adds a resulting", "adds another", (5, 11, "another")),
        ("fills in as", "serves as", None),
        ("web-based media", "social media", (0, 9, "social")),
        ("so far as", "as", None),
        ("keeping in mind the end goal to", "in order to", None),
        ("the the", "the", None),
    ],
)
def test_a_set_phrase_is_narrowed_to_what_differs(phrase: str, suggestion: str, narrowed: tuple[int, int, str] | None) -> None:
    assert _narrowed(phrase, suggestion) == narrowed


def test_the_other_seeds_are_not_marked() -> None:
    for path in SEEDS.glob("*.txt"):
        if "003" not in path.name:
            assert read(path.read_text(encoding="utf-8")).words == ()


def test_sound_text_loads_no_model() -> None:
    program = "import sys, lintnews; lintnews.check(sys.stdin.read(), select=['spun']); print('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], input=SOUND[0], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_the_screen_needs_some_text() -> None:
    assert suspicion("")[1] == 0
    assert read("").words == ()
    assert read("Unchangingly ramified deportment.").confidence == 0.0


def test_a_document_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    spun = read(SPOILT[0])
    monkeypatch.setattr("lintnews.evidence.spun.read", lambda text, model: calls.append((text, model)) or spun)
    document = Document(SPOILT[0])
    for report in ("article", "word"):
        assert list(SpunDetector(report).find(document))
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("text", "word", "edits"),
    [
        ("an structuring", "alignment", [Edit(3, 14, "alignment")]),
        ("an structuring", "plan", [Edit(0, 2, "a"), Edit(3, 14, "plan")]),
        ("A utterance", "announcement", [Edit(0, 1, "An"), Edit(2, 11, "announcement")]),
        ("an hour of span", "time", [Edit(11, 15, "time")]),
        ("an unused", "unique", [Edit(0, 2, "a"), Edit(3, 9, "unique")]),
    ],
)
def test_the_article_before_a_word_is_mended(text: str, word: str, edits: list[Edit]) -> None:
    start = text.rindex(" ") + 1
    assert list(_edits(text, start, len(text), word)) == edits


def test_suggestions_keep_the_case() -> None:
    words = {SEED[w.start : w.end]: w for w in read(SEED).words}
    assert words["Older"].suggestions[0] == "Earlier"
    assert words["older"].suggestions[0] == "earlier"


def test_mending_ends_and_can_be_undone() -> None:
    once = lintnews.clean(SEED, select=["spun"], unsafe_fixes=True)
    assert once.text != SEED
    assert lintnews.clean(once.text, select=["spun"], unsafe_fixes=True).text == once.text
    assert restore(once.text, once.ledger) == SEED


def test_safe_fixes_change_no_word() -> None:
    assert lintnews.clean(SEED, select=["spun"]).text == SEED
