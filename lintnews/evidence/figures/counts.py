"""Words, lines and repetition, counted as the published filters of training corpora count them.

Sources: Gopher (Rae et al., Scaling Language Models, https://arxiv.org/abs/2112.11446, table A1 and section A.1.1), C4 (Raffel et
al., Exploring the Limits of Transfer Learning, JMLR 21, 2020) and FineWeb (Penedo et al., https://arxiv.org/abs/2406.17557), as
datatrove puts them into code. Words are told apart by a pattern in place of a tokeniser's model: contractions, hyphens and
punctuation part words, as in spaCy.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STOP_WORDS = frozenset(("the", "be", "to", "of", "and", "that", "have", "with"))
POLICIES = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
SHORT_LINE_CHARS = 30
LONGEST_WORD_CHARS = 1000
LINE_ENDS = (".", "?", "!", '"', "'")

_FACTOR = 0x9E3779B97F4A7C15
"""By which the numbers of rows of words are spread over 64 bits."""
# In this order: a word between spaces, initials and abbreviations, numbers, names with a mark inside (Next.js, COVID-19),
# contractions, other words.
_WORD = re.compile(
    r"(?!cannot)[A-Za-z]++(?=[ ,\n])|(?:[A-Za-z]\.){2,}"
    r"|\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Jr|Sr|St|Rep|Sen|Gov|Gen|Prof|Inc|Co|Corp|Ltd|vs)\.(?=[\s,])"
    r"|\d+(?:[.,:/]\d+)+(?:bn|tn)?|[A-Za-z]\w*+(?:[-‑]\d\w*+|\.[a-z]\w*+)+|\b[DO]['’][A-Z]\w+"
    r"|\bcan(?=not\b)|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|\w+|\.{2,}|-{2,}|[^\w\s]"
)
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++[\"'”’)\]]*+(?=\s|$)")
_C4_SIGNS = ("{", "lorem ipsum", "javascript", *POLICIES)
_STOPS = tuple(".?!…。！？؟।॥۔։።፧…")
_PARAGRAPH, _LINES = re.compile(r"\n{2,}"), re.compile(r"\n+")
_CITATION = re.compile(r"\[\d*]|\[edit]|\[citation needed]")


class Counts:
    """What can be counted of one text; each is counted when first asked for. Shares are from 0 to 1."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._unrepeated = sys.maxsize  # rows of so many words, and so longer ones, stand once
        self._repeated: dict[bool, tuple[float, float]] = {}
        self._numbers: list[NDArray[np.uint64]] = []

    sentences_in = staticmethod(lambda line: len(_SENTENCE_END.findall(line)))
    """How many sentences a line has."""

    @cached_property
    def tokens(self) -> list[str]:
        """Words and marks of punctuation."""
        return _WORD.findall(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The tokens that hold a letter or a digit."""
        return [token for token in self.tokens if token.isalnum() or any(map(str.isalnum, token))]

    @cached_property
    def lines(self) -> list[str]:
        """The lines, blank ones too."""
        return self.text.splitlines()

    @cached_property
    def full_lines(self) -> list[str]:
        """The lines that are not blank."""
        return [line for line in self.text.split("\n") if line.strip()]

    def word_length(self) -> float:
        """Mean length of a word in code points."""
        return sum(map(len, self.words)) / max(1, len(self.words))

    def per_word(self, *signs: str) -> float:
        """How many of these signs stand in the text for each word."""
        return sum(map(self.text.count, signs)) / max(1, len(self.tokens))

    def lines_that_start(self, *signs: str) -> float:
        """The share of lines that start with one of these signs."""
        return sum(line.lstrip().startswith(signs) for line in self.lines) / max(1, len(self.lines))

    def lines_that_end(self, *signs: str) -> float:
        """The share of lines that end with one of these signs."""
        return sum(line.rstrip().endswith(signs) for line in self.lines) / max(1, len(self.lines))

    def with_letters(self) -> float:
        """The share of tokens with a letter in them."""
        mixed = [token for token in self.tokens if not token.isalpha()]
        without = sum(not any(map(str.isalpha, token)) for token in mixed)
        return (len(self.tokens) - without) / max(1, len(self.tokens))

    def stop_words(self) -> int:
        """How many of the eight English stop words of Gopher occur."""
        return len(STOP_WORDS.intersection(self.words))

    def repeated(self, *, paragraphs: bool) -> tuple[float, float]:
        """The share of lines, or paragraphs, that stand earlier too: of their number, and of the text's code points."""
        found = self._repeated.get(paragraphs)
        if found is None:
            parts = (_PARAGRAPH.split(self.text.strip()) if paragraphs else _LINES.split(self.text)) if self.text else [""]
            count, size = _again(parts)
            found = self._repeated[paragraphs] = count / len(parts), size / max(1, len(self.text))
        return found

    def top(self, length: int) -> float:
        """The share of the text that the commonest row of so many words takes up."""
        import numpy as np

        rows = self._rows(length)
        if not len(rows):
            return 0.0
        _, first, counts = np.unique(rows, return_index=True, return_counts=True)
        most = counts.max()
        at = int(first[counts == most].min())
        return (sum(map(len, self.tokens[at : at + length])) + length - 1) * int(most) / max(1, len(self.text))

    def again(self, length: int) -> float:
        """The share of the text that lies in rows of so many words that stand earlier too."""
        if length >= self._unrepeated:
            return 0.0
        import numpy as np

        rows = self._rows(length)
        ordered = np.sort(rows)
        several = ordered[1:][ordered[1:] == ordered[:-1]]
        if not len(several):
            self._unrepeated = length
            return 0.0
        seen, size, next_at = set[tuple[str, ...]](), 0, 0
        for at in np.flatnonzero(np.isin(rows, several)).tolist():
            if at < next_at:  # inside a row that stands earlier
                continue
            row = tuple(self.tokens[at : at + length])
            if row in seen:
                size += sum(map(len, row))
                next_at = at + length
            seen.add(row)
        return size / max(1, len(self.text))

    def _rows(self, length: int) -> NDArray[np.uint64]:
        """A number for each row of so many words; the same for the same row."""
        import numpy as np

        if not self._numbers:
            known: dict[str, int] = {}
            self._numbers.append(np.array([known.setdefault(token, len(known)) for token in self.tokens], np.uint64))
        while len(self._numbers) < length:
            shorter = self._numbers[-1]
            self._numbers.append(shorter[:-1] * _FACTOR + self._numbers[0][len(self._numbers) :])
        return self._numbers[length - 1]

    @cached_property
    def c4(self) -> tuple[int, int, int]:
        """Of the lines that C4 would keep, of three words or more and ending as a sentence: how many sentences they have, those
        about policies left out; in how many of them `lorem ipsum` stands, and a curly bracket."""
        sentences = latin = brackets = 0
        text = self.text.lower()
        is_plain = not any(sign in text for sign in _C4_SIGNS)
        for line in map(str.strip, self.lines):
            if not _is_sentence(line):
                continue
            if is_plain:
                sentences += max(1, self.sentences_in(line))
                continue
            low = line.lower()
            latin += "lorem ipsum" in low
            if "javascript" in low:
                continue
            brackets += "{" in line
            if not any(policy in low for policy in POLICIES):
                sentences += max(1, self.sentences_in(line))
        return sentences, latin, brackets

    def closed_lines(self) -> float:
        """The share of lines that end with a mark that ends sentences in some script."""
        return sum(line.endswith(_STOPS) for line in self.full_lines) / max(1, len(self.full_lines))

    def short_lines(self) -> float:
        """The share of lines of thirty code points or fewer."""
        return sum(len(line) <= SHORT_LINE_CHARS for line in self.full_lines) / max(1, len(self.full_lines))

    def repeated_in_lines(self) -> float:
        """The share of the code points that lie in lines that stand earlier too."""
        return _again(self.full_lines)[1] / max(1, len(self.text) - self.text.count("\n"))

    def line_breaks(self) -> float:
        """How many line breaks there are for each word."""
        return self.text.count("\n") / max(1, len(self.tokens))


def _again(parts: Sequence[str]) -> tuple[int, int]:
    """How many of the parts stand earlier too, and how many code points these have."""
    seen: set[str] = set()
    count = size = 0
    for part in parts:
        if part in seen:
            count += 1
            size += len(part)
        seen.add(part)
    return count, size


def _is_sentence(line: str) -> bool:
    words = line.split(None, 2 if len(line) <= LONGEST_WORD_CHARS else -1)
    if len(words) < 3 or (len(line) > LONGEST_WORD_CHARS and max(map(len, words)) > LONGEST_WORD_CHARS):
        return False
    line = _CITATION.sub("", line) if "[" in line else line
    return line.endswith(LINE_ENDS) and not line.endswith("...")
