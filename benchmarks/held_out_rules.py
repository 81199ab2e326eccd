"""Measure the boilerplate rules with the rules held out, too: wording counts on a site only if other sites bear it out.

    python benchmarks/held_out_rules.py LABELLED… [--flavor sloppy] [--folds FOLDER | --rules-alone] [--alternatives]
        [--kept-back] [--jobs N]

Rules are written with pages at hand, and flatter themselves there. Each alternative of a pattern ("a|b|c" are three) is held here
against whole groups of sites (one publisher's domains are one group): on a group it counts only if it fires rightly on at least
three *other* groups of LABELLED. What no pattern finds (lists by their shape, repeats, the line model) is left as it is.
Printed are the figures of `boilerplate.py` as the rules are, and so held out. With FOLDER, written by `train_line_model.py
--folds`, each article meets the line model that saw none of its site, so that nothing at all has seen it; without, the one
that is shipped. `--rules-alone` leaves the line model out of it;
`--alternatives` lists the alternatives that reach fewer than three groups, or are wrong on more groups than not.

A quarter of the sites of new sets is kept back from everything, tuning and this script included: see `kept_back`. `--kept-back`
scores just these, which is done once.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import regex
from boilerplate import POINTS, WORD, lines_of, records, score, summary

import lintnews
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.evidence.linemodel.model import load
from lintnews.linter import Dispatch, Linter
from lintnews.rulebook.rule import Rule

GROUPS = 3
"""Other groups of sites on which an alternative must fire rightly."""
QUARTERS = 4
FAMILIES = ("boilerplate", "duplicate", "structure")
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne", "gob", "gouv"])
_TOKEN = regex.compile(
    r"\[\^?\]?(?:\[:\^?\w+:\]|[^\]\\]|\\.)*\]|\\[pP]\{\^?\w+\}|\\.|\(\?P<\w+>|\(\?<?[=!]|\(\?[a-z-]*:|\(\?[a-z]+\)|[()|]|[^()|\\\[]+",
    regex.DOTALL,
)


def kept_back(site: str) -> bool:
    """Whether a site of a new set is kept back until the end: a quarter of them, by a checksum of the name."""
    return zlib.crc32(site.encode()) % QUARTERS == 0


def group_of(site: str) -> str:
    """The publisher's part of a domain: `example` of news.example.co.uk."""
    labels = site.lower().split(".")[:-1] or [site.lower()]
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    return labels[-1]


@cache
def alternatives(pattern: str) -> tuple[str, ...]:
    """The patterns that a pattern is the union of: one for each path through its longest group of alternatives.

    Groups that may come several times or only look ahead are not parted, nor those that are a small part of the pattern.
    """
    found: list[tuple[int, int, list[int]]] = []
    stack: list[tuple[int, list[int]]] = [(0, [])]
    at = 0
    for token in _TOKEN.findall(pattern):
        if token == "|":
            stack[-1][1].append(at)
        elif token == ")":
            start, bars = stack.pop()
            if pattern[at + 1 : at + 2] in ("*", "+", "{") or pattern[:start].endswith(("(?=", "(?!", "(?<=", "(?<!")):
                found = [group for group in found if group[0] < start]
            elif bars:
                found.append((start, at, bars))
        elif token[0] == "(" and not regex.fullmatch(r"\(\?[a-z]+\)", token):
            stack.append((at + len(token), []))
        at += len(token)
    if stack[0][1]:
        found = [(0, len(pattern), stack[0][1])]
    start, end, bars = max(found, key=lambda group: group[1] - group[0], default=(0, 0, []))
    if end - start < len(pattern) / 3:
        return (pattern,)
    edges = [(start - 1), *bars, end]
    return tuple(pattern[:start] + pattern[a + 1 : b] + pattern[end:] for a, b in pairwise(edges))


class Key(NamedTuple):
    """An alternative of a rule: of its detectors, the one of this number."""

    rule: str
    number: int
    pattern: str


