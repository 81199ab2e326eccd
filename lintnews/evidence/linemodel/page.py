"""What is counted once of a document before its blocks are measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from lintnews.data import DATA
from lintnews.data.pack import packed
from lintnews.document import Document
from lintnews.document.scripts import CLOSERS, QUESTION_MARKS, SENTENCE_ENDS
from lintnews.patterns.deadline import tick


def read() -> dict[str, frozenset[str]]:
    """English words by what they tell, from the data file."""
    import rtoml

    data = rtoml.loads((DATA / "english" / "words.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words.split()) for kind, words in data.items()}


ENGLISH: dict[str, frozenset[str]] = packed("english") or read()
"""Words by what they tell."""
LONGEST_GROUP = 20
MOST_ENGLISH = 60
"""Words of a paragraph that are looked at for its language."""
_FIGURE = re.compile(r"\d+")


class Page:
    """What is counted once of a document."""

    def __init__(self, document: Document) -> None:
        self.blocks = blocks = document.blocks
        self.prose = prose = document.prose
        self.sizes = sizes = [len(block.words) or 1 for block in blocks]
        self.words_so_far = list(accumulate(sizes, initial=0))
        self.total = self.words_so_far[-1] or 1
        self.lowered = lowered = [block.text.lower() for block in blocks]
        self.times = Counter(lowered)
        self.alike_before = _alike_before(lowered)
        self.openings = [_opening(text) for text in lowered]
        self.often_opened = Counter(self.openings)
        self.leading = Counter(opening for opening, follows in zip(self.openings, [*prose[1:], False], strict=True) if follows)
        self.endings = [_ending(block.text) for block in blocks]
        self.english = document.evidence(english)
        self.article = "\n".join(text for text, is_prose in zip(lowered, prose, strict=True) if is_prose)
        self._counts: dict[str, int] = {}
        self.groups = list(accumulate((int(block.gap > 0) for block in blocks), initial=0))[1:]
        self.group_sizes = Counter(self.groups)
        self.blank_lines = float(self.groups[-1] if self.groups else 0) > 2
        self.prose_so_far = list(accumulate(prose, initial=0))
        self.prose_share = sum(size for size, is_prose in zip(sizes, prose, strict=True) if is_prose) / self.total
        self.since_prose, self.to_prose = since(prose), since(prose[::-1])[::-1]
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

    def count(self, word: str) -> int:
        """How often the article holds a word, be it as a part of others."""
        found = self._counts.get(word)
        if found is None:
            tick()
            found = self._counts[word] = self.article.count(word)
        return found

    def group_start(self, i: int) -> int:
        """Index of the first block of its group, within the last twenty."""
        start = i
        while start > 0 and self.groups[start - 1] == self.groups[i] and i - start < LONGEST_GROUP:
            start -= 1
        return start


def english(document: Document) -> float:
    """The share of common English words among those of running text, a third or so in English; -1 where there is none."""
    words = [word for block in document.blocks if block.is_prose for word in block.words[:MOST_ENGLISH]]
    return sum(map(ENGLISH["stop"].__contains__, words)) / len(words) if words else -1


def _alike_before(texts: Sequence[str]) -> list[int]:
    """For each text how many before it are the same."""
    met: Counter[str] = Counter()
    found = []
    for text in texts:
        found.append(met[text])
        met[text] += 1
    return found


def _opening(lowered: str) -> str:
    """The words up to a colon, or the first two, with numbers alike: what the lines of a list's items have in common."""
    head, colon, _ = lowered[:60].partition(":")
    return _FIGURE.sub("0", head if colon and len(head) < 40 else " ".join(lowered[:60].split()[:2]))


def _ending(text: str) -> int:
    """How a block ends: 0 as a sentence does, 1 with a question, 2 with a colon, 3 cut short, 4 otherwise."""
    last = text.rstrip(CLOSERS)[-1:]
    if last in QUESTION_MARKS:
        return 1
    if text.endswith(("…", "...")):
        return 3
    return 2 if last in (":", "：") else 0 if last in SENTENCE_ENDS else 4


def _unbroken(marks: Sequence[bool]) -> list[int]:
    """For each place how many marks in a row, up to twenty, stand right before it."""
    found, length = [], 0
    for mark in marks:
        found.append(length)
        length = min(length + 1, 20) if mark else 0
    return found


def since(marks: Sequence[bool]) -> list[int]:
    """For each place how far back the last mark before it is; 99 where there is none."""
    found, distance = [], 99
    for mark in marks:
        found.append(distance)
        distance = 1 if mark else distance + 1 if distance < 99 else 99
    return found
