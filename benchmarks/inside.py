"""Furniture planted inside articles that are one line: how much is found, and whether anything of the article goes.

    python benchmarks/inside.py ARTICLES.jsonl[.gz] [--rows 400] [--seed 1] [--unsafe] [--show]

ARTICLES has one JSON object a row with a `text` and perhaps a `source`; as many rows are taken of each source as of the others.
The lines of an article are joined to one, inserts of the forms below are put between two of them (a quarter glued to the
sentence before), and the row is cleaned. An insert is found where nothing of it is left; a sentence is lost where it no longer
stands in the cleaned row. The rules were developed with the forms of the first half of each kind; those of the second half are
reported apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import lintnews
from lintnews.document import Document
from lintnews.document.sentences import sentences
from lintnews.linter import Linter

FAMILY = ("boilerplate",)
PUBLISHERS = ("Valley Post", "Alder Herald", "Nordhaven Times", "Channel Nine News", "The Daily Ferry")
AUTHORS = ("Odile Brant", "Marek Tollander", "Yusra Fennimore", "Piet Oosterling")
SENTENCE_CASE = (
    "Storm closes two bridges and a ferry line",
    "Council backs plan to reopen mill at Alder",
    "How the eel came back to the upper valley",
    "Why so many bakers are leaving Nordhaven",
    "Minister resigns over ferry contract",
    "What we know about the fire at the sugar works",
    "Teenager rows across the bay to save a day's pay",
    "Who will pay for the new dyke?",
    "Berg's barge 'not fit for sheep', inspectors find",
    "Three charged after market stall theft",
)
TITLE_CASE = (
    "Storm Closes Two Bridges and a Ferry Line",
    "Ten Things to Know About the New Harbour Tax",
    "Mayor Tollander Calls for Inquiry Into Silo Collapse",
    "Why the Eel Is Back in the Upper Valley",
    "Watch: Otters Return to the Old Canal",
)
CAPITALS = (
    "STORM CLOSES TWO BRIDGES AND A FERRY LINE",
    "MILL OWNERS SUE STATE OVER LOST WATER RIGHTS",
    "FIVE THINGS TO KNOW ABOUT THE HARBOUR TAX",
)
FORMS: dict[str, tuple[str, ...]] = {
    "advertisement": (
        "Story continues below advertisement",
        "ADVERTISEMENT",
        "Article continues below this ad",
        "Advertisement - Scroll to Continue",
        "Story continues below",
        "Advertisement",
        "Article continues after advertisement",
        "Story continues below this ad",
    ),
    "app": (
        "CLICK HERE TO GET THE {PUB} APP",
        "Download the {Pub} app for free.",
        "Get the latest news on your phone with the {Pub} app.",
        "CLICK HERE FOR THE {PUB} APP",
        "GET THE {PUB} APP NOW",
        "Download our free app to read more of our stories.",
    ),
    "newsletter": (
        "Sign up for our daily newsletter.",
        "Sign up for the {Pub} morning email",
        "Subscribe to our weekly newsletter here.",
        "Get the day's top stories delivered to your inbox.",
        "CLICK HERE TO SIGN UP FOR OUR OPINION NEWSLETTER",
        "Want more stories like this? Sign up for the {Pub} newsletter and get five of them every Friday.",
        "Sign up to our free breaking news emails",
        "Subscribe to the {Pub} politics briefing today.",
        "Never miss a story — sign up for {Pub}'s free daily newsletter to stay up to date.",
        "Sign up here for our lunchtime bulletin to hear what the valley talks about.",
        "Get {Pub} in your inbox every morning.",
    ),
    "teaser": (
        "READ MORE: {head}",
        "Read more: {Head}",
        "RELATED: {head}",
        "Also Read | {head}",
        "READ MORE: {HEAD}",
        "CLICK HERE FOR MORE {PUB} COVERAGE",
        "READ MORE {head}",
        "Also read: {head}",
        "READ ALSO: {Head}",
        "Related story: {head}",
        "SEE ALSO: {HEAD}",
        "CLICK HERE TO READ MORE ON {PUB}",
    ),
    "follow-us": (
        "Follow us on Twitter @{handle}.",
        "Follow {Author} on Twitter @{handle}",
        "Like us on Facebook.",
        "Follow {Author} on Twitter.",
        "Follow us on Facebook, Twitter and Instagram",
        "You can follow {Author} on Twitter at @{handle}.",
        "Follow the {Pub} on Instagram for more pictures.",
        "Join us on Facebook.",
    ),
    "share": (
        "Share this article Share",
        "Share this story",
        "Share this article",
        "Share this article Share 214 shares",
        "Share on Facebook Share on Twitter",
        "Share this post",
    ),
    "player": (
        "Scroll down for video",
        "SCROLL DOWN FOR VIDEO",
        "Click to play video: '{head}'",
        "Scroll down for video and pictures",
        "This video can not be played",
        "Scroll down to watch the video",
    ),
    "credit": (
        "(Photo by {Author}/Getty Images)",
        "(Image: {Pub})",
        "(AP Photo/{Author})",
        "(Picture: {Author})",
        "({Author}/Reuters)",
        "[Photo courtesy of {Pub}]",
    ),
    "copyright": (
        "Copyright 2014 {Pub}. All rights reserved.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "© 2019 {Pub}. All rights reserved.",
    ),
    "agency": (
        "(Reporting by {Author}; Editing by {Author2})",
        "(With inputs from agencies)",
        "(Additional reporting by {Author} and {Author2} in Alder)",
        "(With agency inputs)",
    ),
}
OPENINGS = (
    "By {AUTHOR} PUBLISHED: 12:01 EST, 3 May 2015 | UPDATED: 14:30 EST, 3 May 2015",
    "Published: March 3, 2019 at 4:15 p.m.",
    "By {Author} Published: 07:12 GMT, 21 June 2013 | Updated: 09:40 GMT, 21 June 2013",
    "Last updated at 2:33 PM on 12th October 2011",
)
CLOSINGS = (
    "{Author} is a reporter for the {Pub}.",
    "{Author} is a staff writer at {Pub} who covers farming. Follow her on Twitter @{handle}.",
    "The Associated Press contributed to this report.",
    "{Author} is the {Pub}'s health correspondent.",
    "{Pub}'s {Author} contributed to this report.",
    "Reporting by {Author}; editing by {Author2}",
    "© 2021 {Pub}",
)


class Row(NamedTuple):
    """A line with planted inserts, each with its kind and whether its form was held out, and the sentences that must stay."""

    text: str
    inserts: list[tuple[str, bool, str]]
    kept: list[str]


def articles(path: Path, rows: int, chance: random.Random) -> Iterator[list[str]]:
    """The lines of articles, as many of each source."""
    by_source: dict[str, list[list[str]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            lines = [part.strip() for part in record["text"].split("\n") if part.strip()]
            if 4 <= len(lines) <= 80:
                by_source[record.get("source", "")].append(lines)
    for number in range(rows):
        source = sorted(by_source)[number % len(by_source)]
        yield by_source[source].pop(chance.randrange(len(by_source[source])))


def filled(form: str, chance: random.Random) -> str:
    """A form with its slots filled."""
    publisher = chance.choice(PUBLISHERS)
    author, other = chance.sample(AUTHORS, 2)
    slots = {
        "Pub": publisher,
        "PUB": publisher.upper(),
        "Author": author,
        "AUTHOR": author.upper(),
        "Author2": other,
        "handle": author.replace(" ", "").lower(),
        "head": chance.choice(SENTENCE_CASE),
        "Head": chance.choice(TITLE_CASE),
        "HEAD": chance.choice(CAPITALS),
    }
    return form.format(**slots)


def planted(lines: list[str], chance: random.Random) -> Row:
    """A row with an opening or closing now and then, and one to three inserts between its lines."""
    whole = [s for line in lines for s in sentences_of(line)]
    inserts: list[tuple[str, bool, str]] = []
    before: dict[int, str] = {}
    places = [n for n in range(1, len(lines)) if lines[n - 1][-1] in '.!?”"' and opens_sentence(lines[n])]
    for place in sorted(chance.sample(places, min(len(places), chance.randint(1, 3)))):
        kind = chance.choice(sorted(FORMS))
        number = chance.randrange(len(FORMS[kind]))
        text = filled(FORMS[kind][number], chance)
        inserts.append((kind, number >= len(FORMS[kind]) // 2, text))
        before[place] = text
    parts: list[str] = []
    for number, line in enumerate(lines):
        if number in before:
            glued = chance.random() < 0.25 and parts[-1][-1] == "."
            parts[-1:] = [parts[-1] + before[number]] if glued else [parts[-1], before[number]]
        parts.append(line)
    for kind, forms in (("opening", OPENINGS), ("closing", CLOSINGS)):
        if chance.random() < 0.25 and (kind == "opening" or parts[-1][-1] in '.!?”"'):
            number = chance.randrange(len(forms))
            text = filled(forms[number], chance)
            inserts.append((kind, number >= len(forms) // 2, text))
            parts = [text, *parts] if kind == "opening" else [*parts, text]
    return Row(" ".join(parts), inserts, whole)


def opens_sentence(line: str) -> bool:
    """Whether a line begins as a sentence does."""
    return line[0].isupper() or (line[0] in '“"' and line[1:2].isupper())


def sentences_of(line: str) -> list[str]:
    """The sentences of a line."""
    return [line[start:end] for start, end in sentences(line, 0, len(line))]


def main() -> None:
    """Plant, clean, count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--rows", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsafe", action="store_true", help="all fixes, not the safe ones alone")
    parser.add_argument("--show", action="store_true", help="what is missed, lost, and cut without being planted")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    linter = Linter(lintnews.rules(select=FAMILY))
    counts: dict[str, Counter[str]] = {"developed": Counter(), "held out": Counter()}
    lost_sentences = sentences_read = rows_hurt = other = 0
    for lines in articles(options.articles, options.rows, chance):
        row = planted(lines, chance)
        cleaned = linter.clean(Document(row.text), unsafe=options.unsafe)
        for kind, held_out, text in row.inserts:
            half = counts["held out" if held_out else "developed"]
            found = text not in cleaned.text
            half[f"{kind} planted"] += 1
            half[f"{kind} found"] += found
            if options.show and not found:
                at = cleaned.text.index(text)
                print("missed:", cleaned.text[max(0, at - 30) : at + len(text) + 60])
        lost = [sentence for sentence in row.kept if sentence not in cleaned.text]
        sentences_read += len(row.kept)
        lost_sentences += len(lost)
        rows_hurt += bool(lost)
        for entry in cleaned.ledger:
            if not any(entry.removed.strip() in text or text in entry.removed for _, _, text in row.inserts):
                other += 1
                if options.show:
                    print("other:", entry.rule, "|", row.text[max(0, entry.start - 40) : entry.start], "⟦", entry.removed, "⟧",
                          row.text[entry.end : entry.end + 40])  # fmt: skip
        if options.show:
            print(*(f"lost: {sentence}" for sentence in lost), sep="\n", end="\n" if lost else "")
    report(counts, lost_sentences, sentences_read, rows_hurt, other)


def report(counts: dict[str, Counter[str]], lost: int, read: int, hurt: int, other: int) -> None:
    """Print the shares by half and kind."""
    for half, count in counts.items():
        kinds = sorted({key.rpartition(" ")[0] for key in count})
        planted_all = sum(count[f"{kind} planted"] for kind in kinds)
        found_all = sum(count[f"{kind} found"] for kind in kinds)
        print(f"{half}: {found_all} of {planted_all} inserts found ({found_all / max(planted_all, 1):.3f})")
        for kind in kinds:
            print(f"  {kind:14} {count[f'{kind} found']:4} of {count[f'{kind} planted']:4}")
    print(f"{lost} of {read} sentences lost, in {hurt} rows; {other} edits elsewhere")


if __name__ == "__main__":
    main()
