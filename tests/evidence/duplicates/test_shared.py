"""What articles share does not depend on their order, on the workers or on memory, and costs no more than they are long."""

import json
import os
import random
import subprocess
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lintnews
import lintnews.evidence.duplicates.shared
import lintnews.evidence.duplicates.spill
from lintnews.document import Document
from lintnews.evidence.duplicates.likeness import Likeness
from lintnews.evidence.duplicates.observing import observe
from lintnews.evidence.duplicates.shared import MOST_NAMED, Corpus, Shared
from lintnews.evidence.duplicates.stories import compare
from lintnews.evidence.duplicates.words import Text
from lintnews.linter import Linter

RULES = ("duplicate/shared-article", "duplicate/shared-paragraph")
SELECT = ("--isolated", "--select", ",".join(RULES), "--exit-zero")
BIO = "Lena Holt has written about bridges, harbours and the people who keep them up for more than twenty years."
PARAGRAPHS = [
    "The county closed the old bridge over the Marsh on Friday after divers found cracks in two of its piers.",
    "Traffic is led over the new road by the station, which takes a quarter of an hour longer in the morning.",
    "Most of the shops on the far bank have agreed to open an hour later until the work is done in the autumn.",
    "Her grandfather built the first boats here with his own hands, and with those of forty men from around.",
    "Nobody has yet said who is to pay for the repair, which the engineers put at more than two million.",
    "Rain again.",
]
VARIANTS = [*PARAGRAPHS, *(p.replace("the", "every", 1) for p in PARAGRAPHS[:3]), f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", BIO]
ARTICLES = st.lists(st.lists(st.sampled_from(VARIANTS), max_size=6).map("\n".join), max_size=8)


def shared(articles: Sequence[str], spill: str | None = None) -> list[Shared]:
    documents = [Document(article, f"{n}.txt") for n, article in enumerate(articles)]
    with Corpus(documents.__getitem__, spill) as corpus:
        for document in documents:
            corpus.add(observe(document))
        return list(corpus.shared())


def check(*arguments: str, cwd: Path) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "lintnews", "check", *SELECT, "--output-format", "jsonl", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=cwd, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_paragraph_in_several_articles_is_reported_once_with_partners_and_count() -> None:
    articles = [f"Piece number {n} is about something else.\n{BIO}" for n in range(MOST_NAMED + 5)]
    (found,) = shared(articles)
    assert (found.original.document, found.original.paragraph, found.original.line) == (0, 1, 2)
    assert [copy.document for copy in found.copies] == list(range(1, MOST_NAMED + 1))
    assert found.count == MOST_NAMED + 4
    assert articles[3][found.copies[2].start : found.copies[2].end] == BIO


def test_of_an_article_filed_twice_the_paragraphs_are_not_reported_too() -> None:
    first = "\n".join(PARAGRAPHS)
    second = first.replace("Friday", "Friday evening")
    (found,) = shared([first, "Nothing of the kind.", second])
    assert (found.original.document, found.original.paragraph, found.copies[0].document) == (0, -1, 2)
    assert 0.9 < found.likeness.similarity < 1


def test_a_paragraph_that_stands_twice_in_one_article_is_not_shared() -> None:
    assert shared([f"{BIO}\n\n{BIO}", "Something else."]) == []


def test_templates_are_not_shared() -> None:
    line = "Rainfall in {} came to {} mm over the two days, about as much as in a usual week of the month."
    assert shared([line.format("Leeds", 12), line.format("York", 14), line.format("Hull", 9)]) == []


def test_equal_keys_of_unequal_texts_are_told_apart() -> None:
    line = "The price of a ticket rises to £{} in the spring, the company that runs the ferries to the islands said."
    (found,) = shared([line.format("9.4"), line.format("94")])
    assert [(c.first, c.second) for c in found.likeness.changes] == [(("9.4",), ("94",))]


@settings(max_examples=80, deadline=None)
@given(ARTICLES)
def test_every_finding_is_true(articles: list[str]) -> None:
    for found in shared(articles):
        texts = []
        for place in (found.original, *found.copies):
            blocks = Document(articles[place.document]).blocks
            texts.append("\n".join(b.text for b in blocks) if place.paragraph < 0 else blocks[place.paragraph].text)
        assert found.likeness == compare(texts[0], texts[1])
        assert all(compare(texts[0], text).repeats for text in texts[1:])
        assert len({place.document for place in (found.original, *found.copies)}) == len(texts)
        assert found.count >= len(found.copies)


@settings(max_examples=30, deadline=None)
@given(ARTICLES)
def test_disk_and_memory_give_the_same(tmp_path_factory: pytest.TempPathFactory, articles: list[str]) -> None:
    expected = shared(articles)
    folder = tmp_path_factory.mktemp("spill")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lintnews.evidence.duplicates.spill, "_BUFFER", 3)
        assert shared(articles, str(folder)) == expected
    assert list(folder.iterdir()) == []


def test_folders_rows_workers_and_the_order_of_names_give_the_same(tmp_path: Path) -> None:
    rng = random.Random(7)
    articles = ["\n\n".join(rng.sample(VARIANTS, 4)) + f"\n\nNumber {n} of many." for n in range(270)]
    files = [os.path.join("in", f"{n // 90}", f"{n:03}.txt") for n in range(270)]
    for file, article in zip(files, articles, strict=True):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(article, encoding="utf-8")
    rows = [json.dumps({"text": article, "other": "x" * 12_000}) for article in articles]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    one = check("--jobs", "1", "in", cwd=tmp_path)
    assert len(one) > 3
    assert check("--jobs", "3", "in", cwd=tmp_path) == one
    rng.shuffle(files)
    assert check("--jobs", "2", *files, cwd=tmp_path) == one
    found = check("--jobs", "2", "rows.jsonl", cwd=tmp_path)
    assert [d["text"] for d in found] == [d["text"] for d in one]
    assert {found[0]["path"], found[0]["related"][0]["path"]} <= {f"rows.jsonl#{n}" for n in range(1, 271)}


