"""What is known of a word: where it stands, how odd it looks, and the figures that its odds are made of."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lintnews.document.blocks import Span
from lintnews.evidence.spun.screen import DATA, word_odds

if TYPE_CHECKING:
    from lintnews.evidence.spun.encoder import Reading

SPUN = 0.8
"""Confidence from which an article counts as spun, and its words may be marked on less evidence of their own."""

QUOTATION = re.compile(r"“[^“”\n]{3,}[”\n]|\"[^\"\n]{3,}[\"\n]")
HONEST = re.compile(r"(?i)\b(?:at this point not|(?:have|has|had) the option to|individuals who|in keeping with)\b")
"""What spinners write, and people too: "can at this point not" is how a German or a Dane may say "can't yet"."""
LOWER = re.compile(r"(?<![\w'’\-])[a-z]{2,}(?![\w'’\-])")
LIKELY, READ = 4.8, 7.9e6
"""Log odds from which a link counts where originals are looked for, and the number of words that counts were taken of."""


class OddWord(NamedTuple):
    """A word or set phrase that a spinner may have put in: span in code points, probability, and what may have stood there.

    `fix` is the first suggestion where that is a commoner word than this one, so that mending a text comes to an end.
    """

    start: int
    end: int
    probability: float
    suggestions: tuple[str, ...] = ()
    fix: str = ""


class Spun(NamedTuple):
    """What is known of one text: how likely it is spun (0 to 1), and its odd words in order of position."""

    confidence: float
    words: tuple[OddWord, ...] = ()

    @property
    def is_spun(self) -> bool:
        """Whether the article counts as spun."""
        return self.confidence >= SPUN


@dataclass(slots=True)
class Word:
    """One occurrence of a word with what is known of it; `own` words are not quoted."""

    span: Span
    word: str
    odds: float
    features: list[float]
    hidden: Any
    own: bool = True


def features(text: str, readings: Sequence[Reading]) -> list[Word]:
    """Each alphabetic word of the readings with the figures that its final odds are made of."""
    from lintnews.evidence.spun.suggest import thesaurus

    book = thesaurus()
    found: list[Word] = []
    for reading in readings:
        for number, ((start, end), odds) in enumerate(zip(reading.spans, reading.odds, strict=True)):
            if text[start].isalpha() and end - start > 1:
                found.append(Word((start, end), text[start:end].lower(), odds, [], reading.hidden[number]))
    found = [w for w, honest in zip(found, _inside(text, [w.span for w in found], HONEST), strict=True) if not honest]
    alike: dict[str, list[float]] = {}
    for w in found:
        alike.setdefault(w.word, []).append(w.odds)
    present = book.present(alike)
    chances = [1 / (1 + math.exp(-w.odds)) for w in found]
    density = math.log(sum(chances) / max(40, len(chances)) + 0.002)
    kinds = {word: _kind(word, len(others), len(found), present) for word, others in alike.items()}
    for w in found:
        start = w.span[0]
        name = text[start].isupper() and start > 1 and text[start - 2] not in '.!?\n"“:”' and text[start - 1] != "\n"
        others = alike[w.word]
        elsewhere = (sum(others) - w.odds) / (len(others) - 1) if len(others) > 1 else w.odds
        w.features = [w.odds, float(name), elsewhere, density, *kinds[w.word]]
    return found


def _kind(word: str, count: int, size: int, present: Any) -> list[float]:
    """Figures of a word whatever its place."""
    from lintnews.evidence.spun.suggest import thesaurus

    book = thesaurus()
    rare = word_odds(word)
    number = book.numbers.get(word)
    entry = book.entry(word)
    seen = book.counts[number] if number is not None else 2.0
    absent = 0.0
    if entry is not None and count > 1:
        links, strength = book.row(entry)
        missing = links[(strength > LIKELY) & ~present[links]]
        absent = math.exp(float(book.seen[missing].max())) / READ * size if len(missing) else 0.0
    scarce = max(0.0, 4.0 - seen) if number is not None else 0.0
    return [rare or 0.0, float(rare is None), scarce, float(entry is None), math.log(count), min(absent, 4.0) * math.log(count)]


def word_features(figures: Sequence[float]) -> list[float]:
    """A word's figures and the products of some with the density of odd words around."""
    odds, _, _, density, rarity, _, scarce, *_ = figures
    return [*figures, odds * density, max(rarity, 0.0), rarity * density, scarce * density]


def strangeness(text: str) -> tuple[int, int]:
    """How many of a text's lower-case words no thesaurus holds and news does not use, and how many such words it has.

    A spinner takes its words from a thesaurus: such words are the writer's own, or those of another language or of a bad scan.
    """
    from lintnews.evidence.spun.suggest import is_word

    words = LOWER.findall(text)
    return sum(not is_word(word) for word in words), len(words)


def known_pairs(words: Sequence[Word], phrases: Sequence[Span]) -> int:
    """How many different odd words there are outside of set phrases of which a thesaurus says what they may stand for."""
    from lintnews.evidence.spun.suggest import thesaurus

    odd = {w.word for w in words if w.odds > 0 and w.own and not any(start <= w.span[0] < end for start, end in phrases)}
    return sum(thesaurus().entry(word) is not None for word in odd)


def own_words(text: str, spans: Sequence[Span]) -> list[bool]:
    """For each span whether it counts for the verdict on the article: the writer's words do, quotations don't.

    Where most of the text is quotation, all of it counts.
    """
    counts = [not quoted for quoted in _inside(text, spans, QUOTATION)]
    return counts if 2 * sum(counts) >= len(counts) else [True] * len(counts)


def _inside(text: str, spans: Sequence[Span], pattern: re.Pattern[str]) -> list[bool]:
    """For each span whether it starts in a match of the pattern."""
    matches = [m.span() for m in pattern.finditer(text)]
    starts = [start for start, _ in matches]
    before = [bisect_right(starts, start) - 1 for start, _ in spans]
    return [at >= 0 and start < matches[at][1] for at, (start, _) in zip(before, spans, strict=True)]


def subjects(words: Sequence[Word]) -> list[bool]:
    """For each word whether another form of it occurs."""
    from lintnews.evidence.spun.suggest import thesaurus

    lemma = thesaurus().lemma
    forms = {word: lemma(word) for word in {w.word for w in words}}
    counts = Counter(forms.values())
    return [counts[forms[w.word]] > 1 for w in words]


@cache
def closed() -> frozenset[str]:
    """Words that are not marked alone: what a spinner does to them it does to the phrase they stand in."""
    return frozenset((DATA / "closed.txt").read_text(encoding="utf-8").split())
