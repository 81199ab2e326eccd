"""Blocks that the line model takes for something else than the article, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Edit, Finding, Safety
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.linemodel.model import boilerplate_shares, reasons
from lintnews.evidence.linemodel.page import ENGLISH, english

_NAME = re.compile(r"(?<=[\w’),;:] )[^\W\d_a-z][^\W\d_]{2,}")
"""A word in capitals amid a sentence."""
MANY, MOST = 20, 0.4
"""Lines amid the article that would go safely, and their share of the lines there, from which they may all be furniture."""
SUREST, ROWS, MOST_ROW_WORDS = 0.98, 5, 6
"""From how many lines in a row that hold figures they may be a table of the article's own; words of its longest row."""
MOST_LABEL_WORDS = 2
"""Words of a line that may be a label of the article's own, such as "Year" above figures."""
LEAST_ENGLISH = 0.15
"""Share of English words below which a text is in a language of which the model has seen little."""


@dataclass(frozen=True, slots=True)
class UnlikeArticleDetector(Detector):
    """Finds blocks by their wording, shape, place and company together, but for the headline; the fix deletes them.

    A line of figures above running text is its time or number, and left alone, and so are rows of figures. A sentence that
    reports what somebody said whom the article names has no safe fix, nor has what may be the article although a mark of its
    end stands above.

    `least`: how likely a block must be no part of the article, `least_sentence`: what ends as a sentence does, and what stands
    amid an article that is crowded with lines, as lists and directories are. The others say how likely for a safe fix. `sure`:
    for a sentence or running text, an item of a list, a line of figures only, one right below the headline, which may be its
    deck, and whatever is not in English; for lines amid and below a crowded article, and for any fix of a line of a word or
    two amid it. `sure_heading`: there, for what may be the heading of running text, and for a line of a word or two amid any
    other article. `sure_above`: for other lines above the article, where their place speaks against them too. `sure_amid`,
    `sure_below`: for lines amid and below an article that has no more lines than paragraphs, where any line is a stranger.
    """

    least: float = 0.5
    least_sentence: float = 0.75
    sure: float = 0.92
    sure_heading: float = 0.88
    sure_above: float = 0.75
    sure_amid: float = 0.75
    sure_below: float = 0.83

    def find(self, document: Document) -> Iterator[Finding]:
        return _doubted_amid_many(document, list(self._found(document)))

    def _found(self, document: Document) -> Iterator[Finding]:
        headline = document.headline
        for block, share in zip(document.blocks, document.evidence(boilerplate_shares), strict=True):
            least = self._least(document, block)
            if share >= least and block is not headline and block.is_text and not _is_figure(document, block, share):
                edit, values = Edit(block.start, block.end), {"reasons": reasons(document, block)}
                doubted = share < self._needed(document, block) or block.index in document.end[1]
                doubted = doubted or (block.kind == "paragraph" and _reports(document, block))
                safety: Safety | None = "unsafe" if doubted else None
                yield Finding(block.start, block.end, (edit,), share, values, safety=safety)

    def _least(self, document: Document, block: Block) -> float:
        amid = block.index in document.body and document.evidence(_is_crowded)
        if amid and len(block.words) <= MOST_LABEL_WORDS:
            return self.sure
        return self.least_sentence if amid or block.kind == "paragraph" else self.least

    def _needed(self, document: Document, block: Block) -> float:
        blocks, body, index = document.blocks, document.body, block.index
        deck = index > 0 and blocks[index - 1] is document.headline
        foreign = document.evidence(english) < LEAST_ENGLISH
        if foreign or deck or block.kind in ("item", "paragraph", "quote") or not any(map(str.isalpha, block.text)):
            return self.sure
        crowded = document.evidence(_is_crowded)
        if body and index >= body.stop:
            return self.sure if crowded else self.sure_below
        may_head = block.kind == "heading" or (index + 1 < len(blocks) and blocks[index + 1].is_prose)
        if crowded and may_head:
            return self.sure_heading
        if index < body.start:
            return self.sure_above
        if crowded:
            return self.sure
        return self.sure_amid if len(block.words) > MOST_LABEL_WORDS else self.sure_heading


def _is_crowded(document: Document) -> bool:
    """Whether the article has more lines than paragraphs, or no paragraph at all."""
    body = document.body
    return not body or 2 * sum(document.prose[body.start : body.stop]) < len(body)


def _is_figure(document: Document, block: Block, share: float) -> bool:
    """Whether a line numbers the text below it, or is a row or the title of a table."""
    following = document.blocks[block.index + 1 : block.index + 2]
    if _is_all_figures(block) or (following and _is_all_figures(following[0])):
        return True
    return _numbers_text(document, block) or (share < SUREST and _is_row(document, block))


def _is_all_figures(block: Block) -> bool:
    """Whether a line is a row of figures by itself, such as the years above the columns of a table."""
    return len(words := block.text.split()) > 1 and all(word[0].isdigit() or word in "-—–" for word in words)


def _is_row(document: Document, block: Block) -> bool:
    """Whether a line stands in a row of lines that hold figures, as those of a table do, and a stamp or counter does not."""

    def holds_figure(index: int) -> bool:
        other = document.blocks[index]
        return other.kind in ("line", "item") and len(other.words) <= MOST_ROW_WORDS and any(map(str.isdigit, other.text))

    if not holds_figure(block.index):
        return False
    first, last = block.index, block.index
    while first and block.index - first < ROWS and holds_figure(first - 1):
        first -= 1
    while last + 1 < len(document.blocks) and last - block.index < ROWS and holds_figure(last + 1):
        last += 1
    return last - first + 1 >= ROWS


def _numbers_text(document: Document, block: Block) -> bool:
    following = document.blocks[block.index + 1 : block.index + 2]
    return bool(following) and following[0].kind == "paragraph" and not any(map(str.isalpha, block.text))


def _reports(document: Document, block: Block) -> bool:
    if ENGLISH["saying"].isdisjoint(word.strip('.,:;!?"“”') for word in block.words):
        return False
    names = document.evidence(_names)
    return not names.isdisjoint(re.findall(r"[^\W\d_]{3,}", block.text))


def _names(document: Document) -> frozenset[str]:
    """Words in capitals amid the sentences of the article's body."""
    body = document.blocks[document.body.start : document.body.stop]
    return frozenset(name for block in body if block.is_prose for name in _NAME.findall(block.text))


def _doubted_amid_many(document: Document, findings: list[Finding]) -> Iterator[Finding]:
    """The findings; amid the article none is safe where they are many and yet the lesser part of its lines, as in long lists."""
    lines = {document.blocks[index].start for index in document.body if not document.prose[index]}
    amid = {finding.start for finding in findings if finding.safety is None and finding.start in lines}
    doubted = MANY <= len(amid) < MOST * len(lines)
    for finding in findings:
        yield finding._replace(safety="unsafe") if doubted and finding.start in amid else finding
