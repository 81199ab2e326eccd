"""Blocks that match a pattern, in a given place and company: a byline, a share row, a sign-up pitch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document, Zone
from lintnews.document.blocks import Block, BlockKind, Span
from lintnews.patterns.matcher import holds, search

_QUOTED = re.compile('“[^“”]*”|"[^"]*"')


@dataclass(frozen=True, slots=True)
class BlockDetector(Detector):
    """Finds blocks by wording, zone and neighbours; the fix deletes the block, or only what a group named `remove` holds.

    `patterns`: one must match in the block. `unless`: none of these may.
    `zone`: where the block may stand (head, body, between, tail); empty: anywhere.
    `kinds`: which kinds of block; empty: any. `min_words`, `max_words`: its length.
    `signs`: at least `least` of these patterns must match, for what only several signs together show.
    `previous`, `next`: one of these must match the block before or after; `^$` matches at either end of the document.
    `most_between`: so many may stand between paragraphs; more belong to the items of a list. 0: any number.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    zone: tuple[Zone, ...] = ()
    kinds: tuple[BlockKind, ...] = ()
    min_words: int = 1
    max_words: int = 60
    previous: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    least: int = 2
    most_between: int = 0
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs(self.patterns, max_words=self.max_words)

    def find(self, document: Document) -> Iterator[Finding]:
        found = dict(self._found(document))
        between = [index for index in found if self.most_between and document.zone(document.blocks[index]) == "between"]
        for index in between if len(between) > self.most_between else ():
            del found[index]
        for start, end in found.values():
            yield Finding(start, end, edits=(Edit(start, end),), confidence=self.confidence or None)

    def _found(self, document: Document) -> Iterator[tuple[int, Span]]:
        """Index of each block that is found, and what of it goes."""
        seen: set[int] = set()
        for pattern in self.patterns:
            for block in document.candidates(pattern):
                if block.index in seen or not self._fits(document, block):
                    continue
                if not _speaks(pattern, block) or not self._is_in_company(document, block):
                    continue
                seen.add(block.index)
                start, end = search(pattern, block.text).span("remove") if "(?P<remove>" in pattern else (-1, -1)
                span = (block.start, block.end) if start < 0 else (block.start + start, block.start + end)
                yield block.index, span

    def _fits(self, document: Document, block: Block) -> bool:
        return (
            self.min_words <= len(block.words) <= self.max_words
            and (not self.kinds or block.kind in self.kinds)
            and (not self.zone or document.zone(block) in self.zone)
        )

    def _is_in_company(self, document: Document, block: Block) -> bool:
        return (
            (not self.previous or _matches(self.previous, document, block.index - 1))
            and (not self.next or _matches(self.next, document, block.index + 1))
            and not any(holds(pattern, block.text) for pattern in self.unless)
            and (not self.signs or sum(holds(pattern, block.text) for pattern in self.signs) >= self.least)
        )


def _speaks(pattern: str, block: Block) -> bool:
    """Whether the block says what the pattern looks for, and, if it is running text, does not only quote it."""
    return holds(pattern, block.text) and (not block.is_prose or holds(pattern, _QUOTED.sub("", block.text)))


def _matches(patterns: tuple[str, ...], document: Document, index: int) -> bool:
    text = document.blocks[index].text if 0 <= index < len(document.blocks) else ""
    return any(holds(pattern, text) for pattern in patterns)
