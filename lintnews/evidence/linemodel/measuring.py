"""How the figures of a block are found; `rows` is what others call."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lintnews.document import Document
from lintnews.evidence.linemodel.figures import Around, Company, Place, Repetition, Run, Shape
from lintnews.evidence.linemodel.page import ENGLISH, Page, since
from lintnews.evidence.linemodel.wording import odds_against

OFTEN = 3
"""A line that stands so often is a mark of the page: who looks for the company of a block looks past it."""
SURE_SHARE, SURE_WORDS = 0.9, 10
"""A block is surely the article's by its wording from that probability, and that many words, on."""
_SENTENCE_ENDS = (". ", "? ", "! ", ".” ", "?” ", "!” ", '." ', '?" ', '!" ')
_GLUED = re.compile(r"[a-z.!?…)][A-Z][a-z]")
_QUOTES = '"“”«»„'
_SEPARATORS = "|•·»›→▸►/"
_MONEY = re.compile(r"[$£€¥₹]\s?\d|\d\s?[$£€¥₹%]|\b\d+ ?(?:USD|EUR|GBP|off\b)")
_PERIOD = re.compile(r"(?i)\b(?:per|a|each|every|/)\s?(?:day|week|month|year|yr|mo)\b|\b(?:daily|weekly|monthly|annual)")
_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?").findall
LONGEST_READ = 400
"""Code points of a block that are looked at for what it asks, says and costs."""
NONE, FAR = -99.0, 999.0
"""What stands for the odds of a block that is not there, and for words since a heading that is not there."""


def rows(document: Document, wording: Sequence[Sequence[float]], wanted: Iterable[int]) -> Iterator[list[float]]:
    """The figures of the wanted blocks; `wording` has the classes' probabilities of every block."""
    page = Page(document)
    around, company = _Wording(page, wording), _Company(page, wording)
    for i in wanted:
        yield [*_shape(page, i), *_repetition(page, i), *_place(page, i), *_run(page, i), *around.of(i), *company.of(i)]


def _shape(page: Page, i: int) -> Shape:
    block, text, size = page.blocks[i], page.blocks[i].text, page.sizes[i]
    words = block.words
    written = text.split()
    plain = _PLAIN_WORDS(text[:LONGEST_READ].lower().replace("’", "'"))
    long_words = [word for word in written if len(word) > 3 and word[0].isalpha()]
    return Shape(
        size,
        len(text) / size,
        _first(text),
        sum(map(str.isupper, [word[0] for word in written])) / size,
        sum(map(ENGLISH["stop"].__contains__, words)) / size,
        sum(map(str.isdigit, [word[0] for word in words])) / size,
        sum(map(str.isupper, written)) / size,
        sum(map(text.count, _SENTENCE_ENDS)),
        sum(map(text.count, _SEPARATORS)),
        len(_GLUED.findall(text)),
        text.count(","),
        page.endings[i],
        sum(map(text.count, _QUOTES)),
        sum(word[0].isupper() for word in long_words[1:]) / (len(long_words) - 1) if len(long_words) > 1 else -1,
        sum(map(ENGLISH["you"].__contains__, plain)) / size,
        bool(plain and plain[0] in ENGLISH["asking"]) + sum(map(ENGLISH["asking"].__contains__, plain)) / size,
        sum(word in ENGLISH["finite"] or word.endswith("ed") for word in plain) / size,
        sum(map(ENGLISH["saying"].__contains__, plain)),
        len(_MONEY.findall(text, 0, LONGEST_READ)),
        len(_PERIOD.findall(text, 0, LONGEST_READ)),
        min(block.gap, 3),
        min(page.blocks[i + 1].gap, 3) if i + 1 < len(page.blocks) else 1,
        page.group_sizes[page.groups[i]],
        i - page.group_start(i),
        page.blank_lines,
    )


def _repetition(page: Page, i: int) -> Repetition:
    block, low = page.blocks[i], page.lowered[i]
    content = [word for word in block.words if len(word) > 3 and word.isalpha()][:12]
    named = [word.lower() for word in block.text.split()[1:40] if len(word) > 3 and word[0].isupper() and word.isalpha()][:8]
    before_same = page.alike_before[i]
    return Repetition(
        before_same,
        page.times[low] - 1 - before_same,
        _known(page, i, content),
        _known(page, i, named),
        len(page.title.intersection(content)) / len(page.title) if page.title and block is not page.headline else -1,
        page.often_opened[page.openings[i]] - page.times[low],
        page.leading[page.openings[i]],
        _shared(content, page.lowered[i + 1]) if i + 1 < len(page.blocks) else -1,
        _shared(content, page.lowered[i - 1]) if i else -1,
    )


def _shared(words: Sequence[str], other: str) -> float:
    """The share of the words that another block has too."""
    return len([word for word in words if word in other]) / len(words) if words else -1


def _known(page: Page, i: int, words: Sequence[str]) -> float:
    """The share of the words that the article has too, beside the block itself."""
    if not words:
        return -1
    times = int(page.prose[i])
    return len([word for word in words if page.count(word) > times]) / len(words)


