"""Clean texts of other registers than news, out of what Debian packages carry, and scans of news that were read badly.

python registers.py --packages FOLDER --bible KJV.txt --austen AUSTEN.txt --honest HONEST.txt --news NEWS.jsonl [...]
    --out REGISTERS.jsonl

FOLDER holds the packages anarchism, dict-gcide, wesnoth-data, git-doc and python3-doc, unpacked; KJV.txt is what the package
bible-kjv prints (`bible -f`); AUSTEN.txt the novels of r-cran-janeaustenr, a line each; HONEST.txt honest texts written for this,
of registers and regions that the others lack, parted by lines of `====`. Ids begin with the source, for `train.py --share`.
"""

import argparse
import gzip
import html
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

from corpus import records

QUOTATION = re.compile(r"\n\n {8,}((?:[^\n\[\]{}<>]+\n){1,8}?[^\n\[\]{}<>]*?) +--[A-Z][^\n]*\n")
DEFINITION = re.compile(r"\n {3}(?:\d+\. )?((?:[A-Z][^\n\[\]{}<>]+\n)(?: {3,6}[^\n\[\]{}<>]+\n){1,8})")
MISREAD = [pair.split(">") for pair in ["h>b", "e>c", "rn>m", "u>n", "l>i", "t>f", "n>u", "o>0", "i>l", "m>in"]]
PARAGRAPH = re.compile(r"(?s)<p\b[^>]*>(.*?)</p>")


def flat(text: str) -> str:
    """A text on one line."""
    return re.sub(r"\s+", " ", text).strip()


def groups(parts: list[str], size: int, between: str) -> Iterator[str]:
    """So many parts at a time."""
    for at in range(0, len(parts), size):
        yield between.join(parts[at : at + size])


def misread(text: str, rng: random.Random) -> str:
    """A text as a bad scan has it."""
    share, words = rng.choice([0.08, 0.2, 0.4]), []
    for word in text.split(" "):
        if rng.random() < share and len(word) > 2:
            at = rng.randrange(1, len(word))
            word = f"{word[:at]} {word[at:]}" if rng.random() < 0.25 else word.replace(*rng.choice(MISREAD), 1)
        words.append(word)
    return " ".join(words)


def texts(given: argparse.Namespace, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Sources and texts."""
    with gzip.open(next(given.packages.rglob("gcide.dict.dz")), "rt", encoding="utf-8", errors="replace") as file:
        dictionary = file.read()
    quotations = [q for q in map(flat, QUOTATION.findall(dictionary)) if 8 <= len(q.split()) <= 80]
    definitions = [d for d in map(flat, DEFINITION.findall(dictionary)) if len(d.split()) > 15 and ";" in d]
    rng.shuffle(quotations)
    rng.shuffle(definitions)
    yield from (("quotations", text) for text in groups(quotations, 5, "\n"))
    yield from (("definitions", text) for text in groups(definitions, 4, "\n"))
    verses = [re.sub(r"^\w+ ?\d+:\d+ ", "", line).strip() for line in given.bible.read_text(encoding="utf-8").split("\n")]
    yield from (("bible", text) for text in groups(verses, 9, " "))
    lines = given.austen.read_text(encoding="utf-8").replace("_", "").split("\n")
    yield from (("austen", text) for text in groups(lines, 25, " "))
    for file in filter(Path.is_file, sorted(given.packages.rglob("*.html"))):
        paragraphs = PARAGRAPH.findall(file.read_text(encoding="utf-8", errors="replace"))
        said = [p for p in (flat(html.unescape(re.sub(r"<[^>]+>", "", p))) for p in paragraphs) if len(p.split()) > 12]
        yield from (("manuals", text) for text in groups(said, 4, "\n"))
    for file in sorted(given.packages.rglob("*.cfg")):
        told = re.findall(r'_ *"([^"]{60,})"', file.read_text(encoding="utf-8", errors="replace"))
        yield from (("wesnoth", text) for text in groups([flat(re.sub(r"<[^>]+>|\\n", " ", t)) for t in told], 4, "\n"))
    yield from (("honest", text) for text in given.honest.read_text(encoding="utf-8").split("\n====\n"))
    news = [record["text"] for path in given.news for record in records(path)]
    yield from (("scans", misread(text, rng)) for text in rng.sample(news, min(300, len(news))))


def main() -> None:
    """Write the texts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("packages", "bible", "austen", "honest", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--news", type=Path, nargs="+", required=True)
    given = parser.parse_args()
    with given.out.open("w", encoding="utf-8") as out:
        for number, (source, text) in enumerate(texts(given, random.Random(5))):
            out.write(json.dumps({"id": f"{source}:{number}", "source": source, "text": text}) + "\n")


if __name__ == "__main__":
    main()
