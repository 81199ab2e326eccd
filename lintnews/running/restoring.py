"""Cleaned files and their ledger back to the originals, byte for byte, each checked against its hash."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from lintnews.files.hashing import digest
from lintnews.fixes.ledger import LedgerEntry, restore
from lintnews.running.reading import source_for
from lintnews.sources.source import Columns

_BLOCK = 1 << 20


class RestoreError(Exception):
    """Something that can't be restored; says what and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """A ledger file; in memory is only where in it the records of each article start."""

    path: str
    _starts: Mapping[str, int]
    files: frozenset[str]
    """Names of the files that were changed."""

    @classmethod
    def open(cls, path: str) -> Ledger:
        """Read through the file once. Raises `RestoreError`."""
        starts: dict[str, int] = {}
        try:
            with open(path, "rb") as file:
                at = 0
                for number, line in enumerate(file, 1):
                    starts.setdefault(_record(line, path, number)["path"], at)
                    at += len(line)
        except OSError as error:
            raise RestoreError(f"{path}: can't be read: {error.strerror}; name the ledger with --ledger") from None
        return cls(path, starts, frozenset(name.rpartition("#")[0] or name for name in starts))

    def speaks_of(self, name: str) -> bool:
        """Whether an article of this file was changed."""
        return name in self._starts or name in self.files

    def records(self, name: str) -> list[dict[str, Any]]:
        """The records of one article, in order; none when it was not changed."""
        start = self._starts.get(name)
        if start is None:
            return []
        found = []
        with open(self.path, "rb") as file:
            file.seek(start)
            for line in file:
                record = json.loads(line)
                if record["path"] != name:
                    break
                found.append(record)
        return found


def _record(line: bytes, path: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError:
        record = None
    if not isinstance(record, dict) or not isinstance(record.get("path"), str):
        raise RestoreError(f"{path}:{number}: not a ledger record; name the ledger that clean wrote")
    return record


def restored(stream: BinaryIO, path: str, name: str, ledger: Ledger) -> Iterator[bytes]:
    """The original bytes of a cleaned file, piece by piece. Raises `RestoreError`, and `OSError`."""
    if not ledger.speaks_of(name):
        while block := stream.read(_BLOCK):
            yield block
    elif records := ledger.records(name):
        yield _restored(stream.read(), path, path, records)
    else:
        for row, raw in enumerate(stream, 1):
            records = ledger.records(f"{name}#{row}")
            yield _restored(raw, f"{path}#{row}", path, records) if records else raw


def _restored(cleaned: bytes, shown: str, path: str, records: Sequence[Mapping[str, Any]]) -> bytes:
    first = records[0]
    found = digest(cleaned)
    if found == first.get("original_xxh3"):
        return cleaned
    if found != first.get("cleaned_xxh3"):
        raise RestoreError(f"{shown}: was changed after it was cleaned; put the file that clean wrote back")
    try:
        entries = [LedgerEntry.from_dict(record) for record in records]
        source = source_for(path, Columns(first.get("field", "text")))
        undo: Callable[[str], str] = lambda text: restore(text, entries)  # noqa: E731
        original = source.restore(cleaned, undo, first)
    except (KeyError, ValueError, LookupError) as error:
        raise RestoreError(f"{shown}: the ledger does not fit: {error}; name the ledger that clean wrote") from None
    if digest(original) != first["original_xxh3"]:
        raise RestoreError(f"{shown}: the ledger does not give the original back; it was changed")
    return original


def files_below(folder: str, leave_out: str) -> Iterator[tuple[str, str]]:
    """All files below a folder, sorted, each with its path below it, except one."""
    for here, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(here, file)
            if not os.path.samefile(path, leave_out):
                yield path, os.path.relpath(path, folder).replace(os.sep, "/")
