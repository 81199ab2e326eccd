"""The examples of rule files as tests: each `bad` is found as marked, each `good` is left alone, each pattern compiles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lintnews.document import Document
from lintnews.document.blocks import Span
from lintnews.document.language import Language
from lintnews.linter import Linter, RuleError
from lintnews.rulebook.files import CLOSE, OPEN, check_patterns
from lintnews.rulebook.languages import in_language, unknown_rules
from lintnews.rulebook.rule import Rule

NEXT_ARTICLE = "\n\n=== next article ===\n\n"
"""Between the articles of an example for a rule that compares them."""


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """An example's text without its marks, and the spans that were marked."""
    plain, spans, start = "", [], 0
    for part in text.replace(CLOSE, OPEN).split(OPEN):
        plain += part
        spans.append((start, len(plain)))
        start = len(plain)
    return plain, spans[1::2]


def problems(rules: Iterable[Rule]) -> Iterator[str]:
    """What is wrong with the examples of these rules, one line each, naming file and example."""
    for rule in rules:
        try:
            check_patterns(rule)
            for kind, there in (("bad", rule.bad), ("good", rule.good)):
                if not there:
                    yield f"{rule.path}: has no [[{kind}]] example; add two or more"
            yield from _problems(rule, Linter([rule]))
        except (ValueError, RuleError) as error:
            yield f"{rule.path}: {error}"


def problems_in(rules: Sequence[Rule], code: str) -> Iterator[str]:
    """What is wrong with the examples of what these rules say in a language, one line each, naming file, rule and example."""
    for unknown in unknown_rules(rules, code):
        yield f"languages/{code}.toml: {unknown}: no rule beside it is called so; correct the table's name"
    for rule in rules:
        for said in in_language([rule], code):
            try:
                check_patterns(said)
                for problem in _problems(said, Linter([rule]), Language(code)):
                    yield problem.replace(": ", f": {rule.id}: ", 1)
            except (ValueError, RuleError) as error:
                yield f"{said.path}: {rule.id}: {error}"


def _problems(rule: Rule, linter: Linter, *known: object) -> Iterator[str]:
    for number, example in enumerate(rule.bad, 1):
        text, spans = unmarked(example.text)
        found = _found(linter, text, *known)
        if found != spans:
            yield f"{rule.path}: [[bad]] {number}: expected {_shown(text, spans)}, found {_shown(text, found)}"
        elif example.fixed is not None:
            fixed = linter.clean(Document(text, known=known), unsafe=True).text
            if fixed != example.fixed:
                yield f"{rule.path}: [[bad]] {number}: expected the fixed text {example.fixed!r}, got {fixed!r}"
    for number, text in enumerate(rule.good, 1):
        if found := _found(linter, text, *known):
            yield f"{rule.path}: [[good]] {number}: found {_shown(text, found)}"


def _found(linter: Linter, text: str, *known: object) -> list[Span]:
    if not linter.comparing and not linter.site_aware:
        return [(d.start, d.end) for d in linter.check(Document(text, known=known))]
    articles = text.split(NEXT_ARTICLE)
    starts = accumulate((len(article) + len(NEXT_ARTICLE) for article in articles), initial=0)
    offsets = {f"{number}.txt": start for number, start in enumerate(starts)}
    documents = [Document(article, f"{number}.txt") for number, article in enumerate(articles)]
    return [(offsets[d.path] + d.start, offsets[d.path] + d.end) for d in linter.compare(documents)]


def _shown(text: str, spans: list[Span]) -> str:
    return ", ".join(repr(text[a:b]) for a, b in spans) or "nothing"
