"""What only many articles say, in the two halves that an engine joins by its own group-by: observed, then concluded.

`signatures` are what an engine groups by. A signature that meets no other one can't be a copy, and is left out by `only`; on what
is left `copies` runs `Corpus` as it is, so that its result is that of one machine. The order of articles is that of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from struct import unpack_from
from typing import NamedTuple

from lintnews.detectors.shared import copies as copies_in
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.evidence.duplicates.fingerprint import SIGNATURE
from lintnews.evidence.duplicates.observing import ARTICLE
from lintnews.evidence.duplicates.shared import Corpus


class Signature(NamedTuple):
    """A number by which texts may meet: of a whole article or of a paragraph, by its key or an anchor of it. `place` is where in
    the observation it stands."""

    place: int
    is_whole: bool
    is_key: bool
    value: int


def signatures(observation: bytes) -> Iterator[Signature]:
    """The signatures of an article that `observe` looked at, each once a place; none of what is too short to tell."""
    for place, size in _places(observation):
        key, _, *anchors = unpack_from(f">{size // 4}I", observation, place)
        for is_key, values in ((True, {key}), (False, set(anchors))):
            for value in sorted(values - {0}):
                yield Signature(place, place == 0, is_key, value)


def only(observation: bytes, places: Collection[int]) -> bytes:
    """An observation of which but some places are left; the others are too short to tell from now on."""
    found = bytearray(observation)
    for place, size in _places(observation):
        if place not in places:
            found[place : place + size] = bytes(size)
    return bytes(found)


def _places(observation: bytes) -> Iterator[tuple[int, int]]:
    yield 0, ARTICLE
    for place in range(ARTICLE, len(observation), SIGNATURE):
        yield place, SIGNATURE


def copies(observed: Iterable[tuple[str, bytes]], read: Callable[[int], str]) -> dict[str, list[Finding]]:
    """By article, the paragraphs that stand in an earlier one. `observed` are names, in order, with what is left of observations;
    `read` gives a text by its number in that order."""
    names: list[str] = []
    found: dict[str, list[Finding]] = {}
    with Corpus(lambda number: Document(read(number), names[number])) as corpus:
        for name, observation in observed:
            names.append(name)
            corpus.add(observation)
        for number, finding in copies_in(corpus, names.__getitem__):
            found.setdefault(names[number], []).append(finding)
    return {name: sorted(findings, key=lambda finding: finding.start) for name, findings in found.items()}
