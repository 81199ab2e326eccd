"""Asks a grammar checker about an article's own paragraphs, each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Literal, NamedTuple

from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.document.scripts import ends_sentence
from lintnews.evidence.grammar.english import English, variant
from lintnews.evidence.grammar.harper import Harper
from lintnews.evidence.grammar.languagetool import LanguageTool
from lintnews.evidence.grammar.matches import Backend, GrammarError, Match, NotCheckedError
from lintnews.evidence.linemodel.model import LIKELY_FURNITURE, boilerplate_shares

MOST_CACHED = 20_000
"""Paragraphs of which it is remembered what was found in them."""
LONGEST = 20_000
"""Code points of a paragraph; a longer one is none that a person wrote, and takes a checker for ever."""


class Grammar(NamedTuple):
    """Which checker is asked, and how. `url` is LanguageTool's, empty for Harper; with `required`, what it can't do is grave."""

    backend: Literal["languagetool", "harper"]
    url: str = ""
    english: English = "auto"
    required: bool = False


class Checked(NamedTuple):
    """What was found in an article: code points of its text; whether all of it was looked at."""

    matches: tuple[Match, ...] = ()
    is_complete: bool = True


class Checker:
    """One grammar checker, and what it said of paragraphs. It may be shared by threads."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self._problems: list[tuple[str, str]] = []
        self._backend: Backend = LanguageTool(grammar.url) if grammar.backend == "languagetool" else Harper()
        self._known: dict[tuple[str, bool, str], tuple[Match, ...]] = {}
        self._is_lost = False
        self._lock = Lock()

    def check(self, document: Document, spelling: bool) -> Checked:
        """What is wrong with a document: misspelt words alone, or all but these."""
        with self._lock:
            if self._is_lost:
                return Checked(is_complete=False)
            try:
                return self._checked(document, spelling)
            except NotCheckedError as error:
                self._problems.append((document.path, f"grammar was not checked: {error}"))
            except GrammarError as error:
                self._is_lost = True
                self._problems.append(("", f"grammar is not checked any further: {error}"))
            return Checked(is_complete=False)

    def told(self) -> list[tuple[str, str]]:
        """What could not be done since this was last asked: the article's path, or nothing where it is true of all to come, and
        the problem."""
        with self._lock:
            told, self._problems = self._problems, []
        return told

    def _checked(self, document: Document, spelling: bool) -> Checked:
        blocks = paragraphs(document)
        code = document.language or "en"
        if code == "en":
            set_to = self.grammar.english
            code = variant(document.text) if set_to == "auto" else set_to
        if spelling and code == "en":
            code = "en-US"  # words are looked up in the dictionary of some variant
        if not self._backend.speaks(code):
            return Checked(is_complete=False)
        sizes = [len(block.text) for block in blocks]
        if (longest := max(sizes, default=0)) > LONGEST:
            raise NotCheckedError(f"a paragraph has {longest:,} code points, and more than {LONGEST:,} take too long")
        found = self._found([block.text for block in blocks], code, spelling)
        return Checked(tuple(_moved(match, block.start) for block, some in zip(blocks, found, strict=True) for match in some))

    def _found(self, texts: Sequence[str], code: str, spelling: bool) -> list[tuple[Match, ...]]:
        keys = [(code, spelling, text) for text in texts]
        new = list(dict.fromkeys(key for key in keys if key not in self._known))
        if len(self._known) + len(new) > MOST_CACHED:
            self._known.clear()
            new = list(dict.fromkeys(keys))
        if new:
            found = self._backend.find([text for _, _, text in new], code, spelling)
            self._known.update(zip(new, found, strict=True))
        return [self._known[key] for key in keys]


def checked(document: Document, spelling: bool) -> Checked:
    """What the caller's checker finds, or Harper where there is none. Raises `GrammarError` if it is not to be had."""
    if (checker := document.given(Checker)) is not None:
        return checker.check(document, spelling)
    checker = _harper()
    found = checker.check(document, spelling)
    if told := checker.told():
        _harper.cache_clear()
        raise GrammarError(told[0][1])
    return found


@lru_cache(maxsize=1)
def _harper() -> Checker:
    return Checker(Grammar("harper"))


def paragraphs(document: Document) -> list[Block]:
    """The article's own sentences: no headings, no lines that are not sentences, nothing that the model takes for furniture."""
    blocks, body = document.text_blocks, document.body
    if not body:
        return blocks
    shares = document.evidence(boilerplate_shares)
    return [
        block
        for block in blocks
        if block.index in body
        and shares[block.index] < LIKELY_FURNITURE
        and block.kind != "heading"
        and (block.kind != "line" or ends_sentence(block.text))
    ]


def _moved(match: Match, by: int) -> Match:
    return match._replace(start=match.start + by, end=match.end + by)
