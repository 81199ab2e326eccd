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


NEWS = [BRIDGE, ROAD, "The council meets again in May to vote on the money, which the county has not yet promised to pay."]
ANSWER = "No, since the law that governs carriage forbids them on passenger buses of this kind."
DAY = [
    "Breakfast",
    "Porridge with a sliced apple and a spoon of walnuts, tea without any sugar",
    "After training",
    "Lentil stew with spinach and one slice of rye bread, as much salad as you like",
    "Before bed",
    "A glass of warm milk with a spoon of honey, and no screens for an hour",
]
MEANT = {
    "an answer under two headings": ["Northern Line", f"Bicycles? {ANSWER}", "Coast Railway", f"Bicycles? {ANSWER}", NEWS[2]],
    "an answer to two questions": [
        "May I bring a bicycle?",
        ANSWER,
        "And what about a folding one that fits into a bag?",
        ANSWER,
        "The rules were last changed two years ago, when the new buses came, and will be looked at again in the spring.",
    ],
    "a plan by day": ["Day 1", *DAY, "Day 2", *DAY, "Day 3", *DAY, NEWS[2]],
    "a plan by day, and nothing else": ["Monday", *DAY, "Tuesday", *DAY],
    "a timetable": [
        "Weekdays",
        "From the market square to the harbour and the islands, by way of Marsh Lane 08.15",
        "From the market square to the lighthouse, on school days only and not in August 09.40",
        "Sundays and holidays",
        "From the market square to the harbour and the islands, by way of Marsh Lane 08.15",
        NEWS[2],
    ],
    "exercises": [
        "Stand on one leg with your arms stretched out and count to twenty, then change",
        "Run on the spot for as long as a song lasts",
        "Lie down and lift both legs by the width of a hand, ten times",
        "Stand on one leg with your arms stretched out and count to twenty, then change",
        "Drink something and walk about until your breath is calm",
        NEWS[2],
    ],
    "good points of two machines": [
        "Alba Press",
        "- Heats up in less than a minute and keeps the water hot for as long as you like.",
        "- The handle is loose.",
        "The second machine costs twice as much, and for most people that money would be better spent on beans, says the baker.",
        "- Heats up in less than a minute and keeps the water hot for as long as you like.",
        NEWS[2],
    ],
    "output of a program": [
        "tool update 2",
        "0 files updated, 0 files merged, 0 files removed, 0 files unresolved",
        "Then merge the two heads, and commit the result with a message that names both of them, as the guide says.",
        "0 files updated, 0 files merged, 0 files removed, 0 files unresolved",
        NEWS[2],
    ],
    "queries": [
        "SELECT name, price, stock FROM items JOIN shops ON items.shop = shops.id WHERE price > 4;",
        "The first answer takes a second, since nothing has been read into memory by then, so the query is asked once more.",
        "SELECT name, price, stock FROM items JOIN shops ON items.shop = shops.id WHERE price > 4;",
        NEWS[2],
    ],
    "an item twice in a row": ["- Two eggs and a cup of cold milk", "- Two eggs and a cup of cold milk", NEWS[2]],
    "a script without spaces": ["省里的官员只说要到现场看了再决定，没有给出期限，合作社主任说秋天的播种就赶不上了。"] * 2,
    "a question to several guests": [
        "What would you change first if you were the mayor of this town for just one day?",
        "“The buses,” says Ana Berg, who takes one to work every morning and has never yet seen it arrive on time.",
        "What would you change first if you were the mayor of this town for just one day?",
        NEWS[2],
    ],
    "a refrain": [
        "And nobody in the town has ever asked what became of the second boat.",
        "The first boat came back in March, with its nets torn and its crew so tired that they slept where they sat.",
        "And nobody in the town has ever asked what became of the second boat.",
        "The third was sold to a man from the south, who painted it white and gave it the name of his mother.",
        "And nobody in the town has ever asked what became of the second boat.",
        NEWS[2],
    ],
    "a sentence repeated with emphasis": [
        "A bridge is the one building of a town that everybody owns and nobody can do without.",
        "The engineer asked us to put that down once more, in letters twice as large, for all those who hold the purse:",
        "A bridge is the one building of a town that everybody owns and nobody can do without.",
        NEWS[2],
    ],
}


@pytest.mark.parametrize("name", MEANT)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_is_repeated_on_purpose_is_not_removed_without_asking(name: str, gap: str) -> None:
    text = gap.join([*NEWS[:2], *MEANT[name]])
    assert LINTER.clean(Document(text)).text == text


SLIPS = {
    "a paragraph pasted twice": [*NEWS, NEWS[0]],
    "an article and its print version": [*NEWS, "Print version", *NEWS],
    "a caption under two pictures": [
        NEWS[0],
        "Divers look for cracks in the second pier of the bridge on Friday morning",
        NEWS[1],
        "Divers look for cracks in the second pier of the bridge on Friday morning",
        NEWS[2],
    ],
    "a headline that comes twice": [
        "Bridge over the Marsh is closed for a year, and maybe two",
        "Bridge over the Marsh is closed for a year, and maybe two",
        *NEWS,
    ],
    "a summary above the text": ["Key points", NEWS[1], NEWS[0], NEWS[1], NEWS[2]],
}


@pytest.mark.parametrize("name", SLIPS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_is_repeated_by_a_slip_is_removed_without_asking(name: str, gap: str) -> None:
    cleaned = LINTER.clean(Document(gap.join(SLIPS[name]))).text.split(gap)
    assert len(cleaned) == len(set(cleaned))


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
