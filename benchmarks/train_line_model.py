"""Train the line model of the boilerplate rules and write its figures.

    python benchmarks/train_line_model.py LABELLED CLEAN -o lintnews/data/line_model.json
    python benchmarks/train_line_model.py LABELLED CLEAN --folds FOLDER

LABELLED is a JSONL of documents with `id, flavor, source, site, text, lines`, each line `{n, label, kind}` with the labels keep,
drop and neutral; CLEAN a JSONL of articles with `text` and nothing to drop. The first form trains on everything. The second
writes `fold0.json` … `fold4.json`, each trained without a fifth of the sites, and `folds.json`, which says which sites those
were: benchmarks/boilerplate.py takes its held-out figures from them.

Needs numpy, numba and lightgbm besides lintnews.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import zlib
from base64 import b64encode
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import lightgbm
import numba
import numpy as np
from boilerplate import records

from lintnews.document import Document
from lintnews.evidence.linemodel.figures import FIGURES
from lintnews.evidence.linemodel.measuring import rows
from lintnews.evidence.linemodel.model import in_doubt, to_read
from lintnews.evidence.linemodel.wording import CLASSES, PLAIN, UNIT, edges, packed, tokens

FOLDS, HALVES = 5, 2
"""The sites are parted in so many folds to hold out, and each of them in so many parts: what is learnt of a part without it."""
CLASS = {
    **dict.fromkeys(("headline_list", "inline_teaser", "title_dup", "list_toc"), 1),
    **dict.fromkeys(("related_heading", "related_label"), 2),
    **dict.fromkeys(("comments",), 3),
    **dict.fromkeys(("caption", "photo_credit", "dup_paragraph"), 4),
    **dict.fromkeys(("byline", "timestamp_updated", "tags_topics", "author_bio"), 5),
    **dict.fromkeys(("contact_tip", "copyright_agency", "newsletter", "paywall_subscribe", "donate_support", "follow_us"), 6),
    **dict.fromkeys(("app_download", "cookie_consent", "footer_legal", "poll_quiz", "other_text"), 6),
}
"""Index in `CLASSES` of each kind of label; 7 for others."""
HEADLINE = ("", "deck")
"""Kinds of neutral lines, headline and summary, that the model must keep."""
WORD_WEIGHT = {"sloppy": 1.0, "recall": 0.7, "fullpage": 0.35, "clean": 0.5}
TREE_WEIGHT = {"sloppy": 1.0, "recall": 0.8, "fullpage": 0.4, "clean": 0.5}
FULLPAGE_SHARE = 3
"""One in so many documents of whole pages trains the trees: they hold most lines and are not what people clean."""
CLEAN_ARTICLES = 2400
VOCABULARY = 14_000
FEWEST_SITES = 3
CUE = 0.4
EPOCHS = 6
TREES = {
    "objective": "binary", "learning_rate": 0.11, "num_leaves": 31, "min_data_in_leaf": 40, "feature_fraction": 0.5,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "max_bin": 63, "use_missing": False, "seed": 1, "num_threads": 1,
    "verbose": -1, "deterministic": True,
}  # fmt: skip
ROUNDS = 90
LEFT_OVER, MISSED, MISTAKEN, MISTRUSTED = 0.5, -2.9, 3.0, 0.2
"""Labels that other sites contradict. A line of a clean article above these log odds is a leftover and trains nothing; a dropped
line below the second or a kept line above the third weighs less, by the last figure."""
COMBINATION = (1.0, 0.4, 0.3)
"""Factors of the log odds of a rule and of the model, and what is added. Set by hand: the rules were written on the same
articles and are right there nearly always, so that a fit would trust them too much."""


class Article:
    """A document with a label, a class and a weight for each block: 0 article, 1 boilerplate, -1 neither."""

    def __init__(self, record: dict, flavor: str) -> None:
        self.id, self.flavor, self.site = record.get("id", ""), flavor, record.get("site", record.get("id", ""))
        self.source = record.get("source", "")
        self.document = Document(record["text"])
        labels = {line["n"]: line for line in record.get("lines", ())}
        self.labels: list[int] = []
        self.classes: list[int] = []
        for block in self.document.blocks:
            first = self.document.position(block.start)[0] - 1
            last = self.document.position(block.end - 1)[0] - 1
            if flavor == "clean":
                label, kind = "keep", ""
            else:
                found = [labels[n] for n in range(first, last + 1) if n in labels]
                label = Counter(x["label"] for x in found).most_common(1)[0][0] if found else "neutral"
                kind = next((x.get("kind") or "" for x in found if x["label"] == label), "")
                if label == "neutral" and kind in HEADLINE:
                    label = "keep"
            self.labels.append({"keep": 0, "drop": 1, "neutral": -1}[label])
            self.classes.append(CLASS.get(kind, 7) if label == "drop" else 0)


def read(labelled: Path, clean: Path) -> list[Article]:
    """The articles of both files, those without blocks left out."""
    found = [Article(record, record["flavor"]) for record in records(labelled)]
    sample = list(records(clean))
    random.Random(3).shuffle(sample)
    found += [Article(record, "clean") for record in sample[:CLEAN_ARTICLES]]
    return [article for article in found if article.document.blocks]


def fold_of(articles: list[Article]) -> dict[str, int]:
    """Sites to folds of about equal size; clean articles by a checksum of their id."""
    sizes: Counter[str] = Counter()
    for article in articles:
        if article.flavor != "clean":
            sizes[article.site] += len(article.labels)
    generator, loads, folds = random.Random(0), [0.0] * FOLDS, {}
    for site in sorted(sizes, key=lambda site: (-sizes[site], site)):
        folds[site] = min(range(FOLDS), key=lambda fold: loads[fold] * (1 + 0.3 * generator.random()))
        loads[folds[site]] += sizes[site]
    return folds


@numba.njit(cache=True, fastmath=True)
def descend(tokens, starts, lengths, classes, weights, rows, scores, bias, epochs):  # type: ignore[no-untyped-def]
    """Adagrad on the softmax of summed token scores."""
    count = scores.shape[1]
    grown = np.full(scores.shape, 1e-2, np.float32)
    p = np.zeros(count, np.float32)
    np.random.seed(0)
    for _ in range(epochs):
        np.random.shuffle(rows)
        for row in rows:
            if weights[row] == 0:
                continue
            scale = 1 / np.sqrt(lengths[row] + 1.0)
            for k in range(count):
                p[k] = bias[k]
            for at in range(starts[row], starts[row + 1]):
                for k in range(count):
                    p[k] += scores[tokens[at], k] * scale
            top, total = p.max(), 0.0
            for k in range(count):
                p[k] = np.exp(p[k] - top)
                total += p[k]
            for k in range(count):
                p[k] = (p[k] / total - (1.0 if k == classes[row] else 0.0)) * weights[row]
                bias[k] -= 0.005 * p[k]
            for at in range(starts[row], starts[row + 1]):
                token = tokens[at]
                for k in range(count):
                    slope = p[k] * scale + 1e-4 * scores[token, k]
                    grown[token, k] += slope * slope
                    scores[token, k] -= 0.1 * slope / np.sqrt(grown[token, k])


def part_of(articles: list[Article], folds: dict[str, int]) -> list[int]:
    """Each article's part: the fold of its site times `HALVES`, and which share of the fold's sites, counted by name."""
    halves = {
        site: number % HALVES for fold in range(FOLDS) for number, site in enumerate(sorted(s for s in folds if folds[s] == fold))
    }
    sums = [zlib.crc32(a.id.encode()) if a.flavor == "clean" else 0 for a in articles]
    return [
        sum_ % FOLDS * HALVES + sum_ // FOLDS % HALVES if a.flavor == "clean" else folds[a.site] * HALVES + halves[a.site]
        for a, sum_ in zip(articles, sums, strict=True)
    ]


def parts_of(fold: int) -> frozenset[int]:
    """The parts of a fold."""
    return frozenset(range(fold * HALVES, (fold + 1) * HALVES))


class Corpus:
    """The blocks of all articles as arrays, and the models fitted to parts of them."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.folds = fold_of(articles)
        self.part = part_of(articles, self.folds)
        known: dict[str, int] = {}
        flat: list[int] = []
        starts = [0]
        for article in articles:
            for found in tokens([block.text for block in article.document.blocks]):
                flat.extend(sorted(known.setdefault(token, len(known)) for token in found))
                starts.append(len(flat))
        self.names = list(known)
        self.flat, self.starts = np.array(flat, np.int32), np.array(starts, np.int64)
        self.lengths = np.diff(self.starts)
        self.row_part = np.array([part for a, part in zip(articles, self.part, strict=True) for _ in a.labels])
        self.labels = np.array([label for a in articles for label in a.labels])
        self.classes = np.array([kind for a in articles for kind in a.classes])
        sizes = np.array([min(b.text.count(" ") + 1, 60) for a in articles for b in a.document.blocks])
        half = np.array([0.5 if a.source == "f" else 1.0 for a in articles for _ in a.labels]) * (self.labels >= 0)
        self.word_weight = np.array([WORD_WEIGHT[a.flavor] for a in articles for _ in a.labels]) * half * (1 + 0.03 * sizes)
        keep = {id(a): a.flavor != "fullpage" or zlib.crc32(a.id.encode()) % FULLPAGE_SHARE == 0 for a in articles}
        self.tree_weight = (
            np.array([TREE_WEIGHT[a.flavor] * keep[id(a)] for a in articles for _ in a.labels]) * half * (0.5 + sizes**0.5)
        )
        self.is_clean = np.array([a.flavor == "clean" for a in articles for _ in a.labels])
        self.site = [a.site if a.flavor != "clean" else f"clean {zlib.crc32(a.id.encode()) % 40}" for a in articles]
        self.spans = list(pairwise(np.cumsum([0] + [len(a.labels) for a in articles]).tolist()))

    def words(self, without: frozenset[int], trust: np.ndarray) -> tuple[dict[str, list[int]], list[float], np.ndarray]:
        """Token scores fitted without some parts, the labels weighed by `trust`; bias; class probabilities of all rows."""
        rows = np.flatnonzero(~np.isin(self.row_part, list(without)))
        weight = (self.word_weight * trust).astype(np.float32)
        by_site: dict[str, list[tuple[int, int]]] = {}
        for site, part, span in zip(self.site, self.part, self.spans, strict=True):
            if part not in without:
                by_site.setdefault(site, []).append(span)
        seen = np.zeros(len(self.names), np.int32)
        for spans in by_site.values():
            here = np.unique(np.concatenate([self.flat[self.starts[a] : self.starts[b]] for a, b in spans]))
            seen[here] += 1
        wanted = np.flatnonzero(seen >= FEWEST_SITES)
        scores, bias = self._fit(wanted, rows, weight, 1)
        worth = np.abs(scores - scores.mean(1, keepdims=True)).max(1) * np.sqrt(np.minimum(seen[wanted], 40))
        wanted = wanted[np.sort(np.argsort(-worth, kind="stable")[:VOCABULARY])]
        scores, bias = self._fit(wanted, rows, weight, EPOCHS)
        whole = np.rint(scores / UNIT).astype(int)
        names = [self.names[token] for token in wanted]
        table = np.zeros((len(self.names), len(CLASSES)), np.float32)
        table[wanted] = whole * UNIT
        sums = np.add.reduceat(table[self.flat], np.minimum(self.starts[:-1], len(self.flat) - 1))
        sums[self.lengths == 0] = 0
        logits = bias + sums / np.sqrt(self.lengths + 1)[:, None]
        grown = np.exp(logits - logits.max(1, keepdims=True))
        scored = dict(zip(names, whole.tolist(), strict=True))
        return scored, bias.tolist(), grown / grown.sum(1, keepdims=True)

    @cache  # noqa: B019
    def _doubted_words(self, without: frozenset[int]) -> np.ndarray:
        """Class probabilities of all rows, fitted without some parts to labels that nobody has questioned yet."""
        return self.words(without, np.ones(len(self.labels)))[2]

    def cues(self, without: frozenset[int]) -> list[str]:
        """Words of running text that on most of the sites with them are no article."""
        seen: dict[str, tuple[set[str], set[str]]] = {}
        for article, part, site in zip(self.articles, self.part, self.site, strict=True):
            if part in without or article.flavor == "fullpage":
                continue
            for block, label in zip(article.document.blocks, article.labels, strict=True):
                if block.is_prose and label >= 0:
                    for word in set(edges(block.text).lower().split()):
                        seen.setdefault(word, (set(), set()))[label].add(article.id.partition("#")[0] if label == 0 else site)
        return sorted(
            word for word, (kept, dropped) in seen.items() if len(dropped) >= FEWEST_SITES and len(dropped) > CUE * len(kept)
        )

    def _fit(self, wanted: np.ndarray, rows: np.ndarray, weight: np.ndarray, epochs: int) -> tuple[np.ndarray, np.ndarray]:
        number = np.full(len(self.names), -1, np.int32)
        number[wanted] = np.arange(len(wanted), dtype=np.int32)
        numbered = number[self.flat]
        known = numbered >= 0
        starts = np.concatenate([[0], np.cumsum(known)])[self.starts]
        scores, bias = np.zeros((len(wanted), len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32)
        descend(numbered[known], starts, self.lengths, self.classes, weight, rows.copy(), scores, bias, epochs)
        return scores, bias

    def rows(self, wording: np.ndarray, cues: frozenset[str], chosen: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """The figures of the blocks in doubt of the chosen articles, and the rows' numbers."""
        found: list[list[float]] = []
        numbers: list[int] = []
        for index in chosen:
            document, (first, last) = self.articles[index].document, self.spans[index]
            probabilities = [
                p if read else PLAIN for p, read in zip(wording[first:last].tolist(), to_read(document, cues), strict=True)
            ]
            wanted = in_doubt(document, probabilities)
            found.extend(rows(document, probabilities, wanted))
            numbers.extend(first + i for i in wanted)
        return np.array(found, np.float32), np.array(numbers)

    def _boost(self, x: np.ndarray, numbers: np.ndarray, weight: np.ndarray) -> lightgbm.Booster:
        train = weight > 0
        labels, names = self.labels[numbers][train], list(map(str, range(len(FIGURES))))
        return lightgbm.train(TREES, lightgbm.Dataset(x[train], labels, weight=weight[train], feature_name=names), ROUNDS)

    def trust(self, folds: list[int], cues: frozenset[str], chosen: list[int]) -> np.ndarray:
        """How much each row's label counts, 0 to 1: less where a first model of the other folds contradicts it strongly."""
        without = frozenset(part for fold in range(FOLDS) if fold not in folds for part in parts_of(fold))
        wording = np.zeros((len(self.labels), len(CLASSES)))
        for fold in folds:
            here = np.isin(self.row_part, list(parts_of(fold)))
            wording[here] = self._doubted_words(without | parts_of(fold))[here]
        x, numbers = self.rows(wording, cues, chosen)
        weight, row_part, odds = self.tree_weight[numbers], self.row_part[numbers], np.zeros(len(numbers))
        for fold in folds:
            held = np.isin(row_part, list(parts_of(fold)))
            odds[held] = self._boost(x, numbers, np.where(held, 0, weight)).predict(x[held], raw_score=True)
        clean, labels = self.is_clean[numbers], self.labels[numbers]
        doubtful = ~clean & np.where(labels == 1, odds < MISSED, odds > MISTAKEN)
        trusted = np.ones(len(self.labels))
        trusted[numbers] = np.where(clean & (odds > LEFT_OVER), 0, np.where(doubtful, MISTRUSTED, 1))
        return trusted

    def model(self, held: int | None) -> tuple[dict, np.ndarray]:
        """A whole model trained without a fold, if one is held out, and what each figure gained."""
        without = frozenset() if held is None else parts_of(held)
        folds = [fold for fold in range(FOLDS) if fold != held]
        chosen = [i for i, part in enumerate(self.part) if part not in without]
        cues = self.cues(without)
        trust = self.trust(folds, frozenset(cues), chosen)
        wording = np.zeros((len(self.labels), len(CLASSES)))
        for part in sorted(set(self.part) - without):
            here = self.row_part == part
            wording[here] = self.words(without | {part}, trust)[2][here]
        words, bias, _ = self.words(without, trust)
        x, numbers = self.rows(wording, frozenset(cues), chosen)
        booster = self._boost(x, numbers, self.tree_weight[numbers] * trust[numbers])
        trees = [nested(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
        scores = b"".join(packed(row).to_bytes(16, "little", signed=True) for row in words.values())
        model = {
            "tokens": "\n".join(words),
            "scores": b64encode(scores).decode(),
            "bias": [round(b, 4) for b in bias],
            "cues": cues,
            "trees": trees,
        }
        return model, booster.feature_importance("gain")


def nested(node: dict) -> list | float:
    """A tree of LightGBM as lists of (figure, limit, low, high)."""
    if "leaf_value" in node:
        return round(node["leaf_value"], 4)
    return [node["split_feature"], round(node["threshold"], 5), nested(node["left_child"]), nested(node["right_child"])]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("clean", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--folds", type=Path)
    arguments = parser.parse_args()
    started = time.time()
    corpus = Corpus(read(arguments.labelled, arguments.clean))
    print(f"{len(corpus.articles)} articles, {len(corpus.labels)} blocks, {time.time() - started:.0f} s", flush=True)
    if arguments.folds:
        arguments.folds.mkdir(parents=True, exist_ok=True)
        (arguments.folds / "folds.json").write_text(json.dumps(corpus.folds))
    for fold in range(FOLDS) if arguments.folds else ():
        model, _ = corpus.model(fold)
        write(model, arguments.folds / f"fold{fold}.json")
        print(f"fold {fold}, {time.time() - started:.0f} s", flush=True)
    if arguments.output:
        model, gain = corpus.model(None)
        write(model, arguments.output)
        for figure in np.argsort(-gain):
            print(f"{FIGURES[figure]:20} {gain[figure] / gain.sum():.4f}")


def write(model: dict, path: Path) -> None:
    """The figures as JSON."""
    path.write_text(
        json.dumps({"calibration": [1.0, 0.0], "combination": COMBINATION, **model}, ensure_ascii=False, separators=(",", ":"))
        + "\n"
    )


if __name__ == "__main__":
    main()
