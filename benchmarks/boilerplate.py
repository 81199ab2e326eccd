"""Score the cleaner on line-labelled articles: by flavour, operating point and kind, with the calibration curve.

    python benchmarks/boilerplate.py LABELLED --folds FOLDER [--flavor sloppy] [--jobs N] [-o results.json]

With FOLDER, written by `train_line_model.py --folds`, each article is cleaned with the line model that saw none of its site;
without, with the model that is shipped, which has seen the articles: then the figures flatter. The definitions: `f1`, mean over
documents of the F1 of the kept words; `hurt`, share of documents that lose five words or more of one article line; `kept`, share
of the article's words that stay; `gone`, share of the boilerplate's words that go; `right`, share of boilerplate among the
labelled words that go.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path

import lintnews
from lintnews.document import Document
from lintnews.evidence.linemodel.model import load
from lintnews.linter import Linter

WORD = re.compile(r"\w+")
POINTS = {"safe": False, "all": True}
HURT = 5
FAMILIES = ("boilerplate", "duplicate", "structure")


def records(path: Path) -> list[dict]:
    """The rows of a JSONL file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def lines_of(record: dict) -> list[tuple[int, int, str, str]]:
    """Start, end, label and kind of each labelled line."""
    starts = [0]
    for line in record["text"].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [(starts[x["n"]], starts[x["n"] + 1] - 1, x["label"], x.get("kind") or "") for x in record["lines"]]


def score(record: dict, linter: Linter, known: tuple[object, ...] = ()) -> dict:
    """What cleaning does to one article at each operating point, and how right each finding is; `known` as of a `Document`."""
    text, lines = record["text"], lines_of(record)
    result: dict = {"flavor": record["flavor"], "source": record.get("source", ""), "id": record["id"]}
    words = [[m.span() for m in WORD.finditer(text, start, end)] for start, end, _, _ in lines]
    for point, unsafe in POINTS.items():
        removed = bytearray(len(text) + 1)
        for entry in linter.clean(Document(text, record["site"], known=known), unsafe=unsafe, failures=[]).ledger:
            removed[entry.start : entry.end] = b"\1" * (entry.end - entry.start)
        counts: Counter[str] = Counter()
        kinds: dict[str, list[int]] = {}
        lost = []
        for (start, end, label, kind), spans in zip(lines, words, strict=True):
            gone = sum(removed[a] for a, _ in spans)
            if label == "neutral":
                continue
            counts[label] += len(spans)
            counts[label + " gone"] += gone
            if label == "drop":
                total = kinds.setdefault(kind, [0, 0])
                total[0] += len(spans)
                total[1] += gone
            elif gone:
                lost.append((gone, text[start:end]))
        good, bad = counts["keep"] - counts["keep gone"], counts["drop"] - counts["drop gone"]
        f1 = 2 * good / max(1, good + bad + counts["keep"])
        result[point] = {"counts": dict(counts), "kinds": kinds, "f1": f1, "lost": lost}
    result["findings"] = []
    for d in linter.check(Document(text, record["site"], known=known), []):
        if d.rule.startswith("boilerplate/"):
            inside = Counter()
            for (start, end, label, _), spans in zip(lines, words, strict=True):
                if start < d.end and d.start < end:
                    inside[label] += sum(d.start <= a < d.end for a, _ in spans)
            if inside["keep"] + inside["drop"]:
                share = inside["drop"] / (inside["keep"] + inside["drop"])
                safety = d.fix.safety if d.fix else "none"
                result["findings"].append((d.rule, d.confidence, share > 0.5, safety, inside["keep"] + inside["drop"]))
    return result


def summary(results: list[dict], point: str) -> dict[str, float]:
    """The figures of one operating point."""
    counts: Counter[str] = Counter()
    for result in results:
        counts.update(result[point]["counts"])
    n = max(1, len(results))
    return {
        "documents": len(results),
        "f1": sum(r[point]["f1"] for r in results) / n,
        "hurt": sum(any(gone >= HURT for gone, _ in r[point]["lost"]) for r in results) / n,
        "kept": 1 - counts["keep gone"] / max(1, counts["keep"]),
        "gone": counts["drop gone"] / max(1, counts["drop"]),
        "right": counts["drop gone"] / max(1, counts["drop gone"] + counts["keep gone"]),
    }


def by_kind(results: list[dict], point: str) -> dict[str, tuple[int, float]]:
    """Words of each kind of boilerplate and the share of them that goes."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for result in results:
        for kind, (words, gone) in result[point]["kinds"].items():
            totals[kind][0] += words
            totals[kind][1] += gone
    return {kind: (w, round(g / max(1, w), 3)) for kind, (w, g) in sorted(totals.items(), key=lambda item: -item[1][0])}


def curve(results: list[dict]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that is right, and number of the findings in each tenth of confidence (the last ones finer)."""
    edges = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.01]
    found = [finding for result in results for finding in result["findings"]]
    bins = []
    for low, high in pairwise(edges):
        here = [(f[1], f[2]) for f in found if low <= f[1] < high]
        if here:
            bins.append((sum(c for c, _ in here) / len(here), sum(r for _, r in here) / len(here), len(here)))
    return bins


def work(task: tuple[Path | None, list[dict], float]) -> list[dict]:
    """Score articles with one model file."""
    path, articles, least = task
    known = (load(path),) if path else ()
    linter = Linter(lintnews.rules(FAMILIES), min_confidence=least)
    return [score(article, linter, known) for article in articles]


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--flavor", choices=("sloppy", "recall", "fullpage"))
    parser.add_argument("--every", type=int, default=1, help="score one document in so many")
    parser.add_argument("--min-confidence", type=float, default=0.5)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="write all figures as JSON")
    arguments = parser.parse_args()
    articles = [a for a in records(arguments.labelled) if arguments.flavor in (None, a["flavor"])][:: arguments.every]
    folds = json.loads((arguments.folds / "folds.json").read_text()) if arguments.folds else {}
    tasks: dict[Path | None, list[dict]] = defaultdict(list)
    for article in articles:
        tasks[arguments.folds / f"fold{folds[article['site']]}.json" if folds else None].append(article)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        results = [r for part in pool.map(work, [(p, a, arguments.min_confidence) for p, a in tasks.items()]) for r in part]
    if arguments.output:
        arguments.output.write_text(json.dumps(results))
    for flavor in ("sloppy", "recall", "fullpage"):
        for name, wanted in (("core", lambda r: r["source"] != "f"), ("f", lambda r: r["source"] == "f")):
            chosen = [r for r in results if r["flavor"] == flavor and wanted(r)]
            for point in POINTS if chosen else ():
                figures = summary(chosen, point)
                shown = (f"{name} {value:.4f}" for name, value in figures.items() if name != "documents")
                print(f"{flavor:9}{name:5}{point:5}{figures['documents']:5}", "  ".join(shown))
    core = [r for r in results if r["flavor"] == "sloppy" and r["source"] != "f"]
    kinds = {point: by_kind(core, point) for point in POINTS}
    for kind, (words, gone) in kinds["safe"].items():
        print(f"  {kind:20}{words:7} safe {gone:.3f} all {kinds['all'][kind][1]:.3f}")
    print("confidence, share right, findings (core, sloppy)")
    for mean, right, count in curve(core):
        print(f"  {mean:.3f} {right:.3f} {count}")


if __name__ == "__main__":
    main()
