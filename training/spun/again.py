"""Train the screen once more, on what the first one misses, and weigh both together.

python again.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --screen FOLDER --clean CLEAN.jsonl [...]
    --spun SPUN.jsonl [...] --out FOLDER [--real REAL.jsonl] [--texts 50000] [--share PREFIX=SHARE ...]

`--screen` holds what `screen.py` wrote: its words stay, and its log odds of words. CLEAN and SPUN (from `spin.py`) are for the
weighing, of articles that the corpus lacks; REAL are real spun articles, each of which weighs as `REAL_WEIGHT` others do. Printed
is the line of `GATE`, for a share of the clean articles that pass.
"""

import argparse
import math
import pickle
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as nnf
from calibrate import fitted
from corpus import records
from screen import BATCH, POWER, write
from spinners import Data, Spinner

from lintnews.evidence.spun.screen import FEWEST_WORDS, HEAD, MIDDLE, STEP, WORD

PAIRS, EPOCHS, SPARSE, RATE, LEAST_SPUN = 1 << 19, 6, 1e-6, 0.04, 0.02
RARE_POWER, REAL_WEIGHT, NEAR, PENALTY = 0.5, 8.0, 3.0, 1e-3
"""The second weighing looks at texts from so many log odds below even ones on."""
PASSED, SIZES = 0.03, (25, 60, 80, 120, 200, 400, 800, 2000)
LENGTHS = (80, 120, 200, 300, 450, 800)


class First(NamedTuple):
    """The first screen: numbers of words, and its tables in log odds."""

    numbers: dict[str, int]
    words: np.ndarray
    odds: np.ndarray
    pairs: np.ndarray
    offset: float


def first_screen(folder: Path) -> First:
    """What `screen.py` wrote."""
    names = (folder / "screen.txt").read_text(encoding="utf-8").split("\n")
    raw, count = (folder / "screen.bin").read_bytes(), len(names)
    unit, _, odds_unit, _, offset = map(float, raw[:HEAD].split())
    steps = np.frombuffer(raw, np.uint8, offset=HEAD).astype(float) - MIDDLE
    tables = steps[:count] * unit, steps[2 * count : 3 * count] * odds_unit, steps[3 * count :] * unit
    return First({word: n for n, word in enumerate(names)}, *tables, offset)


class Seen(NamedTuple):
    """A text in numbers: its words, its pairs, its size, and the share of words on no list."""

    kinds: np.ndarray
    near: np.ndarray
    size: int
    unknown: float


def seen(text: str, first: First) -> Seen:
    """A text as the screen sees it."""
    words = WORD.findall(text.lower())
    known = [first.numbers.get(word) for word in words]
    near = {(a * STEP + b) & (PAIRS - 1) for a, b in pairwise(known) if a and b}
    size = max(FEWEST_WORDS, len(words))
    kinds = {number for number in known if number is not None}
    return Seen(np.array(sorted(kinds), np.int32), np.array(sorted(near), np.int32), size, known.count(None) / size)


def first_figures(text: Seen, first: First) -> tuple[float, float, float]:
    """Words, pairs and odd words by the first screen's tables."""
    near = np.unique(text.near & (len(first.pairs) - 1))
    scale = text.size**POWER
    return (
        first.words[text.kinds].sum() / scale,
        first.pairs[near].sum() / scale,
        first.odds[text.kinds].sum() / text.size**RARE_POWER,
    )


def examples(articles: list, data: Data, first: First, count: int, shares: dict[str, float], rng: random.Random) -> list:
    """Clean texts and spun ones, with their labels; `shares`: as for `train.py`."""
    sources = [[words for name, words in articles if name.startswith(prefix)] for prefix in shares]
    sources.append([words for name, words in articles if not name.startswith(tuple(shares))])
    weights = [*shares.values(), 1 - sum(shares.values())]
    found = []
    while len(found) < 2 * count:
        words, length = rng.choice(rng.choices(sources, weights)[0]), rng.choice(LENGTHS)
        at = rng.randrange(max(1, len(words) - length))
        pairs = Spinner(data, rng).spin(words[at : at + length])
        found.append((seen(" ".join(words[at : at + length]), first), 0.0))
        if sum(before is not None for _, before in pairs) > LEAST_SPUN * len(pairs):
            found.append((seen(" ".join(word for word, _ in pairs), first), 1.0))
    return found


