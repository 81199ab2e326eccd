"""A cheap look at a whole text for spun paraphrase: words and pairs of neighbours that spinners leave. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from lintnews.data.pack import packed
from lintnews.evidence.spun.wordlist import WordList

DATA = Path(__file__).parent.parent.parent / "data" / "spun"
SCREEN = DATA / "screen.txt"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
FEWEST_WORDS = 60
"""Shorter texts are weighed as if they had this many words."""
FEWEST = 25
"""Words below which a text is not judged."""
GATE = ((60, -1.5), (80, -1.35), (120, -1.0), (200, -0.8), (400, -0.42), (800, 0.0), (2000, 0.2))
"""Words of a text and the suspicion from which the encoder reads it: a short text costs little and shows little."""
HEAD, MIDDLE = 16, 128
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


@cache
def _tables() -> tuple[bytes, bytes, bytes, float, float]:
    """Weights of words, their log odds, weights of pairs, each a byte of which `MIDDLE` is 0; unit; offset."""
    raw, count = (DATA / "screen.bin").read_bytes(), len(_words())
    unit, offset = map(float, raw[:HEAD].decode("ascii").split())
    return raw[HEAD : HEAD + count], raw[HEAD + count : HEAD + 2 * count], raw[HEAD + 2 * count :], unit, offset


def suspicion(text: str) -> tuple[float, int]:
    """How much a text looks spun, and how many words it has. One clean news text in fifty lies above 0.

    Two scores are taken, the higher counts: a logistic model of words and neighbouring words, fitted on pairs of clean
    and synthetically spun texts, and the summed log odds of single words that thesauruses put in and writers seldom use.
    """
    weights, odds, pairs, unit, offset = _tables()
    words = WORD.findall(text.lower())
    known = list(map(_number, words))
    kinds = {number for number in known if number is not None}
    mask = len(pairs) - 1
    near = {(a * STEP + b) & mask for a, b in pairwise(known) if a and b}
    size = max(FEWEST_WORDS, len(words))
    summed = sum(map(weights.__getitem__, kinds)) + sum(map(pairs.__getitem__, near))
    model = unit * (summed - MIDDLE * (len(kinds) + len(near)))
    rare = unit * (sum(map(odds.__getitem__, kinds)) - MIDDLE * len(kinds))
    return max(model / size**0.7 + offset, (rare / size**0.5 - 0.435) * 5), len(words)


def lowered(text: str) -> str:
    """A text in lower case, one character for one."""
    return text.lower() if text.isascii() else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def word_odds(word: str) -> float | None:
    """Log odds that a spinner rather than a writer used this lower-case word; None for a word not on the list."""
    _, odds, _, unit, _ = _tables()
    number = _number(word)
    return None if number is None else unit * (odds[number] - MIDDLE)


def gate(size: int) -> float:
    """The suspicion from which a text of so many words is read by the encoder."""
    return between(GATE, size)


def between(points: Sequence[tuple[float, float]], size: float) -> float:
    """The value at a size, on the line between the points left and right of it."""
    for (low, at), (high, to) in pairwise(points):
        if size < high:
            return at + (to - at) * max(0, size - low) / (high - low)
    return points[-1][1]
