"""Fit how a word's figures and an article's are weighed, on clean articles of many sources and on spun ones.

python calibrate.py --clean CLEAN.jsonl [...] --spun SPUN.jsonl --out weights.json [--real REAL.jsonl] [--hold-out SOURCE ...]

CLEAN: rows of `source` and `text`; sources in `--hold-out` are only counted. SPUN: what `spin.py` wrote. REAL: real spun articles
(`paragraphs` or `text`), weighed as articles only, since their words are not labelled in full; of these, half is held out and
counted first, and then all are taken. Printed: of each source the articles, those read, and those that would be flagged.
"""

import argparse
import json
import math
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from corpus import records

from lintnews.evidence.spun.encoder import encoder, readings
from lintnews.evidence.spun.phrases import set_phrases, telling
from lintnews.evidence.spun.reading import FEW_WORDS, GARBLED, is_dull, oddest_first
from lintnews.evidence.spun.screen import FEWEST, gate, suspicion
from lintnews.evidence.spun.weighing import Evidence, article_features
from lintnews.evidence.spun.words import Word, closed, features, own_words, strangeness, subjects, word_features

LEAST_SPUN = 0.03
"""Share of words put in from which an article is to be found."""
FAINT, SAMPLED = -6.0, 3
"""Log odds of the encoder below which only one word of a clean article in so many is weighed."""
CLEAN_WEIGHT, REAL_WEIGHT = 3.0, 4.0
WORD_PENALTY, ARTICLE_PENALTY, MARKED_PENALTY = 1e-3, 1e-3, 1e-4
SCARCE, RARE, MORE_SCARCE, MORE_RARE = 6, 11, 0.8, 0.5
"""Places of a word's scarcity and rarity among its figures, and what is added to their weights in spun articles: synthetic
spinners draw fewer rare words than real ones."""


class Read(NamedTuple):
    """An article as the encoder read it; `put_in`: where words that were put in start."""

    source: str
    evidence: Evidence
    words: list[Word]
    put_in: frozenset[int]


def fitted(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, penalty: float) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic model, by Newton's method."""
    mean, deviation = rows.mean(0), rows.std(0) + 1e-6
    x = np.hstack([(rows - mean) / deviation, np.ones((len(rows), 1))])
    ridge = 2 * penalty * len(rows) * np.diag([1.0] * rows.shape[1] + [0.0])
    found = np.zeros(x.shape[1])
    found[-1] = math.log(weights @ labels / (weights @ (1 - labels)))
    for _ in range(100):
        chances = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (weights * (chances - labels)) + ridge @ found
        step = np.linalg.solve(x.T @ (x * (weights * chances * (1 - chances) + 1e-9)[:, None]) + ridge, slope)
        found -= step * min(1.0, 1.0 / np.abs(step).max())
        if np.abs(step).max() < 1e-7:
            break
    return found[:-1] / deviation, float(found[-1] - (found[:-1] / deviation) @ mean)


def read(record: dict, ungated: bool) -> Read | None:
    """An article as the detector reads it; None where it does not."""
    text = record.get("text") or "\n\n".join(record["paragraphs"])
    screened, size = suspicion(text)
    strange, lower = strangeness(text)
    if size < FEWEST or strange > GARBLED * lower or not (ungated or screened >= gate(size)):
        return None
    answers = readings(text)
    if not ungated and is_dull(text, answers[oddest_first(text, list(encoder().stretches(text)))[0]]):
        return None
    words = features(text, answers)
    for word, own in zip(words, own_words(text, [w.span for w in words]), strict=True):
        word.own = own
    evidence = Evidence(
        screened, telling(text, set_phrases(text)), strange / max(lower, FEW_WORDS), tuple(r.whole for r in answers)
    )
    return Read(record.get("source", ""), evidence, words, frozenset(start for start, *_ in record.get("starts", ())))


