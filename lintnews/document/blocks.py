"""Plain text and Markdown to blocks, as spans over the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from lintnews.document.scripts import QUESTION_MARKS, ends_sentence, is_long, words

BlockKind = Literal["paragraph", "heading", "item", "line", "quote", "code", "front-matter"]
Span = tuple[int, int]

PROSE_LENGTH, PARAGRAPH_LENGTH = 80, 200
"""Code points from which a paragraph that ends like a sentence counts as the article's own prose, and any line as a paragraph;
of an alphabet, see `scripts`."""
WIDEST_WRAP = 120
"""Text with longer lines than this is not hard-wrapped."""
HEADING_WORDS = 16

BULLETS = frozenset("-*•‣◦▪►▸–—·●○■□✓✔")
ITEM = re.compile(r"(?:[-*•‣◦▪►▸–—·●○■□✓✔]|\(?\d{1,3}[.)])\s+")
_SPACES = (
    "\n\t\r\u00a0\u202f\u2009\u2003\u2002\u200a\u2008\u2007\u2006\u2005\u2004\u2001\u2000\u3000\u205f\u1680\u2028\u2029"
    "\v\f\x1c\x1d\x1e\x1f\x85"
)


@dataclass(slots=True, eq=False)
class Block:
    """The unit that rules judge: a paragraph, heading, list item or stand-alone line.

    `text` is `document.text[start:end]` with each white-space character replaced by a space, one for one.
    `gap` is the number of blank lines before it.
    """

    index: int
    start: int
    end: int
    kind: BlockKind
    text: str
    gap: int = 0
    _words: list[str] | None = field(default=None, repr=False)

    @property
    def words(self) -> list[str]:
        """The block's words, lower case, punctuation left on; in scripts without spaces, pieces about as long as words."""
        if self._words is None:
            self._words = words(self.text)
        return self._words

    @property
    def is_text(self) -> bool:
        """Whether it is for rules to judge, as code, tables, notes and front matter are not."""
        return self.kind not in ("code", "front-matter")

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a paragraph of running text: long enough, and ending as a sentence does."""
        return self.kind == "paragraph" and is_long(self.text, PROSE_LENGTH)


def _fields_end(text: str) -> int:
    if not text.startswith(("---", "+++")):
        return 0
    from lintnews.document.markdown import front_matter

    return front_matter(text)


def line_end(text: str) -> str:
    """The character that ends a line of this text."""
    return "\r" if "\n" not in text and "\r" in text else "\n"


def plain_blocks(text: str) -> list[Block]:
    """Blocks of plain text: one a line, or several lines joined where the text is hard-wrapped."""
    lines: list[tuple[int, str, int]] = []
    flat = folded(text)
    blocks: list[Block] = []
    if at := _fields_end(text):
        fields = flat[:at].rstrip()
        blocks.append(Block(0, 0, len(fields), "front-matter", fields))
    gap = 0
    for raw in text[at:].split(line_end(text)):
        stripped = raw.strip()
        if stripped:
            start = at if raw[0] == stripped[0] else at + len(raw) - len(raw.lstrip())
            lines.append((start, stripped, gap))
            gap = 0
        else:
            gap += 1
        at += len(raw) + 1
    joined = _joins(lines)
    index = 0
    while index < len(lines):
        start, body, gap = lines[index]
        last = index
        while last in joined:
            last += 1
        if last > index:
            end = lines[last][0] + len(lines[last][1])
            body = text[start:end]
        else:
            end = start + len(body)
        blocks.append(Block(len(blocks), start, end, kind_of(body), flat[start:end], gap))
        index = last + 1
    _mark_headings(blocks)
    return blocks


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of a Markdown text; a paragraph that does not end like a sentence is a line."""
    from lintnews.document.markdown import spans

    found: list[Block] = []
    for start, end, given in spans(text):
        body = text[start:end].strip()
        if not body:
            continue
        start = text.index(body, start)
        kind: BlockKind = "line" if given == "paragraph" and kind_of(body) == "line" else given
        gap = text.count("\n", found[-1].end, start) - 1 if found else text.count("\n", 0, start)
        found.append(Block(len(found), start, start + len(body), kind, folded(body), max(gap, 0)))
    return found


def folded(text: str) -> str:
    """The text with each white-space character replaced by a space."""
    for space in _SPACES:
        text = text.replace(space, " ")
    return text


def kind_of(text: str) -> BlockKind:
    """The kind of a block of plain text by its shape alone: list item, paragraph or stand-alone line."""
    first = text[0]
    if (first in BULLETS or first.isdigit() or first == "(") and ITEM.match(text):
        return "item"
    if is_long(text, PARAGRAPH_LENGTH) or ends_sentence(text, PROSE_LENGTH):
        return "paragraph"
    return "line"


def _mark_headings(blocks: list[Block]) -> None:
    """A short line or question that prose follows, and that no line precedes, is a heading."""
    before = None
    for block, following in pairwise(blocks):
        question = block.kind == "paragraph" and not block.is_prose and block.text[-1] in QUESTION_MARKS
        short = block.kind == "line" or question
        if (
            short
            and following.kind == "paragraph"
            and before in (None, "front-matter", "paragraph", "item")
            and len(block.words) <= HEADING_WORDS
        ):
            block.kind = "heading"
        before = block.kind


def _joins(lines: list[tuple[int, str, int]]) -> set[int]:
    """Indices of lines that run on into the next one: in hard-wrapped text, those that the next line's first word did not fit."""
    if len(lines) < 3 or max(len(line) for _, line, _ in lines) > 2 * WIDEST_WRAP:
        return set()
    pairs = [i for i in range(len(lines) - 1) if lines[i + 1][2] == 0]
    if len(pairs) < 2:
        return set()
    widths = sorted(len(lines[i][1]) for i in pairs)
    width = widths[len(widths) * 9 // 10]
    if not 30 <= width <= WIDEST_WRAP:
        return set()
    indent = min(line[0] for line in lines)
    joins = set()
    for i in pairs:
        line, following = lines[i][1], lines[i + 1][1]
        indented = lines[i + 1][0] - (lines[i][0] + len(line) + 1) >= 2 and indent == 0
        if len(line) + 1 + len(words(following.split(None, 1)[0])[0]) > width and not indented and not ITEM.match(following):
            joins.add(i)
    mid_sentence = sum(_runs_on(lines[i][1], lines[i + 1][1][0]) for i in joins)
    return joins if len(joins) >= 2 and 2 * len(joins) >= len(pairs) and 3 * mid_sentence >= len(joins) else set()


def _runs_on(line: str, first: str) -> bool:
    """Whether a line that begins with this character goes on with the line before: no capital, where the script has some."""
    return first.islower() or (first.isalpha() and not first.isupper() and not ends_sentence(line))
