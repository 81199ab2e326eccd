"""The record of every applied edit, from which the original is rebuilt, and offsets between the two texts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


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
