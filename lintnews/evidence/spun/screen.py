"""A cheap look at a whole text for spun paraphrase: words and pairs of neighbours that spinners leave. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lintnews.data.pack import packed
from lintnews.evidence.spun.wordlist import WordList

DATA = Path(__file__).parent.parent.parent / "data" / "spun"
SCREEN = DATA / "screen.txt"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
FEWEST_WORDS = 60
"""Shorter texts are weighed as if they had this many words."""
FEWEST = 25
"""Words below which a text is not judged."""
GATE = ((25, -0.2), (59, -0.2), (60, -3.0), (80, -2.35), (120, -0.86), (200, 0.25), (400, 1.79), (800, 3.37), (2000, 5.51))
"""Words of a text and the suspicion from which the encoder reads it: a short text costs little and shows little."""
NEIGHBOURS = 0.1
"""How far below the line a text may lie by its words alone for its pairs of neighbours to be looked at: they seldom add more."""
HEAD, MIDDLE = 48, 128
STEP = 40503
"""Spreads pairs of word numbers over the table of pairs; prime to its size."""


@cache
def _words() -> WordList:
    """The words known."""
    return WordList(SCREEN.read_bytes(), packed("screen"))


@lru_cache(maxsize=1 << 15)
def _number(word: str) -> int | None:
    """The number of a word. Looked for in the list and kept, since one article asks for a few hundred of all words."""
    return _words().number(word)


class Tables(NamedTuple):
    """Weights, each a byte of which `MIDDLE` is 0: of words, of words that spinners like, of pairs, and the log odds of words.

    `unit`, `liked_unit`, `odds_unit`: what a step of these is worth; `unknown`: the weight of the share of words on no list.
    """

    unit: float
    liked_unit: float
    odds_unit: float
    unknown: float
    offset: float
    words: bytes
    liked: bytes
    odds: bytes
    pairs: bytes


@cache
def _tables() -> Tables:
    raw, count = (DATA / "screen.bin").read_bytes(), len(_words())
    words, liked, odds = (raw[HEAD + n * count : HEAD + (n + 1) * count] for n in range(3))
    unit, liked_unit, odds_unit, unknown, offset = map(float, raw[:HEAD].decode("ascii").split())
    return Tables(unit, liked_unit, odds_unit, unknown, offset, words, liked, odds, raw[HEAD + 3 * count :])


def suspicion(text: str) -> tuple[float, int]:
    """How much a text looks spun, and how many words it has; see `gate`.

    A linear model of the words of a text, of which some count more in a long one, and of its pairs of neighbouring words, fitted
    on clean and synthetically spun texts. Pairs are looked at only where the words leave doubt: in one sound text of six.
    """
    tables = _tables()
    words = WORD.findall(text.lower())
    known = list(map(_number, words))
    kinds = {number for number in known if number is not None}
    size = max(FEWEST_WORDS, len(words))
    score = tables.offset + tables.unknown * known.count(None) / size
    score += tables.unit * _sum(tables.words, kinds) / size**0.7 + tables.liked_unit * _sum(tables.liked, kinds) / size**0.5
    if score >= gate(len(words)) - NEIGHBOURS:
        mask = len(tables.pairs) - 1
        near = {(a * STEP + b) & mask for a, b in pairwise(known) if a and b}
        score += tables.unit * _sum(tables.pairs, near) / size**0.7
    return round(score, 6), len(words)


def _sum(weights: bytes, places: Set[int]) -> int:
    return sum(map(weights.__getitem__, places)) - MIDDLE * len(places)


def lowered(text: str) -> str:
    """A text in lower case, one character for one."""
    return text.lower() if text.isascii() else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def word_odds(word: str) -> float | None:
    """Log odds that a spinner rather than a writer used this lower-case word; None for a word not on the list."""
    tables, number = _tables(), _number(word)
    return None if number is None else tables.odds_unit * (tables.odds[number] - MIDDLE)


def gate(size: int) -> float:
    """The suspicion from which a text of so many words is read by the encoder."""
    return between(GATE, size)


def between(points: Sequence[tuple[float, float]], size: float) -> float:
    """The value at a size, on the line between the points left and right of it."""
    for (low, at), (high, to) in pairwise(points):
        if size < high:
            return at + (to - at) * max(0, size - low) / (high - low)
    return points[-1][1]
