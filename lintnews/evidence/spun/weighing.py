"""From the figures of words to log odds: of each word, and of the text as a whole."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from operator import mul
from typing import NamedTuple

from lintnews.evidence.odds import sigmoid
from lintnews.evidence.spun.encoder import Reading
from lintnews.evidence.spun.screen import DATA, between
from lintnews.evidence.spun.words import SPUN, Word, features, own_words, subjects, word_features

LINE = (
    (25, -1.3),
    (59, -1.3),
    (60, 1.0),
    (105, 0.85),
    (130, 0.2),
    (160, -0.3),
    (200, -0.6),
    (260, -0.8),
    (330, -1.15),
    (600, -1.55),
)
"""Words of a text and the log odds from which it counts as spun: a few sentences of an unusual subject look odd, too. A text of
fewer than 60 words must show known pairs or phrases besides."""
LONG = 800
"""Words of a longer text whose odd ones and set phrases count as if it had so many."""
STEEP = 4.0
"""By how much the confidence grows faster than the log odds: hardly a sound article lies just beyond the line."""
FEWEST_ODD, UNPROVEN = 2, 0.45
"""Words odd by themselves, or set phrases, that an article must have to count as spun; the most confidence it gets without."""
QUOTED = 1.5
"""What a word's log odds lose in a quotation: people say odd things."""


class Evidence(NamedTuple):
    """What is known of a text but for its words: the screen's suspicion, how many different set phrases of spinners stand in it,
    the share of its words that no thesaurus holds, and the encoder's view of each stretch."""

    screened: float
    phrases: int
    strange: float
    wholes: Sequence[float] = ()


def weigh(text: str, readings: Sequence[Reading]) -> list[Word]:
    """The words of a text with their log odds of having been put in, in an article of which no more is known."""
    weights, found = default_weights(), features(text, readings)
    for word in found:
        word.odds = settled(sum(map(mul, word_features(word.features), weights["word"])) + weights["word_bias"][0])
    for word, word.own in zip(found, own_words(text, [w.span for w in found]), strict=True):
        word.odds -= 0 if word.own else QUOTED
    return found


def weigh_again(words: Sequence[Word]) -> None:
    """Give the words of an article that counts as spun the log odds they have there.

    A program spares no quotation; a subject comes in all its forms, and a spinner's map is one of single forms.
    """
    weights = default_weights()
    for word, subject in zip(words, subjects(words), strict=True):
        figures = (*word_features(word.features), float(subject))
        word.odds = settled(sum(map(mul, figures, weights["marked"])) + weights["marked_bias"][0])


def likelihood(words: Sequence[Word], evidence: Evidence, weights: Mapping[str, Sequence[float]]) -> float:
    """How likely a text of these words is spun, from 0 to 1."""
    odds = [w.odds for w in words if w.own]
    certain = sum(map(mul, article_features(evidence, odds), weights["article"])) + weights["article_bias"][0]
    confidence = sigmoid(settled(STEEP * (certain - between(LINE, len(words))) + log_odds(SPUN)))
    proofs = sum(x > 0 for x in odds) + evidence.phrases
    return confidence if proofs >= FEWEST_ODD else min(confidence, UNPROVEN)


def article_features(evidence: Evidence, odds: Sequence[float]) -> list[float]:
    """What the likelihood of an article is made of: the screen, the share of odd words, the oddest ones, the encoder's view, set
    phrases, and words that came from no thesaurus."""
    size = len(odds)
    part = min(1.0, LONG / max(1, size))  # in a long text some odd words and a set phrase or two are to be expected
    top = sorted(odds, reverse=True)[: max(4, size // 40)]
    expected = sum(map(sigmoid, sorted(odds, reverse=True)))
    return [
        min(max(evidence.screened, -2.0), 4.0),
        math.log(expected / max(60, size) + 0.002),
        sum(top) / max(1, len(top)),
        math.log(1 + part * expected),
        sum(evidence.wholes) / max(1, len(evidence.wholes)),
        min(part * evidence.phrases, 4),
        min(evidence.strange, 0.1),
    ]


def settled(odds: float) -> float:
    """Log odds without the last digits, in which the logarithms of one system differ from those of another."""
    return round(odds, 6)


def log_odds(probability: float) -> float:
    """The log odds of a probability, within bounds."""
    return math.log(max(probability, 1e-9) / max(1 - probability, 1e-9))


@cache
def default_weights() -> Mapping[str, Sequence[float]]:
    """How the figures of a word and of an article are weighed."""
    weights: dict[str, list[float]] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    return weights
