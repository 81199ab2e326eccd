"""Words of clean articles, one article in ten held out by its id.

python corpus.py --news NEWS.jsonl.gz [...] --out corpus.pkl [--skip IDS.txt]
"""

import argparse
import gzip
import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from spinners import WORD

HELD_OUT = 26
"""Of 256 values of the first byte of an id's hash."""


def held_out(name: str) -> bool:
    """Whether an article is kept from training."""
    return hashlib.md5(name.encode(), usedforsecurity=False).digest()[0] < HELD_OUT


def records(path: Path) -> Iterator[dict]:
    """The rows of a JSONL file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def words_of(text: str) -> list[str]:
    """The tokens of a text, with a line feed after each paragraph."""
    return [word for paragraph in text.split("\n") if paragraph.strip() for word in [*WORD.findall(paragraph), "\n"]]


def main() -> None:
    """Write the training articles as words, the held-out ones as text, and the counts of words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--news", type=Path, nargs="+", required=True)
    parser.add_argument("--skip", type=Path, help="ids that are held out in any case, one a line")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    skip = set(given.skip.read_text(encoding="utf-8").split("\n")) if given.skip else set()
    train, test, counts = [], [], Counter()
    for path in given.news:
        for record in records(path):
            if held_out(record["id"]) or record["id"] in skip:
                test.append((record["id"], record["text"]))
            else:
                words = words_of(record["text"])
                counts.update(word.lower() for word in words)
                train.append((record["id"], words))
    given.out.write_bytes(pickle.dumps((train, test, counts)))


if __name__ == "__main__":
    main()