def word_rows(articles: list[Read]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures, labels and weights of words."""
    rows, labels, weights = [], [], []
    for article in articles:
        for number, word in enumerate(article.words):
            put_in = word.span[0] in article.put_in
            sampled = not article.put_in and word.odds < FAINT
            if (put_in or word.word not in closed()) and not (sampled and number % SAMPLED):
                rows.append(word_features(word.features))
                labels.append(put_in)
                weights.append(SAMPLED if sampled else 1)
    return np.array(rows), np.array(labels, dtype=float), np.array(weights, dtype=float)


def marked_rows(articles: list[Read]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Figures, labels and weights of the words of spun articles, with whether other forms of a word occur."""
    rows, labels = [], []
    for article in articles:
        for word, subject in zip(article.words, subjects(article.words), strict=True):
            put_in = word.span[0] in article.put_in
            if put_in or word.word not in closed():
                rows.append([*word_features(word.features), float(subject)])
                labels.append(put_in)
    return np.array(rows), np.array(labels, dtype=float), np.ones(len(rows))


def figures(article: Read, word: np.ndarray, bias: float) -> list[float]:
    """What the likelihood of an article is made of."""
    return article_features(
        article.evidence, [float(np.dot(word_features(w.features), word)) + bias for w in article.words if w.own]
    )


def of_articles(clean: list[Read], spun: list[Read], real: list[Read], word: np.ndarray, bias: float) -> tuple[np.ndarray, float]:
    """Weights and bias for articles. What speaks against sense, such as a screen that clears, is left out."""
    groups = ((clean, 0.0, CLEAN_WEIGHT), (spun, 1.0, 1.0), (real, 1.0, REAL_WEIGHT))
    rows = np.array([figures(article, word, bias) for group, *_ in groups for article in group])
    labels, weights = (np.array([row[k] for row in groups for _ in row[0]]) for k in (1, 2))
    kept = np.ones(rows.shape[1], dtype=bool)
    while True:
        found, offset = fitted(rows * kept, labels, weights, ARTICLE_PENALTY)
        wrong = kept & (np.append(found[:-1], -found[-1]) < 0)
        if not wrong.any():
            return found * kept, offset
        kept &= ~wrong


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clean", type=Path, nargs="+", required=True)
    parser.add_argument("--spun", type=Path, required=True)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--hold-out", nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rows = [record for path in given.clean for record in records(path)]
    clean = [article for record in rows if (article := read(record, False))]
    fitting = [article for article in clean if article.source not in given.hold_out]
    made = [(record["share"], article) for record in records(given.spun) if (article := read(record, True))]
    word, bias = fitted(*word_rows([article for _, article in made] + fitting), WORD_PENALTY)
    spun = [article for share, article in made if share >= LEAST_SPUN]
    real = [article for record in records(given.real) if (article := read(record, True))] if given.real else []
    for part, others in ((real[::2], real[1::2]), (real[1::2], real[::2])):
        weights, offset = of_articles(fitting, spun, part, word, bias)
        print("real, held out:", sorted(round(float(np.dot(figures(a, word, bias), weights)) + offset, 1) for a in others))
    weights, offset = of_articles(fitting, spun, real, word, bias)
    flagged = Counter(a.source for a in clean if float(np.dot(figures(a, word, bias), weights)) + offset > math.log(4))
    opened, every = Counter(a.source for a in clean), Counter(record["source"] for record in rows)
    for source, count in every.items():
        print(source, "held out" if source in given.hold_out else "", count, opened[source], flagged[source])
    chosen = {"word": word.round(4).tolist(), "word_bias": [round(bias, 4)]}
    chosen |= {"article": weights.round(4).tolist(), "article_bias": [round(offset, 4)]}
    marked, marked_bias = fitted(*marked_rows(spun), MARKED_PENALTY)
    marked[SCARCE] += MORE_SCARCE
    marked[RARE] += MORE_RARE
    chosen |= {"marked": marked.round(4).tolist(), "marked_bias": [round(marked_bias, 4)]}
    given.out.write_text(json.dumps(chosen), encoding="utf-8")


if __name__ == "__main__":
    main()
