"""Spun paraphrase: a cheap screen of the whole text, and behind it an encoder that finds the words put in."""

from __future__ import annotations

from typing import NamedTuple

from lintnews.evidence.spun.screen import FEWEST, gate, suspicion

__all__ = ["SPUN", "OddWord", "Verdict", "judge", "suspicion"]

SPUN = 0.8
"""Confidence from which an article counts as spun, and its words may be marked on less evidence of their own."""


class OddWord(NamedTuple):
    """A word or set phrase that a spinner may have put in: span in code points, probability, and what may have stood there.

    `fix` is the first suggestion where that is a commoner word than this one, so that mending a text comes to an end.
    """

    start: int
    end: int
    probability: float
    suggestions: tuple[str, ...] = ()
    fix: str = ""


class Verdict(NamedTuple):
    """On one text: how likely it is spun (0 to 1), and its odd words in order of position."""

    confidence: float
    words: tuple[OddWord, ...] = ()

    @property
    def is_spun(self) -> bool:
        """Whether the article counts as spun."""
        return self.confidence >= SPUN


def judge(text: str, model: str = "") -> Verdict:
    """A verdict on a text: spans in code points, words in order of position.

    Where the screen is not alarmed the encoder is not even loaded, and no word is reported. `model` names a language model that
    looks at what the encoder does not find sound. Raises `ModuleNotFoundError` when numpy or onnxruntime is missing and the
    screen is alarmed, and `ValueError` for a model that can't be used.
    """
    screened, size = suspicion(text)
    if size < FEWEST or screened < gate(size):
        return Verdict(0.0)
    from lintnews.evidence.spun.verdict import read

    return read(text, screened, size, model)
