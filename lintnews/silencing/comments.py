"""Comments of a Markdown text that silence findings: `<!-- lintnews: ignore[rule] reason -->` and `disable[rule]` … `enable`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lintnews.silencing.keys import names

if TYPE_CHECKING:
    from lintnews.diagnostic import Diagnostic
    from lintnews.document import Document
    from lintnews.document.blocks import Block

MARK = "lintnews:"
_COMMENT = re.compile(r"<!--\s*lintnews:\s*(?P<verb>[\w-]*)(?:\[(?P<rules>[^\]\n]*)\])?(?P<reason>[^>]*?)-->")
INDENT = 4
"""Columns of white space that make a line of Markdown code."""
VERBS = ("ignore", "disable", "enable")


class Silencer(NamedTuple):
    """Something in an article that silences findings: where it stands, what it names (nothing: all), and what it reaches.

    A finding is reached that starts between `reach_start` and `reach_end`. `problem` is there where it can't be understood.
    """

    start: int
    end: int
    rules: tuple[str, ...]
    reach_start: int
    reach_end: int
    problem: str = ""

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Whether it silences a finding."""
        return self.reach_start <= diagnostic.start < self.reach_end and names(self.rules, diagnostic)


def comments(document: Document) -> list[Silencer]:
    """Those in a document, in order; only a comment that is a block of its own counts, so none within code."""
    if document.markup != "markdown" or MARK not in document.text:
        return []
    blocks = document.blocks
    found: list[Silencer] = []
    open_ranges: list[Silencer] = []
    for block, comment in _marks(document, blocks):
        start, end = block.start + comment.start(), block.start + comment.end()
        rules = tuple(name for part in (comment["rules"] or "").split(",") if (name := part.strip()))
        here = Silencer(start, end, rules, end, len(document.text))
        if comment["verb"] == "ignore":
            found.append(here._replace(reach_end=_end_of_next(blocks, block.index)))
        elif comment["verb"] == "disable":
            open_ranges.append(here)
        elif comment["verb"] == "enable":
            closed = [r for r in open_ranges if not rules or r.rules == rules]
            found += [r._replace(reach_end=start) for r in closed]
            open_ranges = [r for r in open_ranges if r not in closed]
            if not closed:
                found.append(here._replace(reach_end=end, problem="ends nothing that was switched off above"))
        else:
            found.append(here._replace(reach_end=end, problem=f"says {comment['verb']!r}; expected {', '.join(VERBS)}"))
    return sorted([*found, *open_ranges])


def _marks(document: Document, blocks: Sequence[Block]) -> Iterator[tuple[Block, re.Match[str]]]:
    for block in blocks:
        is_indented = document.position(block.start)[1] > INDENT  # code, then
        if block.kind == "code" and block.text.startswith("<!--") and MARK in block.text and not is_indented:
            for comment in _COMMENT.finditer(block.text):
                yield block, comment


def _end_of_next(blocks: Sequence[Block], index: int) -> int:
    """Where the next block that is no comment ends; a list is one block."""
    after = index + 1
    while after < len(blocks) and blocks[after].kind == "code" and blocks[after].text.startswith("<!--"):
        after += 1
    if after == len(blocks):
        return blocks[index].end
    while after + 1 < len(blocks) and blocks[after].kind == blocks[after + 1].kind == "item":
        after += 1
    return blocks[after].end
