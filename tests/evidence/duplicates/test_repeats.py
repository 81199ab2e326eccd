"""Repeats within an article: which copy goes, what is safe, and that the work grows with the text and no faster."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lintnews.evidence.duplicates.repeats
from lintnews.evidence.duplicates.likeness import Likeness, Relation
from lintnews.evidence.duplicates.pairs import MOST_PAIRS, find_pairs
from lintnews.evidence.duplicates.repeats import RUN, Repeat, Standing, find_repeats
from lintnews.evidence.duplicates.words import Text

LONG = [
    "The county closed the old bridge over the Marsh on Friday after divers found cracks in two of its piers.",
    "Traffic is led over the new road by the station, which takes a quarter of an hour longer in the morning.",
    "Most of the shops on the far bank have agreed to open an hour later until the work is done in the autumn.",
    "Her grandfather built the bridge with his own hands and those of forty men from the villages around it.",
    "Nobody has yet said who is to pay for the repair, which the engineers put at more than two million.",
    "Children from the school have painted the barriers in bright colours, and the baker gives them buns for it.",
]
SHORT = ["Photo: Harbour Press", "Applause.", "Rain again until Friday evening", "Read on below"]


def repeats(paragraphs: Sequence[str], body: Sequence[int] | None = None) -> list[Repeat]:
    return find_repeats(paragraphs, find_pairs(paragraphs), lambda i: "amid" if body is None or i in body else "outside")


def places(found: Sequence[Repeat]) -> list[tuple[int, int, Relation, bool]]:
    return [(r.original.start, r.copies[0].start, r.likeness.relation, r.safe) for r in found]


def test_the_later_of_two_goes() -> None:
    assert places(repeats([LONG[0], LONG[1], LONG[2], LONG[0]])) == [(0, 3, Relation.EXACT, True)]


def test_the_earlier_goes_if_it_stands_apart_and_the_later_in_running_text() -> None:
    texts = [LONG[0], LONG[1], LONG[2], LONG[0], LONG[3]]

    def copy(earlier: Standing, later: Standing) -> int:
        found = find_repeats(texts, find_pairs(texts), lambda i: {0: earlier, 3: later}.get(i, "between"))
        return found[0].copies[0].start

    assert copy("apart", "amid") == 0
    assert {copy("between", "amid"), copy("amid", "amid"), copy("apart", "between"), copy("apart", "apart")} == {3}


def test_the_one_outside_the_body_goes() -> None:
    assert places(repeats([LONG[0], SHORT[0], LONG[1], LONG[0]], body=[2, 3])) == [(3, 0, Relation.EXACT, True)]


def test_the_shorter_one_goes_though_it_comes_first() -> None:
    teaser = LONG[0][:70] + "…"
    assert places(repeats([teaser, LONG[1], LONG[0]])) == [(2, 0, Relation.TEASER, False)]
    assert places(repeats([LONG[0], LONG[1], f"MARSH TOWN — {LONG[0]}"])) == [(2, 0, Relation.CREDITED, False)]


def test_eight_words_are_safe_nearby_and_twelve_anywhere() -> None:
    eight = "Volunteers carry sandbags along the old river wall"
    apart = [eight, *LONG[:3], eight]
    assert places(repeats([eight, eight, LONG[0]])) == [(0, 1, Relation.EXACT, True)]
    assert places(repeats(apart)) == [(0, 4, Relation.EXACT, False)]


def test_fewer_words_count_only_when_the_next_paragraph_repeats_them() -> None:
    assert places(repeats([SHORT[2], SHORT[2], LONG[0]])) == [(0, 1, Relation.EXACT, False)]
    assert repeats([SHORT[2], LONG[0], SHORT[2]]) == []
    assert repeats([SHORT[1], SHORT[1]]) == []


def test_items_count_only_when_the_next_one_repeats_them() -> None:
    item = "- Two eggs and a cup of cold milk"
    assert places(repeats([LONG[0], item, item])) == [(1, 2, Relation.SAME, True)]
    assert repeats([item, "- Salt", item]) == []


def test_words_are_counted_in_scripts_without_spaces() -> None:
    eleven_signs = "政府表示将继续调查此事。"
    long = "省里的官员只说要到现场看了再决定，没有给出期限，合作社主任说秋天的播种就赶不上了。"
    assert repeats([eleven_signs, *LONG[:3], eleven_signs]) == []
    assert places(repeats([long, *LONG[:3], long])) == [(0, 4, Relation.EXACT, True)]
    assert places(repeats([long, *LONG[:3], long.replace("期限", "日期")])) == [(0, 4, Relation.NEAR, False)]


def test_a_long_run_is_one_repeat_and_a_short_one_several() -> None:
    twice = [*LONG[:RUN], *LONG[:RUN]]
    assert [(r.original, r.copies, r.safe) for r in repeats(twice)] == [(range(RUN), (range(RUN, 2 * RUN),), True)]
    assert len(repeats([*LONG[:3], *LONG[:3]])) == 3
    edited = [*LONG[:RUN], *LONG[: RUN - 1], LONG[RUN - 1].replace("yet", "so far")]
    assert [(r.original, r.safe) for r in repeats(edited)] == [(range(RUN), False)]


def test_more_than_eight_copies_are_one_repeat() -> None:
    (found,) = repeats([p for k in range(10) for p in (LONG[0], f"{k} of those who came stayed until the very end of it.")])
    assert (found.original, len(found.copies), found.safe) == (range(1), 9, True)


def test_a_page_in_one_paragraph_does_not_contain_all_others() -> None:
    assert repeats([LONG[0], " ".join([*LONG, *(f"{line} {n}" for n in range(30) for line in reversed(LONG))])]) == []


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from([*LONG, *SHORT, LONG[0].replace("old", "ancient"), LONG[1][:60] + "..."]), max_size=25), st.data()
)
def test_of_each_text_something_is_left(paragraphs: list[str], data: st.DataObject) -> None:
    body = data.draw(st.sets(st.integers(0, 25)))
    found = repeats(paragraphs, sorted(body))
    removed = [k for r in found for copy in r.copies for k in copy]
    assert len(removed) == len(set(removed))
    safe = {k for r in found if r.safe for copy in r.copies for k in copy}
    left = {tuple(Text(p).words) for k, p in enumerate(paragraphs) if k not in safe}
    assert left == {tuple(Text(p).words) for p in paragraphs}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs were compared, word by word."""
    calls = [0]
    compare = lintnews.evidence.duplicates.repeats.compare_texts

    def counted(a: Text, b: Text) -> Likeness:
        calls[0] += 1
        return compare(a, b)

    monkeypatch.setattr(lintnews.evidence.duplicates.repeats, "compare_texts", counted)
    return calls


