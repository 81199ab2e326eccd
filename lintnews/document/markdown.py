"""Markdown to blocks: headings, list items, quotes, code and front matter, found by markdown-it-py (CommonMark)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from lintnews.patterns.deadline import tick

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MarkdownKind = Literal["paragraph", "heading", "item", "quote", "code", "front-matter"]

_FRONT_MATTER = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?(?:\1|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(r"\S+[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[\"']?[\w.-]+[\"']?[ \t]*[:=]")
_MARKS = re.compile(r"(?:[ \t]*(?:#{1,6}(?=[ \t])|>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_NEWLINE = re.compile(r"\r\n?|\n")
_APART = re.compile(r"\[\^[^\]\s]+\]:|\{\{[<%].*[%>]\}\}\s*$|\{%.*%\}\s*$|:::")
"""How notes and the marks of site generators begin: paragraphs of which the parser knows nothing."""
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\r\n]+)(?<!\s)\1\s*$")
_CODE = {"fence", "code_block", "html_block", "table_open"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])  # only blocks are asked for
    parser.block.ruler.before("table", "deadline", _in_time)
    return parser


def _in_time(*_state: object) -> bool:
    """A rule that no block is of."""
    tick()
    return False


def front_matter(text: str) -> int:
    """Where the fields between two lines of dashes end (YAML; of plus signs: TOML) with which a text opens; 0 without any."""
    found = _FRONT_MATTER.match(text)
    return found.end() if found and _FIELD.match(text) else 0


def spans(text: str) -> Iterator[tuple[int, int, MarkdownKind]]:
    """Start, end and kind of each block of a Markdown text, less the marks of headings, lists, quotes, and emphasis of it all."""
    if offset := front_matter(text):
        yield 0, offset, "front-matter"
    starts = [offset, *(newline.end() for newline in _NEWLINE.finditer(text, offset)), len(text)]
    inside: list[str] = []
    for token in _parser().parse(text[offset:]):
        kind = _kind(token, inside)
        if kind and token.map:
            start, end = starts[token.map[0]], starts[token.map[1]]
            if kind != "code" and (marks := _MARKS.match(text, start, end)):
                start = marks.end()
                if _APART.match(text, start, end):
                    kind = "code"
                elif emphasis := _EMPHASIS.match(text, start, end):
                    start, end = emphasis.span(2)
            yield start, end, kind
        if token.nesting == 1:
            inside.append("code" if token.type in _CODE else token.type)
        elif token.nesting == -1 and inside:
            inside.pop()


def _kind(token: Any, inside: list[str]) -> MarkdownKind | None:
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
