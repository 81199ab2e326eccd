"""Put clean articles through the synthetic spinners, for `calibrate.py` and for measuring.

python spin.py --news NEWS.jsonl [...] --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --out SPUN.jsonl
    [--style mythes npm --rate 0.25 0.4 0.6]

Rows of the output: `source`, `id`, `text`, `starts` (of each word put in: start, end, original), `style`, and `share` of the
words that were put in.
"""

import argparse
import json
import pickle
import random
from pathlib import Path

from corpus import records, words_of
from spinners import Data, Spinner

LENGTHS, LEAST = (80, 110, 160, 250, 450, 700), 70


def joined(pairs: list[tuple[str, str | None]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Words as a text; where words that were put in stand, with their originals."""
    text, spans = "", []
    for word, before in pairs:
        if text and word not in ".,;:!?)\n" and text[-1] not in "\n(":
            text += " "
        if before is not None:
            spans.append((len(text), len(text) + len(word), before))
        text += word
    return text, spans


def main() -> None:
    """Write spun articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("mythes", "npm"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--news", type=Path, nargs="+", required=True)
    parser.add_argument("--sources", nargs="+", default=[""], help="what the source of a pair must start with")
    parser.add_argument("--style", nargs="+", help="only these styles, without set phrases")
    parser.add_argument("--rate", nargs="+", type=float, help="only these rates")
    parser.add_argument("--articles", type=int, default=560)
    given = parser.parse_args()
    rng = random.Random(77)
    counts = pickle.loads(given.corpus.read_bytes())[2]
    data = Data(given.moby, given.wordnet, given.pairs, counts, tuple(given.sources), None, given.mythes, given.npm)
    articles = [record for path in given.news for record in records(path)]
    rng.shuffle(articles)
    with given.out.open("w", encoding="utf-8") as out:
        for record in articles[: given.articles]:
            words = words_of(record["text"])[: rng.choice(LENGTHS)]
            if len(words) < LEAST:
                continue
            spinner = Spinner(data, rng)
            if given.style:
                spinner.style, spinner.templates, spinner.multi = rng.choice(given.style), False, False
            spinner.rate = rng.choice(given.rate) if given.rate else spinner.rate
            pairs = spinner.spin(words)
            text, spans = joined(pairs)
            row = {"source": "spun", "id": record["id"], "text": text, "starts": spans, "style": spinner.style}
            out.write(json.dumps(row | {"share": sum(before is not None for _, before in pairs) / len(pairs)}) + "\n")


if __name__ == "__main__":
    main()