def test_findings_across_articles_come_last_and_are_counted(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.txt").write_text(f"Piece number {n} is about something else.\n\n{BIO}\n\n{BIO}\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "lintnews",
        "check",
        "--isolated",
        "--select",
        f"duplicate,{RULES[1]}",
        "--output-format",
        "concise",
        ".",
    ]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False, text=True)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == ["1.txt", "2.txt", "1.txt"]
    assert (
        "Paragraph stands in 1 other article too, first in 2.txt, line 3 (similarity 1.00: the same to the letter)." in lines[2]
    )
    assert lines[3].startswith("Found 3 problems (2 warnings, 1 info) in 2 of 2 articles.")


def test_clean_removes_copies_only_when_asked_and_restores_them(tmp_path: Path) -> None:
    articles = [f"Piece number {n} is about something else.\n\n{BIO}\n\n{PARAGRAPHS[n % 5]}\n" for n in range(7)]
    padding = "x" * 400_000  # so that the rows make several parts
    others = [f"Row number {n} says nothing of that.\n\n{BIO}\n\n{PARAGRAPHS[(n + 2) % 5]}\n" for n in range(7)]
    rows = "".join(json.dumps({"text": other, "other": padding}) + "\n" for other in others)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "rows.jsonl").write_text(rows, encoding="utf-8")
    for n, article in enumerate(articles):
        (tmp_path / "in" / f"a{n}.txt").write_text(article, encoding="utf-8")
    lintnews_clean = [sys.executable, "-m", "lintnews", "clean", "in", "--isolated", "--select", ",".join(RULES)]
    subprocess.run([*lintnews_clean, "-o", "kept"], cwd=tmp_path, check=True)
    assert (tmp_path / "kept" / "a3.txt").read_text(encoding="utf-8") == articles[3]
    for jobs in "13":
        out = f"out{jobs}"
        subprocess.run([*lintnews_clean, "--unsafe-fixes", "--jobs", jobs, "-o", out], cwd=tmp_path, check=True)
        assert (tmp_path / out / "a0.txt").read_text(encoding="utf-8") == articles[0]
        assert (tmp_path / out / "a3.txt").read_text(encoding="utf-8") == articles[3].replace(f"{BIO}\n\n", "")
        cleaned = [json.loads(row)["text"] for row in (tmp_path / out / "rows.jsonl").open(encoding="utf-8")]
        assert cleaned == [f"Row number {n} says nothing of that.\n" for n in range(7)]
        subprocess.run([sys.executable, "-m", "lintnews", "restore", out, "-o", f"back{jobs}"], cwd=tmp_path, check=True)
        assert (tmp_path / f"back{jobs}" / "rows.jsonl").read_text(encoding="utf-8") == rows
        assert (tmp_path / f"back{jobs}" / "a3.txt").read_text(encoding="utf-8") == articles[3]


def test_standard_input_is_not_compared_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lintnews", "check", *SELECT, "-"]
    done = subprocess.run(command, input=BIO, capture_output=True, cwd=tmp_path, check=True, text=True)
    assert "can't be read twice" in done.stderr


def test_rules_across_articles_are_off_unless_asked_for() -> None:
    assert not {rule.id for rule in lintnews.rules(["duplicate"])} & set(RULES)
    linter = Linter(lintnews.rules(RULES))
    documents = [Document(f"{BIO}\nNumber {n}.", f"{n}.txt") for n in range(2)]
    assert [d.rule for d in linter.compare(documents)] == [RULES[1]]
    assert linter.check(documents[0]) == []


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs were compared, word by word."""
    calls = [0]

    def counted(a: str | Text, b: str | Text) -> Likeness:
        calls[0] += 1
        return compare(a, b)

    monkeypatch.setattr(lintnews.evidence.duplicates.shared, "compare", counted)
    return calls


def test_identical_articles_take_work_in_proportion(compared: list[int]) -> None:
    (found,) = shared(["\n".join(PARAGRAPHS)] * 500)
    assert (found.count, len(found.copies)) == (499, MOST_NAMED)
    assert compared[0] <= 500


def test_articles_that_are_nearly_the_same_take_work_in_proportion(compared: list[int]) -> None:
    names = [str(n).translate(str.maketrans("0123456789", "abefghijkl")) for n in range(100, 400)]
    (found,) = shared(["\n".join(PARAGRAPHS).replace("Rain again.", f"Rain again, said {name}.") for name in names])
    assert found.count == 299
    assert compared[0] <= 2 * 300


def test_a_formula_in_many_articles_is_passed_over(compared: list[int]) -> None:
    line = "The conditions of the fund that are given in its prospectus apply to holders of class {} shares from that day on."
    shared([line.format(f"{chr(97 + n % 26)}{n}") for n in range(400)])
    assert compared[0] <= 400 * lintnews.evidence.duplicates.observing.ANCHORS


def test_an_observation_takes_24_bytes_a_paragraph() -> None:
    sizes = [len(observe(Document("\n".join(PARAGRAPHS * n)))) for n in (1, 2, 3)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0] == 24 * len(PARAGRAPHS)
    assert array("Q").itemsize == 8
