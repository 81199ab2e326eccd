"""Two articles compared: word by word, and where they are no repeats so, by the share of their paragraphs that repeat.

The same story stands on two sites with other headlines, tails and furniture, cut, or in another order. Word by word that is a
text with much replaced; paragraph by paragraph it is plain to see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from lintnews.document.scripts import words as pieces
from lintnews.evidence.duplicates.comparing import compare_texts
from lintnews.evidence.duplicates.likeness import REPEATS, Likeness, Relation
from lintnews.evidence.duplicates.words import Text
from lintnews.messages import check_type

LEAST_SHARE = 0.5
"""Share of the words of the shorter article's paragraphs that the longer one repeats."""
FEWEST_WORDS = 20
"""Words of such paragraphs."""
LONGEST_FURNITURE = 30
"""Words of the rest where but one paragraph repeats."""
MOST_ALTERED, MOST_ALTERED_OF_NEAR = 0.25, 0.5
"""For each word that repeats, those in paragraphs which the other article has in other words; with more, both are a form
filled in, such as a proclamation with its standing phrases. Articles that are near word by word may have more."""
SHORTEST_PARAGRAPH = 8
"""Words: shorter ones are labels and headings, or repeat by chance."""
SENTENCE = 14
"""Words from which a paragraph that the other article has in other words counts as altered, and is no headline."""
LEAST_CONTAINMENT = 0.4
"""Of the articles' words, three by three: with less, half of the paragraphs can't repeat."""


def compare(a: str | Text, b: str | Text) -> Likeness:
    """What `a` and `b` are to each other, with the true similarity and the words that differ (from `a` to `b`).

    They are paragraphs, or articles with a paragraph a line. Pure, and symmetric but for the direction of the changes. Time is
    linear in length for texts alike, and texts of more than 20,000 words are compared by shingles only."""
    a, b = _text("a", a), _text("b", b)
    likeness = compare_texts(a, b)
    near = likeness.relation in (Relation.NEAR, Relation.CONTAINED)
    if (likeness.repeats and not near) or likeness.containment < LEAST_CONTAINMENT or "\n" not in a.raw or "\n" not in b.raw:
        return likeness
    short, long = sorted((a, b), key=lambda text: (len(text.words), text.words))
    found = _paragraphs(short, long)
    if near:
        form = found.altered > MOST_ALTERED_OF_NEAR * found.repeated
        return replace(likeness, relation=Relation.TEMPLATE) if form else likeness
    return replace(likeness, relation=Relation.VERSION) if found.are_most() else likeness


def _text(name: str, given: str | Text) -> Text:
    if isinstance(given, Text):
        return given
    check_type(name, given, str)
    return Text(given)


class _Paragraphs(NamedTuple):
    """How many words of an article stand in paragraphs at all; in those, of that number, which a longer one repeats; and in
    those which it has in other words."""

    words: int
    repeated: int
    number: int
    altered: int

    def are_most(self) -> bool:
        """Whether enough repeats."""
        if self.repeated < max(FEWEST_WORDS, LEAST_SHARE * self.words) or self.altered > MOST_ALTERED * self.repeated:
            return False
        return self.number > 1 or self.words - self.repeated <= LONGEST_FURNITURE


def _paragraphs(short: Text, long: Text) -> _Paragraphs:
    sizes = {line: n for line in short.lines if (n := len(pieces(line))) >= SHORTEST_PARAGRAPH}
    same = [n for line, n in sizes.items() if line in long.lines]
    words, repeated, number, altered = sum(sizes.values()), sum(same), len(same), 0
    if words - repeated <= MOST_ALTERED * repeated:  # what the rest is makes no difference
        return _Paragraphs(words, repeated, number, altered)
    others = [long.line(line) for line in long.lines if line not in short.lines and len(line) >= SHORTEST_PARAGRAPH]
    holders = {shingle: n for n in reversed(range(len(others))) for shingle in others[n].shingles}
    for line, n in sizes.items():
        relation = None if line in long.lines else _relation(short.line(line), others, holders)
        if relation in REPEATS:
            repeated, number = repeated + n, number + 1
        elif relation and n >= SENTENCE:
            altered += n
            if altered > MOST_ALTERED_OF_NEAR * (words - altered):  # whatever the rest is
                break
    return _Paragraphs(words, repeated, number, altered)


def _relation(paragraph: Text, others: Sequence[Text], holders: Mapping[tuple[str, ...], int]) -> Relation | None:
    """What a paragraph is to the one with which it shares most; None where it shares nothing."""
    shared = Counter(holders[shingle] for shingle in paragraph.shingles if shingle in holders)
    if not shared:
        return None
    return compare_texts(paragraph, others[min(shared, key=lambda n: (-shared[n], n))]).relation
