"""A cheap look at a whole text for spun paraphrase: words and pairs of neighbours that spinners leave. Standard library only."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

DATA = Path(__file__).parent.parent / "data" / "spun"
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
FEWEST_WORDS = 60
"""Shorter texts are weighed as if they had this many words."""
STEP = 40503
"""Spreads pairs of word numbers over the table of pairs; prime to its size."""


@cache
def _tables() -> tuple[dict[str, int], list[float], list[float], list[float], float]:
    words = (DATA / "screen.txt").read_text(encoding="utf-8").split("\n")
    raw = (DATA / "screen.bin").read_bytes()
    count = len(words)
    head, rest = raw[:16].decode("ascii").split(), raw[16:]
    unit, offset = float(head[0]), float(head[1])
    signed = [(byte - 128) * unit for byte in range(256)]
    values = [signed[byte] for byte in rest]
    numbers = {word: number for number, word in enumerate(words)}
    return numbers, values[:count], values[count : 2 * count], values[2 * count :], offset


def suspicion(text: str) -> tuple[float, int]:
    """How much a text looks spun, and how many words it has. One clean news text in fifty lies above 0.

    Two scores are taken, the higher counts: a logistic model of words and neighbouring words, fitted on pairs of clean
    and synthetically spun texts, and the summed log odds of single words that thesauruses put in and writers seldom use.
    """
    numbers, weights, odds, pairs, offset = _tables()
    words = WORD.findall(text.lower())
    ids = [number for number in map(numbers.get, words) if number is not None]
    kinds = set(ids)
    known = list(map(numbers.get, words))
    mask = len(pairs) - 1
    bigrams = {(a * STEP + b) & mask for a, b in pairwise(known) if a and b}
    size = max(FEWEST_WORDS, len(words))
    model = sum(map(weights.__getitem__, kinds)) + sum(map(pairs.__getitem__, bigrams))
    rare = sum(map(odds.__getitem__, kinds))
    return max(model / size**0.7 + offset, (rare / size**0.5 - 0.435) * 5), len(words)


def word_odds(word: str) -> float | None:
    """Log odds that a spinner rather than a writer used this lower-case word; None for a word not on the list."""
    numbers, _, odds, _, _ = _tables()
    number = numbers.get(word)
    return None if number is None else odds[number]
