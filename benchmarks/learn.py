"""What learning a site's lines adds, on line-labelled articles: learn on half of each site's, clean the other half.

    python benchmarks/learn.py LABELLED [--flavor sloppy] [--min-articles N] [--folds FOLDER] [--together] [--show]

Printed for each operating point without and with what was learnt: the figures of `boilerplate.py`, over the sites with twice
`--min-articles` articles and more, and how many words of each label the learnt lines hold. With `--together`
`boilerplate/site-line` looks at all articles of a site at once instead. `--folds` as in `boilerplate.py`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from boilerplate import FAMILIES, POINTS, lines_of, records, score, summary

import lintnews
from lintnews.document import Document
from lintnews.evidence.linemodel.model import load
from lintnews.evidence.sitelines.counting import Learner, observe_lines
from lintnews.evidence.sitelines.lines import Learnt, SiteLine
from lintnews.linter import Linter
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import load_file
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.writing import rule_file, unique

SITE_LINE = "boilerplate/site-line"


def learnt(articles: list[dict], least: int, share: float, model: tuple[object, ...]) -> list[SiteLine]:
    """The lines of some articles of one site."""
    learner = Learner()
    for article in articles:
        learner.add((article["site"],), observe_lines(Document(article["text"], known=model)))
    return unique(learner.learnt(least, share))


def as_rule(lines: list[SiteLine], articles: int) -> list[Rule]:
    """The rule that `lintnews learn` would write, read back."""
    if not lines:
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "learnt.toml"
        path.write_text(rule_file(lines, articles), encoding="utf-8")
        return [load_file(path, "boilerplate/learnt", registry().detectors)]


def words_found(article: dict, rules: list[Rule], known: tuple[object, ...]) -> Counter:
    """Words of each label in what the learnt lines find, by whether the fix is safe."""
    document = Document(article["text"], known=known)
    found: Counter = Counter()
    for rule in rules:
        for d in rule.diagnose(document):
            for start, end, label, _ in lines_of(article):
                if start < d.end and d.start < end:
                    found[d.fix.safety, label] += len(d.text.split())
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", type=Path)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--flavor", choices=("sloppy", "recall", "fullpage"), default="sloppy")
    parser.add_argument("--min-articles", type=int, default=2)
    parser.add_argument("--min-share", type=float, default=0.05)
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--show", action="store_true", help="print what was found and is not labelled as boilerplate")
    arguments = parser.parse_args()
    folds = json.loads((arguments.folds / "folds.json").read_text()) if arguments.folds else {}
    sites: dict[str, list[dict]] = defaultdict(list)
    for article in records(arguments.labelled):
        if article["flavor"] == arguments.flavor and article.get("source") != "f":
            sites[article["site"]].append(article)
    base = lintnews.rules(FAMILIES)
    site_line = lintnews.rules((SITE_LINE,))
    plain, words = Linter(base, min_confidence=0.5), Counter()
    results: dict[str, list[dict]] = {"without": [], "with": []}
    used = 0
    for site, articles in sorted(sites.items(), key=lambda item: folds.get(item[0], 0)):
        if len(articles) < arguments.min_articles * (1 if arguments.together else 2):
            continue
        used += 1
        model = (load(arguments.folds / f"fold{folds[site]}.json"),) if folds else ()
        for half in (0,) if arguments.together else (0, 1):
            others = articles if arguments.together else articles[1 - half :: 2]
            lines = learnt(
                articles if arguments.together else articles[half::2], arguments.min_articles, arguments.min_share, model
            )
            extra = site_line if arguments.together else as_rule(lines, len(articles))
            known = (*model, Learnt(lines).known_to((site,))) if arguments.together else model
            linter = Linter([*base, *extra], min_confidence=0.5)
            for article in others:
                results["without"].append(score(article, plain, model))
                results["with"].append(score(article, linter, known))
                found = words_found(article, extra, known)
                words.update(found)
                if arguments.show and any(label == "keep" for _, label in found):
                    print(site, article["id"], found)
    print(f"{arguments.flavor}: {used} sites; words found by the learnt lines:", dict(words))
    for point in POINTS:
        for name, of in results.items():
            figures = summary(of, point)
            shown = (f"{key} {value:.4f}" for key, value in figures.items() if key != "documents")
            print(f"{point:5}{name:8}{figures['documents']:5}", "  ".join(shown))


if __name__ == "__main__":
    main()
