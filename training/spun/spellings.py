"""Pairs of British and American spelling that tell which of the two a text uses, and may be put for one another.

python spellings.py --corpus corpus.pkl --originals originals.txt --out spellings.txt

The pairs are those of `breame` (Apache-2.0), a package; kept are those of words that are suggested, and that the news parts by
country: "cheque" goes for "check", but few of the checks in British news are cheques.
"""

import argparse
import pickle
from collections import Counter
from pathlib import Path

from breame.data.spelling_constants import BRITISH_ENGLISH_SPELLINGS

SURE = ("our", "ours", "oured", "tre", "tres", "yse", "ysed", "ogue", "ence", "lled", "lling")
"""Endings of British words of the pairs by which an article is said to be British or American at first."""
OTHER = frozenset(("tonne", "tonnes", "disc", "discs"))
"""Not only spelt but meant otherwise."""
APART, SEEN = 0.75, 2
"""Share of its own spelling that either country must use, and how often a pair must be seen there."""


def sides(articles: list[Counter], pairs: list[tuple[str, str]]) -> tuple[Counter, Counter]:
    """The words of articles that use more British spellings than American ones, and of those that use more American ones."""
    found = Counter(), Counter()
    british, american = {b for b, _ in pairs}, {a for _, a in pairs}
    for words in articles:
        difference = sum(n for w, n in words.items() if w in british) - sum(n for w, n in words.items() if w in american)
        if difference:
            found[difference < 0].update(words)
    return found


def main() -> None:
    """Write the pairs, British first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "originals", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    train, _, _ = pickle.loads(given.corpus.read_bytes())
    originals = set(given.originals.read_text(encoding="utf-8").split())
    every = sorted((b, a) for b, a in BRITISH_ENGLISH_SPELLINGS.items() if b != a and b not in OTHER and {a, b} & originals)
    words = {word for pair in every for word in pair}
    articles = [Counter(w for word in text if (w := word.lower()) in words) for _, text in train]
    pairs = [(b, a) for b, a in every if b.endswith(SURE)]
    for _ in range(3):
        here, there = sides(articles, pairs)
        pairs = [
            (b, a)
            for b, a in every
            if here[b] + here[a] >= SEEN
            and there[b] + there[a] >= SEEN
            and here[b] >= APART * (here[b] + here[a])
            and there[a] >= APART * (there[b] + there[a])
        ]
    given.out.write_text("\n".join(f"{b} {a}" for b, a in pairs), encoding="utf-8")
    print(len(pairs), "of", len(every), "pairs kept")


if __name__ == "__main__":
    main()
