"""Sentences, words and direct speech, as spans of a text: code points, half open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lintnews.document.scripts import CLOSERS, SENTENCE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lintnews.document.blocks import Span

_OTHER_ENDS = "".join(sorted(SENTENCE_ENDS - set(".!?…")))
_CLOSERS = re.escape(CLOSERS)
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_QUOTATION = re.compile(r"“[^“”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|«[^«»]*(?:»|\Z)")
# An end mark, what closes after it, white space, and something that can start a sentence: a capital, or a letter of a script
# without any. The full stops of other scripts need less: white space, or in Chinese and Japanese nothing.
_UNCASED = "\u0590-\u0e5b\u0e81-\u109f\u1200-\u139f\u1780-\u19ff\u3041-\u9fff\ua960-\ud7ff"
_BOUNDARY = re.compile(
    rf"(?:(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[\"'“‘«(\[]*[A-Z0-9À-ÞΆ-ΫЀ-ЯԱ-Ֆ{_UNCASED}])"
    rf"|(?<![{_OTHER_ENDS}])[{_OTHER_ENDS}]++[{_CLOSERS}]*+(?=\s)|[。！？｡]+(?![\s{_OTHER_ENDS}{_CLOSERS}]))(\s*)"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Cmdr|Rev|Hon|St|Mt|Ft|No|Nos|vs|v|Jr|Sr|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|U\.S|U\.K|U\.N|D\.C|a\.m|p\.m|e\.g|i\.e|approx|est|fig|al))\.$"
)


def words(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of words in `text[start:end]`, with inner apostrophes and hyphens."""
    return (m.span() for m in _WORD.finditer(text, start, end))


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of sentences in `text[start:end]`; abbreviations and initials do not end one."""
    at = start
    for m in _BOUNDARY.finditer(text, start, end):
        head = text[max(at, m.start() - 8) : m.start() + 1]
        if text[m.start()] == "." and m.start(1) == m.start() + 1 and _ABBREVIATION.search(head):
            continue
        yield at, m.start(1)
        at = m.end()
    if at < end:
        yield at, end


def speech(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of direct speech in `text[start:end]`, with their quotation marks; an unclosed quotation runs to the end."""
    return ((m.start() + start, m.end() + start) for m in _QUOTATION.finditer(text[start:end]))
