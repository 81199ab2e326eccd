"""How often verdicts are right on cases made from sound articles: `python benchmarks/verdicts.py ARTICLES.jsonl [--count N]`.

Each sound article (`{"text": …}` a line) is taken as it is, and altered in the ways that a verdict should notice: cut off,
scanned badly, spread among furniture, reduced to its headline, replaced by an index of headlines or by an error page. Prints a
confusion matrix. The alterations are drawn by a seed; nothing here was fitted on them. With `--spun FILE`, real spun articles
(`{"text": …}` or `{"paragraphs": […]}` a line) are a class of their own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import lintnews

FURNITURE = ("By Ann Lee", "Share this article", "5 Comments", "Sign up for our daily newsletter", "Related stories")
PAGES = (
    "404: page not found\n\nSorry, we looked everywhere.",
    "We value your privacy\n\nAccept all\n\nManage choices",
    "Access denied",
)
VERDICTS = ("keep", "clean", "review", "drop")
SCANNED = {"l": "1", "o": "0", "i": "|", "m": "rn", "e": "c", "h": "b", "t": "f"}


def sound(text: str, _chance: random.Random, _texts: list[str]) -> str:
    return text


def furnished(text: str, _chance: random.Random, _texts: list[str]) -> str:
    return f"{FURNITURE[0]}\n\n{text}\n\n" + "\n\n".join(FURNITURE[1:3])


def cut(text: str, chance: random.Random, _texts: list[str]) -> str:
    words = text.split(" ")
    kept = words[: max(60, int(len(words) * chance.uniform(0.3, 0.7)))]
    while kept and kept[-1][-1:] in '.!?”"':
        kept.pop()
    return " ".join(kept) + chance.choice(("…", "...", " [+1842 chars]", " …\n\nSubscribe to continue reading"))


def scanned(text: str, chance: random.Random, _texts: list[str]) -> str:
    def word(given: str) -> str:
        if chance.random() > 0.2 or len(given) < 5:
            return given
        at = chance.randrange(1, len(given) - 1)
        return given[:at] + SCANNED.get(given[at], "^") + given[at + 1 :]

    return " ".join(map(word, text.split(" ")))


def stub(text: str, _chance: random.Random, _texts: list[str]) -> str:
    return " ".join(text.split()[:20])


def index(_text: str, chance: random.Random, texts: list[str]) -> str:
    return "\n\n".join(" ".join(other.split()[:9]).rstrip(".,") for other in chance.sample(texts, min(14, len(texts))))


def page(_text: str, chance: random.Random, _texts: list[str]) -> str:
    return chance.choice(PAGES)


CASES: dict[str, tuple[Callable[[str, random.Random, list[str]], str], set[str]]] = {
    "sound": (sound, {"keep", "clean"}),
    "furnished": (furnished, {"clean"}),
    "cut off": (cut, {"review"}),
    "scanned": (scanned, {"review", "drop"}),
    "stub": (stub, {"drop"}),
    "index page": (index, {"drop"}),
    "error page": (page, {"drop"}),
}


def read(path: Path) -> Iterator[str]:
    """The texts of a JSONL file, as it is or as .gz."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield record.get("text") or "\n\n".join(record["paragraphs"])


def row(name: str, texts: list[str], right: set[str]) -> None:
    """Print what verdicts these texts get."""
    found = Counter(lintnews.assess(text).verdict for text in texts)
    share = sum(found[verdict] for verdict in right) / len(texts)
    print(f"| {name} | {' | '.join(str(found[verdict]) for verdict in VERDICTS)} | {share:.0%} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=60, help="sound articles (default: 60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--spun", type=Path, help="real spun articles")
    given = parser.parse_args()
    chance = random.Random(given.seed)
    texts = [text for text in read(given.articles) if 100 <= len(text.split()) <= 1500]
    drawn = chance.sample(texts, given.count)
    print(f"| made | {' | '.join(VERDICTS)} | right |\n|---|{'---|' * (len(VERDICTS) + 1)}")
    for name, (alter, right) in CASES.items():
        row(name, [alter(text, chance, texts) for text in drawn], right)
    if given.spun:
        row("spun", list(read(given.spun)), {"review", "drop"})


if __name__ == "__main__":
    main()
