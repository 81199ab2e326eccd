"""Quality, speed and memory of the duplicate rules, beside datasketch and text-dedup, in one run: CPU seconds of fresh processes.

    python benchmarks/duplicates.py ARTICLES.jsonl[.gz] [--documents D.jsonl] [--pairs P.jsonl] [--peers PYTHON] [--curve N,N,…]

ARTICLES has one JSON object a row with a `text`. DOCUMENTS has rows {"paras": […], "dups": [{"i", "j", "kind"}], "min_words"}:
paragraph j repeats paragraph i. PAIRS has rows {"a", "b", "label", "level", "source"}. PEERS is a Python in which datasketch or
text-dedup is installed; one that is missing is left out and named. CURVE measures corpora of so many paragraphs, made by
changing words of real ones, and extrapolates.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

import lintnews
from lintnews.document import Document
from lintnews.linter import Linter

CHECK = [sys.executable, "-m", "lintnews", "check", "--isolated", "--jobs", "1", "--exit-zero", "--output-format", "jsonl"]
SHARED = ["--select", "duplicate/shared-article,duplicate/shared-paragraph"]
KEPT = 0.05
"""Share of paragraphs that stay as they are when a corpus is made longer."""
DATASKETCH = """
import json, sys
from datasketch import MinHash, MinHashLSH
lsh, n = MinHashLSH(threshold=0.5, num_perm=128), 0
for row in open(sys.argv[1], encoding="utf-8"):
    for paragraph in json.loads(row)["text"].split("\\n"):
        words = paragraph.lower().split()
        if len(words) < 8:
            continue
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        lsh.query(sketch)
        lsh.insert(n, sketch)
        n += 1
"""
TEXT_DEDUP = "--path json --data_files {in} --split train --cache_dir {tmp}/cache --output {tmp}/out --column text --ngram 3"
TEXT_DEDUP += " --num_perm 128 --threshold 0.5 --num_proc 1 --batch_size 10000"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def shown(precision: float, recall: float) -> str:
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def score_documents(path: Path) -> None:
    """Findings in articles with labelled repeats; a finding counts for the paragraph that holds its start."""
    linter = Linter(lintnews.rules(["duplicate"]))
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    hits = Counter[str]()
    for row in rows(path):
        paragraphs = [p.replace("\n", " ") for p in row["paras"]]
        starts = [sum(len(p) + 2 for p in paragraphs[:n]) for n in range(len(paragraphs))]
        partners: dict[int, set[int]] = defaultdict(set)
        for dup in row["dups"]:
            partners[dup["i"]].add(dup["j"])
            partners[dup["j"]].add(dup["i"])
        found = {}
        for d in linter.check(Document("\n\n".join(paragraphs))):
            at, partner = (max(n for n, start in enumerate(starts) if start <= place) for place in (d.start, d.related[0].start))
            found[at] = partner, d.fix is not None and d.fix.safety == "safe"
        for dup in row["dups"]:
            kinds[dup["kind"]][dup["i"] in found or dup["j"] in found] += 1
        made = any(dup["kind"].startswith("syn:") for dup in row["dups"])
        for at, (partner, safe) in found.items():
            if at in partners or len(paragraphs[at].split()) >= row.get("min_words", 0):
                right = at in partners
                near = {*partners[at], *(k for p in partners[at] for k in partners[p])} if right else set()
                hits.update({"found": not made, "right": right and not made, "partner": partner in near, "all": right})
                hits.update({"safe": safe, "safe and right": safe and right})
    real = [c for kind, c in kinds.items() if not kind.startswith("syn:")]
    recalled, labelled = sum(c[True] for c in real), sum(c.total() for c in real)
    precision, recall = hits["right"] / max(hits["found"], 1), recalled / max(labelled, 1)
    print(f"articles, real repeats: {shown(precision, recall)}")
    print(
        f"named partner right {hits['partner']} of {hits['all']}; safe removals right {hits['safe and right']} of {hits['safe']}"
    )
    for kind, counts in sorted(kinds.items()):
        print(f"  {kind:22} {counts[True]:4} of {counts.total():4}")


def score_pairs(path: Path) -> None:
    """Verdicts on labelled pairs: paragraphs that are hard to tell apart, and whole articles."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(path):
        source = row["source"].split("-")[0]
        hard = row["level"] == "para" and source in ("within", "cross", "seeds")
        if hard or (row["level"] != "para" and source in ("articles", "seeds")):
            found, real = lintnews.compare(row["a"], row["b"]).repeats, bool(int(row["label"]))
            totals["hard paragraphs" if hard else "articles"].update(found=found, real=real, right=found and real, pairs=1)
    for name, c in totals.items():
        print(f"{c['pairs']} pairs of {name}: {shown(c['right'] / max(c['found'], 1), c['right'] / max(c['real'], 1))}")


