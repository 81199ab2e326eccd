"""Pairs of paragraphs of one article that may repeat one another, found without looking at a word.

A paragraph is looked up by its key and by its chunks, each of which leads to the last paragraph that had it. The number of pairs
is bounded, so that time and memory stay linear in the length of the article, whatever it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from lintnews.evidence.duplicates.fingerprint import SHORTEST_KEY, chunks_of, keys_of, may_overlap

LEAST_SHARED = 0.1
"""Share of the chunks, of the paragraph with fewer, that a candidate has."""
MOST_TRIALS = 3
"""Pairs for one paragraph."""
MOST_PAIRS = 2000
"""Pairs with unequal keys in one article."""
MOST_CHUNKS = 1_000_000
_AS_LONG = 0.75


class Pairs(NamedTuple):
    """The paragraphs' keys; pairs of indices, the earlier first; and the paragraphs that came when there were too many pairs."""

    keys: list[bytes]
    found: list[tuple[int, int]]
    crowd: list[int]


def find_pairs(paragraphs: Sequence[str]) -> Pairs:
    """The candidates in an article; each paragraph is a single line."""
    keys = keys_of(paragraphs)
    sizes: dict[int, int] = {}
    first: dict[bytes, int] = {}
    holder: dict[bytes, int] = {}
    pairs: list[tuple[int, int]] = []
    crowd: list[int] = []
    trials = 0
    for j, key in enumerate(keys):
        i = first.setdefault(key, j)
        if len(key) < SHORTEST_KEY:
            if key and i != j and key == keys[j - 1]:
                pairs.append((j - 1, j))
            continue
        if i != j:
            pairs.append((i, j))
            continue
        chunks = chunks_of(key)
        sizes[j] = len(chunks)
        known = chunks & holder.keys()
        if known:
            for i, shared in _most_common([holder[c] for c in known]):
                if shared >= LEAST_SHARED * min(len(chunks), sizes[i]) and may_overlap(keys[i], key, _least(keys[i], key)):
                    trials += 1
                    if trials > MOST_PAIRS:
                        crowd.append(j)
                        break
                    pairs.append((i, j))
        if len(holder) < MOST_CHUNKS:
            holder.update(dict.fromkeys(chunks, j))
    return Pairs(keys, pairs, crowd)


def _least(a: bytes, b: bytes) -> float:
    """How much of one text must seem to stand in the other: less where both are as long, and either may be misspelt all over."""
    return 1 / 3 if _AS_LONG < len(a) / len(b) < 1 / _AS_LONG else 1 / 2


def _most_common(holders: Sequence[int]) -> list[tuple[int, int]]:
    """The paragraphs that hold most of the chunks, with how many; of those that hold as many the earlier ones."""
    if len(holders) == 1 or holders.count(holders[0]) == len(holders):  # the usual case
        return [(holders[0], len(holders))]
    return sorted(Counter(holders).items(), key=lambda item: (-item[1], item[0]))[:MOST_TRIALS]
