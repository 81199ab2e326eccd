"""Every figure of a document by its name, as rules and metrics ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from lintnews.document import Document
from lintnews.evidence.figures.counts import Counts
from lintnews.evidence.figures.readability import FIGURES as READABILITY
from lintnews.evidence.figures.readability import readability


def figure(document: Document, name: str) -> float | None:
    """One figure of a document; None where it does not apply. Raises `KeyError` for an unknown name."""
    if name in COUNTED:
        return float(COUNTED[name](document.evidence(counts)))
    return readability(document.evidence(own_prose), name)


def counts(document: Document) -> Counts:
    """What can be counted of the whole text; by the caller's own counts, where there are any."""
    return document.given(Counts) or Counts(document.text)


def own_prose(document: Document) -> str:
    """The article's own running text: its paragraphs, less those that the line model takes for furniture."""
    from lintnews.evidence.linemodel.model import LIKELY_FURNITURE, boilerplate_shares

    shares = document.evidence(boilerplate_shares)
    body = [document.blocks[index] for index in document.body]
    return "\n\n".join(block.text for block in body if block.is_prose and shares[block.index] < LIKELY_FURNITURE)


def _repeated(counted: Counts, paragraphs: bool, of_text: bool) -> float:
    return counted.repeated(paragraphs=paragraphs)[of_text]


COUNTED: Mapping[str, Callable[[Counts], float]] = {
    "words": lambda counted: len(counted.words),
    "word-length": Counts.word_length,
    "hashes": lambda counted: counted.per_word("#"),
    "ellipses": lambda counted: counted.per_word("...", "…"),
    "bullet-lines": lambda counted: counted.lines_that_start("•", "-"),
    "ellipsis-lines": lambda counted: counted.lines_that_end("...", "…"),
    "words-with-letters": Counts.with_letters,
    "stop-words": Counts.stop_words,
    "repeated-lines": partial(_repeated, paragraphs=False, of_text=False),
    "text-in-repeated-lines": partial(_repeated, paragraphs=False, of_text=True),
    "repeated-paragraphs": partial(_repeated, paragraphs=True, of_text=False),
    "text-in-repeated-paragraphs": partial(_repeated, paragraphs=True, of_text=True),
    **{f"commonest-{length}-words": partial(Counts.top, length=length) for length in (2, 3, 4)},
    **{f"repeated-{length}-words": partial(Counts.again, length=length) for length in range(5, 11)},
    "sentences": lambda counted: counted.c4[0],
    "lorem-ipsum": lambda counted: counted.c4[1],
    "curly-brackets": lambda counted: counted.c4[2],
    "closed-lines": Counts.closed_lines,
    "short-lines": Counts.short_lines,
    "copied-lines": Counts.repeated_in_lines,
    "line-breaks": Counts.line_breaks,
}
NAMES = (*COUNTED, *READABILITY)
