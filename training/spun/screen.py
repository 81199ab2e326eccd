"""Fit the screen: a logistic model of words and neighbours on pairs of clean and spun texts, and log odds of single words.

python screen.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --out FOLDER [--texts 20000]
"""

import argparse
import math
import pickle
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nnf
from spinners import Data, Spinner

from lintnews.evidence.spun.screen import FEWEST_WORDS, HEAD, MIDDLE, STEP, WORD

PAIRS, POWER, UNIT, ODDS_UNIT = 1 << 17, 0.7, 16 / 127, 8 / 127
SPARSE, EPOCHS, BATCH = 2e-6, 6, 512
LEAST_SPUN = 0.015
"""Share of replaced words from which a text is learnt as spun."""
ZERO = 0.6
"""The model's logit that is 0 in the data: about what one clean text in fifty exceeds."""


def main() -> None:
    """Write `screen.txt` and `screen.bin`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=20000)
    given = parser.parse_args()
    rng = random.Random(11)
    train, _, counts = pickle.loads(given.corpus.read_bytes())
    data = Data(given.moby, given.wordnet, given.pairs, counts)
    rows, seen, put_in = [], Counter(), Counter()
    for _ in range(given.texts):
        words, length = rng.choice(train)[1], rng.choice([120, 200, 400, 800])
        at = rng.randrange(max(1, len(words) - length))
        spun = Spinner(data, rng).spin(words[at : at + length])
        rate = sum(before is not None for _, before in spun) / max(1, len(spun))
        pair = [WORD.findall(" ".join(part).lower()) for part in (words[at : at + length], [word for word, _ in spun])]
        if len(pair[0]) >= FEWEST_WORDS:
            rows += [(pair[0], 0.0)] + ([(pair[1], 1.0)] if rate > LEAST_SPUN else [])
            seen.update(set(pair[0]))
            put_in.update(set(pair[1]))
    odds = {w: math.log((put_in[w] + 0.5) / (seen[w] + 0.5)) for w in seen | put_in if seen[w] + put_in[w] >= 3}
    odds = {w: max(-3.0, min(3.0, x)) for w, x in odds.items() if abs(x) > 1}
    names = sorted({w for w in seen | put_in if seen[w] + put_in[w] >= 4} | odds.keys())
    numbers = {word: number for number, word in enumerate(names)}

    def features(words: list[str]) -> tuple[np.ndarray, int]:
        ids = [numbers.get(word, 0) for word in words]
        near = {len(names) + ((a * STEP + b) & (PAIRS - 1)) for a, b in pairwise(ids) if a and b}
        return np.array(sorted({numbers[w] for w in words if w in numbers} | near)), max(FEWEST_WORDS, len(words))

    examples = [(*features(words), label) for words, label in rows]
    weights, offset = torch.zeros(len(names) + PAIRS, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([{"params": [weights], "lr": 0.05}, {"params": [offset], "lr": 0.02}])
    scale = 60**POWER / 10
    for epoch in range(EPOCHS):
        optimizer.param_groups[0]["lr"] = 0.05 * (1 - epoch / EPOCHS)
        rng.shuffle(examples)
        for at in range(0, len(examples), BATCH):
            batch = examples[at : at + BATCH]
            starts = torch.tensor(np.cumsum([0] + [len(f) for f, _, _ in batch])[:-1])
            sums = nnf.embedding_bag(torch.from_numpy(np.concatenate([f for f, _, _ in batch])), weights, starts, mode="sum")
            sizes = torch.tensor([float(size) for _, size, _ in batch])
            logits = sums.squeeze(-1) / sizes**POWER * scale + offset
            loss = nnf.binary_cross_entropy_with_logits(logits, torch.tensor([label for _, _, label in batch]))
            (loss + SPARSE * weights.abs().sum()).backward()
            optimizer.step()
            optimizer.zero_grad()
    fitted = (weights.detach()[:, 0] * scale).numpy()
    single = np.array([odds.get(word, 0.0) for word in names])
    (given.out / "screen.txt").write_text("\n".join(names), encoding="utf-8")
    words, pairs = fitted[: len(names)], fitted[len(names) :]
    write(given.out / "screen.bin", (0.0, offset.item() - ZERO), words, np.zeros(len(names)), single, pairs)


def write(
    path: Path, constants: tuple[float, float], words: np.ndarray, liked: np.ndarray, odds: np.ndarray, pairs: np.ndarray
) -> None:
    """Write the tables in bytes; `constants` are the weight of the share of unknown words, and the offset."""
    units = UNIT, 2 * UNIT, ODDS_UNIT
    head = " ".join(format(x, ".6f") for x in (*units, *constants)).ljust(HEAD).encode()
    parts = ((words, units[0]), (liked, units[1]), (odds, units[2]), (pairs, units[0]))
    path.write_bytes(head + b"".join((np.round(x / u).clip(-127, 127) + MIDDLE).astype(np.uint8).tobytes() for x, u in parts))


if __name__ == "__main__":
    main()
