"""The words of a text as they are compared: spelling, case and typography unified."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from lintnews.document.scripts import words as pieces

_POINTS = re.compile(  # Hebrew and Arabic vowel points, soft hyphens, and marks of no width
    "[\u00ad\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
_SIGN = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_UNSPACED = re.compile(_SIGN)
WORD = re.compile(  # or a sign of the scripts that are written without spaces
    rf"{_SIGN}"
    r"|\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*"
)
_READ_ON = re.compile(
    r"(?:(?:\.\.\.|…)[\])]?(?:\s*\W?(?:read|show|see)?\s*(?:more|less)\W*)?|\b(?:[Rr]ead|READ) (?:[Mm]ore|MORE)\W*"
    r"|\bContinue reading\W*|\bWeiterlesen\W*|\b[Mm]ehr lesen\W*|\bLire la suite\W*|\bLeer más\W*)[\W]*$"
)


class Text:
    """A text with its comparison words: NFKC, typographic signs unified, case folded; digits and diacritics kept."""

    __slots__ = ("_lines", "_plain", "_size", "_spelled", "cut", "raw", "shingles", "words")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        plain = raw if raw.isascii() else _POINTS.sub("", unicodedata.normalize("NFKC", raw))
        for sign in "\u2018\u2019\u02bc\u00b4`":
            plain = plain.replace(sign, "'")
        cut = _READ_ON.search(plain, max(0, len(plain) - 40))
        self.cut = cut.group() if cut and cut.start() else ""  # "…", "[...]", "Read more" at the end
        self._plain = plain.removesuffix(self.cut)
        self._spelled: list[str] | None = None
        self._size: int | None = None
        self._lines: dict[str, Text | None] | None = None
        folded = self._plain.lower() if raw.isascii() else self._plain.casefold()
        one_for_one = len(folded) == len(self._plain)  # else a letter became two, or one and a sign
        self.words: list[str] = WORD.findall(folded) if one_for_one else [w.casefold() for w in WORD.findall(self._plain)]
        w = self.words
        self.shingles = set(threes(w)) if len(w) > 2 else {tuple(w)}

    @property
    def size(self) -> int:
        """How many words it has; in scripts without spaces, pieces about as long as words are counted."""
        if self._size is None:
            signs = [] if self.raw.isascii() else _UNSPACED.findall(self._plain)
            self._size = len(self.words) - len(signs) + len(pieces("".join(signs)))
        return self._size

    @property
    def letters(self) -> str:
        """The words, one space between two."""
        return " ".join(self.words)

    @property
    def lines(self) -> dict[str, Text | None]:
        """The lines, such as the paragraphs of an article, each once, in order; and those as texts that were asked for."""
        if self._lines is None:
            self._lines = dict.fromkeys(self.raw.split("\n"))
        return self._lines

    def line(self, raw: str) -> Text:
        """A line as a text."""
        text = self.lines[raw]
        if text is None:
            text = self.lines[raw] = Text(raw)
        return text

    @property
    def spelled(self) -> list[str]:
        """The words before case folding."""
        if self._spelled is None:
            self._spelled = WORD.findall(self._plain)
        return self._spelled


def threes(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The runs of three words."""
    return zip(words, words[1:], words[2:], strict=False)
