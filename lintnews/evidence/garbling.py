"""Words that look garbled by a scanner or a broken program."""

from __future__ import annotations

import re

from lintnews.document import Document
from lintnews.document.blocks import Span

LONGEST = 100
"""Characters of a word that are looked at."""
_WORD = re.compile(r"\S+")
# Digits among small letters, capitals among them that start no name, signs within a word, no vowel in a long word.
_ODD = re.compile(
    r"[a-z]{2,}\d+[a-z]|\d[a-z]{3,}\d|(?<![A-Z])[a-z]{2,}[A-Z]{1,2}[a-z]{1,2}(?![A-Za-z])|[a-z][|!;:^~*_<>]+[a-z]"
    r"|\b[bcdfghjklmnpqrstvwxz]{5,}\b|(.)\1{3,}|[a-z]{2}[■□�¬§¦][a-z]?"
)
_SOUND = re.compile(r"(?i)https?:|www\.|@|#|\d(?:st|nd|rd|th|km|kg|cm|mm|am|pm|bn|mph|kwh)\b|^[\W\d_]+$")


def garbled_words(document: Document) -> list[Span]:
    """Spans of the words that look garbled."""
    return [
        match.span()
        for block in document.text_blocks
        for match in _WORD.finditer(document.text, block.start, block.end)
        if _ODD.search(match[0][:LONGEST]) and not _SOUND.search(match[0])
    ]
