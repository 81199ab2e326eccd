"""Passages inside a block that are no part of the article: a call to sign up amid the sentences of a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import match_at, search, starts

LONGEST = 600
"""Code points of a passage that patterns see."""
LEAST = 60
"""Code points of a block that must stand beside a passage: one that is all of its block is for rules of blocks."""
DIGRESSIONS = 1
"""How often the article may use the words of a passage before it may be about them."""


@dataclass(frozen=True, slots=True)
class WithinDetector(Detector):
    """Finds sentences and set phrases inside a block; the fix deletes them with the white space that they leave.

    `patterns`: what a passage holds; only what stands around a match is looked at. With `places`, they say in which blocks to
    look, and those where in them.
    `passages`: patterns of whole passages, `leads`: of their beginnings, from where a sentence may begin. A passage with a lead
    runs on to the end of its sentence, or of the headline behind it where that can be told, of at least `min_words` words.
    A group `name` holds what, and `person` whom, by the last name, the article must not speak of elsewhere.
    `unless`: none of these may match in the passage. `loose`: it may stand anywhere, not only where a sentence begins.
    `closed`: behind it must stand the end of the block, a quotation or a word that begins sentences.
    `place`: `start` or `end` of the document's text; empty: anywhere. `subjects`: where one of these patterns matches
    twice elsewhere, the article may be about it, and the fix is not safe.
    `confidence`: of these findings, where it is not the rule's.
    """

    patterns: tuple[str, ...]
    passages: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    min_words: int = 3
    loose: bool = False
    closed: bool = False
    place: str = ""
    confidence: float = 0.0

    def needs(self) -> Needs:
        return Needs(self.patterns)

    def find(self, document: Document) -> Iterator[Finding]:
        found = sorted(set(self._passages(document)))
        safety: Safety | None = "unsafe" if self._is_about(document, found) else None
        for start, end in found:
            edit = _deletion(document.text, start, end)
            yield Finding(start, end, (edit,), self.confidence or None, safety=safety)

    def _passages(self, document: Document) -> Iterator[tuple[int, int]]:
        """Spans of the document's text."""
        for pattern in self.patterns:
            for block in document.candidates(pattern):
                reached = -1
                for hit in self._hits(document, block, pattern):
                    span = self._passage(block.text, hit) if hit >= reached else None
                    if span is not None:
                        reached = span[1]
                        yield block.start + span[0], block.start + span[1]

    def _hits(self, document: Document, block: Block, pattern: str) -> Iterator[int]:
        """Where a pattern matches in a block in the right place."""
        length, blocks = len(block.text), document.text_blocks
        if length < LEAST or (self.place and block is not blocks[0 if self.place == "start" else -1]):
            return
        least = max(length - 2 * LONGEST, 0) if self.place == "end" else 0
        most = LONGEST if self.place == "start" else length
        for place in self.places or (pattern,):
            yield from starts(place, block.text, least, most)

    def _passage(self, text: str, hit: int) -> tuple[int, int] | None:
        """The passage of a block's text around an offset."""
        from lintnews.evidence.passages.seams import beginnings

        for at in (0,) if self.place == "start" else (*beginnings(text, hit), *((hit,) if self.loose else ())):
            for end in self._ends(text, at):
                if end > hit and self._fits(text, at, end):
                    return at, end
        return None

    def _ends(self, text: str, at: int) -> Iterator[int]:
        """Where passages end that begin at an offset."""
        from lintnews.evidence.passages.headline import headline_end
        from lintnews.evidence.passages.seams import stands_elsewhere

        for pattern in (*self.passages, *self.leads):
            match = match_at(pattern, text, at, at + LONGEST)
            if match is None:
                continue
            end = headline_end(text, match.end(), self.min_words) if pattern in self.leads else match.end()
            groups = match.groupdict()
            name = groups.get("name") or (groups.get("person") or "").rpartition(" ")[2]
            if end is not None and not (name and stands_elsewhere(text, name, at, end)):
                yield len(text[:end].rstrip())

    def _fits(self, text: str, at: int, end: int) -> bool:
        """Whether a passage may go for what stands beside it."""
        from lintnews.evidence.passages.seams import goes_on, is_quoted

        return (
            end - at <= len(text) - LEAST
            and goes_on(text, end, self.closed)
            and not is_quoted(text, at, end)
            and (self.place != "end" or len(text) - end <= LONGEST)
            and not any(search(pattern, text[at:end]) for pattern in self.unless)
        )

    def _is_about(self, document: Document, found: list[tuple[int, int]]) -> bool:
        """Whether the article uses the words of the passages elsewhere."""
        from lintnews.evidence.passages.seams import outside

        rest = " ".join(outside(document.text, found)) if self.subjects and found else ""
        return any(len(list(starts(pattern, rest, 0, len(rest)))) > DIGRESSIONS for pattern in self.subjects)


def _deletion(text: str, start: int, end: int) -> Edit:
    """The edit that takes a passage out with the white space before it, or where a line begins, behind it."""
    before, after = start, end
    while before > 0 and text[before - 1] in " \t\u00a0":
        before -= 1
    while after < len(text) and text[after] in " \t\u00a0":
        after += 1
    if before == 0 or text[before - 1] in "\r\n":
        return Edit(start, after)
    if before == start and after == end < len(text) and text[end] not in "\r\n":
        return Edit(start, end, " ")
    return Edit(before, end)
