"""A text and its parts: blocks, sentences, words and speech as spans; where the article's own prose starts and ends.

The text is never altered. Every offset is a code point of the decoded text, every span half open, every line counted from 1.
Read `scripts`, `blocks`, `markdown`, `sentences`, `endings` and `resuming`, `headings`, `language`, then `Document` here, which
holds them together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar, TypeVarTuple, cast

from lintnews.document.blocks import Block, Span, line_end, markdown_blocks, plain_blocks
from lintnews.messages import check_type

Markup = Literal["plain", "markdown"]
Zone = Literal["head", "body", "between", "tail"]
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class PageTitle(NamedTuple):
    """What the page that an article is from calls it."""

    text: str


class Document:
    """One article. Blocks, zones, sentences, words and speech are found when first asked for.

    `path` is only a name for reports. `known` is what the caller knows beside the text, one thing of a kind: the lines of its
    site, another line model. `matches`, when set, are the text blocks (numbers) that a set matcher found for a pattern.
    """

    def __init__(self, text: str, path: str = "<text>", markup: Markup = "plain", known: Iterable[object] = ()) -> None:
        check_type("text", text, str)
        self.text = text
        self.path = path
        self.markup: Markup = markup
        self.matches: Mapping[str, Sequence[int]] | None = None
        self.phrases: Mapping[str, Sequence[Span]] = {}
        self.known = tuple(known)
        self._evidence: dict[object, object] = {}

    def given(self, kind: type[T]) -> T | None:
        """What the caller knows of that kind beside the text."""
        return next((thing for thing in self.known if isinstance(thing, kind)), None)

    def evidence(self, find: Callable[[Document, *Ts], T], *options: *Ts) -> T:
        """What a function finds in the document with these options, looked for once."""
        key = find, options
        if key not in self._evidence:
            self._evidence[key] = find(self, *options)
        return cast("T", self._evidence[key])

    def found(self, find: Callable[[Document, *Ts], T], *options: *Ts) -> T | None:
        """What a function has found with these options, None where it was not asked."""
        return cast("T | None", self._evidence.get((find, options)))

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks in order; their spans do not overlap and leave out surrounding white space."""
        if self.markup == "markdown":
            return markdown_blocks(self.text)
        return plain_blocks(self.text)

    @cached_property
    def text_blocks(self) -> list[Block]:
        """The blocks that patterns are for."""
        blocks = self.blocks
        if self.markup == "plain" and (not blocks or blocks[0].is_text):
            return blocks
        return [block for block in blocks if block.is_text]

    def candidates(self, pattern: str) -> Sequence[Block]:
        """Blocks that the pattern may match: those of the set matcher, or all where the document has not been through one."""
        if self.matches is None:
            return self.text_blocks
        numbers = self.matches.get(pattern)
        return [self.text_blocks[number] for number in numbers] if numbers else ()

    @cached_property
    def language(self) -> str:
        """The code of the language that the text is in, as the caller knows or its words tell; empty where they don't."""
        from lintnews.document.language import Language, language

        named = self.given(Language)
        return named.code if named else language(self.text, (word for block in self.text_blocks for word in block.words))

    @cached_property
    def prose(self) -> list[bool]:
        """For each block whether it is one of running text."""
        return [block.is_prose for block in self.blocks]

    @cached_property
    def line_starts(self) -> list[int]:
        """Offsets at which lines start; lines end at a line feed, or at a carriage return where there is no line feed."""
        newline = line_end(self.text)
        starts, at = [0], self.text.find(newline)
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find(newline, at + 1)
        return starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @cached_property
    def end(self) -> tuple[int, frozenset[int]]:
        """Index of the block that shows the article to be over, such as "3 comments", or the number of blocks; and those of
        blocks behind it that may still be the article."""
        from lintnews.document.endings import ending

        return ending(self.blocks, self.candidates if self.matches is not None else None)

    @property
    def ending(self) -> int:
        """Index of the block that shows the article to be over, or the number of blocks."""
        return self.end[0]

    @cached_property
    def body(self) -> range:
        """Indices of the blocks from the first to the last one of the article's own prose; empty when there is none."""
        prose = [index for index, is_prose in enumerate(self.prose[: self.ending]) if is_prose]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    def zone(self, block: Block) -> Zone:
        """Where a block stands: before the prose, in it (prose itself, or between prose), or after it."""
        body = self.body
        if not body or block.index < body.start:
            return "head"
        if block.index >= body.stop:
            return "tail"
        return "body" if block.is_prose else "between"

    @cached_property
    def headline(self) -> Block | None:
        """The likeliest headline: the page's title, the first heading, or the longest line of four words before the prose."""
        head = [b for b in (self.blocks[: self.body.start] if self.body else self.blocks[:3]) if b.is_text]
        title = self.given(PageTitle)
        if title is not None:
            named = next((block for block in head if block.text.casefold() == title.text.casefold()), None)
            if named is not None:
                return named
        if self.markup == "markdown":
            for block in head:
                if block.kind == "heading" and (block is head[0] or len(block.words) >= 3):
                    return block
        lines = [b for b in head if b.kind != "item" and 4 <= len(b.words) <= 40]
        return max(lines, key=lambda b: len(b.text), default=None)

    def sentences(self, block: Block) -> Iterator[Span]:
        """Spans of the block's sentences."""
        from lintnews.document.sentences import sentences

        return sentences(self.text, block.start, block.end)

    def words(self, block: Block) -> Iterator[Span]:
        """Spans of the block's words, with inner apostrophes and hyphens."""
        from lintnews.document.sentences import words

        return words(self.text, block.start, block.end)

    @cached_property
    def speech(self) -> list[Span]:
        """Spans of direct speech with their quotation marks, in order; an unclosed quotation runs to its block's end."""
        from lintnews.document.sentences import speech

        return [span for block in self.blocks for span in speech(self.text, block.start, block.end)]

    def in_speech(self, offset: int) -> bool:
        """Whether an offset lies in direct speech."""
        at = bisect_right(self.speech, (offset, len(self.text) + 1)) - 1
        return at >= 0 and self.speech[at][0] <= offset < self.speech[at][1]
