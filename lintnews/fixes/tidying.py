"""Edits widened over the white space and the marks of blocks that they would leave stray."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lintnews.diagnostic import Edit

_BLOCK_MARKS = re.compile(r"(?:[ \t]*(?:#{1,6}|>|[-*+]|\d{1,9}[.)])[ \t])*[ \t\u00a0]*([*_]{0,3})")
"""What may stand before a block on its line: the marks of headings, quotes and list items, and of emphasis."""
_EMPTY_QUOTED = re.compile(r"[\s>]*[\r\n]")
BLANK = " \t\u00a0\r\n\v\f\u2028\u2029"
_NO_SPACE_BEFORE = ".,;:!?…)]}”’%"


def tidy(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """The same edits, with deletions widened over the white space that would be left doubled or stray.

    A deletion of whole lines takes the smaller of the gaps around it along, so that paragraphs stay as far apart as they
    were; one inside a line takes one of the spaces around it. `edits` are sorted and do not overlap.
    """
    spans = [_to_line_ends(text, e) if not e.replacement and e.start < e.end else None for e in edits]
    tidied: list[Edit] = []
    at = 0
    while at < len(edits):
        span = spans[at]
        if span is None:
            tidied.append(_tidy_within_line(text, edits[at]))
            at += 1
            continue
        last, (start, end) = at, span
        ends = []
        while last + 1 < len(edits) and (following := spans[last + 1]) and not text[end : following[0]].strip(BLANK):
            ends.append(following[0])
            last, end = last + 1, following[1]
        start, end = _with_smaller_gap(text, start, end)
        ends.append(end)
        for k in range(at, last + 1):
            tidied.append(Edit(start, ends[k - at]))
            start = ends[k - at]
        at = last + 1
    return _kept_apart(edits, tidied)


def _kept_apart(edits: Sequence[Edit], widened: Sequence[Edit]) -> list[Edit]:
    """The widened edits, cut back where they reach into a neighbour."""
    apart: list[Edit] = []
    for number, (edit, wide) in enumerate(zip(edits, widened, strict=True)):
        floor = apart[-1].end if apart else 0
        ceiling = edits[number + 1].start if number + 1 < len(edits) else wide.end
        start, end = max(wide.start, min(floor, edit.start)), max(edit.end, min(wide.end, ceiling))
        apart.append(Edit(start, end, wide.replacement))
    return apart


def _to_line_ends(text: str, edit: Edit) -> tuple[int, int] | None:
    """The span of a deletion widened to the ends of its lines over blanks and a block's marks; None where other text is left."""
    start, end = edit.start, edit.end
    while start > 0 and text[start - 1] in " \t\u00a0#>-*+_.)0123456789":
        start -= 1
    marks = _BLOCK_MARKS.fullmatch(text, start, edit.start)
    if marks is None or (start > 0 and text[start - 1] not in "\r\n"):
        return None
    if text.startswith(marks[1], end):
        end += len(marks[1])
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    return (start, end) if end == len(text) or text[end] in "\r\n" else None


def _with_smaller_gap(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole lines `text[start:end]` with the smaller of the gaps before and after them; at the end, all but one newline."""
    quoted = text[start : start + 4].lstrip().startswith(">")
    before, after = _gap_before(text, start, quoted), end
    if quoted and (empty := _EMPTY_QUOTED.match(text, end)):
        after = empty.end()
    while after < len(text) and text[after] in BLANK:
        after += 1
    if before == 0:
        return 0, after
    if after == len(text):
        newline = 2 if text.startswith("\r\n", end) and text.endswith("\r\n") else 1 if text[-1] in "\r\n" else 0
        return before, max(end, after - newline)
    leaves_quotation = quoted and text[after] != ">"
    if leaves_quotation or text.count("\n", end, after) > text.count("\n", before, start):
        return before, end
    return start, after


def _gap_before(text: str, start: int, quoted: bool) -> int:
    """Where the white space before `start` begins; in a quotation its empty lines belong to it."""
    at = start
    while at > 0 and text[at - 1] in BLANK:
        at -= 1
        line = at
        while quoted and line > 0 and text[line - 1] in " \t>":
            line -= 1
        if quoted and (line == 0 or text[line - 1] in "\r\n"):
            at = line
    return at


def _tidy_within_line(text: str, edit: Edit) -> Edit:
    if edit.replacement or edit.start == edit.end:
        return edit
    start, end = edit.start, edit.end
    line_starts = start == 0 or text[start - 1] in "\r\n"
    line_ends = end == len(text) or text[end] in "\r\n"
    if line_starts:
        while end < len(text) and text[end] in " \t\u00a0":
            end += 1
    elif line_ends or text[end] in _NO_SPACE_BEFORE:
        while start > 0 and text[start - 1] in " \t\u00a0":
            start -= 1
    elif text[start - 1] in " \u00a0" and text[end] in " \u00a0":
        end += 1
    return Edit(start, end)
