"""How the figures of a block are found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby

from lintnews.document import Document
from lintnews.evidence.linemodel.figures import Around, Company, Place, Repetition, Run, Shape
from lintnews.evidence.linemodel.wording import odds_against

OFTEN = 3
"""A line that stands so often is a mark of the page: who looks for the company of a block looks past it."""
LONGEST_GROUP = 20
SURE_SHARE, SURE_WORDS = 0.9, 10
"""A block is surely the article's by its wording from that probability, and that many words, on."""
_SENTENCE_ENDS = (". ", "? ", "! ", ".” ", "?” ", "!” ", '." ', '?" ', '!" ')
_GLUED = re.compile(r"[a-z.!?…)][A-Z][a-z]")
_SEPARATORS = "|•·»›→▸►/"
_STOP = frozenset(
    """a an the and or but of to in on at for from by with as is are was were be been it its this that he she they his her
    their we our you your i not no has have had do did will would can could should may who which what how when if so than
    into about after""".split()  # noqa: SIM905
)
NONE, FAR = -99.0, 999.0
"""What stands for the odds of a block that is not there, and for words since a heading that is not there."""


def rows(document: Document, wording: Sequence[Sequence[float]], wanted: Iterable[int]) -> Iterator[list[float]]:
    """The figures of the wanted blocks; `wording` has the classes' probabilities of every block."""
    page = _Page(document)
    around, company = _Wording(page, wording), _Company(page, wording)
    for i in wanted:
        yield [*_shape(page, i), *_repetition(page, i), *_place(page, i), *_run(page, i), *around.of(i), *company.of(i)]


class _Page:
    """What is counted once of a document."""

    def __init__(self, document: Document) -> None:
        self.blocks = blocks = document.blocks
        self.prose = prose = document.prose
        self.sizes = sizes = [block.text.count(" ") + 1 for block in blocks]
        self.words_so_far = list(accumulate(sizes, initial=0))
        self.total = self.words_so_far[-1] or 1
        self.lowered = lowered = [block.text.lower() for block in blocks]
        self.times = Counter(lowered)
        self.article = "\n".join(text for text, is_prose in zip(lowered, prose, strict=True) if is_prose)
        self.groups = list(accumulate((int(block.gap > 0) for block in blocks), initial=0))[1:]
        self.group_sizes = Counter(self.groups)
        self.blank_lines = float(self.groups[-1] if self.groups else 0) > 2
        self.prose_so_far = list(accumulate(prose, initial=0))
        self.prose_share = sum(size for size, is_prose in zip(sizes, prose, strict=True) if is_prose) / self.total
        self.since_prose, self.to_prose = _since(prose), _since(prose[::-1])[::-1]
        self.unbroken_before, self.unbroken_after = _unbroken(prose), _unbroken(prose[::-1])[::-1]
        self.runs = list(self._runs())
        self.headline = document.headline
        self.title = {word for word in self.headline.words if len(word) > 3} if self.headline else set()
        self.body, self.ending = document.body, document.ending

    def _runs(self) -> Iterator[tuple[int, int, float]]:
        """For each block how many of its sort stand in a row, the how manieth it is, and the words of one."""
        for _, run in groupby(range(len(self.blocks)), key=self.prose.__getitem__):
            members = list(run)
            words = (self.words_so_far[members[-1] + 1] - self.words_so_far[members[0]]) / len(members)
            for at in range(len(members)):
                yield len(members), at, words

    def group_start(self, i: int) -> int:
        """Index of the first block of its group, within the last twenty."""
        start = i
        while start > 0 and self.groups[start - 1] == self.groups[i] and i - start < LONGEST_GROUP:
            start -= 1
        return start


def _shape(page: _Page, i: int) -> Shape:
    block, text, size = page.blocks[i], page.blocks[i].text, page.sizes[i]
    written, words = text.split(), block.words
    return Shape(
        size,
        len(text) / size,
        _first(text),
        sum(map(str.isupper, [word[0] for word in written])) / size,
        sum(map(_STOP.__contains__, words)) / size,
        sum(map(str.isdigit, [word[0] for word in words])) / size,
        sum(map(str.isupper, written)) / size,
        sum(map(text.count, _SENTENCE_ENDS)),
        sum(map(text.count, _SEPARATORS)),
        len(_GLUED.findall(text)),
        text.count(","),
        min(block.gap, 3),
        min(page.blocks[i + 1].gap, 3) if i + 1 < len(page.blocks) else 1,
        page.group_sizes[page.groups[i]],
        i - page.group_start(i),
        page.blank_lines,
    )


def _repetition(page: _Page, i: int) -> Repetition:
    block, low = page.blocks[i], page.lowered[i]
    content = [word for word in block.words if len(word) > 3 and word.isalpha()][:12]
    named = [word.lower() for word in block.text.split()[1:40] if len(word) > 3 and word[0].isupper() and word.isalpha()][:8]
    before_same = page.lowered[:i].count(low) if page.times[low] > 1 else 0
    return Repetition(
        before_same,
        page.times[low] - 1 - before_same,
        _known(page, i, content),
        _known(page, i, named),
        len(page.title.intersection(content)) / len(page.title) if page.title and block is not page.headline else -1,
    )


def _known(page: _Page, i: int, words: Sequence[str]) -> float:
    """The share of the words that the article has too, beside the block itself."""
    if not words:
        return -1
    article = page.article
    if page.prose[i]:
        return len([word for word in words if article.count(word) > 1]) / len(words)
    return len([word for word in words if word in article]) / len(words)


def _place(page: _Page, i: int) -> Place:
    return Place(
        i / len(page.blocks),
        len(page.blocks),
        1 - page.words_so_far[i + 1] / page.total,
        page.to_prose[i],
        page.since_prose[i],
        page.prose_so_far[i],
        page.prose_so_far[-1] - page.prose_so_far[i + 1],
        page.prose_share,
    )


def _run(page: _Page, i: int) -> Run:
    return Run(
        *page.runs[i],
        page.unbroken_before[i],
        page.unbroken_after[i],
        max(-20, min(20, i - page.ending)),
        max(-20, min(20, i - page.body.start)),
        max(-20, min(20, i - page.body.stop)),
        page.sizes[i + 1] if i + 1 < len(page.blocks) else -1,
        page.sizes[i - 1] if i else -1,
    )


class _Wording:
    """The log odds against the wording of a document's blocks."""

    def __init__(self, page: _Page, wording: Sequence[Sequence[float]]) -> None:
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

    def __init__(self, page: _Page, wording: Sequence[Sequence[float]]) -> None:
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
        self.since_sure, self.to_sure = _since(sure), _since(sure[::-1])[::-1]
        self.since_head, self.since_comment = _since([p[2] > 0.5 for p in wording]), _since([p[3] > 0.5 for p in wording])

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


def _unbroken(marks: Sequence[bool]) -> list[int]:
    """For each place how many marks in a row, up to twenty, stand right before it."""
    found, length = [], 0
    for mark in marks:
        found.append(length)
        length = min(length + 1, 20) if mark else 0
    return found


def _since(marks: Sequence[bool]) -> list[int]:
    """For each place how far back the last mark before it is; 99 where there is none."""
    found, distance = [], 99
    for mark in marks:
        found.append(distance)
        distance = 1 if mark else distance + 1 if distance < 99 else 99
    return found
