"""What may have stood in a word's place: the encoder's guess from the context, times a thesaurus turned round (a noisy channel).

The thesaurus links are those of Moby (Grady Ward, public domain), with strengths from edges both ways and neighbours in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from lintnews.spun.encoder import encoder
from lintnews.spun.screen import DATA

MOST_SUGGESTIONS = 12
RAREST = 3.7
"""Log of the count from which a word is suggested."""
LINKED, COMMON = 4.0, 0.2
"""Weights of a thesaurus link and of a word's log frequency against the encoder's logits."""
ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


class Thesaurus:
    """For a word, the common words it may have replaced (indices into the vocabulary) with strengths from 0 to 2."""

    def __init__(self) -> None:
        import numpy

        words = (DATA / "thesaurus.txt").read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(words)}
        with numpy.load(DATA / "thesaurus.npz") as rows:
            self.start, self.links = rows["start"].tolist(), rows["links"]
            self.strength, self.counts = rows["strength"] / 7.5, (rows["seen"] / 16.0).tolist()
        self.base = numpy.load(DATA / "base.npy")

    def entry(self, word: str) -> int | None:
        """The number of a word's row, or of the row of what it is inflected from."""
        number = self.numbers.get(word)
        if number is not None:
            return number
        for ending, instead in ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                number = self.numbers.get(word[: -len(ending)] + instead)
                if number is not None:
                    return number
        return None

    def row(self, number: int) -> tuple[Any, Any]:
        """The links of a row and their strengths."""
        part = slice(self.start[number], self.start[number + 1])
        return self.links[part], self.strength[part]


thesaurus = cache(Thesaurus)


def suggest(words: Sequence[tuple[str, Any]]) -> list[tuple[str, ...]]:
    """For each word, given with the encoder's hidden state at its place, what may have stood there: best first, in its case."""
    if not words:
        return []
    import numpy as np

    book, (entries, places, table, bias) = thesaurus(), _candidates()
    reader = encoder()
    logits = reader.mixed(np.stack([hidden for _, hidden in words])) @ table + bias
    bonus = np.zeros(len(reader.names), dtype=np.float32)
    bases = book.base[entries]
    for row, (word, _) in zip(logits, words, strict=True):
        number = book.entry(word.lower())
        if number is not None:
            links, strength = book.row(number)
            bonus[links] = LINKED * strength
            row += np.maximum(bonus[entries], bonus[bases])
            bonus[links] = 0
        own = places.get(word.lower())
        if own is not None:
            row[own] = -np.inf
    best = np.argpartition(-logits, MOST_SUGGESTIONS, axis=1)[:, :MOST_SUGGESTIONS]
    order = np.take_along_axis(best, np.argsort(-np.take_along_axis(logits, best, 1), axis=1, kind="stable"), 1)
    return [tuple(_cased(reader.names[entries[n]], word) for n in row) for row, (word, _) in zip(order, words, strict=True)]


@cache
def _candidates() -> tuple[Any, dict[str, int], Any, Any]:
    """Whole words of the vocabulary that are common enough: their numbers, places, vectors and biases."""
    import numpy as np

    reader = encoder()
    whole = np.array([name.isalpha() and len(name) > 1 for name in reader.names])
    entries = np.flatnonzero(whole & (reader.heads["frequency"] > RAREST))
    table = (reader.embeddings[entries] * reader.heads["scale"][entries][:, None]).T.astype(np.float32)
    bias = reader.heads["bias"][entries] + COMMON * np.minimum(reader.heads["frequency"][entries], 7.0)
    return entries, {reader.names[n]: place for place, n in enumerate(entries)}, table, bias


def count_of(word: str) -> float:
    """Log of a word's count in the news that the model was trained on."""
    reader, book = encoder(), thesaurus()
    number, entry = reader.numbers.get(word.lower()), book.numbers.get(word.lower())
    known = float(reader.heads["frequency"][number]) if number is not None else 0.0
    return max(known, book.counts[entry] if entry is not None else 0.0)


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
