"""What may have stood in a word's place: the encoder's guess from the context, times a thesaurus turned round (a noisy channel).

The links are those of Moby (Grady Ward, public domain) and WordNet (Princeton), and of words and set phrases seen in spun text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from lintnews.evidence.spun.encoder import encoder
from lintnews.evidence.spun.screen import DATA, word_odds

MOST_SUGGESTIONS = 24
ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
FORMS = ("ing", "ed", "s", "ly")
UNIT = 1 / 16
STEM, KIN = 0.8, 0.9
"""What a link of the word's stem counts, and a link to another form of the original."""
AGREEING, UNREAD = 0.55, 1.4
"""Log odds that an original gains where it ends as the word does, and loses where the encoder knows its first piece only."""
NEAR, SPARE = 5.0, 3
"""Originals so many log odds below the best are looked at first; more than asked for, since two may be spellings of one word."""
GRID = 256
"""Steps to 1 to which a context is rounded."""
TOGETHER = 0.5
"""A spinner's map is constant: the contexts of a word's n places are weighed together, n to this power times their mean."""


class Thesaurus:
    """For a word or set phrase, the originals it may have replaced (numbers into `originals`) with log odds."""

    def __init__(self) -> None:
        import numpy

        self.words = (DATA / "thesaurus.txt").read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self.originals = (DATA / "originals.txt").read_text(encoding="utf-8").split("\n")
        self.places = {word: number for number, word in enumerate(self.originals)}
        with numpy.load(DATA / "thesaurus.npz") as rows:
            self.start, self.links = rows["start"].tolist(), rows["links"]
            self.strength, self.counts = rows["strength"], (rows["seen"] / 16.0).tolist()
            self.base, self.free, self.seen = rows["base"], int(rows["free"]), rows["counts"] / 16.0

    def entry(self, word: str) -> int | None:
        """The number of a word's row, or of the row of what it is inflected from."""
        number = self.numbers.get(word)
        return number if number is not None else next((self.numbers[stem] for stem in _stems(word) if stem in self.numbers), None)

    def lemma(self, word: str) -> str:
        """The form by which all forms of a lower-case word are known."""
        place = next((self.places[form] for form in (word, *_stems(word)) if form in self.places), None)
        if place is not None:
            return self.originals[int(self.base[place])]
        number = self.entry(word)
        return word if number is None else self.words[number]

    def row(self, number: int) -> tuple[Any, Any]:
        """The links of a row and their log odds."""
        part = slice(self.start[number], self.start[number + 1])
        return self.links[part], self.strength[part] * UNIT

    def present(self, words: Iterable[str]) -> Any:
        """For each original whether it, or a form of it, is among lower-case words."""
        import numpy as np

        found = np.zeros(len(self.originals), dtype=bool)
        found[self.base[[n for n in map(self.places.get, words) if n is not None]]] = True
        return found[self.base]

    def bonus(self, word: str) -> Any:
        """The log odds of every original for a lower-case word: 0 where there is no link."""
        import numpy as np

        found = np.zeros(len(self.originals), dtype=np.float32)
        rows = [(*self.row(n), share) for spun, share in _origins(word) if (n := self.numbers.get(spun)) is not None]
        for links, strength, share in rows:
            found[links] = np.maximum(found[links], share * strength)
        for links, _, _ in rows:
            np.maximum.at(found, self.base[links], KIN * found[links])
        return np.maximum(found, KIN * found[self.base]) if rows else found


thesaurus = cache(Thesaurus)