def fired(key: tuple[str, int], detector: Any, document: Document, finding: Finding) -> list[Key]:
    """The alternatives that a finding comes from; none where the detector has no patterns."""
    patterns = getattr(detector, "patterns", ())
    blocks = [block for block in document.blocks if block.start < finding.end and finding.start < block.end]
    if type(detector).__name__ == "AboveDetector":
        blocks = document.blocks[blocks[-1].index + 1 :]
    text = blocks[0].text if blocks else ""
    return [Key(*key, one) for p in patterns for one in alternatives(p) if _holds(one, text)]


@cache
def _compiled(pattern: str) -> Any:
    return regex.compile(pattern)


def _holds(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


class Standing(NamedTuple):
    """The groups on which an alternative fires rightly, those on which it does not, and what it found there, once each."""

    right: frozenset[str]
    wrong: frozenset[str]
    texts: tuple[str, ...]


class HeldOut:
    """A detector whose findings count only if an alternative that found them is borne out by other groups of sites."""

    def __init__(self, rule: str, number: int, detector: Any, known: Mapping[Key, Standing]) -> None:
        self._key, self._detector, self._known = (rule, number), detector, known

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._detector, name)

    def find(self, document: Document) -> Iterator[Finding]:
        """Findings in a document whose path is its site."""
        group = {group_of(document.path)}
        for finding in self._detector.find(document):
            keys = fired(self._key, self._detector, document, finding)
            if not keys or any(key in self._known and len(self._known[key].right - group) >= GROUPS for key in keys):
                yield finding


def held_out(rules: list[Rule], known: Mapping[Key, Standing]) -> list[Rule]:
    """The boilerplate rules with their wording held out."""
    return [
        replace(rule, detectors=tuple(HeldOut(rule.id, n, d, known) for n, d in enumerate(rule.detectors)))
        if rule.family == "boilerplate"
        else rule
        for rule in rules
    ]


def chosen(rules_alone: bool) -> list[Rule]:
    """The rules of a default run, or those of them that look for wording and shape alone."""
    rules = list(lintnews.rules(FAMILIES))
    if not rules_alone:
        return rules
    return [replace(rule, weighed=False) for rule in rules if rule.id != "boilerplate/unlike-article"]


def observe(articles: list[dict[str, Any]]) -> list[tuple[str, Key, bool, str]]:
    """Group, alternative, whether most of its labelled words are boilerplate, and the text, of each finding."""
    rules = [rule for rule in chosen(rules_alone=True) if rule.family == "boilerplate"]
    dispatch = Dispatch(rules)
    found = []
    for article in articles:
        text, group = article["text"], group_of(article["site"])
        document = Document(text, article["site"])
        dispatch.match(document)
        lines = [(start, end, label) for start, end, label, _ in lines_of(article) if label != "neutral"]
        for rule in rules:
            for number, detector in enumerate(rule.detectors):
                for finding in detector.find(document) if getattr(detector, "patterns", ()) else ():
                    words: Counter[str] = Counter()
                    for start, end, label in lines:
                        if start < finding.end and finding.start < end:
                            words[label] += len(WORD.findall(text, max(start, finding.start), min(end, finding.end)))
                    if words.total():
                        shown = " / ".join(text[finding.start : finding.end][:120].split("\n"))
                        for key in fired((rule.id, number), detector, document, finding):
                            found.append((group, key, words["drop"] > words["keep"], shown))
    return found


def standings(articles: list[dict[str, Any]], jobs: int) -> dict[Key, Standing]:
    """How each alternative fares on each group of sites."""
    counts: dict[Key, dict[str, Counter[bool]]] = defaultdict(lambda: defaultdict(Counter))
    texts: dict[Key, dict[bool, str]] = defaultdict(dict)
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(observe, [articles[n :: 4 * jobs] for n in range(4 * jobs)]):
            for group, key, is_right, text in part:
                counts[key][group][is_right] += 1
                texts[key].setdefault(is_right, text)
    return {
        key: Standing(
            frozenset(group for group, n in groups.items() if n[True] > n[False]),
            frozenset(group for group, n in groups.items() if n[True] <= n[False]),
            tuple(f"{'+' if is_right else '-'} {text}" for is_right, text in sorted(texts[key].items())),
        )
        for key, groups in counts.items()
    }


