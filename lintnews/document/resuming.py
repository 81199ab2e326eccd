"""Whether running text behind a mark of the end is the article going on, or is there with the page's furniture.

Points for and against are added up; `benchmarks/endings.py` says what they are worth. The evidence is monotone: whatever is
taken out between the mark and the text, or behind the text, can only add points.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice

from lintnews.document.blocks import Block

GOES_ON, DOUBTED = 2, 0
"""Points from which text is the article going on, and from which it may be: too little for a safe fix that deletes it."""
FEWEST_WORDS = 5
"""A paragraph of fewer words, such as "Read more.", is a line."""
FEW_WORDS, MOST_WORDS, MOST_NAMES = 10, 60, 20
"""From how many words on a text may be called strange to the article; how many words and names are looked for there."""
KNOWN, UNKNOWN = 0.33, 0.15
"""The share of its words that text of the article has in common with the rest, and the one that other text has."""

NOTICE = 0.05
"""Share of words of a notice that is worth a point."""
MUCH = 10
"""Blocks behind a text from which it stands amid furniture."""

_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-ZÀ-Þ][\w’'-]+")


class Prose:
    """The article's prose before a mark; what is asked of it for each run behind is found once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._held: dict[str, bool] = {}
        self._notices: float | None = None

    @cached_property
    def lowered(self) -> str:
        """In lower case."""
        return self.text.lower()

    def holds(self, word: str) -> bool:
        """Whether a lower-case word stands in it, be it as a part of another."""
        found = self._held.get(word)
        if found is None:
            found = self._held[word] = word in self.lowered
        return found

    def notices(self, pattern: str) -> float:
        """The share of its words that is wording of a notice."""
        if self._notices is None:
            self._notices = _share(pattern, self.text)
        return self._notices


def runs(blocks: Sequence[Block], start: int) -> Iterator[range]:
    """Paragraphs in a row, with the headings between them, from a block on."""
    times = Counter(block.text for block in blocks[start:])
    at = start
    while at < len(blocks):
        first = at
        while at < len(blocks) and (_is_running(blocks[at]) or (at > first and _heads(blocks, at, times))):
            at += 1
        if at > first:
            yield range(first, at)
        at += 1


def _is_running(block: Block) -> bool:
    return block.is_prose or (block.kind == "paragraph" and len(block.words) >= FEWEST_WORDS)


def _heads(blocks: Sequence[Block], at: int, times: Mapping[str, int]) -> bool:
    """Whether a block is the heading of running text; one that recurs is the name of someone who comments."""
    block = blocks[at]
    return block.kind == "heading" and times[block.text] == 1 and at + 1 < len(blocks) and _is_running(blocks[at + 1])


def points(blocks: Sequence[Block], mark: int, run: range, article: Prose, wording: Mapping[str, str]) -> int:
    """What speaks for and against a run of paragraphs behind a mark being part of the article, whose prose so far is given.

    `wording`: patterns of a `notice` to the reader, a note about an `author`, reported `speech`.
    """
    lines = len(list(islice((at for at in range(mark + 1, run.start) if not _is_running(blocks[at])), 3)))
    paragraphs = sum(blocks[at].is_prose for at in run)
    text = "\n".join(blocks[at].text for at in run)
    behind = len(blocks) - run.stop
    return (
        ((4, 0, -3)[lines] if lines < 3 else -5)
        + (0 if paragraphs == 1 else 2 if paragraphs else -1)
        + (2 if not behind else -1 if behind > MUCH else 0)
        + _kinship(text, article)
        + bool(re.search(wording["speech"], text))
        - _strangeness(text, article, wording)
    )


def _strangeness(text: str, article: Prose, wording: Mapping[str, str]) -> int:
    """Points against a text that speaks to the reader, of its writer or about its author more than the article does."""
    more = _share(wording["notice"], text) - article.notices(wording["notice"])
    return 4 * bool(re.match(wording["author"], text)) + max(0, min(3, round(more / NOTICE)))


def _share(pattern: str, text: str) -> float:
    return len(re.findall(pattern, text)) / (len(text.split()) or 1)


def is_sentence_of(block: Block, article: Prose) -> bool:
    """Whether a line says so much in words of the article that it is likely to belong to it, however it begins."""
    words = _WORD.findall(block.text.lower())
    return len(block.words) >= FEW_WORDS and 2 * sum(map(article.holds, words)) >= len(words) > 0


def _kinship(text: str, article: Prose) -> int:
    """Points for the words and names that a text shares with the article."""
    words = list(islice(dict.fromkeys(_WORD.findall(text.lower())), MOST_WORDS))
    names = list(islice(dict.fromkeys(_NAME.findall(text)), MOST_NAMES))
    share = sum(map(article.holds, words)) / len(words) if words else 0.0
    known = any(name in article.text for name in names)
    return (share >= KNOWN) - (share < UNKNOWN and len(words) >= FEW_WORDS) + known - (len(names) >= 2 and not known)
