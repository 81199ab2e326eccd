"""What several articles share: the same story filed twice, and paragraphs that stand in more than one article.

In two halves, so that they run in one process, over a pool or on a distributed engine alike. `observe` boils an article down to a
few bytes a paragraph. `Corpus` sorts those bytes, on disk beyond a limit, joins what is equal, reads the candidates again and
compares them. What it finds depends on the order of the articles, so add them in the order of their names, and on nothing else.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from heapq import merge
from itertools import chain, combinations, groupby, pairwise, repeat
from struct import Struct
from typing import NamedTuple, Self

from lintnews.document import Document
from lintnews.evidence.duplicates.fingerprint import (
    SIGNATURE,
    key_of,
    may_overlap,
)
from lintnews.evidence.duplicates.likeness import Likeness
from lintnews.evidence.duplicates.observing import ARTICLE
from lintnews.evidence.duplicates.spill import Row, Sorted, Texts
from lintnews.evidence.duplicates.stories import compare
from lintnews.evidence.duplicates.words import Text
from lintnews.messages import check_type

MOST_NAMED = 10
"""Copies that are named; beyond, they are counted."""
ALL_PAIRS = 6
"""Texts with one anchor up to which each is compared with each, else with the first and the next."""
LONGEST_CONTAINER = 20
_LOW = 0xFFFFFFFF


class _Limits(NamedTuple):
    """How many anchors two texts must share to be compared, how many texts may share one (more make it a formula's), and how much
    of one text must seem to stand in the other."""

    fewest: int
    most: float
    overlap: float


_OF_ARTICLES = _Limits(2, float("inf"), 1 / 3)
_OF_PARAGRAPHS = _Limits(1, 64, 1 / 2)


class Location(NamedTuple):
    """Where a paragraph stands: the number of its document and its own, both from 0, its span and its line.

    The place of a whole article has the paragraph -1, and the span and line of its first block.
    """

    document: int
    paragraph: int
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Shared:
    """What stands at `original` stands in `count` other documents, at `copies` and beyond. `likeness` is on the first copy."""

    original: Location
    copies: tuple[Location, ...]
    count: int
    likeness: Likeness


class Corpus:
    """The observations of many articles. Used in a `with` statement, as it holds temporary files.

    `read` gives a document by its number, as it was observed; it is called again, in order, for those that may share something.
    `spill` is the folder for temporary files, by default the system's. Held in memory: 8 bytes a document, 3 a paragraph, 16 a
    candidate, and buffers.
    """

    def __init__(self, read: Callable[[int], Document], spill: str | None = None) -> None:
        self.read = read
        self._starts = array("Q")
        self._size = 0
        self._files = ExitStack()
        self._articles = _Join(self._files, spill, ARTICLE, self._texts_of_articles, _article, _OF_ARTICLES)
        self._paragraphs = _Join(self._files, spill, SIGNATURE, self._texts_of_paragraphs, self._paragraph, _OF_PARAGRAPHS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def add(self, observation: bytes) -> None:
        """Take in the next article."""
        check_type("observation", observation, bytes, "give what observe(document) says")
        self._articles.add(observation, 0, len(self._starts))
        self._starts.append(self._size)
        for at in range(ARTICLE, len(observation), SIGNATURE):
            self._paragraphs.add(observation, at, self._size)
            self._size += 1

    def shared(self, most: float = MOST_NAMED) -> Iterator[Shared]:
        """What articles share, in their order, with `most` copies named; of an article that is a copy, no paragraphs."""
        copies = self._articles.compare(bytearray(len(self._starts)))
        known = bytearray(self._size)
        for is_copy, (start, end) in zip(copies, pairwise((*self._starts, self._size)), strict=True):
            if is_copy:
                known[start:end] = b"\1" * (end - start)
        self._paragraphs.compare(known)
        return merge(self._articles.shared(most), self._paragraphs.shared(most), key=lambda shared: shared.original)

    def _paragraph(self, number: int) -> tuple[int, int]:
        document = bisect_right(self._starts, number) - 1
        return document, number - self._starts[document]

    def _texts_of_articles(self, wanted: bytearray) -> Iterator[Row]:
        for number in _marked(wanted):
            document = self.read(number)
            blocks = document.text_blocks
            if blocks:
                text = "\n".join(block.text for block in blocks)
                yield number, blocks[0].start, blocks[0].end, document.position(blocks[0].start)[0], text

    def _texts_of_paragraphs(self, wanted: bytearray) -> Iterator[Row]:
        for which, places in groupby(((*self._paragraph(n), n) for n in _marked(wanted)), key=lambda place: place[0]):
            document = self.read(which)
            blocks = document.text_blocks
            for _, paragraph, number in places:
                if paragraph < len(blocks):  # else it is no longer as it was observed
                    block = blocks[paragraph]
                    yield number, block.start, block.end, document.position(block.start)[0], block.text


def _article(number: int) -> tuple[int, int]:
    return number, -1


def _marked(marks: bytearray) -> Iterator[int]:
    number = marks.find(1)
    while number >= 0:
        yield number
        number = marks.find(1, number + 1)


class _Join:
    """One kind of text, articles or paragraphs: its records, and what comes of joining them.

    A record is a number of 64 bits: above, half a key, an anchor or the number of a text; below, the number of a text. `texts`
    reads the texts that are marked, `size` is that of a signature, `place` tells document and paragraph of a number.
    """

    def __init__(
        self,
        files: ExitStack,
        spill: str | None,
        size: int,
        texts: Callable[[bytearray], Iterator[Row]],
        place: Callable[[int], tuple[int, int]],
        limits: _Limits,
    ) -> None:
        self._read, self._place, self._limits = texts, place, limits
        self._taken_apart = Struct(f">{size // 4}I").unpack_from
        self._same, self._near, self._pairs, self._copies = (files.enter_context(Sorted(spill)) for _ in range(4))
        self._texts = files.enter_context(Texts(spill))

    def add(self, signatures: bytes, at: int, number: int) -> None:
        """Note the signature of the text of that number."""
        first, _, *rest = self._taken_apart(signatures, at)
        if first:
            self._same.append(first << 32 | number)
        self._near.extend([anchor << 32 | number for anchor in rest if anchor])

    def compare(self, known: bytearray) -> bytearray:
        """Find the copies, and give marks for them. Texts marked in `known` are passed over."""
        wanted, later, copied = (bytearray(len(known)) for _ in range(3))
        for numbers in _groups(self._same, known):
            for number in numbers:
                wanted[number] = 1
            for number in numbers[1:]:
                later[number] = 1
        for numbers in _groups(self._near, known, later):
            if len(numbers) <= self._limits.most:
                few = len(numbers) <= ALL_PAIRS
                for a, b in combinations(numbers, 2) if few else chain(zip(repeat(numbers[0]), numbers[2:]), pairwise(numbers)):
                    self._pairs.append(a << 32 | b)
        for a, b in self._near_pairs():
            wanted[a] = wanted[b] = 1
        for candidate in self._read(wanted):
            self._texts.append(*candidate)
        for numbers in _groups(self._same, known):
            self._note(self._same_copies(numbers), copied)
        self._note(self._near_copies(copied), copied)
        return copied

    def shared(self, most: float) -> Iterator[Shared]:
        """The copies by their original."""
        for first, group in groupby(self._copies, key=(32).__rrshift__):
            original = self._located(first)
            count, named, last = 0, [], original.document
            for copy in map(_LOW.__and__, group):
                document, _ = self._place(copy)
                if document != last:
                    count, last = count + 1, document
                    if count <= most:
                        named.append(copy)
            likeness = compare(self._texts[first], self._texts[named[0]])
            yield Shared(original, tuple(map(self._located, named)), count, likeness)

    def _located(self, number: int) -> Location:
        return Location(*self._place(number), *self._texts.span(number))

    def _note(self, copies: Iterable[tuple[int, int]], copied: bytearray) -> None:
        for original, copy in copies:
            copied[copy] = 1
            self._copies.append(original << 32 | copy)

    def _near_pairs(self) -> Iterator[tuple[int, int]]:
        for pair, same in groupby(self._pairs):
            if self._limits.fewest == 1 or sum(1 for _ in same) >= self._limits.fewest:
                yield pair >> 32, pair & _LOW

    def _same_copies(self, numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Originals and copies with the same words in another document, of the texts whose half keys are equal."""
        originals: dict[bytes, tuple[int, int, Text, bool]] = {}
        for number in numbers:
            document, paragraph = self._place(number)
            raw = self._texts[number]
            key = key_of(raw)
            found = originals.get(key)
            if found is None:
                text = Text(raw)
                originals[key] = number, document, text, paragraph < 0 or compare(text, text).repeats
                continue
            original, its_document, text, repeats = found
            if document != its_document and (repeats if raw == text.raw else self._repeats(text, raw, paragraph < 0)):
                yield original, number

    @staticmethod
    def _repeats(first: Text, second: str, whole: bool) -> bool:
        likeness = compare(first, second)
        return likeness.repeats or (whole and likeness.similarity == 1)

    def _near_copies(self, copied: bytearray) -> Iterator[tuple[int, int]]:
        """Originals and copies that repeat them. Whoever takes a pair marks its copy in `copied`; a copy is no original."""
        for first, pairs in groupby(self._near_pairs(), key=lambda pair: pair[0]):
            if copied[first]:
                continue
            document, _ = self._place(first)
            raw = self._texts[first]
            key = key_of(raw)
            text: Text | None = None
            for _, second in pairs:
                if copied[second] or document == self._place(second)[0]:
                    continue
                other = self._texts[second]
                if not raw or not other or not 1 / LONGEST_CONTAINER < len(raw) / len(other) < LONGEST_CONTAINER:
                    continue
                if not may_overlap(key, key_of(other), self._limits.overlap):
                    continue
                text = text or Text(raw)
                if compare(text, other).repeats:
                    if len(raw) < 0.9 * len(other):
                        yield second, first
                        break
                    yield first, second


def _groups(records: Iterable[int], *passed_over: bytearray) -> Iterator[list[int]]:
    """The numbers that share a key, two and more, in ascending order."""
    for _, group in groupby(records, key=(32).__rrshift__):
        numbers = [record & _LOW for record in group]
        if len(numbers) > 1:
            for passed in passed_over:
                numbers = [n for n in numbers if not passed[n]]
            if len(numbers) > 1:
                yield numbers