def scored(task: tuple[list[dict[str, Any]], dict[Key, Standing] | None, bool, Path | None]) -> list[dict[str, Any]]:
    """The scores of articles, with rules held out where it is known how they fare, and line models where there are folds."""
    articles, known, rules_alone, folder = task
    rules = chosen(rules_alone)
    linter = Linter(held_out(rules, known) if known is not None else rules, min_confidence=0.5)
    folds = json.loads((folder / "folds.json").read_text()) if folder else {}
    articles = [article for article in articles if not folder or article["site"] in folds]
    return [score(a, linter, (load(folder / f"fold{folds[a['site']]}.json"),) if folder else ()) for a in articles]


def show(name: str, results: list[dict[str, Any]]) -> None:
    """A line of figures for each operating point."""
    for point in POINTS if results else ():
        figures = summary(results, point)
        print(
            f"{name:34}{point:5}{figures.pop('documents'):5}", "  ".join(f"{key} {value:.4f}" for key, value in figures.items())
        )


def doubtful(known: dict[Key, Standing]) -> Iterator[str]:
    """The alternatives that too few groups bear out, those that never fire, and those that are wrong too often."""
    empty = Standing(frozenset(), frozenset(), ())
    for rule in chosen(rules_alone=True):
        for number, detector in enumerate(rule.detectors):
            for pattern in getattr(detector, "patterns", ()) if rule.family == "boilerplate" else ():
                for one in alternatives(pattern):
                    right, wrong, texts = known.get(Key(rule.id, number, one), empty)
                    if len(right) <= GROUPS or 10 * len(wrong) > len(right):
                        yield f"{rule.id} {number}  right {len(right)}  wrong {len(wrong)}  {one[:160]}"
                        yield from (f"    {text}" for text in texts)


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path, nargs="+", help="the first is the set that the rules were written on")
    parser.add_argument("--flavor", choices=("sloppy", "recall", "fullpage"), default="sloppy")
    parser.add_argument("--every", type=int, default=1, help="score one document in so many")
    parser.add_argument("--folds", type=Path, help="line models by fold of sites")
    parser.add_argument("--rules-alone", action="store_true", help="without the line model")
    parser.add_argument("--alternatives", action="store_true", help="only list the alternatives in doubt")
    parser.add_argument("--kept-back", action="store_true", help="score the sites kept back, and nothing else")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    sets = {path.name.split(".")[0]: list(records(path)) for path in arguments.labelled}
    old, *new = sets
    seen_sites = {record["site"] for record in sets[old]}
    at_hand = [r for n, rs in sets.items() for r in rs if n == old or not kept_back(r["site"])]
    known = standings([r for r in at_hand if r["flavor"] in ("sloppy", "fullpage")], arguments.jobs)
    if arguments.alternatives:
        print("\n".join(doubtful(known)))
        return
    for name, rows in sets.items():
        if arguments.kept_back:
            rows = [r for r in rows if name in new and kept_back(r["site"]) and r["site"] not in seen_sites]
        else:
            rows = [r for r in rows if name == old or not kept_back(r["site"])]
        rows = [r for r in rows if r["flavor"] == arguments.flavor][:: arguments.every]
        for way, standing in (("as they are", None), ("held out", known)):
            with ProcessPoolExecutor(arguments.jobs) as pool:
                parts = [
                    (rows[n :: 2 * arguments.jobs], standing, arguments.rules_alone, arguments.folds)
                    for n in range(2 * arguments.jobs)
                ]
                results = [result for part in pool.map(scored, parts) for result in part]
            core = [r for r in results if r["source"] != "f"]
            show(f"{name}, rules {way}", core if name == old else results)


if __name__ == "__main__":
    main()
