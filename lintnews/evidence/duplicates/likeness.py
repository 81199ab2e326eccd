"""How alike two texts are, and what sets them apart: what is behind every rule on duplicates.

A candidate is a pair of texts that share a key or a chunk (`fingerprint`); likeness is computed from the texts themselves, so
that a reported similarity is the true one. Word overlap alone can't tell a copy from a look-alike ("Rainfall in Leeds was
12 mm", "Rainfall in York was 14 mm"); the words that differ can, so they are both the guard and the explanation.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Relation(Enum):
    """What two texts are to each other. Only those that `Likeness.repeats` lists are repeats."""

    EXACT = "exact"  # the same characters, but for white space at the ends
    SAME = "same"  # the same words: case, punctuation, quotes, dashes or white space differ
    NEAR = "near"  # a few words differ
    CONTAINED = "contained"  # one stands within the other
    TEASER = "teaser"  # one is the beginning of the other, cut short
    CREDITED = "credited"  # one has a credit or dateline in front
    TEMPLATE = "template"  # the same form filled in with other numbers or names
    HEADING = "heading"  # a heading that the text takes up
    LIST = "list"  # items of a list, speakers, questions and answers
    TABLE = "table"  # rows of figures
    DIFFERENT = "different"


REPEATS = frozenset({Relation.EXACT, Relation.SAME, Relation.NEAR, Relation.CONTAINED, Relation.TEASER, Relation.CREDITED})


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the first text that stand otherwise in the second; one side is empty for an insertion or deletion."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    at: int  # index of the word in the first text
    there: int  # and in the second

    def reversed(self) -> Change:
        """The change from the second text to the first."""
        return Change(self.second, self.first, self.there, self.at)

    def outside(self, words: int) -> bool:
        """Whether at most eight words were put before or after the first text, which has so many `words`."""
        at_edge = self.at == 0 or self.at + len(self.first) == words
        return at_edge and not (self.first and self.second) and len(self.first) + len(self.second) <= 8


@dataclass(frozen=True, slots=True)
class Likeness:
    """The relation of two texts. `similarity` is the Jaccard index of their three-word shingles, `containment` the share of
    the shorter one's shingles that stand in the longer; both 0 to 1 and exact."""

    relation: Relation
    similarity: float
    containment: float
    changes: tuple[Change, ...] = ()

    @property
    def repeats(self) -> bool:
        return self.relation in REPEATS


# --- words ------------------------------------------------------------------------------------------------------------

_POINTS = re.compile(  # Hebrew and Arabic vowel points, soft hyphens, and marks of no width
    "[\u00ad\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_WORD = re.compile(  # or a sign of the scripts that are written without spaces
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*"
)


class Text:
    """A text with its comparison words: NFKC, typographic signs unified, case folded; digits and diacritics kept."""

    __slots__ = ("_plain", "_spelled", "cut", "raw", "shingles", "words")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        plain = raw if raw.isascii() else _POINTS.sub("", unicodedata.normalize("NFKC", raw))
        for sign in "\u2018\u2019\u02bc\u00b4`":
            plain = plain.replace(sign, "'")
        cut = _READ_ON.search(plain, max(0, len(plain) - 40))
        self.cut = cut.group() if cut and cut.start() else ""  # "…", "[...]", "Read more" at the end
        self._plain = plain.removesuffix(self.cut)
        self._spelled: list[str] | None = None
        self.words: list[str] = (
            _WORD.findall(self._plain.lower()) if raw.isascii() else [w.casefold() for w in _WORD.findall(self._plain)]
        )
        w = self.words
        self.shingles = set(_threes(w)) if len(w) > 2 else {tuple(w)}

    @property
    def letters(self) -> str:
        """The words, one space between two."""
        return " ".join(self.words)

    @property
    def spelled(self) -> list[str]:
        """The words before case folding."""
        if self._spelled is None:
            self._spelled = _WORD.findall(self._plain)
        return self._spelled


# --- relations --------------------------------------------------------------------------------------------------------

SHOWN_CHANGES = 3
SHOWN_WORDS = 8
_LEAST_SIMILARITY = 0.5
_LEAST_CONTAINMENT = 0.7
_LEAST_ALIKE = 0.3  # containment of a text that was misspelt or edited all over
_SAME_ORDER = 0.78  # share of words in the same order
_SAME_LETTERS = 0.95
_SENTENCE = 14  # words
_LONGEST_REFILL = 8  # words: what is longer was taken out, and something else put in
_LONGER = 1.3  # from this ratio of lengths on, the longer text contains the shorter
_TOO_LONG_TO_ALIGN = 20_000  # words
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million"
    " billion first second third fourth fifth nil january february march april may june july august september october november"
    " december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday"
)
_NUMBERS = frozenset(_NUMBER_WORDS.split())
_BULLET = re.compile(r"\s*(?:[-*•–—+|>]\s)")
_ITEM = re.compile(r"\s*(?:[-*•–—+|>]\s|\(?\w{1,3}[.)]\s|[A-Z][A-Z .]{1,20}:|[QA][.:]|[QA]\s\s)")
_READ_ON = re.compile(
    r"(?:(?:\.\.\.|…)[\])]?(?:\s*\W?(?:read|show|see)?\s*(?:more|less)\W*)?|\b(?:[Rr]ead|READ) (?:[Mm]ore|MORE)\W*"
    r"|\bContinue reading\W*|\bWeiterlesen\W*|\b[Mm]ehr lesen\W*|\bLire la suite\W*|\bLeer más\W*)[\W]*$"
)
_ENDING = re.compile(r"[.!?…。！？।:;,]['\"”’»)\]*]*\s*$")
_LEADS_IN = re.compile(r"[:–—-]\s*$")


