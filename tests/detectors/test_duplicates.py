"""The duplicate rules on whole articles: what is left alone, what is removed, what is said, and that it stays linear."""

import json

import pytest
from conftest import SEEDS

import lintnews
from lintnews.diagnostic import Diagnostic
from lintnews.document import Document
from lintnews.linter import Linter

BRIDGE = "The county closed the old bridge over the Marsh on Friday after divers found cracks in two of its piers."
ROAD = "Traffic is led over the new road by the station, which takes a quarter of an hour longer in the morning."
LINTER = Linter(lintnews.rules(["duplicate"]))

LEFT_ALONE = {
    "form letters": [
        f"Dear neighbour, the pipes in {s} Street will be renewed in May, and there will be no water." for s in ("Mill", "Elm")
    ],
    "results": [f"{n}. Ola Berg (Norway) 1:4{n}.2, with the best last lap of all who ran on the day" for n in range(1, 6)],
    "a refrain": ["Hey ho, the wind and the rain", "When that I was a boy, I sang it too.", "Hey ho, the wind and the rain"],
    "speakers": [
        "AUDIENCE: Four more years!",
        "He waited.",
        "AUDIENCE: Four more years!",
        "He laughed.",
        "AUDIENCE: Four more years!",
    ],
    "a table": ["Open 12.4 13.1 12.9 14.0 | 2.2", "High 12.4 13.1 12.9 14.0 | 2.3", "Low 12.4 13.1 12.9 14.0 | 2.4"],
    "a heading taken up": ["Why the orchard had to go", "Why the orchard had to go is a question for many."],
    "a quote taken up": [
        "The drill “doesn't target any third party”, the ministry said in a statement on Saturday, and it is over.",
        "Asked about it again, an expert on such matters said that it “doesn't target any third party” and never did.",
    ],
    "shares": [
        f"{name} closed at {n} pence, up two from the day before, in quiet trading."
        for name, n in (("Alba Oil", 120), ("Crest", 98))
    ],
    "scores": ["Rovers 2, United 1", "It was a good match.", "Rovers 2, United 1"],
    "list items": ["- Two eggs and a cup of cold milk", "Stir well.", "- Two eggs and a cup of cold milk"],
    "a new event": [BRIDGE, BRIDGE.replace("Friday", "Monday").replace("Marsh", "Severn")],
}


def found(text: str) -> list[Diagnostic]:
    return LINTER.check(Document(text))


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_legitimate_repetition_is_left_alone(name: str) -> None:
    assert found("\n\n".join([ROAD, *LEFT_ALONE[name]])) == []


def test_seeds() -> None:
    lines = {}
    for seed in sorted(SEEDS.glob("*.txt")):
        cleaned = LINTER.clean(Document(seed.read_text(encoding="utf-8")))
        lines[seed.name[:3]] = [(d.line, d.rule, d.related[0].line, d.fix and d.fix.safety) for d in cleaned.diagnostics]
        assert len(cleaned.ledger) == len(lines[seed.name[:3]])
    assert lines == {"000": [], "001": [], "002": [(6, "duplicate/line", 4, "safe")], "003": [], "004": []}


def test_the_message_names_line_similarity_and_difference() -> None:
    (near,) = found(f"{BRIDGE}\n{ROAD}\n{BRIDGE.replace('divers', 'inspectors')}")
    assert near.message == ("Paragraph repeats line 1 but for a few words (similarity 0.71: here “inspectors”, there “divers”).")
    assert (near.line, near.related[0].line, near.related[0].end) == (3, 1, len(BRIDGE))
    (first,) = found(f"{BRIDGE[:70]}…\n{ROAD}\n{BRIDGE}")
    assert (first.line, first.related[0].line, first.rule) == (1, 3, "duplicate/part")
    assert "only there" in first.message


def test_only_what_is_the_same_is_removed_without_asking() -> None:
    text = f"{BRIDGE}\n\n{ROAD}\n\n{BRIDGE.upper()}\n\n{ROAD.replace('new', 'wide')}\n"
    assert lintnews.clean(text, select=["duplicate"]).text == f"{BRIDGE}\n\n{ROAD}\n\n{ROAD.replace('new', 'wide')}\n"
    assert lintnews.clean(text, select=["duplicate"], unsafe_fixes=True).text == f"{BRIDGE}\n\n{ROAD}\n"


def test_the_copy_outside_the_body_goes() -> None:
    caption = "Volunteers carry sandbags along the river wall at Marsh Lane"
    text = f"{caption}\n\n{BRIDGE}\n\n{caption}\n\n{ROAD}\n"
    assert [d.line for d in found(text)] == [1]


def test_markdown_code_is_no_text() -> None:
    code = "```\nprint('the council voted on Monday to close the old bridge for a year')\n```"
    assert LINTER.check(Document(f"{BRIDGE}\n\n{code}\n\n{code}\n", markup="markdown")) == []


def test_thousands_of_identical_lines_are_one_diagnostic_with_one_edit() -> None:
    text = f"{BRIDGE}\n" * 20_000
    cleaned = lintnews.clean(text, select=["duplicate"])
    assert cleaned.text == f"{BRIDGE}\n"
    (diagnostic,) = cleaned.diagnostics
    assert diagnostic.fix is not None
    assert len(diagnostic.fix.edits) == 1
    assert len(json.dumps(diagnostic.to_dict())) < 1000
    assert diagnostic.message == "One of 19,999 repeats of line 1, reported once; some may differ in a few words."


def test_a_few_words_go_safely_where_they_are_likely_to_be_no_part_of_the_article() -> None:
    line = "Council votes to close the old bridge over Marsh"
    lists = ["Most read", line, "Ferry loses power off the northern islands", "Latest news", "Baker opens shop in a bank", line]
    prose = [
        f"{BRIDGE}",
        line,
        ROAD,
        *(f"{ROAD[:-1]}, says driver number {n * n}." for n in range(3, 6)),
        line,
        BRIDGE[:-1] + " there.",
    ]

    def safeties(text: str) -> list[str | None]:
        found = LINTER.check(Document(text), [])
        return [d.fix.safety if d.fix else None for d in found if d.rule == "duplicate/line" and d.text == line]

    assert safeties("\n\n".join([BRIDGE, ROAD, "\n".join(lists)])) == ["safe"]
    assert safeties("\n\n".join(prose)) == ["unsafe"]