def second_screen(rows: list, first: First, rng: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Weights of words and pairs that, added to what the first screen says, tell spun texts best."""
    count, scale = len(first.words), FEWEST_WORDS**POWER / 10
    figures = [first_figures(text, first) for text, _ in rows]
    order = list(range(len(rows)))
    weights, offset = torch.zeros(count + PAIRS, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    trust = torch.ones(2, requires_grad=True)
    optimizer = torch.optim.Adam([{"params": [weights]}, {"params": [offset, trust], "lr": 0.02}], lr=RATE)
    for epoch in range(EPOCHS):
        rng.shuffle(order)
        for at in range(0, len(order), BATCH):
            optimizer.param_groups[0]["lr"] = RATE * (1 - (epoch + at / len(order)) / EPOCHS) + 0.0005
            batch = [rows[n] for n in order[at : at + BATCH]]
            places = [np.concatenate([text.kinds, text.near + count]).astype(np.int64) for text, _ in batch]
            starts = torch.tensor(np.cumsum([0] + [len(p) for p in places])[:-1])
            sums = nnf.embedding_bag(torch.from_numpy(np.concatenate(places)), weights, starts, mode="sum").squeeze(-1)
            known = torch.tensor(
                [(w + p, odd) for w, p, odd in (figures[n] for n in order[at : at + BATCH])], dtype=torch.float32
            )
            logits = sums / torch.tensor([float(text.size) for text, _ in batch]) ** POWER * scale + known @ trust + offset
            loss = nnf.binary_cross_entropy_with_logits(logits, torch.tensor([label for _, label in batch]))
            (loss + SPARSE * weights.abs().sum()).backward()
            optimizer.step()
            optimizer.zero_grad()
    found = (weights.detach()[:, 0] * scale).numpy()
    return found[:count], found[count:]


def liked_words(rows: list, count: int) -> np.ndarray:
    """Log odds that a spinner put a word in, of those for which they are clear."""
    counts = Counter(), Counter()
    for text, label in rows:
        counts[int(label)].update(text.kinds.tolist())
    clean, spun = (np.array([part[n] for n in range(count)]) for part in counts)
    odds = np.log((spun + 0.5) / (clean + 0.5)).clip(-3, 3)
    return np.where((np.abs(odds) > 0.7) & (clean + spun >= 4), odds, 0.0)


def main() -> None:
    """Write `screen.bin`, and print the line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "screen", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("minilm", "mythes", "npm", "real"):
        parser.add_argument(f"--{name}", type=Path)
    for name in ("clean", "spun"):
        parser.add_argument(f"--{name}", type=Path, nargs="+", required=True)
    parser.add_argument("--sources", nargs="+", default=[""], help="what the source of a pair must start with")
    parser.add_argument("--share", nargs="+", default=[], metavar="PREFIX=SHARE", help="how often articles of such ids are drawn")
    parser.add_argument("--texts", type=int, default=50_000)
    given = parser.parse_args()
    rng = random.Random(23)
    train, _, counts = pickle.loads(given.corpus.read_bytes())
    data = Data(given.moby, given.wordnet, given.pairs, counts, tuple(given.sources), given.minilm, given.mythes, given.npm)
    first = first_screen(given.screen)
    shares = {prefix: float(share) for prefix, share in (each.rsplit("=", 1) for each in given.share)}
    rows = examples(train, data, first, given.texts // 2, shares, rng)
    words, pairs = second_screen(rows, first, rng)
    liked = liked_words(rows, len(words))
    groups = [(path, 0.0, 1.0) for path in given.clean] + [(path, 1.0, 1.0) for path in given.spun]
    groups += [(given.real, 1.0, REAL_WEIGHT)] if given.real else []
    figures, labels, weights = [], [], []
    for path, label, weight in groups:
        for record in records(path):
            text = seen(record.get("text") or "\n\n".join(record["paragraphs"]), first)
            scale, size = text.size**POWER, math.log(text.size)
            again = (
                words[text.kinds].sum() / scale,
                pairs[text.near].sum() / scale,
                liked[text.kinds].sum() / text.size**RARE_POWER,
            )
            figures.append([*first_figures(text, first), *again, text.unknown, size, size**2])
            labels.append(label)
            weights.append(weight)
    x, y, w = np.array(figures), np.array(labels), np.array(weights)
    found, offset = fitted(x, y, w, PENALTY)
    near = x @ found + offset > -NEAR
    found, offset = fitted(x[near], y[near], w[near], PENALTY)
    line = np.quantile(x[y == 0] @ found + offset, 1 - PASSED)
    print(
        "GATE", [(size, round(line - offset - found[-2] * math.log(size) - found[-1] * math.log(size) ** 2, 2)) for size in SIZES]
    )
    a, b, c, d, e, f, unknown = found[:7]
    folded = first.pairs[np.arange(PAIRS) & (len(first.pairs) - 1)]
    tables = a * first.words + d * words, c * first.odds + f * liked, first.odds, b * folded + e * pairs
    write(given.out / "screen.bin", (float(unknown), 0.0), *tables)


if __name__ == "__main__":
    main()
