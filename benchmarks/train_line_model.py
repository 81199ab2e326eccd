"""Train the line model of the boilerplate rules and write its figures.

    python benchmarks/train_line_model.py LABELLED… --clean CLEAN -o lintnews/data/line_model.json [--folds FOLDER]

LABELLED are JSONL files of documents with `id, flavor, source, site, text, lines`, each line `{n, label, kind}` with the labels
keep, drop and neutral; CLEAN one of articles with `text` and nothing to drop. Of all files but the first the sites that
`kept_back` names are left out. With `--folds`, `fold0.json` … are written too, each trained without a share of the publishers,
and `folds.json`, which says in which fold each site is: benchmarks/boilerplate.py takes its held-out figures from them.

Needs numpy, numba and lightgbm besides lintnews; some minutes on one core.
"""

from __future__ import annotations

import argparse
import json
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
from held_out_rules import group_of, kept_back

from lintnews.document import Document
from lintnews.evidence.linemodel.figures import FIGURES
from lintnews.evidence.linemodel.measuring import rows
from lintnews.evidence.linemodel.model import in_doubt, to_read
from lintnews.evidence.linemodel.wording import CLASSES, PLAIN, UNIT, edges, packed, tokens

FOLDS = 4
CLASS = {
    **dict.fromkeys(("headline_list", "inline_teaser", "title_dup", "list_toc"), 1),
    **dict.fromkeys(("related_heading", "related_label"), 2),
    **dict.fromkeys(("comments",), 3),
    **dict.fromkeys(("caption", "photo_credit", "dup_paragraph"), 4),
    **dict.fromkeys(("byline", "timestamp_updated", "tags_topics", "author_bio"), 5),
    **dict.fromkeys(("cta", "affiliate_disclosure"), 6),
    **dict.fromkeys(("contact_tip", "copyright_agency", "newsletter", "paywall_subscribe", "donate_support", "follow_us"), 6),
    **dict.fromkeys(("app_download", "cookie_consent", "footer_legal", "poll_quiz", "other_text"), 6),
}
"""Index in `CLASSES` of each kind of label; 7 for others."""
UNJUDGED = ("affiliate_disclosure",)
"""Kinds that some labels drop and others leave open."""
HEADLINE = ("", "deck")
"""Kinds of neutral lines, headline and summary, that the model must keep."""
SAMPLED = {"sloppy": 1, "recall": 2, "fullpage": 6, "clean": 3}
"""One in so many documents of a flavour trains; the second kind are mostly the same lines as the first."""
WORD_WEIGHT = {"sloppy": 1.0, "recall": 0.9, "fullpage": 0.6, "clean": 0.5}
TREE_WEIGHT = {"sloppy": 1.0, "recall": 1.0, "fullpage": 0.6, "clean": 0.7}
KEEP_WEIGHT = 1.5
"""An article's line counts for so many of furniture in the trees."""
VOCABULARY = 16_000
FEWEST_SITES = 3
CUE = 0.4
EPOCHS = 5
TREES = {
    "objective": "binary", "learning_rate": 0.11, "num_leaves": 31, "min_data_in_leaf": 60, "feature_fraction": 0.4,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 10, "max_bin": 63, "use_missing": False, "seed": 1, "num_threads": 1,
    "verbose": -1, "deterministic": True,
}  # fmt: skip
ROUNDS = 120
LEFT_OVER, MISSED, MISTAKEN, MISTRUSTED = 0.5, -2.9, 3.0, 0.2
"""Labels that other sites contradict. A line of a clean article above these log odds is a leftover and trains nothing; a dropped
line below the second or a kept line above the third weighs less, by the last figure."""
COMBINATION = (1.0, 0.55, -0.6, -0.8, 1.8, 0.7)
"""How a rule is weighed, see `Combination`: fitted to the verdicts of rules on the sites of new sets, which they were not written
on, with models that had not seen the site."""


class Article:
    """A document with a label and a class for each block: 0 article, 1 boilerplate, -1 neither."""

    def __init__(self, record: dict, flavor: str) -> None:
        self.id, self.flavor, self.source = record.get("id", ""), flavor, record.get("source", "")
        self.site = record.get("site") or f"clean{zlib.crc32(self.id.encode()) % 40}."
        self.document = Document(record["text"])
        labels = {line["n"]: line for line in record.get("lines", ())}
        self.labels: list[int] = []
        self.classes: list[int] = []
        for block in self.document.blocks:
            first = self.document.position(block.start)[0] - 1
            last = self.document.position(block.end - 1)[0] - 1
            found = [labels[n] for n in range(first, last + 1) if n in labels]
            label = Counter(x["label"] for x in found).most_common(1)[0][0] if found else "neutral"
            kind = next((x.get("kind") or "" for x in found if x["label"] == label), "")
            if flavor == "clean" or (label == "neutral" and kind in HEADLINE and found):
                label = "keep"
            if kind in UNJUDGED:
                label = "neutral"
            self.labels.append({"keep": 0, "drop": 1, "neutral": -1}[label])
            self.classes.append(CLASS.get(kind, 7) if label == "drop" else 0)


