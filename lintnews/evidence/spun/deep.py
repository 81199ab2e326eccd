"""The deep tier: a language model that the user names says whether another word would fit a place much better than the one there.

A noisy channel (Kernighan, Church and Gale, 1990): what a spinner may have started from, by the encoder and the thesaurus, times
how well it fits between what stands before and after, by the language model. Only words that may be odd are looked at.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from importlib.util import find_spec
from itertools import accumulate
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lintnews.document.blocks import Span
from lintnews.evidence.spun.screen import DATA
from lintnews.evidence.spun.suggest import MOST_SUGGESTIONS, count_of, suggest
from lintnews.patterns.deadline import tick

if TYPE_CHECKING:
    from lintnews.evidence.spun.words import Word

CLEAR = -4.0
"""Log odds below which a word is sound by the encoder alone."""
POOL = 100
"""Words that may have stood in a place; the model chooses among them."""
STRETCH, BEFORE, AFTER = 128, 32, 4
"""Tokens whose words are looked at in one reading, those read before them, and those after a word that it must agree with."""
RANK = 2.0
"""What a candidate loses, as a log, with the logarithm of its rank among the suggestions of the default tier."""
OPEN, SHUT = 1.0, 2.0
"""By how much, as a log, a candidate must fit better by what stands before to be tried with what follows; what a word gains
else."""
FINALISTS, LONGEST = 4, 12
"""Candidates that are tried with what follows, and the tokens of the longest word that is looked at."""


class LanguageModel(Protocol):
    """A left-to-right model. Probabilities are natural logarithms."""

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's tokens."""
        raise NotImplementedError

    def piece(self, token: int) -> bytes:
        """What a token stands for, in UTF-8."""
        raise NotImplementedError

    def read(self, tokens: Sequence[int], asked: Sequence[Sequence[int]]) -> list[list[float]]:
        """Read a stretch; for each of its places the probabilities there of the tokens asked for, given the stretch before."""
        raise NotImplementedError

    def follow(self, branches: Sequence[tuple[int, Sequence[int]]]) -> list[float]:
        """For each place of the stretch read last, with tokens to stand there: the probability of all of these but the first."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Fit:
    """How a word fits its place, in natural logarithms: how surprising it is; how much better the best candidate fits by what
    stands before, and by what stands on both sides; and the candidates, best first."""

    surprise: float
    gain_before: float
    gain: float
    candidates: tuple[str, ...]


def find(name: str) -> Path:
    """The GGUF file that a user names by its path or by an installed package that holds it. Raises `ValueError`."""
    if name.endswith(".gguf"):
        path = Path(name).expanduser()
        if not path.is_file():
            raise ValueError(f"there is no file {name}; correct the path")
    else:
        try:
            held = [Path(file.locate()) for file in files(name) or () if file.suffix == ".gguf"]
        except PackageNotFoundError:
            raise ValueError(f"no package {name} is installed; install it, or name a file that ends in .gguf") from None
        if not held:
            raise ValueError(f"the package {name} holds no .gguf file; name one that does, or a file")
        path = held[0]
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ValueError(f"{path} is no GGUF file; name one")
    if find_spec("llama_cpp") is None:
        raise ValueError("llama-cpp-python is missing; install it with: pip install 'lintnews[deep]'")
    return path


@cache
def load(name: str) -> LanguageModel:
    """The model that a user names, loaded when first asked for. Raises `ValueError`."""
    from lintnews.evidence.spun.llama import Llama

    return Llama(find(name))


@cache
def weights() -> Mapping[str, Sequence[float]]:
    """How the figures of a word and of an article are weighed in this tier."""
    found: dict[str, list[float]] = json.loads((DATA / "deep.json").read_text(encoding="utf-8"))
    return found


def reweigh(text: str, words: Sequence[Word], spelling: Mapping[str, str], model: LanguageModel) -> dict[Span, tuple[str, ...]]:
    """Give words that may be odd new log odds; what may have stood there comes back by span, best first."""
    weighed = weights()
    better = {}
    looked = look(text, words, spelling, model)
    for (word, fit), row in zip(looked, figures(looked), strict=True):
        word.odds = sum(map(mul, row, weighed["word"])) + weighed["word_bias"][0]
        better[word.span] = fit.candidates[:MOST_SUGGESTIONS]
    return better


def figures(looked: Sequence[tuple[Word, Fit]]) -> list[list[float]]:
    """For each word what its new log odds are made of."""
    gains: dict[str, list[float]] = {}
    for word, fit in looked:
        gains.setdefault(word.word, []).append(_within(-8.0, fit.gain, 20.0))
    rows = []
    for word, fit in looked:
        gain, alike = _within(-8.0, fit.gain, 20.0), gains[word.word]
        elsewhere = (sum(alike) - gain) / (len(alike) - 1) if len(alike) > 1 else gain
        name, before = word.features[1], _within(-8.0, fit.gain_before, 15.0)
        row = [word.odds, name, min(fit.surprise, 20.0), before, gain, max(gain, 0.0), elsewhere, count_of(word.word)]
        rows.append(row)
    return rows


def look(text: str, words: Sequence[Word], spelling: Mapping[str, str], model: LanguageModel) -> list[tuple[Word, Fit]]:
    """How each word that may be odd fits its place; one that is no whole number of the model's tokens is left out.

    `spelling`: what to write instead of a word so that it is spelt as in the text.
    """
    doubtful = [word for word in words if word.odds > CLEAR]
    if not doubtful:
        return []
    tokens = model.tokens(text)
    at = _offsets(text, [model.piece(token) for token in tokens])
    pools = suggest([(text[slice(*word.span)], word.hidden) for word in doubtful], spelling, POOL)
    tries = [t for word, pool in zip(doubtful, pools, strict=True) if (t := _try(text, word, pool, at, model))]
    found: list[tuple[Word, Fit]] = []
    for first in range(0, len(tokens), STRETCH):
        tick()
        if here := [t for t in tries if first <= t.start < first + STRETCH]:
            low = max(0, first - BEFORE)
            stretch = tokens[low : max(t.end for t in here) + AFTER]
            moved = [replace(t, start=t.start - low, end=t.end - low) for t in here]
            found += zip((t.word for t in here), _read(stretch, moved, model), strict=True)
    return found


@dataclass(frozen=True, slots=True)
class _Try:
    """A word as a range of tokens, with its candidates as words and as tokens."""

    word: Word
    start: int
    end: int
    candidates: tuple[str, ...]
    tokens: tuple[Sequence[int], ...]


def _offsets(text: str, pieces: Sequence[bytes]) -> dict[int, int]:
    """For each code point offset at which a token starts, and for the end, the number of the token."""
    starts = dict(zip(accumulate((len(c.encode()) for c in text), initial=0), range(len(text) + 1), strict=True))
    more = sum(map(len, pieces)) - len(text.encode())  # some models put a space before a text
    ends = accumulate(map(len, pieces), initial=0)
    return {starts[byte - more]: number for number, byte in enumerate(ends) if byte - more in starts}


def _try(text: str, word: Word, pool: tuple[str, ...], at: Mapping[int, int], model: LanguageModel) -> _Try | None:
    start, end = word.span
    lead = " " if text[start - 1 : start] == " " else ""
    first, last = at.get(start - len(lead)), at.get(end)
    if first is None or last is None or not 0 < last - first <= LONGEST:
        return None
    return _Try(word, first, last, pool, tuple(model.tokens(lead + candidate) for candidate in pool))


def _read(stretch: Sequence[int], tries: Sequence[_Try], model: LanguageModel) -> Iterator[Fit]:
    asked: list[Sequence[int]] = [()] * len(stretch)
    for t in tries:
        for place in range(t.start, min(t.end + AFTER, len(stretch))):
            asked[place] = asked[place] or (stretch[place],)
        asked[t.start] = (stretch[t.start], *(tokens[0] for tokens in t.tokens))
    found = model.read(stretch, asked)
    ranked: list[dict[int, float]] = []
    branches: list[tuple[int, Sequence[int]]] = []
    for t in tries:
        own = sum(row[0] for row in found[t.start : t.end])
        scores = {k: p - RANK * math.log(k + 1) - own for k, p in enumerate(found[t.start][1:])}
        ranked.append(dict(sorted(scores.items(), key=lambda item: -item[1])))
        best = list(ranked[-1])[:FINALISTS] if max(scores.values()) > OPEN else ()
        branches += [(t.start, [*t.tokens[k], *stretch[t.end : t.end + AFTER]]) for k in best]
    followed = iter(model.follow(branches))
    for t, scores in zip(tries, ranked, strict=True):
        own = sum(row[0] for row in found[t.start : t.end])
        before, order = max(scores.values()), list(scores)
        gain = before - SHUT
        if before > OPEN:
            after = sum(row[0] for row in found[t.end : t.end + AFTER])
            both = {k: scores[k] + next(followed) - after for k in order[:FINALISTS]}
            gain = max(both.values())
            order[:FINALISTS] = sorted(both, key=lambda k: -both[k])
        yield Fit(-own, before, gain, tuple(t.candidates[k] for k in order))


def _within(low: float, value: float, high: float) -> float:
    return max(low, min(value, high))
