"""Relations are right about copies and look-alikes, exact in their numbers, and the same whichever text comes first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lintnews
from lintnews.evidence.duplicates.fingerprint import SIGNATURE, key_of, keys_of, may_overlap
from lintnews.evidence.duplicates.likeness import Relation
from lintnews.evidence.duplicates.stories import compare

SENTENCE = "the council voted on Monday to close the old bridge for a year while 12 workers mend its rusty piers Ana Berg said"
WORDS = st.sampled_from(SENTENCE.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)
EDITED = st.tuples(TEXTS, st.lists(st.tuples(st.integers(0, 40), WORDS), max_size=4))

BRIDGE = "The county closed the old bridge over the Marsh on Friday after divers found cracks in two of its piers."

REPEATS = {
    Relation.EXACT: [(BRIDGE, f"  {BRIDGE} ")],
    Relation.SAME: [
        (
            "“It’s over”, she said – twice – to the people at the gate.",
            '"It\'s over," she said - twice - to the people at the gate',
        ),
        (
            "Das Cafe\u0301 am Markt schließt im März für immer seine Türen.",
            "DAS CAFÉ AM MARKT SCHLIESST IM MÄRZ FÜR IMMER SEINE TÜREN.",
        ),
    ],
    Relation.NEAR: [(BRIDGE, BRIDGE.replace("divers", "inspectors")), (BRIDGE, BRIDGE.replace("found", "had found"))],
    Relation.CONTAINED: [(BRIDGE, f"{BRIDGE} It was built by her grandfather's firm, which also laid the road on either bank.")],
    Relation.TEASER: [
        (f"{BRIDGE[:70]}…", BRIDGE),
        (f"{BRIDGE[:75]}... Read more", f"{BRIDGE} Nobody was hurt when the first of them gave way."),
    ],
    Relation.CREDITED: [(BRIDGE, f"MARSH TOWN (Reuters) - {BRIDGE}")],
}
EDITED_COPIES = {
    "misread by a scanner": BRIDGE.replace("closed", "cloesd").replace("Friday", "Fridav").replace("divers", "dlvers"),
    "edited all over": (
        "The county shut the bridge across the Marsh on Friday after divers had found new cracks in two of its old piers."
    ),
    "a sentence within others": (
        f"Nothing moves in Lower Marsh. {BRIDGE} It was built by her grandfather, who closed it, too, to mend the piers."
    ),
}
LOOK_ALIKES = {
    "a number, and edited all over": (
        "The county shut the bridge across the Marsh on Friday after divers had found 12 new cracks in two of its piers.",
        "The county closed the old bridge over the Marsh on Friday after divers found 30 cracks in two of its piers.",
    ),
    "a number": (
        "Rainfall in the valley was 12 mm on both days of the fair.",
        "Rainfall in the valley was 14 mm on both days of the fair.",
    ),
    "a name": (
        "Anna Berg scored twice for the visitors before the break and was cheered.",
        "Carla Dunn scored twice for the visitors before the break and was cheered.",
    ),
    "a month": (
        "The fair opens on the first day of May and ends a week later.",
        "The fair opens on the first day of June and ends a week later.",
    ),
    "a heading": (
        "The end of the line",
        "The end of the line came on Sunday, when the last tram left the depot for the museum by the sea.",
    ),
    "a lead-in": (
        "These are the rules for the pool:",
        "These are the rules for the pool: no running, no diving, no balls and no dogs.",
    ),
    "items": ("- Two eggs and a cup of milk", "- Two eggs and a cup of milk"),
    "questions": ("Q: What did you do before the war?", "Q: What did you do before the war?"),
    "a quote": (
        "The drill “doesn't target any third party”, the ministry said in a statement on Saturday.",
        "Asked about it, an expert repeated that it “doesn't target any third party” and is routine.",
    ),
}


@pytest.mark.parametrize(("relation", "first", "second"), [(k, a, b) for k, pairs in REPEATS.items() for a, b in pairs])
def test_repeats(relation: Relation, first: str, second: str) -> None:
    likeness = compare(first, second)
    assert likeness.relation is relation
    assert likeness.repeats


@pytest.mark.parametrize("name", EDITED_COPIES)
def test_a_sentence_is_known_again_though_few_of_its_runs_of_words_are_left(name: str) -> None:
    assert compare(BRIDGE, EDITED_COPIES[name]).repeats


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_look_alikes_are_no_repeats(name: str) -> None:
    assert not compare(*LOOK_ALIKES[name]).repeats


def test_the_words_that_differ_are_told_as_they_are_written() -> None:
    likeness = compare("He walked to Paris on a Friday in the rain.", "He ran to Paris on a Friday in the rain and snow.")
    assert [(c.first, c.second, c.at, c.there) for c in likeness.changes] == [
        (("walked",), ("ran",), 1, 1),
        ((), ("and", "snow"), 10, 10),
    ]
    assert [c.reversed().first for c in likeness.changes] == [("ran",), ("and", "snow")]


@given(TEXTS, TEXTS)
def test_similarity_is_exact(a: str, b: str) -> None:
    def shingles(text: str) -> set[tuple[str, ...]]:
        w = text.lower().split()
        return {tuple(w[i : i + 3]) for i in range(len(w) - 2)} if len(w) > 2 else {tuple(w)}

    x, y = shingles(a), shingles(b)
    likeness = compare(a, b)
    assert likeness.similarity == len(x & y) / len(x | y)
    assert likeness.containment == len(x & y) / min(len(x), len(y))


@settings(max_examples=300)
@given(EDITED)
def test_a_likeness_does_not_depend_on_which_text_comes_first(edited: tuple[str, list[tuple[int, str]]]) -> None:
    a, edits = edited
    words = a.split()
    for at, word in edits:
        words[at : at + len(word) % 2] = [word]
    b = " ".join(words)
    there, back = compare(a, b), compare(b, a)
    assert there.relation is back.relation
    assert (there.similarity, there.containment) == (back.similarity, back.containment)
    assert there.changes == tuple(change.reversed() for change in back.changes)


@given(st.text(), st.text())
def test_anything_can_be_compared(a: str, b: str) -> None:
    assert 0 <= compare(a, b).similarity <= compare(a, b).containment <= 1
    assert compare(a, a).similarity == 1


@given(st.lists(st.text(st.characters(exclude_characters="\n"))))
def test_keys_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    assert keys_of(texts) == [key_of(text) for text in texts]


def test_signatures_agree_where_texts_do() -> None:
    first, same, near, other = map(
        lintnews.signature, (BRIDGE, BRIDGE.upper(), f"MARSH TOWN - {BRIDGE}", "An orchard was felled.")
    )
    assert len(first) == SIGNATURE == 24
    assert first == same
    assert first[:8] != near[:8]
    assert {first[k : k + 4] for k in range(8, 24, 4)} & {near[k : k + 4] for k in range(8, 24, 4)}
    assert first[:8] != other[:8]


def test_compare_is_public() -> None:
    assert lintnews.compare(BRIDGE, BRIDGE).repeats


def test_probes_find_what_is_contained() -> None:
    assert may_overlap(key_of(BRIDGE), key_of(f"Before it. {BRIDGE} After it."))
    assert not may_overlap(key_of(BRIDGE), key_of("A wholly different text about an orchard that was felled in the winter."))
