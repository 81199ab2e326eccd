"""Score spun paraphrase: articles flagged, words found, originals suggested, and false alarms in clean news; draw the curves.

    python benchmarks/spun.py --spun NAME=SPUN.jsonl.gz [--spun ...] --clean CLEAN.jsonl.gz [--skip IDS.txt] [--svg CURVES.svg]

SPUN: rows with `paragraphs` or `text`, and `spans` of `surface`, `likely_original` and `paragraph` or `start` and `end`.
CLEAN: rows of `id` and `text`; ids listed in `--skip` (what the model was trained on) are left out.
A labelled span counts as found when a marked word overlaps it. Printed as JSON, speed in bytes a CPU second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from itertools import accumulate
from pathlib import Path

from lintnews.evidence.spun import Spun, read

LONG = 200
"""Words from which a document counts for the share flagged."""
COLOURS = ("#c03", "#06c", "#393", "#a60")


def records(path: Path) -> list[dict]:
    """The rows of a JSONL file, gzipped or not."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_and_spans(record: dict) -> tuple[str, list[tuple[int, int, str]]]:
    """The text, and each labelled span with its original."""
    paragraphs = record.get("paragraphs") or [record["text"]]
    starts = list(accumulate((len(p) + 2 for p in paragraphs), initial=0))
    spans = []
    for span in record.get("spans", ()):
        number = span.get("paragraph", 0)
        at = span.get("start", paragraphs[number].find(span["surface"]))
        if at >= 0:
            at += starts[number]
            spans.append((at, at + len(span["surface"]), span.get("likely_original") or ""))
    return "\n\n".join(paragraphs) + "\n", spans


def words(text: str) -> int:
    """Number of words."""
    return len(re.findall(r"\w+", text))


def plain(text: str) -> str:
    """For comparing originals: lower case, words only."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def score(judged: list[tuple[str, list[tuple[int, int, str]], Spun]], least: float) -> dict[str, float]:
    """Figures of one collection at the default confidence."""
    long = [v for t, _, v in judged if words(t) >= LONG]
    spans = found = first = listed = single = 0
    for _, labelled, spun in judged:
        marks = [w for w in spun.words if w.probability >= least]
        for start, end, original in labelled:
            over = [[plain(s) for s in w.suggestions] for w in marks if w.start < end and w.end > start]
            spans += 1
            found += bool(over)
            if original and " " not in plain(original):
                single += 1
                first += any(s[:1] == [plain(original)] for s in over)
                listed += any(plain(original) in s for s in over)
    return {
        "documents": len(judged),
        "flagged": sum(v.confidence >= least for _, _, v in judged) / len(judged),
        "long_documents": len(long),
        "long_flagged": sum(v.confidence >= least for v in long) / max(1, len(long)),
        "spans": spans,
        "span_recall": found / max(1, spans),
        "original_first_of_single": first / max(1, single),
        "original_listed_of_single": listed / max(1, single),
    }


def curve(positive: list[float], negative: list[float], scale: float) -> list[tuple[float, float]]:
    """Points (false alarms times `scale`, share of positives found) for each threshold."""
    points = []
    for threshold in sorted({*positive, *negative}, reverse=True):
        points.append((scale * sum(x >= threshold for x in negative), sum(x >= threshold for x in positive) / len(positive)))
    return points


def svg(panels: list[tuple[str, str, float, dict[str, list[tuple[float, float]]]]]) -> str:
    """Panels of recall over false alarms, side by side."""
    size = f'width="{len(panels) * 420}" height="320"'
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">']
    parts.append('<rect width="100%" height="100%" fill="#fff"/>')
    for number, (title, axis, most, curves) in enumerate(panels):
        left, top, width, height = number * 420 + 50, 30, 340, 230
        parts.append(f'<text x="{left}" y="18" font-weight="bold">{title}</text>')
        parts.append(f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" stroke="#999"/>')
        parts.append(f'<text x="{left + width / 2}" y="{top + height + 34}" text-anchor="middle">{axis}</text>')
        for step in range(5):
            y, x = top + height * (1 - step / 4), left + width * step / 4
            parts.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{step / 4:.2f}</text>')
            parts.append(f'<text x="{x}" y="{top + height + 16}" text-anchor="middle">{most * step / 4:g}</text>')
        for (name, points), colour in zip(curves.items(), COLOURS, strict=False):
            line = " ".join(
                f"{left + width * min(x, most) / most:.1f},{top + height * (1 - y):.1f}"
                for x, y in [(0, 0), *points]
                if x <= most
            )
            parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
            at = top + height - 10 - 16 * list(curves).index(name)
            parts.append(f'<text x="{left + width - 8}" y="{at}" text-anchor="end" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spun", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--clean", type=Path, required=True)
    parser.add_argument("--skip", type=Path)
    parser.add_argument("--least", type=float, default=0.5)
    parser.add_argument("--svg", type=Path)
    parser.add_argument("--deep", default="", metavar="MODEL", help="judge with a language model: a .gguf file, or a package")
    given = parser.parse_args()
    read("warm up " * 40)
    skip = set(given.skip.read_text(encoding="utf-8").split("\n")) if given.skip else set()
    clean = [text_and_spans(r)[0] for r in records(given.clean) if r["id"] not in skip]
    started = time.process_time()
    sound = [read(text, given.deep) for text in clean]
    seconds = time.process_time() - started
    size = sum(map(words, clean))
    alarms = [w.probability for v in sound for w in v.words]
    result: dict[str, object] = {
        "clean": {
            "documents": len(clean),
            "words": size,
            "flagged": sum(v.confidence >= given.least for v in sound) / len(clean),
            "marks_per_1000_words": 1000 * sum(p >= given.least for p in alarms) / size,
            "bytes_per_second": sum(len(t.encode()) for t in clean) / seconds,
        }
    }
    by_document, by_word = {}, {}
    for name, path in (each.split("=", 1) for each in given.spun):
        texts = [text_and_spans(r) for r in records(Path(path))]
        started = time.process_time()
        judged = [(t, s, read(t, given.deep)) for t, s in texts]
        seconds = time.process_time() - started
        result[name] = score(judged, given.least) | {"bytes_per_second": sum(len(t.encode()) for t, _ in texts) / seconds}
        by_document[name] = curve([v.confidence for _, _, v in judged], [v.confidence for v in sound], 100 / len(clean))
        hits = [
            max([w.probability for w in v.words if w.start < e and w.end > b], default=0.0) for _, s, v in judged for b, e, _ in s
        ]
        by_word[name] = curve(hits, [p for p in alarms if p > 0.05], 1000 / size)
    print(json.dumps(result, indent=1))
    if given.svg:
        panels = [
            ("Articles flagged", "% of clean articles flagged", 2.0, by_document),
            ("Labelled words found", "marks in 1,000 words of clean news", 2.0, by_word),
        ]
        given.svg.write_text(svg(panels), encoding="utf-8")


if __name__ == "__main__":
    main()
