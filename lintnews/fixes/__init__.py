"""Diagnostics to a cleaned text: choose edits that do not overlap, tidy what they leave, apply them, keep the ledger.

Read `tidying`, then `Revision` here, then `ledger`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lintnews.diagnostic import Diagnostic, Edit
from lintnews.fixes.ledger import LedgerEntry
from lintnews.fixes.tidying import tidy


class _Piece(NamedTuple):
    """An edit in terms of the original, with its cause."""

    start: int
    end: int
    inserted: str
    cause: Diagnostic


def choose(diagnostics: Iterable[Diagnostic], unsafe: bool, min_confidence: float) -> list[Diagnostic]:
    """The diagnostics whose fixes are to be applied: none overlaps another, the surer goes first, then the wider, the earlier.

    A list goes before its surer lines, so that it does not lose its heading and stay. Edits that only touch do not overlap.
    The choice does not depend on the order of the diagnostics.
    """
    wanted = [d for d in diagnostics if d.fix and (unsafe or d.fix.safety == "safe") and d.confidence >= min_confidence]
    ordered = sorted(wanted, key=lambda d: (-_surety(d, wanted), d.start - d.end, d.start, d.rule, d.message))
    taken: list[Edit] = []  # sorted by place; edits already chosen
    chosen = []
    for diagnostic in ordered:
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        if all(_is_free(taken, edit) for edit in edits):
            chosen.append(diagnostic)
            for edit in edits:
                taken.insert(bisect_right(taken, edit), edit)
    return chosen


def _surety(diagnostic: Diagnostic, among: Sequence[Diagnostic]) -> float:
    """The confidence of a diagnostic, or that of the surest one inside it where it spans several lines."""
    if "\n" not in diagnostic.text:
        return diagnostic.confidence
    return max(d.confidence for d in among if diagnostic.start <= d.start and d.end <= diagnostic.end)


def _is_free(taken: Sequence[Edit], edit: Edit) -> bool:
    at = bisect_right(taken, edit)
    before = taken[at - 1] if at else None
    after = taken[at] if at < len(taken) else None
    if before is not None and (before.end > edit.start or (before.start, before.end) == (edit.start, edit.end)):
        return False
    return after is None or after.start >= edit.end


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
