"""Edits are chosen the same way every time, tidied, and undone from the ledger."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lintnews.diagnostic import Diagnostic, Edit, Fix, Safety
from lintnews.fixes import Revision, choose
from lintnews.fixes.ledger import LedgerEntry, offset_map, restore
from lintnews.fixes.tidying import tidy


def diagnostic(*edits: Edit, confidence: float = 0.9, rule: str = "test/rule", safety: Safety = "safe") -> Diagnostic:
    return Diagnostic(
        "a.txt", rule, "info", confidence, "m", edits[0].start, edits[0].end, 1, 1, 1, 1, "", fix=Fix(safety, edits)
    )


def test_a_list_goes_before_its_surer_heading_and_a_part_of_a_line_before_the_line() -> None:
    heading, line = diagnostic(Edit(0, 4), confidence=0.95), diagnostic(Edit(20, 40), confidence=0.8)
    listed = diagnostic(Edit(0, 10), confidence=0.6)._replace(text="More\nTides")
    part = diagnostic(Edit(30, 40), confidence=0.9)
    assert choose([heading, line, listed, part], True, 0) == [listed, part]


def revised(text: str, *edits: Edit) -> str:
    revision = Revision(text)
    revision.apply([diagnostic(edit) for edit in edits])
    return revision.text


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("A.\n\nB\n\nC", 4, 5, "A.\n\nC"),
        ("A.\nB\n\nC", 3, 4, "A.\n\nC"),
        ("A.\n\nB\nC", 4, 5, "A.\n\nC"),
        ("A\n\nB\n\n\n", 3, 4, "A\n"),
        ("A\n\nB", 3, 4, "A"),
        ("B\n\nC", 0, 1, "C"),
        ("B\n", 0, 1, ""),
        ("A\r\n\r\nB\r\n", 5, 6, "A\r\n"),
        ("A\r\rB\rC", 3, 4, "A\r\rC"),
        ("  B  \nC", 2, 3, "C"),
        ("say foo bar.", 4, 7, "say bar."),
        ("say foo.", 4, 7, "say."),
        ("foo bar", 0, 3, "bar"),
        ("one foo\ntwo", 4, 7, "one\ntwo"),
    ],
)
def test_deletions_leave_no_stray_space(text: str, start: int, end: int, expected: str) -> None:
    assert revised(text, Edit(start, end)) == expected


@pytest.mark.parametrize(
    ("text", "gone", "expected"),
    [
        ("A.\n\n## Share\n\nC.", "Share", "A.\n\nC."),
        ("A.\n\n> Share\n\nC.", "Share", "A.\n\nC."),
        ("> A.\n>\n> Share\n\nC.", "Share", "> A.\n\nC."),
        ("> A.\n>\n> Share\n>\n> C.", "Share", "> A.\n>\n> C."),
        ("- A.\n- Share\n- C.", "Share", "- A.\n- C."),
        ("1. A.\n2. Share", "Share", "1. A."),
        ("> - Share\n\nC.", "Share", "C."),
        ("A.\n\n**Share**\n\nC.", "Share", "A.\n\nC."),
        ("A.\n\n## *Share*\n\nC.", "Share", "A.\n\nC."),
        ("In 1999. Share", "Share", "In 1999."),
        ("A * Share", "Share", "A *"),
    ],
)
def test_no_mark_of_a_block_stays_behind(text: str, gone: str, expected: str) -> None:
    start = text.index(gone)
    assert revised(text, Edit(start, start + len(gone))) == expected


def test_neighbouring_deletions_keep_the_widest_gap_once() -> None:
    text = "A.\n\nB\nC\n\n\nD\n"
    assert revised(text, Edit(4, 5), Edit(6, 7)) == "A.\n\n\nD\n"


def test_the_surer_fix_wins_whatever_the_order() -> None:
    sure, unsure = diagnostic(Edit(0, 5), confidence=0.9), diagnostic(Edit(3, 8), confidence=0.8)
    other = diagnostic(Edit(5, 7), confidence=0.5)
    for order in ([sure, unsure, other], [other, unsure, sure]):
        assert choose(order, unsafe=True, min_confidence=0) == [sure, other]


def test_safety_and_confidence_limit_the_choice() -> None:
    safe, unsafe = diagnostic(Edit(0, 1)), diagnostic(Edit(2, 3), safety="unsafe")
    assert choose([safe, unsafe], unsafe=False, min_confidence=0) == [safe]
    assert choose([safe, unsafe], unsafe=True, min_confidence=0.95) == []


TEXT = st.text(alphabet="ab \n\r.é🌾", max_size=40)


@given(TEXT, st.randoms(use_true_random=False))
def test_restore_undoes_any_passes(text: str, rng: random.Random) -> None:
    revision = Revision(text)
    for _ in range(3):
        found = []
        for _ in range(rng.randint(0, 4)):
            start = rng.randint(0, len(revision.text))
            edit = Edit(start, min(len(revision.text), start + rng.randint(0, 8)), rng.choice(["", "", "xy", "Q \n"]))
            found.append(diagnostic(edit, confidence=rng.random()))
        chosen = choose(found, unsafe=True, min_confidence=0)
        expected = revision.text
        for edit in reversed(tidy(revision.text, sorted(e for d in chosen if d.fix for e in d.fix.edits))):
            expected = expected[: edit.start] + edit.replacement + expected[edit.end :]
        revision.apply(chosen)
        assert revision.text == expected
    entries = [LedgerEntry.from_dict(json.loads(json.dumps(e.to_dict()))) for e in revision.ledger()]
    assert restore(revision.text, entries) == text
    for entry in entries:
        assert text[entry.start : entry.end] == entry.removed
        assert revision.text[entry.cleaned_start : entry.cleaned_end] == entry.inserted


def test_offsets_map_both_ways() -> None:
    revision = Revision("one two three")
    revision.apply([diagnostic(Edit(4, 7, "2"))])
    offsets = offset_map(revision.ledger())
    assert revision.text == "one 2 three"
    assert [offsets.to_cleaned(n) for n in (0, 4, 5, 8, 13)] == [0, 4, 4, 6, 11]
    assert [offsets.to_original(n) for n in (0, 4, 6, 11)] == [0, 4, 8, 13]


def test_restore_refuses_a_changed_text() -> None:
    revision = Revision("one two three")
    revision.apply([diagnostic(Edit(4, 7, "2"))])
    with pytest.raises(ValueError, match="offset 4"):
        restore("one 3 three", revision.ledger())
