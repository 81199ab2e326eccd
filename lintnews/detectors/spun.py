"""Spun paraphrase: the article as a whole, words that a spinner put in, and set phrases that spinners write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document

if TYPE_CHECKING:
    from lintnews.spun import Verdict

ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
SILENT = re.compile(r"(?:hour|honest|honor|honour|heir)|(?!uni(?!n|m)|use|usu|eu|one\b|once)[aeiou]", re.IGNORECASE)
"""What begins with a vowel sound, nearly always."""
NAMED = 8
SPUN = 0.8
"""Confidence from which an article counts as spun where set phrases are weighed."""


@dataclass(frozen=True, slots=True)
class SpunDetector:
    """Finds spun text. `report`: the `article`, once, at its first block; each odd `word`; or each `phrase` of the table.

    `least`: confidence from which an article, or a word, is reported. Phrases gain confidence in an article that counts as spun.
    """

    report: str
    least: float = 0.8
    table: tuple[tuple[str, ...], ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """What to look up."""
        return tuple(row[0] for row in self.table)

    def find(self, document: Document) -> Iterator[Finding]:
        verdict = self._verdict(document)
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

    @staticmethod
    def _verdict(document: Document) -> Verdict:
        if "spun" not in document.memo:
            from lintnews.spun import judge

            document.memo["spun"] = judge(document.text)
        verdict: Verdict = document.memo["spun"]  # type: ignore[assignment]
        return verdict

    def _phrases(self, document: Document, verdict: Verdict) -> Iterator[Finding]:
        spun = verdict.confidence >= SPUN
        for phrase, *suggestions in self.table:
            for start, end in document.phrases.get(phrase, ()):
                found = document.text[start:end]
                fitted = tuple(s[:1].upper() + s[1:] if found[:1].isupper() else s for s in suggestions)
                values = {"phrase": found, "suggestion": fitted[0] if fitted else ""}
                edits = _edits(document.text, start, end, fitted[0] if fitted else "")
                yield Finding(start, end, edits, 0.95 if spun else None, values, fitted)


def _edits(text: str, start: int, end: int, replacement: str) -> tuple[Edit, ...]:
    """Put the replacement in, and mend the "a" or "an" before it."""
    if not replacement:
        return ()
    edits = [Edit(start, end, replacement)]
    article = ARTICLE.search(text, max(0, start - 8), start)
    if article:
        right = "an" if SILENT.match(replacement) else "a"
        if article[1].lower() != right:
            edits.insert(0, Edit(article.start(1), article.end(1), right.capitalize() if article[1][0].isupper() else right))
    return tuple(edits)


def _in_code(document: Document, offset: int) -> bool:
    if document.markup == "plain":
        return False
    return any(b.kind in ("code", "front-matter") and b.start <= offset < b.end for b in document.blocks)
