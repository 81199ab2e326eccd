"""Where a passage inside a block may begin and end, and whether it stands in a quotation.

Texts are of blocks: white space is a space, and offsets are code points of the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lintnews.evidence.passages.words import COMMON

LOOK_BACK = 200
"""Code points before a phrase in which its sentence may begin."""
LOOK_AROUND = 1500
"""Code points around a passage in which a quotation may open and close."""
OUTSIDE = ".,;:!?()[]“”\"'‘’"
"""What may stand around a word."""
TOKEN = re.compile(r"\S+")
_SENTENCE_END = re.compile(  # counted, so that a long row of marks is not gone through again from each of them
    r"[.!?…]{1,50}+[\"'”’»)\]]{0,50}+(?=\s+[\"'“‘«(\[]*[A-Z0-9À-Þ]|\s*$)|[.!?]{1,50}+[”\"’]?(?=[A-ZÀ-Þ“])"
)
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Rev|St|vs|v|Jr|Sr|Inc|Ltd|Co|Corp|No))\.$"
)
_BEGINNING = re.compile(r"[.!?…][\"'”’»)\]]*\s+|[\])|•»”\"]\s+|(?<=[a-z0-9)][.!?])(?=[A-Z(\[©])|(?<=[.!?][”\"])(?=[A-Z(\[©])")
_LEFT_OPEN = re.compile(r"(?:(?i:advertisement)|this ad|APP|Share|(?i:for video)|NEWSLETTERS?)\s+$")
"""How furniture ends that has no full stop."""
_QUOTATION_MARK = re.compile(r"[“”]|(?<![^\s(\[—–-])\"(?=\S)|(?<=\S)\"")


def beginnings(text: str, hit: int) -> list[int]:
    """Where the sentence that holds an offset may begin, and the one before it, from the left; glued seams count."""
    start = max(0, hit - LOOK_BACK)
    marks = [match for match in _BEGINNING.finditer(text, start, hit + 1) if match.end() <= hit]
    found = [m.end() for m in marks if m[0][:1] != "." or not _ABBREVIATION.search(text, max(0, m.start() - 8), m.start() + 1)]
    found = ([0] if start == 0 else []) + found
    if (hit not in found and _LEFT_OPEN.search(text, max(0, hit - 20), hit)) or not found:
        found.append(hit)
    return found[-2:]


def goes_on(text: str, end: int, surely: bool) -> bool:
    """Whether behind a passage the block ends or something new can begin; `surely`, with a word that is known for it."""
    token = TOKEN.search(text, end)
    if token is None:
        return True
    if surely:
        return token[0].strip(OUTSIDE) in COMMON or token[0][0] in '“"'
    first = token[0][0]
    if first in "([" and token.start() == end:
        return False
    return first.isupper() or first.isdigit() or first in "“\"‘'«([—–-•|@#$£€©"


def is_quoted(text: str, at: int, end: int) -> bool:
    """Whether a passage stands in a quotation: the nearest double quotation mark before it opens one, and the next closes it.

    Where the next one opens one again, the passage stands between two paragraphs of a longer quotation.
    """
    before = list(_QUOTATION_MARK.finditer(text, max(0, at - LOOK_AROUND), at))
    after = _QUOTATION_MARK.search(text, end, end + LOOK_AROUND)
    return bool(before) and _opens(text, before[-1]) and not (after and _opens(text, after))


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a double quotation mark opens a quotation."""
    at = mark.start()
    return mark[0] == "“" or (mark[0] == '"' and (at == 0 or text[at - 1] in " ([—–-"))


def sentence_end(text: str, at: int) -> int:
    """Where the sentence that an offset lies in ends, its marks included, or the text does."""
    for match in _SENTENCE_END.finditer(text, at):
        if match[0] != "." or not _ABBREVIATION.search(text, max(at, match.start() - 8), match.end()):
            return match.end()
    return len(text)


def stands_elsewhere(text: str, name: str, start: int, end: int) -> bool:
    """Whether a name stands outside a passage, but for a byline: the article speaks of who bears it."""
    return any(
        not re.search(r"\b[Bb]y [\w. ’'-]{0,40}$", text[max(0, match.start() - 50) : match.start()])
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
        if not start <= match.start() < end
    )


def outside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The parts of a text outside sorted spans."""
    at = 0
    for start, end in spans:
        yield text[at:start]
        at = max(at, end)
    yield text[at:]
