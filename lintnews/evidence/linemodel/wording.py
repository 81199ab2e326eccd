"""What a block is worded like: a linear model of its words gives each of eight classes a probability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, repeat
from math import exp, log, sqrt
from struct import unpack

from lintnews.document.blocks import Block
from lintnews.document.scripts import words as words_of

CLASSES = (
    "the article",
    "a list of headlines",
    "the heading of a list",
    "a comment",
    "a caption or photo credit",
    "a byline, time stamp or tag",
    "a promotion or notice",
    "a menu or button",
)
"""What a block can be worded like."""
LONGEST, OPENING, CLOSING = 200, 110, 80
"""A block longer than the first is judged by that many code points of its start and end."""
PLAIN = (0.98, *repeat(0.02 / 7, 7))
"""What is assumed of the wording of a block that is not read."""
UNIT = 1 / 64
"""The step in which the words' scores are counted."""
_MIDDLE = sum(32768 << 16 * k for k in range(8))

_APART = (
    *((char, f" {char} ") for char in ".,:;!?…()[]|/•·»©@#-–—*"),
    *((char, ' " ') for char in '"“”'),
    ("’", "'"),
    *((digit, "0") for digit in "123456789"),
)
"""What parts words, and how it is written alike."""


def tokens(blocks: Sequence[Block]) -> Iterator[set[str]]:
    """What the linear model reads in each block: words, their pairs, how it opens and closes, its length and capitals."""
    ends = [edges(block.text) for block in blocks]
    lowered = "\n".join(ends).lower()
    for char, spaced in _APART:
        lowered = lowered.replace(char, spaced)
    sizes = [len(block.words) for block in blocks]
    return map(_tokens, ends, map(words_of, lowered.split("\n")), sizes)


def _tokens(text: str, words: list[str], size: int) -> set[str]:
    if not words:
        return set()
    pairs = list(map(" ".join, pairwise(words)))
    found = {*words, *pairs, "^" + words[0], words[-1] + "$"}
    if pairs:
        found.update(("^" + pairs[0], pairs[-1] + "$", "^" + " ".join(words[:3])))
    if len(words) <= 5:
        found.add("=" + " ".join(words))
    if size >= 40:
        found.add(f"L{min(size, 200) // 40}0")
        return found
    written = text.split()
    kind = "s" if size < 6 else "m" if size < 15 else "l"
    capitals = sum(map(str.isupper, [word[0] for word in written])) * 4 // size
    last = text[-1]
    found.update(
        (
            f"L{size if size < 8 else 8 + size // 8}",
            "S" + "".join(map(_case, written[:4])),
            f"E{'a' if last.isalpha() else '0' if last.isdigit() else last}{kind}",
            f"T{capitals}{kind}",
        )
    )
    return found


def edges(text: str) -> str:
    """The text, or the start and end of a long one."""
    return f"{text[:OPENING]} … {text[-CLOSING:]}" if len(text) > LONGEST else text


def _case(word: str) -> str:
    first = word[0]
    if first.isupper():
        return "A" if len(word) > 1 and word.isupper() else "C"
    return "c" if first.isalpha() else "0" if first.isdigit() else "."


def wordings(scores: Mapping[str, int], bias: Sequence[float], blocks: Sequence[Block]) -> Iterator[list[float]]:
    """For each block the probabilities of `CLASSES`, by each token's packed scores."""
    for found in tokens(blocks):
        total = sum(map(scores.get, found, repeat(0)))
        scale = UNIT / sqrt(len(found) + 1)
        yield _softmax([b + value * scale for b, value in zip(bias, unpacked(total), strict=True)])


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    grown = [exp(score - top) for score in scores]
    total = sum(grown)
    return [value / total for value in grown]


def packed(scores: Sequence[int]) -> int:
    """Eight whole numbers in one, sixteen bits apart, the first lowest: a sum of such numbers holds the eight sums."""
    return sum(score << 16 * k for k, score in enumerate(scores))


def unpacked(total: int) -> list[int]:
    """The eight whole numbers in one."""
    return [value - 32768 for value in unpack("<8H", (total + _MIDDLE).to_bytes(16, "little"))]


def odds_against(wording: Sequence[Sequence[float]]) -> list[float]:
    """Of each block the log odds that it is not worded like the article."""
    return [_PLAIN_ODDS if p is PLAIN else max(-8.0, min(8.0, log((1 - p[0] + 1e-6) / (p[0] + 1e-6)))) for p in wording]


_PLAIN_ODDS = log((1 - PLAIN[0] + 1e-6) / (PLAIN[0] + 1e-6))
