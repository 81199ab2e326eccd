"""What two texts can be to each other, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
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
    VERSION = "version"  # an article of which most stands in the other one's paragraphs too
    TEMPLATE = "template"  # the same form filled in with other numbers or names
    HEADING = "heading"  # a heading that the text takes up
    LIST = "list"  # items of a list, speakers, questions and answers
    TABLE = "table"  # rows of figures
    DIFFERENT = "different"


_NONE = {Relation.TEMPLATE, Relation.HEADING, Relation.LIST, Relation.TABLE, Relation.DIFFERENT}
REPEATS = frozenset(Relation) - _NONE


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


SHOWN_CHANGES = 3
SHOWN_WORDS = 8


def what_differs(likeness: Likeness, here_is_first: bool) -> str:
    """What sets two texts apart, in words, seen from the first or from the second one."""
    if likeness.relation is Relation.EXACT:
        return "the same to the letter"
    if likeness.relation is Relation.VERSION:
        return "most of its paragraphs stand there"
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
