"""The rules `quality/…` beside datatrove's filters, document by document: `python benchmarks/quality.py ARTICLES [--count N]`.

Takes `pip install 'datatrove[processing]' spacy`. Each article (`{"text": …}` a line) goes through Gopher's repetition and
quality, C4's and FineWeb's filters, each on the text as it is, and through the rules of the same source. A difference is
explained where it goes once the rules count with datatrove's words, or its sentences. Then the processor time of both, and that
of all metrics.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lintnews.document import Document
from lintnews.evidence.figures.counts import Counts
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules
from lintnews.verdict import measure

OF_FILTER = {
    "Gopher, repetition": ("GopherRepetitionFilter", ("repetition",)),
    "Gopher, quality": ("GopherQualityFilter", ("length", "word-length", "symbols", "lists", "letters", "stop-words")),
    "C4": ("C4QualityFilter", ("sentences", "placeholder")),
    "FineWeb": ("FineWebQualityFilter", ("line-ends", "short-lines", "copied-lines", "line-breaks")),
}
WORDS, SENTENCES = "words are told apart otherwise", "sentences end otherwise"


def filters() -> dict[str, Callable[[str], str]]:
    """By name a function that says why datatrove drops a text, or nothing."""
    import datatrove.pipeline.filters as theirs
    from datatrove.data import Document as Theirs

    def reason(of: Any) -> Callable[[str], str]:
        def asked(text: str) -> str:
            found = of.filter(Theirs(text=text, id="0"))
            return "" if found is True else str(found[1])

        return asked

    return {name: reason(getattr(theirs, kind)()) for name, (kind, _) in OF_FILTER.items()}


class TheirWords(Counts):
    """Counts of the words that spaCy tells apart."""

    def __init__(self, text: str) -> None:
        from datatrove.utils.text import split_into_words

        super().__init__(text)
        self.tokens = split_into_words(text)


class TheirSentences(Counts):
    """Counts of the sentences that datatrove finds."""

    def __init__(self, text: str) -> None:
        from datatrove.utils import text as theirs

        super().__init__(text)
        self.sentences_in = lambda line: len(theirs.split_into_sentences(line))


def found(linter: Linter, text: str, counted: Counts | None = None) -> set[str]:
    """The names of the rules that find something, with these counts where there are any."""
    document = Document(text, known=(counted,) if counted else ())
    return {d.rule.partition("/")[2] for d in linter.check(document)}


def compare(linter: Linter, texts: list[str]) -> None:
    dropped, agreed, causes = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    asked = filters()
    for text in texts:
        mine = found(linter, text)
        for name, ask in asked.items():
            theirs = ask(text)
            its = set(OF_FILTER[name][1])
            dropped[name] += bool(theirs)
            if bool(theirs) == bool(mine & its):
                agreed[name] += 1
                continue
            cause = "unexplained"
            for said, other in ((WORDS, TheirWords), (SENTENCES, TheirSentences)):
                if bool(theirs) == bool(found(linter, text, other(text)) & its):
                    cause = said
            causes[name, cause] += 1
            print(
                f"  {name}: datatrove {theirs or 'keeps'}, here {', '.join(sorted(mine & its)) or 'kept'}: {cause}: {text[:60]!r}"
            )
    print(f"\n| filter | dropped | the same, of {len(texts)} | otherwise, and why |\n|---|---|---|---|")
    for name in OF_FILTER:
        why = "; ".join(f"{count}: {cause}" for (of, cause), count in causes.items() if of == name)
        print(f"| {name} | {dropped[name]} | {agreed[name]} | {why} |")


def seconds(work: Callable[[str], object], texts: list[str]) -> float:
    """Processor time."""
    work(texts[0])
    began = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    given = parser.parse_args()
    opened = gzip.open if given.articles.suffix == ".gz" else open
    with opened(given.articles, "rt", encoding="utf-8") as lines:
        texts = random.Random(11).sample([json.loads(line)["text"] for line in lines], given.count)
    linter = Linter([rule for rule in load_rules() if rule.family == "quality"])
    compare(linter, texts)
    import lintnews

    asked = filters().values()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    theirs = seconds(lambda text: [ask(text) for ask in asked], texts)
    print(f"\ndatatrove's four filters: {theirs:.1f} s, {megabytes / theirs:.2f} MB/s")
    usual = Linter(lintnews.rules())
    checked = {text: (document := Document(text), usual.check(document)) for text in texts}
    works: dict[str, Callable[[str], object]] = {
        "quality rules": lambda text: linter.check(Document(text)),
        "all metrics of an article that was checked": lambda text: measure(*checked[text]),
        "verdicts: the rules, and all metrics": lintnews.assess,
    }
    for name, work in works.items():
        mine = seconds(work, texts)
        print(f"{name}: {mine:.1f} s, {megabytes / mine:.2f} MB/s, {theirs / mine:.1f} times as fast")


if __name__ == "__main__":
    main()