def test_identical_lines_are_compared_once_each(compared: list[int]) -> None:
    (found,) = repeats([LONG[0]] * 5000)
    assert len(found.copies) == 4999
    assert compared[0] <= 5000


def test_lines_that_differ_in_a_number_or_a_word_are_summed_up(compared: list[int]) -> None:
    for line in (
        "The council approved the budget for ward {} on Tuesday after a long debate.",
        "The man called {} closed the bridge on Friday.",
    ):
        compared[0] = 0
        found = repeats([line.format(chr(97 + k % 26) * (3 + k // 26 % 9) + str(k)) for k in range(8000)])
        assert len(found) <= 1
        assert compared[0] <= 2 * MOST_PAIRS


def test_an_article_pasted_again_and_again_is_one_repeat(compared: list[int]) -> None:
    (found,) = repeats(LONG * 400)
    assert (found.original, len(found.copies), found.safe) == (range(6), 399, True)
    assert compared[0] <= 400 * len(LONG)


def test_which_candidates_are_tried_does_not_depend_on_the_hash_seed() -> None:
    program = "import sys; from lintnews.evidence.duplicates import pairs as p; print(p.find_pairs(sys.argv[1].split('|')).found)"
    earlier = ["u".join(letter * n for n in (12, 13, 14)) for letter in "abefg"]  # three chunks each
    text = "|".join([*earlier, " ".join(earlier)])
    seeds = ("1", "2", "3", "4", "5")
    runs = [
        subprocess.run(
            [sys.executable, "-c", program, text], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        for seed in seeds
    ]
    assert b"(" in runs[0].stdout
    assert {run.stdout for run in runs} == {runs[0].stdout}