def measure(command: Sequence[str]) -> tuple[float, float]:
    """CPU seconds (children included) and peak MB of one process, its output thrown away."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"failed with exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(articles: Path, peers: str | None, temporary: str) -> None:
    """Side by side on the same rows; the slow peers get a tenth of them."""
    size = articles.stat().st_size
    tenth = Path(temporary, "tenth.jsonl")
    with articles.open("rb") as lines, tenth.open("wb") as out:
        out.writelines(line for n, line in enumerate(lines) if n % 10 == 0)
    paragraphs = Path(temporary, "paragraphs.jsonl")
    with paragraphs.open("w", encoding="utf-8") as out:
        for row in rows(tenth):
            out.writelines(json.dumps({"text": p}) + "\n" for p in row["text"].split("\n") if len(p.split()) >= 8)
    tools: list[tuple[str, list[str], float, str]] = [
        ("lintnews, within articles", [*CHECK, "--select", "duplicate", str(articles)], size, ""),
        ("lintnews, across articles", [*CHECK, *SHARED, str(articles)], size, ""),
        ("lintnews, across, a tenth", [*CHECK, *SHARED, str(tenth)], tenth.stat().st_size, ""),
    ]
    if peers:
        tools.append(("datasketch, a tenth", [peers, "-c", DATASKETCH, str(tenth)], tenth.stat().st_size, "datasketch"))
        options = TEXT_DEDUP.format(**{"in": paragraphs, "tmp": temporary}).split()
        tools.append(("text-dedup, a tenth", [peers, "-m", "text_dedup.minhash", *options], tenth.stat().st_size, "text_dedup"))
    print(f"{'':28} {'MB/s CPU':>9} {'peak MB':>8}")
    for name, command, amount, needs in tools:
        if needs and subprocess.run([peers or "", "-c", f"import {needs}"], capture_output=True, check=False).returncode:
            print(f"{name:28} not installed, left out")
            continue
        try:
            cpu, peak = measure(command)
        except RuntimeError as error:
            print(f"{name:28} {error}, left out")
            continue
        print(f"{name:28} {amount / 1e6 / cpu:9.2f} {peak:8.0f}", flush=True)


def longer(articles: Path, paragraphs: int, target: Path) -> None:
    """A corpus of so many paragraphs: real articles over and over, all but a few paragraphs with words changed in each round.

    Nothing is held in memory, as a process starts with its parent's peak.
    """
    source = random.Random(1)
    words = sorted({word for row in islice(rows(articles), 500) for word in row["text"].split()})
    with target.open("w", encoding="utf-8") as out:
        for turn in count():
            for row in rows(articles):
                lines = [line for line in row["text"].split("\n") if line.strip()]
                if turn:
                    lines = [line if source.random() < KEPT else _varied(line, words, source) for line in lines]
                out.write(json.dumps({"text": "\n".join(lines)}, ensure_ascii=False) + "\n")
                paragraphs -= len(lines)
                if paragraphs <= 0:
                    return


def _varied(line: str, words: Sequence[str], source: random.Random) -> str:
    changed = line.split()
    for at in range(source.randrange(3), len(changed), 3):
        changed[at] = words[int(source.random() * len(words))]
    return " ".join(changed)


def curve(articles: Path, sizes: Sequence[int], temporary: str) -> None:
    """Time and memory of the corpus pass as it grows."""
    points = []
    print(f"{'paragraphs':>12} {'MB':>7} {'CPU s':>8} {'MB/s':>6} {'peak MB':>8}")
    for paragraphs in sizes:
        target = Path(temporary, "longer.jsonl")
        longer(articles, paragraphs, target)
        size = target.stat().st_size / 1e6
        cpu, peak = measure([*CHECK, *SHARED, str(target)])
        points.append((paragraphs, cpu, peak))
        print(f"{paragraphs:12,} {size:7.0f} {cpu:8.1f} {size / cpu:6.2f} {peak:8.0f}", flush=True)
    if len(points) > 1:
        (n, cpu, peak), (last, last_cpu, last_peak) = points[0], points[-1]
        bytes_each, seconds = (last_peak - peak) * 1024**2 / (last - n), (last_cpu - cpu) / (last - n)
        print(
            f"growth: {bytes_each:.1f} bytes and {1e6 * seconds:.0f} microseconds a paragraph; a hundred million paragraphs would"
        )
        print(f"take {(last_peak + bytes_each * 1e8 / 1024**2) / 1024:.1f} GB and {seconds * 1e8 / 3600:.1f} core hours")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--peers")
    parser.add_argument("--curve", type=lambda text: [int(n) for n in text.split(",")], default=[])
    arguments = parser.parse_args()
    if arguments.documents:
        score_documents(arguments.documents)
    if arguments.pairs:
        score_pairs(arguments.pairs)
    with tempfile.TemporaryDirectory() as temporary:
        articles = Path(temporary, "articles.jsonl")
        with articles.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps({"text": row["text"]}, ensure_ascii=False) + "\n" for row in rows(arguments.articles))
        compare(articles, arguments.peers, temporary)
        curve(articles, arguments.curve, temporary)


if __name__ == "__main__":
    main()
