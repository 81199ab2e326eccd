"""Paragraphs, headlines, captions and whole passages that stand twice in an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Related
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.duplicates.pairs import find_pairs

if TYPE_CHECKING:
    from lintnews.evidence.duplicates.repeats import Repeat, Standing

FULL_SENTENCE = 8
"""Words from which a line that the next one repeats is no mere label."""
FURNITURE, SURE_FURNITURE = 0.7, 0.95
"""How likely a copy must be no part of the article, as the line model judges, for a safe fix where words are few, and where the
repeat may be meant."""
LABEL = 3
"""Words of a line, such as "Highlights" or "Key points", under which stands what sums the article up."""


@dataclass(frozen=True, slots=True)
class RepeatDetector(Detector):
    """Finds what repeats another place of the article; the fix deletes the lesser copy.

    `forms`: which repeats: `paragraph` (the same words), `line` (the same words of a headline, caption or other stand-alone
    line), `adjacent` (a short text that the very next one repeats), `near` (a few words differ, or a credit stands in front),
    `part` (one stands within the other, or is its beginning), `passage` (several paragraphs), `series` (many times).
    """

    forms: tuple[Literal["paragraph", "line", "adjacent", "near", "part", "passage", "series"], ...]

    def find(self, document: Document) -> Iterator[Finding]:
        return (finding for form, finding in document.evidence(_repeats) if form in self.forms)


def _repeats(document: Document) -> list[tuple[str, Finding]]:
    blocks = document.text_blocks
    texts = [block.text for block in blocks]
    pairs = find_pairs(texts)
    if not pairs.found:
        return []
    from lintnews.evidence.duplicates.repeats import find_repeats

    repeats = find_repeats(texts, pairs, lambda i: _standing(document, blocks[i].index))
    return [(_form(repeat, blocks), _finding(document, blocks, repeat)) for repeat in repeats]


def _standing(document: Document, index: int) -> Standing:
    blocks, body = document.blocks, document.body
    if index not in body:
        return "outside"
    above = blocks[index - 1] if index else None
    runs_on = index + 1 == len(blocks) or blocks[index + 1].is_prose
    if not runs_on or (above and not above.is_prose and above is not document.headline and len(above.words) <= LABEL):
        return "apart"
    return "amid" if above is None or above.is_prose else "between"


def _form(repeat: Repeat, blocks: Sequence[Block]) -> str:
    if len(repeat.copies) > 1:
        return "series"
    if len(repeat.original) > 1:
        return "passage"
    relation = repeat.likeness.relation.value
    if relation in ("contained", "teaser"):
        return "part"
    if relation in ("near", "credited"):
        return "near"
    copy = blocks[repeat.copies[0].start]
    if len(copy.words) < FULL_SENTENCE:
        return "adjacent"
    return "paragraph" if copy.kind == "paragraph" else "line"


def _finding(document: Document, blocks: Sequence[Block], repeat: Repeat) -> Finding:
    from lintnews.evidence.duplicates.likeness import what_differs

    copy, original = repeat.copies[0], repeat.original
    start, end = blocks[original[0]].start, blocks[original[-1]].end
    first, last = document.position(start)[0], document.position(end)[0]
    values = {
        "partner": f"line {first}" if first == last else f"lines {first} to {last}",
        "copies": f"{len(repeat.copies):,}",
        "paragraphs": f"{len(copy):,}",
        "similarity": f"{repeat.likeness.similarity:.2f}",
        "difference": what_differs(repeat.likeness, copy.start < original.start),
    }
    meant = _may_be_meant(document, repeat)
    safe = _is_safe(document, blocks, repeat, meant)
    return Finding(
        blocks[copy[0]].start,
        blocks[copy[-1]].end,
        tuple(_deletions(blocks, repeat.copies)) if safe or not meant else (),
        values=values,
        related=(Related(start, end, first),),
        safety=None if safe else "unsafe",
    )


def _may_be_meant(document: Document, repeat: Repeat) -> bool:
    """Whether the same words may well stand there on purpose: such copies are told, and not removed."""
    if repeat.likeness.relation.value not in ("exact", "same"):
        return False
    from lintnews.evidence.duplicates.purpose import may_be_meant

    return may_be_meant(document, repeat)


def _is_safe(document: Document, blocks: Sequence[Block], repeat: Repeat, meant: bool) -> bool:
    """Whether the same words are neither chance nor meant, or the copies are likely to be no part of the article."""
    if repeat.likeness.relation.value not in ("exact", "same"):
        return False
    if repeat.safe and not meant:
        return True
    from lintnews.evidence.linemodel.model import boilerplate_shares

    shares, least = document.evidence(boilerplate_shares), SURE_FURNITURE if meant else FURNITURE
    copies = [blocks[i] for copy in repeat.copies for i in copy]
    return all(shares[block.index] >= least and block is not document.headline for block in copies)


def _deletions(blocks: Sequence[Block], copies: Sequence[range]) -> Iterator[Edit]:
    """One edit for copies that follow one another."""
    first = copies[0].start
    for copy, following in zip(copies, [*copies[1:], None], strict=True):
        if following is None or following.start != copy.stop:
            yield Edit(blocks[first].start, blocks[copy[-1]].end)
            first = following.start if following else first