def _place(page: Page, i: int) -> Place:
    return Place(
        i / len(page.blocks),
        len(page.blocks),
        1 - page.words_so_far[i + 1] / page.total,
        page.to_prose[i],
        page.since_prose[i],
        page.prose_so_far[i],
        page.prose_so_far[-1] - page.prose_so_far[i + 1],
        page.prose_share,
        page.english,
    )


def _run(page: Page, i: int) -> Run:
    return Run(
        *page.runs[i],
        page.unbroken_before[i],
        page.unbroken_after[i],
        max(-20, min(20, i - page.ending)),
        max(-20, min(20, i - page.body.start)),
        max(-20, min(20, i - page.body.stop)),
        page.sizes[i + 1] if i + 1 < len(page.blocks) else -1,
        page.sizes[i - 1] if i else -1,
        page.endings[i + 1] if i + 1 < len(page.blocks) else -1,
        page.endings[i - 1] if i else -1,
    )


class _Wording:
    """The log odds against the wording of a document's blocks."""

    def __init__(self, page: Page, wording: Sequence[Sequence[float]]) -> None:
        self.odds = odds_against(wording)
        self.so_far = list(accumulate(self.odds, initial=0.0))
        self.own = [i for i, text in enumerate(page.lowered) if page.times[text] < OFTEN]
        self.own_so_far = list(accumulate((self.odds[i] for i in self.own), initial=0.0))

    def of(self, i: int) -> Around:
        """The figures of one block."""
        odds, own, own_so_far, n = self.odds, self.own, self.own_so_far, len(self.odds)
        last, ahead = bisect_left(own, i), bisect_right(own, i)
        first_own, stop_own = max(0, last - 4), min(len(own), ahead + 4)
        return Around(
            odds[i],
            odds[i - 2] if i > 1 else NONE,
            odds[i - 1] if i else NONE,
            odds[i + 1] if i + 1 < n else NONE,
            odds[i + 2] if i + 2 < n else NONE,
            odds[own[last - 1]] if last else NONE,
            odds[own[ahead]] if ahead < len(own) else NONE,
            (own_so_far[last] - own_so_far[first_own]) / (last - first_own) if last else NONE,
            (own_so_far[stop_own] - own_so_far[ahead]) / (stop_own - ahead) if ahead < stop_own else NONE,
            self._mean(i - 4, i),
            self._mean(i + 1, i + 5),
            self._mean(i - 10, i),
            self._mean(i + 1, i + 11),
            self._mean(i - 4, i + 5),
        )

    def _mean(self, first: int, stop: int) -> float:
        first, stop = max(first, 0), min(stop, len(self.odds))
        return (self.so_far[stop] - self.so_far[first]) / (stop - first) if first < stop else NONE


class _Company:
    """What a document's blocks are worded like, added up."""

    def __init__(self, page: Page, wording: Sequence[Sequence[float]]) -> None:
        self.page, self.wording = page, wording
        self.kept = list(accumulate((size * p[0] for size, p in zip(page.sizes, wording, strict=True)), initial=0.0))
        self.all_kept = self.kept[-1] + 1e-9
        self.lists, self.headings, self.comments = ([0.0, *accumulate(p[c] for p in wording)] for c in (1, 2, 3))
        odds = odds_against(wording)
        self.mean_odds = list(accumulate(odds, initial=0.0))[-1] / len(odds)
        self.group_odds: dict[int, float] = {}
        for group, value in zip(page.groups, odds, strict=True):
            self.group_odds[group] = self.group_odds.get(group, 0.0) + value
        sure = [p[0] > SURE_SHARE and size >= SURE_WORDS for p, size in zip(wording, page.sizes, strict=True)]
        self.since_sure, self.to_sure = since(sure), since(sure[::-1])[::-1]
        self.since_head, self.since_comment = since([p[2] > 0.5 for p in wording]), since([p[3] > 0.5 for p in wording])

    def of(self, i: int) -> Company:
        """The figures of one block."""
        page, kept, all_kept, n = self.page, self.kept, self.all_kept, len(self.wording)
        before, after = (self.wording[i - 1] if i else _NOBODY), (self.wording[i + 1] if i + 1 < n else _NOBODY)
        found = (
            kept[i] / all_kept,
            1 - kept[i + 1] / all_kept,
            min(all_kept - kept[i + 1], 400),
            all_kept / page.total,
            self.mean_odds,
            self.since_head[i],
            min(kept[i] - kept[i - self.since_head[i] + 1], FAR) if self.since_head[i] < 99 else FAR,
            self.since_comment[i],
            self.since_sure[i],
            self.to_sure[i],
            self.group_odds[page.groups[i]] / page.group_sizes[page.groups[i]],
            *self.wording[i][1:],
            *(before[1], before[2], before[5], after[1], after[4], after[5]),
            self.headings[i] - self.headings[max(0, i - 6)],
            self.comments[i] - self.comments[max(0, i - 6)],
            self.lists[min(n, i + 7)] - self.lists[i + 1],
            self.comments[min(n, i + 7)] - self.comments[i + 1],
        )
        return Company._make(found)


_NOBODY = (-1.0,) * 8


def _first(text: str) -> int:
    first = text[0]
    return 0 if first.isupper() else 1 if first.islower() else 2 if first.isdigit() else 3 if first in "\"“‘'" else 4
