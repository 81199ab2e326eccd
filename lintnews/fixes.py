"""Choose edits that do not overlap, tidy what they leave, apply them, and keep the ledger from which the original is rebuilt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lintnews.diagnostic import Diagnostic, Edit

BLANK = " \t\u00a0\r\n\v\f\u2028\u2029"
_NO_SPACE_BEFORE = ".,;:!?…)]}”’%"


class LedgerEntry(NamedTuple):
    """One applied edit: `original[start:end] == removed` became `cleaned[cleaned_start:cleaned_end] == inserted`; code points."""

    rule: str
    reason: str
    confidence: float
    start: int
    end: int
    cleaned_start: int
    cleaned_end: int
    removed: str
    inserted: str

    def to_dict(self) -> dict[str, Any]:
        """The record of the ledger file, see docs/ledger.md."""
        return self._asdict()

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> LedgerEntry:
        """Back from a record of the ledger file; other keys are passed over. Raises `KeyError` for a missing one."""
        return cls(**{name: record[name] for name in cls._fields})


class OffsetMap(NamedTuple):
    """Offsets between an original and its cleaned text. `edits` are (start, end, cleaned_start, cleaned_end), in order."""

    edits: tuple[tuple[int, int, int, int], ...]

    def to_cleaned(self, offset: int) -> int:
        """Where an offset of the original is in the cleaned text; what was removed lies where it was removed."""
        return _shift(self.edits, offset)

    def to_original(self, offset: int) -> int:
        """Where an offset of the cleaned text was in the original; what was inserted lies where it was inserted."""
        return _shift([(c, d, a, b) for a, b, c, d in self.edits], offset)

    def to_dict(self) -> dict[str, Any]:
        """`{"edits": [[start, end, cleaned_start, cleaned_end], …]}`."""
        return {"edits": [list(edit) for edit in self.edits]}


def _shift(edits: Sequence[tuple[int, int, int, int]], offset: int) -> int:
    at = bisect_right(edits, offset, key=lambda edit: edit[0]) - 1
    if at < 0:
        return offset
    _, end, other_start, other_end = edits[at]
    return other_start if offset < end else other_end + offset - end


class _Piece(NamedTuple):
    """An edit in terms of the original, with its cause."""

    start: int
    end: int
    inserted: str
    cause: Diagnostic


def choose(diagnostics: Iterable[Diagnostic], unsafe: bool, min_confidence: float) -> list[Diagnostic]:
    """The diagnostics whose fixes are to be applied: none overlaps another, the surer goes first, then the wider, the earlier.

    Edits that only touch do not overlap. The choice does not depend on the order of the diagnostics.
    """
    wanted = [d for d in diagnostics if d.fix and (unsafe or d.fix.safety == "safe") and d.confidence >= min_confidence]
    wanted.sort(key=lambda d: (-d.confidence, d.start - d.end, d.start, d.rule, d.message))
    taken: list[Edit] = []  # sorted by place; edits already chosen
    chosen = []
    for diagnostic in wanted:
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        if all(_is_free(taken, edit) for edit in edits):
            chosen.append(diagnostic)
            for edit in edits:
                taken.insert(bisect_right(taken, edit), edit)
    return chosen


def _is_free(taken: Sequence[Edit], edit: Edit) -> bool:
    at = bisect_right(taken, edit)
    before = taken[at - 1] if at else None
    after = taken[at] if at < len(taken) else None
    if before is not None and (before.end > edit.start or (before.start, before.end) == (edit.start, edit.end)):
        return False
    return after is None or after.start >= edit.end


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
    """The span of a deletion widened over blanks to the ends of its lines, or None when other text stands on them."""
    start, end = edit.start, edit.end
    while start > 0 and text[start - 1] in " \t\u00a0":
        start -= 1
    while end < len(text) and text[end] in " \t\u00a0":
        end += 1
    if (start == 0 or text[start - 1] in "\r\n") and (end == len(text) or text[end] in "\r\n"):
        return start, end
    return None


def _with_smaller_gap(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole lines `text[start:end]` with the smaller of the gaps before and after them; at the end, all but one newline."""
    before, after = start, end
    while before > 0 and text[before - 1] in BLANK:
        before -= 1
    while after < len(text) and text[after] in BLANK:
        after += 1
    if before == 0:
        return 0, after
    if after == len(text):
        newline = 2 if text.startswith("\r\n", end) and text.endswith("\r\n") else 1 if text[-1] in "\r\n" else 0
        return before, max(end, after - newline)
    if text.count("\n", end, after) > text.count("\n", before, start):
        return before, end
    return start, after


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


