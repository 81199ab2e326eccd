"""Two articles compared: word by word, and where they are no repeats so, by the share of their paragraphs that repeat.

The same story stands on two sites with other headlines, tails and furniture, cut, or in another order. Word by word that is a
text with much replaced; paragraph by paragraph it is plain to see.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lintnews.evidence.duplicates.comparing import compare_texts
from lintnews.evidence.duplicates.likeness import Likeness, Relation
from lintnews.evidence.duplicates.words import Text

LEAST_SHARE = 0.5
"""Share of the words of the shorter article's paragraphs that the longer one repeats."""
FEWEST_WORDS = 20
"""Words of such paragraphs."""
LONGEST_FURNITURE = 30
"""Words of the rest where but one paragraph repeats."""
MOST_ALTERED = 0.25
"""For each word that repeats, those in paragraphs which the other article has in other words: of more, both are a form filled in,
such as a proclamation with its standing phrases."""
SHORTEST_PARAGRAPH = 8
"""Words: shorter ones are labels and headings, or repeat by chance."""
SENTENCE = 14
"""Words from which a paragraph that the other article has in other words counts as altered, and is no headline."""
LEAST_CONTAINMENT = 0.3
"""Of the articles' words, three by three: with less, half of the paragraphs can't repeat."""


def compare(a: str | Text, b: str | Text) -> Likeness:
    """What `a` and `b` are to each other, with the true similarity and the words that differ (from `a` to `b`).

    They are paragraphs, or articles with a paragraph a line. Pure, and symmetric but for the direction of the changes. Time is
    linear in length for texts alike, and texts of more than 20,000 words are compared by shingles only."""
    a = a if isinstance(a, Text) else Text(a)
    b = b if isinstance(b, Text) else Text(b)
    likeness = compare_texts(a, b)
    if likeness.repeats or likeness.containment < LEAST_CONTAINMENT or "\n" not in a.raw or "\n" not in b.raw:
        return likeness
    short, long = sorted((a, b), key=lambda text: (len(text.words), text.words))
    return replace(likeness, relation=Relation.VERSION) if _is_version(short, long) else likeness


def _is_version(short: Text, long: Text) -> bool:
    """Whether enough of an article stands in a longer one, paragraph by paragraph, and little of it in other words."""
    paragraphs = long.paragraphs
    holders = {shingle: n for n in reversed(range(len(paragraphs))) for shingle in paragraphs[n].shingles}
    repeated: list[int] = []
    words = altered = 0
    for paragraph in short.paragraphs:
        n = len(paragraph.words)
        if n < SHORTEST_PARAGRAPH:
            continue
        words += n
        shared = Counter(holders[shingle] for shingle in paragraph.shingles if shingle in holders)
        if shared:
            best = min(shared, key=lambda n: (-shared[n], n))
            if compare_texts(paragraph, paragraphs[best]).repeats:
                repeated.append(n)
            elif n >= SENTENCE:
                altered += n
    same = sum(repeated)
    if same < max(FEWEST_WORDS, LEAST_SHARE * words) or altered > MOST_ALTERED * same:
        return False
    return len(repeated) > 1 or words - same <= LONGEST_FURNITURE
