"""Spun paraphrase: the article as a whole, words that a spinner put in, and set phrases that spinners write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document

if TYPE_CHECKING:
    from lintnews.evidence.spun import Verdict

ARTICLE = r"(?i)\b(an?)(\s+)$"
SILENT = r"(?i)(?:hour|honest|honor|honour|heir)|(?!uni(?!n|m)|use|usu|eu|one\b|once)[aeiou]"
"""What begins with a vowel sound, nearly always."""
NAMED = 8


@dataclass(frozen=True, slots=True)
class SpunDetector(Detector):
    """Finds spun text. `report`: the `article`, once, at its first block; each odd `word`; or each `phrase` of the table.

    `least`: confidence from which an article, or a word, is reported. Phrases gain confidence in an article that counts as spun.
    `model`: a language model that judges too, a path that ends in .gguf or an installed package; none unless named.
    """

    report: Literal["article", "word", "phrase"]
    least: float = 0.8
    model: str = ""
    table: tuple[tuple[str, ...], ...] = ()

    def needs(self) -> Needs:
        return Needs(phrases=tuple(row[0] for row in self.table))

    def find(self, document: Document) -> Iterator[Finding]:
        verdict = document.evidence(_judged, self.model)
        if self.report == "phrase":
            yield from self._phrases(document, verdict)
        elif self.report == "word":
            for word in verdict.words:
                if word.probability >= self.least and not _in_code(document, word.start):
                    values: dict[str, object] = {
                        "word": document.text[word.start : word.end],
                        "suggestion": " or ".join(word.suggestions[:2]),
                    }
                    edits = _edits(document.text, word.start, word.end, word.fix)
                    yield Finding(word.start, word.end, edits, word.probability, values, word.suggestions)
        elif verdict.confidence >= self.least and document.blocks:
            odd = sorted((w for w in verdict.words if w.probability >= 0.5), key=lambda w: -w.probability)
            names = list(dict.fromkeys(document.text[w.start : w.end].lower() for w in odd))
            first = next((b for b in document.blocks if b.is_prose), document.blocks[0])
            values = {"count": len(odd), "words": ", ".join(names[:NAMED]) or "its wording as a whole"}
            yield Finding(first.start, first.end, (), verdict.confidence, values)

    def _phrases(self, document: Document, verdict: Verdict) -> Iterator[Finding]:
        confidence = 0.95 if verdict.is_spun else None
        for phrase, *suggestions in self.table:
            for start, end in document.phrases.get(phrase, ()):
                suggestion = suggestions[0]
                if narrowed := _narrowed(document.text[start:end], suggestion):
                    at, length, suggestion = narrowed
                    start, end = start + at, start + at + length
                found = document.text[start:end]
                fitted = suggestion[:1].upper() + suggestion[1:] if found[:1].isupper() else suggestion
                values = {"phrase": found, "suggestion": fitted}
                yield Finding(start, end, _edits(document.text, start, end, fitted), confidence, values, (fitted,))


def _judged(document: Document, model: str) -> Verdict:
    from lintnews.evidence.spun import judge

    return judge(document.text, model)


def _narrowed(phrase: str, suggestion: str) -> tuple[int, int, str] | None:
    """Where phrase and suggestion differ in one word of the phrase, or in one with its article: offset, length, what goes in."""
    old, new = phrase.split(" "), suggestion.split(" ")
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    left, instead = old[head : len(old) - tail], new[head : len(new) - tail]
    article = len(left) > 1 and left[0].lower() in ("a", "an", "the")
    if not instead or len(left) - article != 1:
        return None
    return sum(len(w) + 1 for w in old[:head]), len(" ".join(left)), " ".join(instead)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words are the same before the first that differs."""
    return len(list(takewhile(lambda pair: pair[0].lower() == pair[1].lower(), zip(old, new, strict=False))))


def _edits(text: str, start: int, end: int, replacement: str) -> tuple[Edit, ...]:
    """Put the replacement in, and mend the "a" or "an" before it."""
    if not replacement:
        return ()
    edits = [Edit(start, end, replacement)]
    article = re.compile(ARTICLE).search(text, max(0, start - 8), start)
    if article:
        right = "an" if re.match(SILENT, replacement) else "a"
        if article[1].lower() != right:
            edits.insert(0, Edit(article.start(1), article.end(1), right.capitalize() if article[1][0].isupper() else right))
    return tuple(edits)


def _in_code(document: Document, offset: int) -> bool:
    if document.markup == "plain":
        return False
    return any(b.kind in ("code", "front-matter") and b.start <= offset < b.end for b in document.blocks)
