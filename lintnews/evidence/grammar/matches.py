"""What a grammar checker finds, under names that do not depend on which one was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

Kind = Literal[
    "casing",
    "compound",
    "confused-word",
    "other",
    "punctuation",
    "regional-word",
    "repeated-word",
    "spelling",
    "style",
    "syntax",
    "typography",
]
"""What is wrong, in words of our own: LanguageTool's categories and Harper's kinds are sorted into them."""


class Match(NamedTuple):
    """One finding in a paragraph: code points of the paragraph, half open. `rule` is the checker's own name for it."""

    start: int
    end: int
    kind: Kind
    rule: str
    message: str
    suggestions: tuple[str, ...]


class GrammarError(Exception):
    """Grammar can't be checked; says why, and what to do."""


class NotCheckedError(Exception):
    """A part of an article was not checked; says why. The next one may well be."""


class Backend(Protocol):
    """A grammar checker."""

    name: str
    """How it is called in messages."""

    def find(self, paragraphs: Sequence[str], language: str, spelling: bool) -> list[tuple[Match, ...]]:
        """What is wrong with each of the paragraphs: with `spelling`, misspelt words alone, otherwise all but these.

        `language` is a code such as `en`, `en-GB`, `de`. Raises `GrammarError` when it can't be asked any more, and
        `NotCheckedError` when it has no answer for these paragraphs.
        """
        raise NotImplementedError

    def speaks(self, language: str) -> bool:
        """Whether it knows a language. Raises `GrammarError`."""
        raise NotImplementedError
