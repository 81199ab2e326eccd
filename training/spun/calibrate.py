"""Fit how a word's figures and an article's are weighed, on held-out articles, clean and put through the synthetic spinners.

    python calibrate.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --out weights.json
        [--spun REAL.jsonl] [--skip IDS.txt] [--minilm FOLDER]

`--spun`: real spun articles (`paragraphs` or `text`), to be weighed as articles only: their words are not labelled in full.
"""

import argparse
import json
import pickle
import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as nnf
from corpus import records, words_of
from spinners import CLOSED, Data, Spinner

from lintnews.evidence.spun.encoder import encoder
from lintnews.evidence.spun.reading import article_features
from lintnews.evidence.spun.screen import FEWEST, gate, suspicion
from lintnews.evidence.spun.words import features, own_words, subjects, word_features

SPUN_SHARE, LEAST_SPUN, LONGEST = 0.4, 0.015, 900
FAINT = -4.0
"""Log odds from which words of spun articles are weighed again."""
CLEAN_READ = 220
"""Clean articles below the gate that are read all the same, so that words are weighed on them too."""


def fitted(rows: np.ndarray, labels: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic model."""
    mean, deviation = rows.mean(0), rows.std(0) + 1e-6
    x, y = torch.from_numpy((rows - mean) / deviation).float(), torch.from_numpy(labels).float()
    weights, bias = torch.zeros(rows.shape[1], requires_grad=True), torch.tensor(-2.0, requires_grad=True)
    optimizer = torch.optim.Adam([weights, bias], lr=0.05)
    for _ in range(500):
        loss = nnf.binary_cross_entropy_with_logits(x @ weights + bias, y) + penalty * weights.pow(2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    found = weights.detach().numpy() / deviation
    return found, float(bias.item() - found @ mean)


def joined(pairs: list[tuple[str, str | None]]) -> tuple[str, set[int]]:
    """Words as a text, and the offsets at which words that were put in start."""
    text, starts = "", set()
    for word, before in pairs:
        if text and word not in ".,;:!?)\n" and text[-1] not in "\n(":
            text += " "
        if before is not None:
            starts.add(len(text))
        text += word
    return text, starts


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--spun", type=Path)
    parser.add_argument("--skip", type=Path, help="ids of held-out articles that are kept from this, too, one a line")
    parser.add_argument("--sources", nargs="+", default=[""], help="what the source of a pair must start with")
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--texts", type=int, default=1500, help="articles at most")
    given = parser.parse_args()
    rng = random.Random(99)
    _, test, counts = pickle.loads(given.corpus.read_bytes())
    data = Data(given.moby, given.wordnet, given.pairs, counts, tuple(given.sources), given.minilm)
    skip = set(given.skip.read_text(encoding="utf-8").split("\n")) if given.skip else set()
    test = [(name, text) for name, text in test if name not in skip]
    rng.shuffle(test)
    texts: list[tuple[str, set[int] | None, bool]] = []
    for _, text in test[: given.texts]:
        if rng.random() < SPUN_SHARE:
            pairs = Spinner(data, rng).spin(words_of(text)[: rng.choice([80, 250, 500, LONGEST])])
            spun, starts = joined(pairs)
            texts.append((spun, starts, len(starts) > LEAST_SPUN * len(pairs)))
        else:
            texts.append((text[:6000], set(), False))
    for record in records(given.spun) if given.spun else ():
        texts.append(("\n\n".join(record.get("paragraphs") or [record["text"]]), None, True))
    read, below = [], 0
    for text, starts, is_spun in texts:
        screened, size = suspicion(text)
        closed = size < FEWEST or screened < gate(size)
        below += closed
        if size < FEWEST or (closed and below > CLEAN_READ):
            continue
        readings = list(encoder().read(text))
        read.append((text, starts, is_spun, screened, features(text, readings), [r.whole for r in readings]))
    word_rows = [
        (word_features(w.features), w.span[0] in starts) for _, starts, *_, found, _ in read if starts is not None for w in found
    ]
    word, word_bias = fitted(np.array([x for x, _ in word_rows]), np.array([y for _, y in word_rows]), 1e-4)
    rows, labels, again = [], [], []
    for text, starts, is_spun, screened, found, whole in read:
        if starts and not is_spun:
            continue
        own = own_words(text, [w.span for w in found])
        odds = [float(np.dot(word_features(w.features), word)) + word_bias for w in found]
        rows.append(article_features(screened, [x for x, counts_ in zip(odds, own, strict=True) if counts_], whole))
        labels.append(is_spun)
        if starts:
            figures = zip(found, odds, own, subjects(found), strict=True)
            again += [
                (x, not counts_, subject, w.span[0] in starts)
                for w, x, counts_, subject in figures
                if x > FAINT and w.word not in CLOSED
            ]
    article, article_bias = fitted(np.array(rows), np.array(labels), 5e-4)
    weights = {"word": word.round(4).tolist(), "word_bias": [round(word_bias, 4)]}
    weights |= {"article": article.round(4).tolist(), "article_bias": [round(article_bias, 4)]}
    given.out.write_text(json.dumps(weights), encoding="utf-8")
    (scale, quoted, subject), _ = fitted(np.array([row[:3] for row in again]), np.array([row[3] for row in again]), 1e-4)
    print(f"in spun articles log odds gain {quoted / scale:.2f} in a quotation, {subject / scale:.2f} where another form occurs")


if __name__ == "__main__":
    main()
