"""Word F1 of extractors on pages with gold, alone and followed by `lintnews clean`, and the CPU time of both.

    python benchmarks/pages.py PAGES.jsonl.gz

Rows have `html` and `gold`. Extractors that are not installed are left out. Words count as a multiset; the change is the mean
over pages, with a 95 % interval by bootstrap over pages.
"""

from __future__ import annotations

import gzip
import json
import logging
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable

import lintnews
from lintnews.sources import pages


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(text: str, gold: str) -> float:
    found, wanted = words(text), words(gold)
    common = sum((found & wanted).values())
    return 200 * common / (sum(found.values()) + sum(wanted.values())) if common else 0.0


def extractors() -> dict[str, Callable[[str], str]]:
    """Those that are installed."""
    made: dict[str, Callable[[str], str]] = {
        "trafilatura": lambda html: pages.extracted(html.encode()).text,
        "resiliparse": lambda html: pages.extracted(html.encode(), by="resiliparse").text,
    }
    try:
        import justext

        stop = justext.get_stoplist("English")
        made["jusText"] = lambda html: "\n\n".join(p.text for p in justext.justext(html.encode(), stop) if not p.is_boilerplate)
    except ImportError:
        pass
    try:
        from readability import Document as Readable
        from resiliparse.extract.html2text import extract_plain_text

        made["readability-lxml"] = lambda html: extract_plain_text(Readable(html).summary(), preserve_formatting=True)
    except ImportError:
        pass
    try:
        import newspaper

        def by_newspaper(html: str) -> str:
            article = newspaper.Article("https://a.example/a", language="en", fetch_images=False)
            article.download(input_html=html)
            article.parse()
            return str(article.text)

        made["newspaper4k"] = by_newspaper
    except ImportError:
        pass
    return made


def main() -> None:
    logging.disable(logging.CRITICAL)
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    draw = random.Random(1)
    for name, extract in extractors().items():
        alone, after, taken, cleaning = [], [], 0.0, 0.0
        for row in rows:
            started = time.process_time()
            try:
                text = extract(row["html"]) or ""
            except Exception:
                text = ""
            between = time.process_time()
            cleaned = lintnews.clean(text).text
            taken, cleaning = taken + between - started, cleaning + time.process_time() - between
            alone.append(f1(text, row["gold"]))
            after.append(f1(cleaned, row["gold"]))
        changes = [b - a for a, b in zip(alone, after, strict=True)]
        means = sorted(sum(draw.choices(changes, k=len(changes))) / len(changes) for _ in range(2000))
        count = len(rows)
        print(
            f"{name:17} alone {sum(alone) / count:.2f}  then lintnews {sum(after) / count:.2f}  "
            f"change {sum(changes) / count:+.2f} [{means[50]:+.2f}, {means[1949]:+.2f}]  better {sum(c > 0.1 for c in changes)} "
            f"worse {sum(c < -0.1 for c in changes)}  empty {sum(a == 0 for a in alone)}  "
            f"ms a page {1000 * taken / count:.0f} + {1000 * cleaning / count:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
