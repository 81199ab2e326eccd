"""Short lines in a row where no article has any: menus above the headline, link lists below the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document, Zone
from lintnews.document.blocks import Block

LEAST_TELLING = 0.3
"""Share of the lines with a name of the article, or with a fact, from which they are its own."""
_FACT = re.compile(r"[\d(),:]")
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}")
_NAME_AMID = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class StackDetector(Detector):
    """Finds runs of short lines; the fix deletes them together. The headline is left alone and ends a run.

    A run with names that the article's sentences have too, or with numbers, brackets and commas, as no menu has, is a list of
    the article's own: candidates, a squad, when and where a match is played.

    `zone`: where they may stand. `min_items`: how many there must be. `max_item_words`: how long each may be.
    `confidence`: of these findings, where it is not the rule's.
    """

    zone: tuple[Zone, ...]
    min_items: int = 5
    max_item_words: int = 4
    confidence: float = 0.0

    def find(self, document: Document) -> Iterator[Finding]:
        if not document.body:
            return
        for stacked, run in groupby(document.blocks, partial(self._is_stacked, document)):
            blocks = list(run)
            if stacked and len(blocks) >= self.min_items and not _is_about_the_article(document, blocks):
                start, end = blocks[0].start, blocks[-1].end
                yield Finding(start, end, (Edit(start, end),), self.confidence or None, values={"items": len(blocks)})

    def _is_stacked(self, document: Document, block: Block) -> bool:
        return (
            block.kind in ("line", "heading", "item")
            and len(block.words) <= self.max_item_words
            and document.zone(block) in self.zone
            and block is not document.headline
        )


def _is_about_the_article(document: Document, blocks: Sequence[Block]) -> bool:
    names = document.evidence(_names)
    telling = [block for block in blocks if _FACT.search(block.text) or not names.isdisjoint(_NAME.findall(block.text))]
    return len(telling) >= LEAST_TELLING * len(blocks)


def _names(document: Document) -> frozenset[str]:
    """The words that running text has in capitals amid its sentences."""
    found: set[str] = set()
    for block in document.blocks:
        if block.is_prose:
            found.update(_NAME_AMID.findall(block.text))
    return frozenset(found)
