"""Markdown to blocks: headings, list items, quotes, code and front matter, found by markdown-it-py (CommonMark)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lintnews.document import Block, Kind, folded, kind_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?:.*\r?\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_MARKS = re.compile(r"(?:[ \t]*(?:#{1,6}(?=[ \t])|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_CODE = {"fence", "code_block", "html_block", "table_open"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def blocks(text: str) -> list[Block]:
    """Blocks of a Markdown text; spans leave out the marks of headings, lists and quotes."""
    found: list[Block] = []
    offset = 0
    if match := _FRONT_MATTER.match(text):
        offset = match.end()
        _add(found, text, 0, len(match.group().rstrip()), "front-matter")
    starts = [offset]
    for line in text[offset:].split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    inside: list[str] = []
    for token in _parser().parse(text[offset:]):
        kind = _kind(token, inside)
        if kind and token.map:
            start, end = starts[token.map[0]], min(starts[token.map[1]] - 1, len(text))
            if kind != "code" and (marks := _MARKS.match(text, start, end)):
                start = marks.end()
            _add(found, text, start, end, kind)
        if token.nesting == 1:
            inside.append("code" if token.type in _CODE else token.type)
        elif token.nesting == -1 and inside:
            inside.pop()
    return found


def _kind(token: Any, inside: list[str]) -> Kind | None:
    """The kind of block that a token opens, or None for tokens that open none."""
    if "code" in inside:
        return None
    if token.type in _CODE:
        return "code"
    if token.type == "heading_open":
        return "heading"
    if token.type != "paragraph_open":
        return None
    if "list_item_open" in inside:
        return "item"
    return "quote" if "blockquote_open" in inside else "paragraph"


def _add(found: list[Block], text: str, start: int, end: int, kind: Kind) -> None:
    body = text[start:end].rstrip()
    if not body:
        return
    if kind == "paragraph":
        shape = kind_of(body)
        kind = shape if shape != "item" else "paragraph"
    gap = text.count("\n", found[-1].end, start) - 1 if found else text.count("\n", 0, start)
    found.append(Block(len(found), start, start + len(body), kind, folded(body), max(gap, 0)))
