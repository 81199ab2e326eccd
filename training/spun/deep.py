"""Fit how the deep tier weighs a word's figures and an article's, on held-out articles, clean and put through the spinners.

    python deep.py --corpus corpus.pkl --moby MOBY --wordnet FOLDER --pairs PAIRS.tsv --model MODEL --out deep.json

`--model` is a GGUF file or a package that holds one. `--spun`: real spun articles, weighed as articles only. Run it after
`calibrate.py`, whose weights the words come with.
"""

import argparse
import json
import pickle
import random
from pathlib import Path

import numpy as np
from calibrate import fitted
from corpus import held_out, records, words_of
from spin import joined
from spinners import Data, Spinner

from lintnews.evidence.spun import deep
from lintnews.evidence.spun.encoder import readings
from lintnews.evidence.spun.phrases import set_phrases, telling
from lintnews.evidence.spun.reading import DULL, FEW_WORDS
from lintnews.evidence.spun.screen import DATA, FEWEST, gate, suspicion
from lintnews.evidence.spun.spelling import respelt
from lintnews.evidence.spun.weighing import Evidence, article_features, default_weights, likelihood, weigh
from lintnews.evidence.spun.words import closed, strangeness

LENGTHS, LEAST_SPUN, LONGEST = (80, 120, 200, 300), 0.015, 9000
DOUBTED = 0.04
"""Confidence of the default tier from which a clean article is read, so that some are."""


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "moby", "wordnet", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--spun", type=Path)
    parser.add_argument("--articles", type=int, default=260, help="how many articles are spun")
    given = parser.parse_args()
    rng = random.Random(7)
    _, test, counts = pickle.loads(given.corpus.read_bytes())
    test = [text for name, text in test if held_out(name)]
    rng.shuffle(test)
    data = Data(given.moby, given.wordnet, given.pairs, counts)
    texts: list[tuple[str, set[int] | None, bool]] = []
    for text in test[: given.articles]:
        pairs = Spinner(data, rng).spin(words_of(text)[: rng.choice(LENGTHS)])
        spun, starts = joined(pairs)
        texts.append((spun, starts, len(starts) > LEAST_SPUN * len(pairs)))
    texts += [(text[:LONGEST], set(), False) for text in test[given.articles :]]
    for record in records(given.spun) if given.spun else ():
        texts.append(("\n\n".join(record.get("paragraphs") or [record["text"]]), None, True))
    model = deep.load(given.model)
    rows, labels, read = [], [], []
    for text, starts, is_spun in texts:
        screened, size = suspicion(text)
        if size < FEWEST or screened < gate(size):
            continue
        answers = readings(text)
        told, words = telling(text, set_phrases(text)), weigh(text, answers)
        strange, lower = strangeness(text)
        evidence = Evidence(screened, told, strange / max(lower, FEW_WORDS), tuple(r.whole for r in answers))
        confidence = likelihood(words, evidence, default_weights())
        if confidence >= (DULL if starts is None or starts else DOUBTED):
            spelling = respelt(w.word for w in words)
            looked = deep.look(text, [w for w in words if w.word not in closed()], spelling, model)
            found = deep.figures(looked)
            read.append((evidence, words, [w for w, _ in looked], found, is_spun, starts))
            if starts:
                rows += found
                labels += [word.span[0] in starts for word, _ in looked]
    word, word_bias = fitted(np.array(rows), np.array(labels, dtype=float), np.ones(len(rows)), 1e-4)
    articles, spun_articles = [], []
    for evidence, words, looked_at, found, is_spun, starts in read:
        for w, row in zip(looked_at, found, strict=True):
            w.odds = float(np.dot(row, word)) + word_bias
        if is_spun or not starts:
            articles.append(article_features(evidence, [w.odds for w in words if w.own]))
            spun_articles.append(is_spun)
    article, article_bias = fitted(np.array(articles), np.array(spun_articles, dtype=float), np.ones(len(articles)), 3e-3)
    # few clean articles get this far, so the article's weights are drawn half way back to those of the default tier
    first = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    article, article_bias = (article + np.array(first["article"])) / 2, (article_bias + first["article_bias"][0]) / 2
    weights = {"word": word.round(4).tolist(), "word_bias": [round(word_bias, 4)]}
    weights |= {"article": article.round(4).tolist(), "article_bias": [round(article_bias, 4)]}
    given.out.write_text(json.dumps(weights), encoding="utf-8")
    print(f"{len(rows)} words of spun articles, {len(articles)} articles of which {sum(spun_articles)} spun")


if __name__ == "__main__":
    main()
