"""An article in figures and one word: keep it, clean it, look at it, or drop it.

The figures come from what the rules found and from the text itself; the word follows from them by thresholds that a user may set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from lintnews.diagnostic import Diagnostic
from lintnews.document import Document
from lintnews.document.scripts import words as words_of

Verdict = Literal["keep", "clean", "review", "drop"]
NEEDED = ("spun/article", "text/garbled", "text/no-article", "text/truncated")
"""Rules whose findings decide a verdict, whether they are asked for or not."""
HEADLINES, HEADLINE_WORDS = 8, 14
"""An index page has so many lines, none but few of them longer than so many words."""


class Thresholds(NamedTuple):
    """From where an article is doubtful. Shares and confidences are from 0 to 1.

    `words`: with fewer words of its own there is no article. `furniture`, `repeated`: shares of the words above which so much
    goes that the rest is doubtful. `spun`, `garbled`: from which the article is to be looked at; `worthless` is the share of
    garbled words from which it is dropped, `surely_spun` the confidence.
    """

    words: float = 50
    furniture: float = 0.6
    repeated: float = 0.3
    spun: float = 0.8
    surely_spun: float = 0.99
    garbled: float = 0.03
    worthless: float = 0.15

    def with_changes(self, changes: Iterable[tuple[str, float]]) -> Thresholds:
        """These thresholds, some of them changed."""
        return self._replace(**dict(changes))


USUAL = Thresholds()


class Metrics(NamedTuple):
    """An article in figures. `words` are all, `own_words` those that are not furniture, `prose_words` those of its running text.

    Shares and confidences are from 0 to 1. `language` is a code of two letters, empty where it can't be told. `grammar` is
    findings of grammar rules per 100 words, None where grammar was not checked, or not to the end. Grades and reading ease are
    of the article's own prose, those that end in `raw` of the whole text, None where the formula does not apply.
    """

    words: int
    own_words: int
    prose_words: int
    furniture: float
    repeated: float
    spun: float
    garbled: float
    language: str
    grammar: float | None
    reading_ease: float | None
    reading_ease_raw: float | None
    grade: float | None
    grade_raw: float | None
    reading_minutes: float

    def to_dict(self) -> dict[str, Any]:
        """The figures by name, rounded to four decimals."""
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in self._asdict().items()}


class Assessment(NamedTuple):
    """A verdict, the reasons that led to it, the gravest first, and the figures."""

    verdict: Verdict
    reasons: tuple[str, ...]
    metrics: Metrics

    def to_dict(self) -> dict[str, Any]:
        """The record of docs/verdict.md."""
        return {"verdict": self.verdict, "reasons": list(self.reasons), "metrics": self.metrics.to_dict()}


def assess(document: Document, diagnostics: Sequence[Diagnostic], thresholds: Thresholds = USUAL) -> Assessment:
    """The verdict on a document, given its diagnostics; those of `NEEDED` should be among them."""
    metrics = measure(document, diagnostics)
    graver = sorted(_reasons(document, diagnostics, metrics, thresholds), key=lambda found: found[0] != "drop")
    if graver:
        return Assessment(graver[0][0], tuple(reason for _, reason in graver), metrics)
    fixable = sorted({d.rule for d in diagnostics if d.fix is not None})
    if fixable:
        return Assessment("clean", (f"to be cleaned: {', '.join(fixable)}",), metrics)
    return Assessment("keep", (), metrics)


def measure(document: Document, diagnostics: Sequence[Diagnostic]) -> Metrics:
    """A document in figures, given its diagnostics."""
    from lintnews.evidence.figures.names import own_prose
    from lintnews.evidence.figures.readability import readability, reading_minutes
    from lintnews.evidence.garbling import garbled_words
    from lintnews.evidence.grammar.checker import checked

    words = sum(len(block.words) for block in document.blocks)
    furniture = _words_in(document, [d for d in diagnostics if d.rule.startswith("boilerplate/")])
    prose = document.evidence(own_prose)
    prose_words = len(words_of(prose))
    grammar = document.found(checked, False)
    known = document.language or "en"
    return Metrics(
        words=words,
        own_words=max(0, words - furniture),
        prose_words=min(prose_words, max(0, words - furniture)),
        furniture=furniture / max(1, words),
        repeated=_words_in(document, [d for d in diagnostics if d.rule.startswith("duplicate/")]) / max(1, words),
        spun=max((d.confidence for d in diagnostics if d.rule == "spun/article"), default=0.0),
        garbled=len(document.evidence(garbled_words)) / max(1, words),
        language=document.language,
        grammar=100 * _count(diagnostics, "grammar/") / max(1, words) if grammar and grammar.is_complete else None,
        reading_ease=readability(prose, "flesch-reading-ease", known),
        reading_ease_raw=readability(document.text, "flesch-reading-ease", known),
        grade=readability(prose, "flesch-kincaid-grade", known),
        grade_raw=readability(document.text, "flesch-kincaid-grade", known),
        reading_minutes=reading_minutes(max(0, words - furniture)),
    )


def _count(diagnostics: Sequence[Diagnostic], family: str) -> int:
    return sum(d.rule.startswith(family) for d in diagnostics)


def _words_in(document: Document, diagnostics: Sequence[Diagnostic]) -> int:
    """Words in the spans of diagnostics that would delete them, each word once."""
    total = reached = 0
    for start, end in sorted((d.start, d.end) for d in diagnostics if d.fix is not None):
        start = max(start, reached)
        if start < end:
            total += len(words_of(document.text[start:end]))
            reached = end
    return total


def _reasons(
    document: Document, diagnostics: Sequence[Diagnostic], metrics: Metrics, limits: Thresholds
) -> Iterator[tuple[Verdict, str]]:
    found = {d.rule: d for d in reversed(diagnostics)}
    if page := found.get("text/no-article"):
        yield "drop", f"text/no-article: {page.message}"
    if metrics.own_words < limits.words:
        yield "drop", f"no article: {metrics.own_words} words are left, fewer than {limits.words:g}"
    elif _is_index(document, metrics, limits):
        yield "drop", "no running text: the page is a list of headlines"
    if metrics.spun >= limits.spun:
        verdict: Verdict = "drop" if metrics.spun >= limits.surely_spun else "review"
        yield verdict, f"spun/article: {found['spun/article'].message}"
    if metrics.garbled >= limits.garbled:
        verdict = "drop" if metrics.garbled >= limits.worthless else "review"
        yield verdict, f"text/garbled: {metrics.garbled:.0%} of the words"
    if cut := found.get("text/truncated"):
        yield "review", f"text/truncated: {cut.message}"
    if metrics.furniture > limits.furniture and metrics.own_words >= limits.words:
        yield "review", f"{metrics.furniture:.0%} of the words are furniture: what is left is doubtful"
    if metrics.repeated > limits.repeated:
        yield "review", f"{metrics.repeated:.0%} of the words stand twice"


def _is_index(document: Document, metrics: Metrics, limits: Thresholds) -> bool:
    """Whether a page has many short lines and next to no running text."""
    lengths = [len(block.words) for block in document.text_blocks]
    short = sum(length <= HEADLINE_WORDS for length in lengths)
    return metrics.prose_words < limits.words / 2 and short >= HEADLINES and short >= 0.8 * len(lengths)
