"""Paragraphs of one article that repeat one another: pairs compared, copies told from originals, runs and masses summed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lintnews.evidence.duplicates.comparing import compare_texts
from lintnews.evidence.duplicates.likeness import Likeness, Relation
from lintnews.evidence.duplicates.pairs import Pairs
from lintnews.evidence.duplicates.words import Text

FEWEST_WORDS = 8
FEWEST_ADJACENT = 3
"""Words of a paragraph that the very next one repeats."""
SAFE_WORDS = 12
"""Words from which a paragraph that stands twice is no chance; at most `NEIGHBOURS` paragraphs on, `FEWEST_WORDS` are enough."""
NEIGHBOURS = 2
LONGEST_CONTAINER = 20
"""Times the contained text: a longer paragraph is a page that lost its line breaks."""
RUN = 5
"""Paragraphs from which on a repeated run is one repeat."""
MASS = 8
"""More copies of one original than that are one repeat."""


@dataclass(frozen=True, slots=True)
class Repeat:
    """The paragraphs of each of `copies` repeat those of `original`; all are ranges of indices of one length.

    `likeness` is that of the first pair, its changes leading from the earlier to the later paragraph. `safe`: each copy has the
    same words as the original, and enough of them that it can't be chance. Of a mass of paragraphs alike `original` is the first,
    and `likeness` may be that of a template.
    """

    original: range
    copies: tuple[range, ...]
    likeness: Likeness
    safe: bool


Standing = Literal["outside", "apart", "amid", "between"]
"""Where a paragraph stands: outside the article's own prose; in it, but apart, as a summary or a pull quote does; between two
paragraphs of running text; or in another company."""


def find_repeats(paragraphs: Sequence[str], pairs: Pairs, standing: Callable[[int], Standing]) -> list[Repeat]:
    """The repeats among the pairs, by position of the first copy. `standing`: where a paragraph stands.

    Of two alike the copy is the shorter, the one outside the body, the one cut short, the earlier if it stands apart and the
    later amid running text, the later: the first of these that tells them apart.
    """
    article = _Article(paragraphs, pairs.keys, standing)
    return article.crowded(pairs) if pairs.crowd else article.repeats(pairs.found)


class _Article:
    """The paragraphs, the words of those in question, and the likenesses of the pairs that are repeats."""

    def __init__(self, paragraphs: Sequence[str], keys: Sequence[bytes], standing: Callable[[int], Standing]) -> None:
        self._paragraphs = paragraphs
        self._keys = keys
        self._standing = standing
        self._texts: dict[str, Text] = {}
        self._repeating: dict[tuple[int, int], Likeness] = {}

    def repeats(self, pairs: Iterable[tuple[int, int]]) -> list[Repeat]:
        for i, j in pairs:
            likeness = self._compared(i, j)
            if likeness and likeness.repeats:
                self._repeating[i, j] = likeness
        return sorted(_summed_up(self._found()), key=lambda r: (r.copies[0].start, r.original.start))

    def crowded(self, pairs: Pairs) -> list[Repeat]:
        """Paragraphs alike in such numbers are one repeat; beside it are only those that are the same."""
        same = [(i, j) for i, j in pairs.found if self._keys[i] == self._keys[j]]
        unequal = [(i, j) for i, j in pairs.found if self._keys[i] != self._keys[j]]
        compared = [(i, j, compare_texts(self._text(i), self._text(j))) for i, j in unequal]
        alike = [found for found in compared if found[2].relation is not Relation.DIFFERENT]
        if not alike:
            return self.repeats(same)
        first, _, likeness = alike[0]
        mass = {*pairs.crowd, *(j for _, j, _ in alike)}
        mass.update(j for i, j in same if i == first or i in mass)
        summary = Repeat(_one(first), tuple(_one(k) for k in sorted(mass)), likeness, safe=False)
        return [summary, *self.repeats(pair for pair in same if pair[1] not in mass)]

    def _text(self, i: int) -> Text:
        raw = self._paragraphs[i]
        if raw not in self._texts:
            self._texts[raw] = Text(raw)
        return self._texts[raw]

    def _compared(self, i: int, j: int) -> Likeness | None:
        a, b = self._text(i), self._text(j)
        short, long = sorted((a.size, b.size))
        adjacent = j == i + 1 and self._keys[i] == self._keys[j]
        if short < (FEWEST_ADJACENT if adjacent else FEWEST_WORDS) or long > LONGEST_CONTAINER * short:
            return None
        likeness = compare_texts(a, b)
        if adjacent and likeness.relation is Relation.LIST:  # not even a list has one item twice in a row
            return replace(likeness, relation=Relation.SAME)
        return likeness

    def _found(self) -> Iterator[Repeat]:
        done: set[int] = set()
        for (i, j), likeness in sorted(self._repeating.items(), key=lambda v: (v[0][1], -v[1].similarity, v[0][0])):
            if j in done:
                continue
            n = 1
            while i + n < j and i + n not in done and self._repeated(i + n, j + n):
                n += 1
            if n >= RUN:
                while i > 0 and j - 1 not in done and i + n < j and self._repeated(i - 1, j - 1):
                    i, j, n = i - 1, j - 1, n + 1
                done.update(range(j, j + n))
                same = all(self._text(i + k).words == self._text(j + k).words for k in range(n))
                yield Repeat(range(i, i + n), (range(j, j + n),), likeness, same)
                continue
            copy, original = (i, j) if self._lesser(i, j) else (j, i)
            if copy not in done:
                done.add(copy)
                enough = FEWEST_WORDS if j - i <= NEIGHBOURS else SAFE_WORDS
                safe = likeness.relation in (Relation.EXACT, Relation.SAME) and self._text(i).size >= enough
                yield Repeat(_one(original), (_one(copy),), likeness, safe)

    def _repeated(self, i: int, j: int) -> bool:
        return j < len(self._keys) and (self._keys[i] == self._keys[j] or (i, j) in self._repeating)

    def _lesser(self, i: int, j: int) -> bool:
        """Whether the earlier of two is the copy."""
        if self._worth(i) != self._worth(j):
            return self._worth(i) < self._worth(j)
        return j > i + 1 and self._standing(i) == "apart" and self._standing(j) == "amid"

    def _worth(self, i: int) -> tuple[int, bool, bool]:
        text = self._text(i)
        return len(text.words), self._standing(i) != "outside", not text.cut


def _summed_up(repeats: Iterable[Repeat]) -> Iterator[Repeat]:
    """The repeats, with more than `MASS` copies of one original made one."""
    origin: dict[range, range] = {}
    groups: dict[range, list[Repeat]] = defaultdict(list)
    for repeat in repeats:
        root = origin.get(repeat.original, repeat.original)
        origin[repeat.copies[0]] = root
        groups[root].append(repeat)
    for root, group in groups.items():
        if len(group) <= MASS:
            yield from group
        else:
            yield Repeat(root, tuple(r.copies[0] for r in group), group[0].likeness, all(r.safe for r in group))


def _one(i: int) -> range:
    return range(i, i + 1)
