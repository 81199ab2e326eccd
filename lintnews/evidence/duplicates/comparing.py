"""Two texts compared, as every rule on duplicates does it: how alike they are, and what sets them apart.

A candidate is a pair of texts that share a key or a chunk (`fingerprint`); likeness is computed from the texts themselves, so
that a reported similarity is the true one. Word overlap alone can't tell a copy from a look-alike ("Rainfall in Leeds was
12 mm", "Rainfall in York was 14 mm"); the words that differ can, so they are both the guard and the explanation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lintnews.evidence.duplicates.likeness import Change, Likeness, Relation
from lintnews.evidence.duplicates.words import WORD, Text, threes

_LEAST_SIMILARITY = 0.5
_LEAST_CONTAINMENT = 0.7
_LEAST_ALIKE = 0.3  # containment of a text that was misspelt or edited all over
_SAME_ORDER = 0.78  # share of words in the same order
_SAME_LETTERS = 0.95
_SENTENCE = 14  # words
_LONGEST_REFILL = 8  # words: what is longer was taken out, and something else put in
_LONGER = 1.3  # from this ratio of lengths on, the longer text contains the shorter
_TOO_LONG_TO_ALIGN = 20_000  # words
_NUMBERWORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million"
    " billion first second third fourth fifth nil january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday"
)
_NUMBERS = frozenset(_NUMBERWORDS.split())
_BULLET = re.compile(r"\s*(?:[-*•–—+|>]\s)")
_ITEM = re.compile(r"\s*(?:[-*•–—+|>]\s|\(?\w{1,3}[.)]\s|[A-Z][A-Z .]{1,20}:|[QA][.:]|[QA]\s\s)")
_ENDING = re.compile(r"[.!?…。！？।:;,]['\"”’»)\]*]*\s*$")
_LEADS_IN = re.compile(r"[:–—-]\s*$")


def compare_texts(a: str | Text, b: str | Text) -> Likeness:
    """As `stories.compare`, word by word."""
    a = a if isinstance(a, Text) else Text(a)
    b = b if isinstance(b, Text) else Text(b)
    if a.words == b.words:
        same = Relation.EXACT if a.raw.strip() == b.raw.strip() else Relation.SAME
        if a.size < 14 and _listed(a, b):
            same = Relation.LIST
        elif WORD.findall(a.cut) != WORD.findall(b.cut):
            same = Relation.TEASER
        return Likeness(same, 1.0, 1.0)
    shared = len(a.shingles & b.shingles)
    similarity = shared / (len(a.shingles) + len(b.shingles) - shared)
    containment = shared / min(len(a.shingles), len(b.shingles))
    short, long = sorted((a, b), key=lambda text: (len(text.words), text.words))
    if similarity < _LEAST_SIMILARITY and containment < _LEAST_CONTAINMENT and not _reads_alike(short, long, containment):
        return Likeness(Relation.DIFFERENT, similarity, containment)
    changes = _differences(short, long)
    relation = _relation(short, long, similarity, containment, changes)
    return Likeness(relation, similarity, containment, changes if short is a else tuple(c.reversed() for c in changes))


def _reads_alike(short: Text, long: Text, containment: float) -> bool:
    """Whether two sentences are one, misspelt or edited, though few runs of three words were left whole."""
    if containment < _LEAST_ALIKE or short.size < _SENTENCE or len(long.words) > _LONGER * len(short.words) or "\n" in short.raw:
        return False
    if any(_ITEM.match(text.raw) or not _ENDING.search(text.raw) for text in (short, long)):
        return False
    from rapidfuzz.distance import Indel

    if Indel.normalized_similarity(short.words, long.words, score_cutoff=_SAME_ORDER):
        return True
    return Indel.normalized_similarity(short.letters, long.letters, score_cutoff=_SAME_LETTERS) > 0


def _differences(short: Text, long: Text) -> tuple[Change, ...]:
    """The changes that turn one text into a longer one: a shortest edit script, neighbouring edits joined.

    Of a much longer text only the part is aligned in which the shorter one stands, lest its words be found scattered all over."""
    if len(long.words) > _TOO_LONG_TO_ALIGN:
        return ()
    from rapidfuzz.distance import Indel  # 15 ms, and few articles have a candidate to align

    part = _standing_in(short, long) if len(long.words) >= _LONGER * len(short.words) else slice(0, None)
    blocks = Indel.opcodes(short.words, long.words[part]).as_matching_blocks()
    ends = len(short.words), len(long.words)
    changes: list[Change] = []
    i = j = 0
    for a, b, size in [*((block.a, block.b + part.start, block.size) for block in blocks if block.size), (*ends, 0)]:
        if a > i or b > j:
            changes.append(Change(tuple(short.spelled[i:a]), tuple(long.spelled[j:b]), i, j))
        i, j = a + size, b + size
    return tuple(changes)


def _standing_in(short: Text, long: Text) -> slice:
    """Where in a longer text the words stand that surround all that the two share, if one place holds all of it; else all."""
    places = {shingle: at for at, shingle in enumerate(threes(short.words))}
    shifts: Counter[int] = Counter()
    for at, shingle in enumerate(threes(long.words)):
        if shingle in places:
            shifts[at - places[shingle]] += 1
    shift = min(shifts, key=lambda shift: (-shifts[shift], shift), default=0)
    around = len(short.words) // 4 + 2
    part = slice(max(0, shift - around), max(0, shift + len(short.words) + around))
    return part if short.shingles.intersection(threes(long.words[part])) == short.shingles & long.shingles else slice(0, None)


def _relation(short: Text, long: Text, similarity: float, containment: float, changes: Sequence[Change]) -> Relation:
    n, words = short.size, len(short.words)
    longer = len(long.words) >= _LONGER * words
    unfinished = not _ENDING.search(short.raw)
    begins = short.words[:-1] == long.words[: words - 1] and long.words[words - 1].startswith(short.words[-1])
    if begins and (short.cut or (unfinished and n >= 14 and not _BULLET.match(long.raw))):
        return Relation.TEASER
    numbered = bool(_ITEM.match(short.raw) and _ITEM.match(long.raw))
    refilled = sum(_refilled(c, numbered) for c in changes)
    if refilled > n // 200 or (not longer and n < 20 and any(_rewritten(c, n) for c in changes)) or _LEADS_IN.search(short.raw):
        return Relation.TEMPLATE
    bulleted = bool(_BULLET.match(long.raw)) > bool(_BULLET.match(short.raw))
    if _listed(short, long) or (longer and ((unfinished and bulleted) or short.raw.lstrip().startswith(">"))):
        return Relation.LIST
    if unfinished and sum(w[0].isdigit() for w in short.words) > 0.3 * words:
        return Relation.TABLE
    if longer and (unfinished or containment < 1) and n < (14 if unfinished else 10):
        return Relation.HEADING
    if longer:
        if words - _taken_over(short, changes) > 0.4 * words - 3.5:
            return Relation.DIFFERENT
    elif max(2 * similarity, 4 / 3 * containment) < 1 and (refilled or not all(_small(c) or _respelt(c) for c in changes)):
        return Relation.DIFFERENT
    if containment > 0.8 and all(c.outside(words) for c in changes):
        return Relation.CREDITED
    if n < 14 and containment < (0.85 if unfinished else 0.75):
        return Relation.TEMPLATE
    return Relation.CONTAINED if longer else Relation.NEAR


def _taken_over(a: Text, changes: Sequence[Change]) -> int:
    """How many words of a text stand in the other too, in runs of three and more."""
    edges = [0, *(edge for c in changes for edge in (c.at, c.at + len(c.first))), len(a.words)]
    return sum(run for run in map(int.__sub__, edges[1::2], edges[::2]) if run >= 3)


def _rewritten(change: Change, n: int) -> bool:
    """Whether a phrase, or a word of a mere line of `n` words, gave way to another."""
    return min(len(change.first), len(change.second)) >= (1 if n < 8 else 2) and not _respelt(change)


def _small(change: Change) -> bool:
    return max(len(change.first), len(change.second)) <= 3


def _respelt(change: Change) -> bool:
    """Whether words gave way to themselves with other letters, as a scanner misreads them."""
    if not change.first or not change.second:
        return False
    first, second = "".join(change.first), "".join(change.second)
    if any(map(str.isdigit, first + second)):
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(first.casefold(), second.casefold()) >= 0.8


def _listed(a: Text, b: Text) -> bool:
    """Whether both are list items, speakers' lines, or questions and answers, all of them short."""
    n = max(a.size, b.size)
    return any(n < limit and sign.match(a.raw) and sign.match(b.raw) for limit, sign in ((20, _BULLET), (14, _ITEM)))


def _refilled(change: Change, numbered: bool) -> bool:
    """Whether a number or a name gave way to another: the mark of a form filled in anew, not of an edited text."""
    first, second = change.first, change.second
    longest = max(len(first), len(second))
    if not first or not second or longest > min(_LONGEST_REFILL, 3 * min(len(first), len(second)) + 3):
        return False
    figures = [w for w in first if _is_number(w)], [w for w in second if _is_number(w)]
    if figures[0] and figures[1]:
        return not (numbered and change.at == 0) and _digits(figures[0]) != _digits(figures[1])
    names = [w for w in first if w[0].isupper()], [w for w in second if w[0].isupper()]
    if min(map(len, names)) < (1 if change.at else 2):  # one capital at the start may be the sentence's
        return False
    from rapidfuzz.distance import Indel

    one, other = (" ".join(n).casefold() for n in names)
    return one not in other and other not in one and Indel.normalized_similarity(one, other) < 0.7


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word.casefold() in _NUMBERS


def _digits(words: Sequence[str]) -> str:
    return "".join(c for w in words for c in (w if w[0].isdigit() else w.casefold()) if c.isalnum())