def compare(a: str | Text, b: str | Text) -> Likeness:
    """What `a` and `b` are to each other, with the true similarity and the words that differ (from `a` to `b`).

    Pure, and symmetric but for the direction of the changes. Time is linear in length for texts alike, and texts of more than
    20,000 words are compared by shingles only."""
    a = a if isinstance(a, Text) else Text(a)
    b = b if isinstance(b, Text) else Text(b)
    if a.words == b.words:
        same = Relation.EXACT if a.raw.strip() == b.raw.strip() else Relation.SAME
        if len(a.words) < 14 and _listed(a, b):
            same = Relation.LIST
        elif _WORD.findall(a.cut) != _WORD.findall(b.cut):
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
    n = len(short.words)
    if containment < _LEAST_ALIKE or n < _SENTENCE or len(long.words) > _LONGER * n:
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
    places = {shingle: at for at, shingle in enumerate(_threes(short.words))}
    shifts: Counter[int] = Counter()
    for at, shingle in enumerate(_threes(long.words)):
        if shingle in places:
            shifts[at - places[shingle]] += 1
    shift = min(shifts, key=lambda shift: (-shifts[shift], shift), default=0)
    around = len(short.words) // 4 + 2
    part = slice(max(0, shift - around), max(0, shift + len(short.words) + around))
    return part if short.shingles.intersection(_threes(long.words[part])) == short.shingles & long.shingles else slice(0, None)


def _threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:], strict=False)


def _relation(short: Text, long: Text, similarity: float, containment: float, changes: Sequence[Change]) -> Relation:
    n = len(short.words)
    longer = len(long.words) >= _LONGER * n
    unfinished = not _ENDING.search(short.raw)
    begins = short.words[:-1] == long.words[: n - 1] and long.words[n - 1].startswith(short.words[-1])
    if begins and (short.cut or (unfinished and n >= 14 and not _BULLET.match(long.raw))):
        return Relation.TEASER
    numbered = bool(_ITEM.match(short.raw) and _ITEM.match(long.raw))
    refilled = sum(_refilled(c, numbered) for c in changes)
    if refilled > n // 200 or (not longer and n < 20 and any(_rewritten(c, n) for c in changes)) or _LEADS_IN.search(short.raw):
        return Relation.TEMPLATE
    bulleted = bool(_BULLET.match(long.raw)) > bool(_BULLET.match(short.raw))
    if _listed(short, long) or (longer and ((unfinished and bulleted) or short.raw.lstrip().startswith(">"))):
        return Relation.LIST
    if unfinished and sum(w[0].isdigit() for w in short.words) > 0.3 * n:
        return Relation.TABLE
    if longer and (unfinished or containment < 1) and n < (14 if unfinished else 10):
        return Relation.HEADING
    if longer:
        if n - _taken_over(short, changes) > 0.4 * n - 3.5:
            return Relation.DIFFERENT
    elif max(2 * similarity, 4 / 3 * containment) < 1 and (refilled or not all(_small(c) or _respelt(c) for c in changes)):
        return Relation.DIFFERENT
    if containment > 0.8 and all(c.outside(n) for c in changes):
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
    n = max(len(a.words), len(b.words))
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


# --- words for people -------------------------------------------------------------------------------------------------


def what_differs(likeness: Likeness, here_is_first: bool) -> str:
    """What sets two texts apart, in words, seen from the first or from the second one."""
    if likeness.relation is Relation.EXACT:
        return "the same to the letter"
    if not likeness.changes:
        return "the same words" if likeness.similarity == 1 else "too long to align"
    changes = [change.reversed() for change in likeness.changes] if here_is_first else likeness.changes
    shown = [_words(change) for change in changes[:SHOWN_CHANGES]]
    more = len(changes) - len(shown)
    return "; ".join([*shown, f"and {more} more"] if more else shown)


def _words(change: Change) -> str:
    there, here = _quoted(change.first), _quoted(change.second)
    return f"here {here}, there {there}" if here and there else f"only here {here}" if here else f"only there {there}"


def _quoted(words: Sequence[str]) -> str:
    if not words:
        return ""
    return f"“{' '.join(words)}”" if len(words) <= SHOWN_WORDS else f"“{' '.join(words[: SHOWN_WORDS - 1])} …”"