def read(labelled: list[Path], clean: Path, every: int) -> list[Article]:
    """The articles that train, those without blocks left out."""
    found = []
    for number, path in enumerate([*labelled, clean]):
        for record in records(path):
            flavor = record.get("flavor", "clean")
            if number and flavor != "clean" and kept_back(record["site"]):
                continue
            if zlib.crc32(record["id"].encode()) % (SAMPLED[flavor] * every) == 0:
                found.append(Article(record, flavor))
    return [article for article in found if article.document.blocks]


def fold_of(articles: list[Article]) -> dict[str, int]:
    """Sites to folds of about equal size, a publisher's sites together."""
    sizes: Counter[str] = Counter()
    for article in articles:
        sizes[group_of(article.site)] += len(article.labels)
    loads, folds = [0] * FOLDS, {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):
        folds[group] = loads.index(min(loads))
        loads[folds[group]] += sizes[group]
    return {article.site: folds[group_of(article.site)] for article in articles}


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


class Corpus:
    """The blocks of all articles as arrays, and the models fitted to parts of them."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.folds = fold_of(articles)
        known: dict[str, int] = {}
        flat: list[int] = []
        starts = [0]
        for article in articles:
            for found in tokens(article.document.blocks):
                flat.extend(sorted(known.setdefault(token, len(known)) for token in found))
                starts.append(len(flat))
        self.names = list(known)
        self.flat, self.starts = np.array(flat, np.int32), np.array(starts, np.int64)
        self.lengths = np.diff(self.starts)
        self.fold = np.array([self.folds[a.site] for a in articles for _ in a.labels])
        self.labels = np.array([label for a in articles for label in a.labels])
        self.classes = np.array([kind for a in articles for kind in a.classes])
        sizes = np.array([min(len(block.words), 60) for a in articles for block in a.document.blocks])
        judged = np.array([0.5 if a.source == "f" else 1.0 for a in articles for _ in a.labels]) * (self.labels >= 0)
        self.word_weight = np.array([WORD_WEIGHT[a.flavor] for a in articles for _ in a.labels]) * judged * (1 + 0.03 * sizes)
        self.tree_weight = np.array([TREE_WEIGHT[a.flavor] for a in articles for _ in a.labels]) * judged * (0.5 + sizes**0.5)
        self.tree_weight *= np.where(self.labels == 0, KEEP_WEIGHT, 1)
        self.is_clean = np.array([a.flavor == "clean" for a in articles for _ in a.labels])
        self.spans = list(pairwise(np.cumsum([0] + [len(a.labels) for a in articles]).tolist()))
        self.trust = np.ones(len(self.labels))
        self.cues = self._cues()

    @cache  # noqa: B019
    def words(self, without: frozenset[int]) -> tuple[dict[str, list[int]], list[float], np.ndarray]:
        """Token scores fitted without some folds; bias; class probabilities of all rows."""
        rows = np.flatnonzero(~np.isin(self.fold, list(without)))
        weight = (self.word_weight * self.trust).astype(np.float32)
        by_site: dict[str, list[tuple[int, int]]] = {}
        for article, span in zip(self.articles, self.spans, strict=True):
            if self.folds[article.site] not in without:
                by_site.setdefault(article.site, []).append(span)
        seen = np.zeros(len(self.names), np.int32)
        for spans in by_site.values():
            seen[np.unique(np.concatenate([self.flat[self.starts[a] : self.starts[b]] for a, b in spans]))] += 1
        wanted = np.flatnonzero(seen >= FEWEST_SITES)
        scores, bias = self._fit(wanted, rows, weight, 1)
        worth = np.abs(scores - scores.mean(1, keepdims=True)).max(1) * np.sqrt(np.minimum(seen[wanted], 40))
        wanted = wanted[np.sort(np.argsort(-worth, kind="stable")[:VOCABULARY])]
        scores, bias = self._fit(wanted, rows, weight, EPOCHS)
        whole = np.rint(scores / UNIT).astype(int)
        table = np.zeros((len(self.names), len(CLASSES)), np.float32)
        table[wanted] = whole * UNIT
        sums = np.add.reduceat(table[self.flat], np.minimum(self.starts[:-1], len(self.flat) - 1))
        sums[self.lengths == 0] = 0
        logits = bias + sums / np.sqrt(self.lengths + 1)[:, None]
        grown = np.exp(logits - logits.max(1, keepdims=True))
        names = [self.names[token] for token in wanted]
        scored = dict(zip(names, whole.tolist(), strict=True))
        return scored, bias.tolist(), (grown / grown.sum(1, keepdims=True)).astype(np.float32)

    def _fit(self, wanted: np.ndarray, rows: np.ndarray, weight: np.ndarray, epochs: int) -> tuple[np.ndarray, np.ndarray]:
        number = np.full(len(self.names), -1, np.int32)
        number[wanted] = np.arange(len(wanted), dtype=np.int32)
        numbered = number[self.flat]
        known = numbered >= 0
        starts = np.concatenate([[0], np.cumsum(known)])[self.starts]
        scores, bias = np.zeros((len(wanted), len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32)
        descend(numbered[known], starts, self.lengths, self.classes, weight, rows.copy(), scores, bias, epochs)
        return scores, bias

    def _cues(self) -> list[str]:
        """Words of running text that on most of the sites with them are no article."""
        seen: dict[str, tuple[set[str], set[str]]] = {}
        for article in self.articles:
            for block, label in zip(article.document.blocks, article.labels, strict=True):
                if block.is_prose and label >= 0 and article.flavor != "fullpage":
                    for word in set(edges(block.text).lower().split()):
                        kept, dropped = seen.setdefault(word, (set(), set()))
                        kept.add(article.id.partition("#")[0]) if label == 0 else dropped.add(article.site)
        return sorted(word for word, (kept, gone) in seen.items() if len(gone) >= FEWEST_SITES and len(gone) > CUE * len(kept))

    def wording(self, held: int | None) -> np.ndarray:
        """Class probabilities of all rows, each by words fitted without its own fold and the one that is held out."""
        outside = frozenset() if held is None else frozenset([held])
        found = np.zeros((len(self.labels), len(CLASSES)), np.float32)
        for fold in range(FOLDS):
            here = self.fold == fold
            found[here] = self.words(outside | {fold})[2][here]
        return found

    def rows(self, wording: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The figures of the blocks in doubt, and the rows' numbers."""
        found: list[list[float]] = []
        numbers: list[int] = []
        cues = frozenset(self.cues)
        for article, (first, last) in zip(self.articles, self.spans, strict=True):
            read = to_read(article.document, cues)
            probabilities = [p if seen else PLAIN for p, seen in zip(wording[first:last].tolist(), read, strict=True)]
            wanted = in_doubt(article.document, probabilities)
            found.extend(rows(article.document, probabilities, wanted))
            numbers.extend(first + i for i in wanted)
        return np.array(found, np.float32), np.array(numbers)

    def boost(self, x: np.ndarray, numbers: np.ndarray, held: int | None) -> lightgbm.Booster:
        """Trees for the rows that are not held out."""
        weight = self.tree_weight[numbers] * self.trust[numbers] * (self.fold[numbers] != held)
        train = weight > 0
        names = list(map(str, range(len(FIGURES))))
        data = lightgbm.Dataset(x[train], self.labels[numbers][train], weight=weight[train], feature_name=names)
        return lightgbm.train(TREES, data, ROUNDS)

    def doubt_labels(self) -> None:
        """Let each row's label count less where a first model of other sites contradicts it strongly."""
        x, numbers = self.rows(self.wording(None))
        odds = np.zeros(len(numbers))
        for fold in range(FOLDS):
            here = self.fold[numbers] == fold
            odds[here] = self.boost(x, numbers, fold).predict(x[here], raw_score=True)
        clean, labels = self.is_clean[numbers], self.labels[numbers]
        doubtful = ~clean & np.where(labels == 1, odds < MISSED, odds > MISTAKEN)
        self.trust[numbers] = np.where(clean & (odds > LEFT_OVER), 0, np.where(doubtful, MISTRUSTED, 1))
        self.words.cache_clear()

    def model(self, held: int | None) -> tuple[dict, np.ndarray]:
        """A whole model trained without a fold, if one is held out, and what each figure gained."""
        x, numbers = self.rows(self.wording(held))
        booster = self.boost(x, numbers, held)
        words, bias, _ = self.words(frozenset() if held is None else frozenset([held]))
        model = {
            "tokens": "\n".join(words),
            "scores": b64encode(b"".join(packed(row).to_bytes(16, "little", signed=True) for row in words.values())).decode(),
            "bias": [round(b, 4) for b in bias],
            "cues": self.cues,
            "trees": [nested(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]],
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
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--every", type=int, default=1, help="train on one document in so many, to try things out")
    arguments = parser.parse_args()
    started = time.time()
    corpus = Corpus(read(arguments.labelled, arguments.clean, arguments.every))
    print(f"{len(corpus.articles)} articles, {len(corpus.labels)} blocks, {time.time() - started:.0f} s", flush=True)
    corpus.doubt_labels()
    print(f"labels weighed, {time.time() - started:.0f} s", flush=True)
    if arguments.folds:
        arguments.folds.mkdir(parents=True, exist_ok=True)
        (arguments.folds / "folds.json").write_text(json.dumps(corpus.folds))
    for fold in range(FOLDS) if arguments.folds else ():
        write(corpus.model(fold)[0], arguments.folds / f"fold{fold}.json")
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