def suggest(words: Sequence[tuple[str, Any]], spelling: Mapping[str, str], most: int = MOST_SUGGESTIONS) -> list[tuple[str, ...]]:
    """For each word, given with the encoder's hidden state at its place, what may have stood there: best first, in its case.

    `spelling`: what to write instead of a word so that it is spelt as in the text.
    """
    if not words:
        return []
    import numpy as np

    book, (table, scale, bias, agreeing) = thesaurus(), _originals()
    places: dict[str, list[int]] = {}
    for place, (word, _) in enumerate(words):
        places.setdefault(word.lower(), []).append(place)
    mixed = encoder().mixed(np.stack([hidden for _, hidden in words]))
    contexts = np.stack([mixed[at].sum(0) * len(at) ** (TOGETHER - 1) for at in places.values()])
    contexts = np.rint(contexts * GRID).astype(np.float32)  # whole numbers, as in the table: their sums are exact
    found: dict[str, list[str]] = {}
    for word, context, fits in zip(places, contexts, contexts @ table[:, : book.free], strict=True):
        bonus = book.bonus(word)
        row = bias + bonus
        row[: book.free] += fits * scale[: book.free]
        linked = book.free + bonus[book.free :].nonzero()[0]
        row[linked] += (context @ table[:, linked]) * scale[linked]
        row += agreeing[_form(word)]
        row[book.free :][bonus[book.free :] == 0] = -np.inf
        if (own := book.places.get(word)) is not None:
            row[book.base == book.base[own]] = -np.inf
        depth = NEAR
        while len(best := np.flatnonzero(row > row.max() - depth)) < most + SPARE:
            depth *= 1.5
        ranked = [book.originals[n] for n in best[np.argsort(-row[best], kind="stable")]]
        found[word] = list(dict.fromkeys(spelling.get(original, original) for original in ranked))[:most]
    return [tuple(_cased(original, word) for original in found[word.lower()]) for word, _ in words]


def originals_of(phrase: str, spelling: Mapping[str, str]) -> tuple[str, ...]:
    """What a set phrase of several words may have replaced, the surest first, in its case; empty for a phrase not known."""
    book = thesaurus()
    number = book.numbers.get(phrase.lower())
    if number is None:
        return ()
    links, strength = book.row(number)
    ranked = sorted(zip(links.tolist(), strength.tolist(), strict=True), key=lambda link: (-link[1], link[0]))
    found = (book.originals[link] for link, _ in ranked)
    spelt = dict.fromkeys(" ".join(spelling.get(word, word) for word in original.split(" ")) for original in found)
    return tuple(_cased(original, phrase) for original in list(spelt)[:MOST_SUGGESTIONS])


@cache
def _originals() -> tuple[Any, Any, Any, list[Any]]:
    """Of all originals the vectors of their first pieces in whole numbers, what these are to be multiplied by to be log odds, the
    biases, and for each form what those of that form gain."""
    import numpy as np

    reader, book = encoder(), thesaurus()
    first = np.array([reader.pieces(word)[0] for word in book.originals])
    forms = np.array([_form(word) for word in book.originals])
    table = np.ascontiguousarray(reader.embeddings[first].T, dtype=np.float32)
    scale = reader.heads["scale"][first] / np.float32(GRID)
    bias = reader.heads["bias"][first]
    bias[book.free :] -= UNREAD
    return table, scale, bias, [(AGREEING * (forms == form)).astype(np.float32) for form in (*range(len(FORMS)), -1)]


def count_of(word: str) -> float:
    """Log of a word's count in the news that the model was trained on."""
    reader, book = encoder(), thesaurus()
    number, entry, place = (numbers.get(word.lower()) for numbers in (reader.numbers, book.numbers, book.places))
    known = float(reader.heads["frequency"][number]) if number is not None else 0.0
    return max(known, book.counts[entry] if entry is not None else 0.0, float(book.seen[place]) if place is not None else 0.0)


@lru_cache(maxsize=1 << 16)
def is_word(word: str) -> bool:
    """Whether a lower-case word stands in a thesaurus, as itself or as a form, or is one of those that news is made of."""
    reader, book = encoder(), thesaurus()
    return word_odds(word) is not None or any(
        form in numbers for form in (word, *_stems(word)) for numbers in (book.numbers, book.places, reader.numbers)
    )


def _origins(word: str) -> list[tuple[str, float]]:
    """A word and what it may be inflected from, with what a link of each counts."""
    return [(word, 1.0), *((stem, STEM) for stem in _stems(word))]


def _stems(word: str) -> list[str]:
    return [word[: -len(end)] + instead for end, instead in ENDINGS if word.endswith(end) and len(word) > len(end) + 2]


def _form(word: str) -> int:
    """The number of a word's ending among `FORMS`, or -1."""
    found = (number for number, end in enumerate(FORMS) if word.endswith(end) and len(word) > len(end) + 2)
    return next(found, -1) if not word.endswith("ss") else -1


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if like[0].isupper() else word