class Revision:
    """A text under repair: edits go in, pass by pass, and are kept in terms of the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original
        self._pieces: list[_Piece] = []

    def apply(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Apply the fixes of chosen diagnostics, whose spans are of the present text."""
        planned = sorted(((e, d) for d in diagnostics if d.fix for e in d.fix.edits), key=lambda item: item[0])
        tidied = tidy(self.text, [edit for edit, _ in planned])
        pieces: list[_Piece] = []
        todo = list(reversed([(e, d) for e, (_, d) in zip(tidied, planned, strict=True)]))
        for segment in self._segments():
            pieces.extend(_cut(segment, todo))
        self._pieces = pieces
        self.text = "".join(self._parts())

    def _segments(self) -> Iterator[tuple[int, int, int, _Piece | None]]:
        """The present text as (start, end, start in the original, piece that put it there or None), in order."""
        at = now = 0
        for piece in self._pieces:
            if piece.start > at:
                yield now, now + piece.start - at, at, None
                now += piece.start - at
            yield now, now + len(piece.inserted), piece.start, piece
            now += len(piece.inserted)
            at = piece.end
        yield now, now + len(self.original) - at, at, None

    def _parts(self) -> Iterator[str]:
        at = 0
        for piece in self._pieces:
            yield self.original[at : piece.start]
            yield piece.inserted
            at = piece.end
        yield self.original[at:]

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """What was changed, in the order of the original, neighbouring edits of one diagnostic joined."""
        entries: list[LedgerEntry] = []
        shift = 0
        for piece in _joined(self._pieces):
            start = piece.start + shift
            removed = self.original[piece.start : piece.end]
            if removed == piece.inserted:
                continue
            shift += len(piece.inserted) - len(removed)
            entries.append(
                LedgerEntry(
                    rule=piece.cause.rule,
                    reason=piece.cause.message,
                    confidence=round(piece.cause.confidence, 4),
                    start=piece.start,
                    end=piece.end,
                    cleaned_start=start,
                    cleaned_end=start + len(piece.inserted),
                    removed=removed,
                    inserted=piece.inserted,
                )
            )
        return tuple(entries)


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.end == piece.start and last.cause is piece.cause:
            joined[-1] = last._replace(end=piece.end, inserted=last.inserted + piece.inserted)
        elif piece.start < piece.end or piece.inserted:
            joined.append(piece)
    return joined


def _cut(segment: tuple[int, int, int, _Piece | None], todo: list[tuple[Edit, Diagnostic]]) -> Iterator[_Piece]:
    """The pieces of one segment of the present text after the edits that touch it. Takes finished edits off `todo`."""
    start, end, origin, piece = segment
    at, kept = start, []
    while todo and (todo[-1][0].start < end or (todo[-1][0].start == todo[-1][0].end == end and piece is None)):
        edit, cause = todo[-1]
        first, last = max(edit.start, at), min(edit.end, end)
        if piece is None:
            a, b = origin + first - start, origin + max(first, last) - start
            yield _Piece(a, b, edit.replacement, cause)
        else:
            kept.append(piece.inserted[at - start : first - start] + edit.replacement)
        at = max(first, last)
        todo.pop()
        if edit.end > end:
            todo.append((Edit(end, edit.end), cause))
            break
    if piece is not None:
        yield piece._replace(inserted="".join(kept) + piece.inserted[at - start :])


def offset_map(ledger: Iterable[LedgerEntry]) -> OffsetMap:
    """The offset map of a ledger."""
    return OffsetMap(tuple((e.start, e.end, e.cleaned_start, e.cleaned_end) for e in ledger))


def restore(cleaned: str, ledger: Iterable[LedgerEntry]) -> str:
    """The original of a cleaned text. Raises `ValueError` when the text is not the one that the ledger speaks of."""
    parts, at = [], 0
    for entry in sorted(ledger, key=lambda e: (e.cleaned_start, e.start)):
        if entry.cleaned_start < at or cleaned[entry.cleaned_start : entry.cleaned_end] != entry.inserted:
            raise ValueError(f"the cleaned text was changed at offset {entry.cleaned_start}; restore needs it as clean wrote it")
        parts += [cleaned[at : entry.cleaned_start], entry.removed]
        at = entry.cleaned_end
    return "".join([*parts, cleaned[at:]])
