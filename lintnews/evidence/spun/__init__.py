"""Spun paraphrase: a cheap screen of the whole text, and behind it an encoder that finds the words put in.

Read `screen` and its `wordlist`, `reading`, `encoder`, `words` and `weighing`, `phrases`, `suggest` and `spelling`;
`deep` with `llama`.
"""

from __future__ import annotations

from lintnews.evidence.spun.screen import FEWEST, gate, suspicion
from lintnews.evidence.spun.words import SPUN, OddWord, Spun

__all__ = ["SPUN", "OddWord", "Spun", "read", "suspicion"]


def read(text: str, model: str = "") -> Spun:
    """How likely a text is spun, and its odd words: spans in code points, in order of position.

    Where the screen is not alarmed the encoder is not even loaded, and no word is reported. `model` names a language model that
    looks at what the encoder does not find sound. Raises `ModuleNotFoundError` when numpy or onnxruntime is missing and the
    screen is alarmed, and `ValueError` for a model that can't be used.
    """
    screened, size = suspicion(text)
    if size < FEWEST or screened < gate(size):
        return Spun(0.0)
    from lintnews.evidence.spun.reading import read_closely

    return read_closely(text, screened, size, model)
