"""Cleaned files and their ledger back to the originals, byte for byte, each checked against its hash."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from shutil import copyfileobj
from typing import Any, BinaryIO

from lintnews.files.encoding import DamagedError, MissingError, UndecodableError
from lintnews.files.hashing import digest
from lintnews.files.replacing import TEMPORARY
from lintnews.fixes.ledger import LedgerEntry, restore
from lintnews.running.ledger import CUT_OFF, LedgerError, Tally, file_of, read_line
from lintnews.running.reading import source_for
from lintnews.sources.source import Columns, File, NoTextError
from lintnews.sources.text import TextSource

_BLOCK = 1 << 20
_GATHERED = ("articles.jsonl", "articles.csv", "articles.parquet")


class RestoreError(Exception):
    """Something that can't be restored; says what and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """A ledger file; in memory is only where in it the records of each article start, once for each run that changed it.

    `problem` says that records may be missing: it was cut, or the run that wrote it last was. `note` that a run was cut off, and
    what it did is all there.
    """

    path: str
    _starts: Mapping[str, Sequence[int]]
    files: Mapping[str, str]
    """Names of the files that were changed, each with that of an article in it."""
    problem: str | None
    note: str | None

    @classmethod
    def open(cls, path: str) -> Ledger:
        """Read through the file once. Raises `RestoreError`."""
        starts: dict[str, list[int]] = {}
        files: dict[str, str] = {}
        tally = Tally()
        problem = note = None
        at = number = 0
        if os.path.exists(path) and not os.path.isfile(path):
            raise RestoreError(f"{path}: is no regular file; name the ledger that clean wrote with --ledger")
        try:
            with open(path, "rb") as file:
                for number, line in enumerate(file, 1):
                    if not line.endswith(b"\n"):
                        break  # of a run that was cut off, while it wrote of a file that it hadn't replaced yet
                    record = read_line(line, path, number)
                    if "mark" in record:
                        note = f"{path}:{number}: the run was cut off" if record["mark"] == CUT_OFF else note
                        if tally.mark(record["mark"]) != record:
                            problem = (
                                f"{path}:{number}: records are missing before this line; put the ledger that clean wrote back"
                            )
                    else:
                        if "original_xxh3" in record:
                            starts.setdefault(record["path"], []).append(at)
                            files[file_of(record)] = record["path"]
                        tally.add(line)
                    at += len(line)
                if tally.edits or not number or file.tell() > at:
                    problem = f"{path}: has no mark at its end, so that either it was cut or the run that wrote it was"
        except LedgerError as error:
            raise RestoreError(str(error)) from None
        except OSError as error:
            raise RestoreError(f"{path}: can't be read: {error.strerror}; name the ledger with --ledger") from None
        return cls(path, starts, files, problem, note)

    def speaks_of(self, name: str) -> bool:
        """Whether an article of this file was changed."""
        return name in self._starts or name in self.files

    def name_of(self, path: str, below: str) -> str:
        """What the ledger calls a file: its path as seen from the ledger, if it is known by that, or that below its folder."""
        here = _from(os.path.dirname(self.path), path)
        return here if self.speaks_of(here) else below

    def expected(self, folder: str) -> set[str]:
        """The files that should be in a folder: all that were changed, but those that lie elsewhere as seen from the ledger."""
        inside = _from(os.path.dirname(self.path), os.path.join(folder, ""))
        place = os.path.dirname(self.path)
        return {name for name in self.files if name.startswith(inside) or not os.path.exists(os.path.join(place, name))}

    def changes(self, name: str) -> list[list[dict[str, Any]]]:
        """The records of one article, those of each run in order, the last run first; none when it was not changed."""
        if name not in self._starts:
            return []
        with open(self.path, "rb") as file:
            return [list(_records(file, start, name)) for start in reversed(self._starts[name])]


def _from(place: str, path: str) -> str:
    seen = os.path.relpath(path, place or os.curdir).replace(os.sep, "/")
    return "" if seen == "." else f"{seen}/" if path.endswith(os.sep) else seen


def _records(file: BinaryIO, start: int, name: str) -> Iterator[dict[str, Any]]:
    file.seek(start)
    for number, line in enumerate(file):
        record = json.loads(line)
        if record.get("path") != name or (number and "original_xxh3" in record):
            return
        yield record


def restore_file(path: str, name: str, ledger: Ledger, target: BinaryIO) -> set[str]:
    """Write the original of a cleaned file, and say which files of the ledger it holds. Raises `RestoreError`, and `OSError`."""
    if os.path.basename(path) in _GATHERED and not ledger.speaks_of(name):
        return _restore_gathered(path, ledger, target)
    if not ledger.speaks_of(name):
        with open(path, "rb") as stream:
            copyfileobj(stream, target, _BLOCK)
        return {name}
    from lintnews.files.compression import Packing

    packing = Packing(target, path)
    try:
        if changes := ledger.changes(name):
            packing.file.write(_restored(File(path).read(), path, path, changes))
        else:
            _restore_rows(path, name, ledger, packing.file)
    except (DamagedError, MissingError, NoTextError, UndecodableError) as error:
        raise RestoreError(f"{path}: {error}") from None
    packing.close()
    return {name}


def _restore_rows(path: str, name: str, ledger: Ledger, target: BinaryIO) -> None:
    first = ledger.changes(ledger.files[name])[0][0]
    source = source_for(path, Columns(first.get("field", "")), first.get("read_as", ""))
    file = File(path, encoding=first.get("encoding", "").partition("+")[0])
    joined = source.joined(file, target)
    for part in source.parts(file, _BLOCK):
        writer = source.writer()
        if writer is None:
            raise RestoreError(f"{path}: files of this kind are never written")
        for record in source.records(file, part):
            changes = ledger.changes(f"{name}#{record.row}")
            writer.write(record, _restored(record.raw, f"{path}#{record.row}", path, changes) if changes else None)
        joined.add(writer.piece())
    joined.close()


def _restore_gathered(path: str, ledger: Ledger, target: BinaryIO) -> set[str]:
    """Write a file that articles were gathered in with their original texts; each row says what the ledger calls it."""
    names: set[str] = set()
    source = source_for(path, Columns("text", "path"))
    joined = source.joined(File(path), target)
    for part in source.parts(File(path), _BLOCK):
        writer = source.writer()
        assert writer is not None, "rows are written"
        for record in source.records(File(path), part):
            changes = ledger.changes(record.id) if record.text is not None else []
            names.update(file_of(records[0]) for records in changes)
            new = _restored((record.text or "").encode(), record.id, record.id, changes) if changes else None
            writer.write(record, None if new is None else source.encoded(record, new.decode()))
        joined.add(writer.piece())
    joined.close()
    return names


def _restored(cleaned: bytes, shown: str, path: str, changes: Sequence[Sequence[Mapping[str, Any]]]) -> bytes:
    """What stood there before the first of the runs that led to these bytes, the last one being undone first."""
    found = digest(cleaned)
    before = cleaned
    for records in changes:
        if records[0].get("cleaned_xxh3") == found:
            before = _undone(before, shown, path, records)
            found = records[0]["original_xxh3"]
    if before is cleaned and not any(records[0].get("original_xxh3") == found for records in changes):
        raise RestoreError(f"{shown}: was changed after it was cleaned; put the file that clean wrote back")
    return before


def _undone(cleaned: bytes, shown: str, path: str, records: Sequence[Mapping[str, Any]]) -> bytes:
    first = records[0]
    try:
        entries = [LedgerEntry.from_dict(record) for record in records]
        is_row = "field" in first or "read_as" in first
        source = source_for(path, Columns(first.get("field", "")), first.get("read_as", "")) if is_row else TextSource(path)
        undo: Callable[[str], str] = lambda text: restore(text, entries)  # noqa: E731
        original = source.restore(cleaned, undo, first)
    except (KeyError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise RestoreError(f"{shown}: the ledger does not fit: {error}; name the ledger that clean wrote") from None
    if digest(original) != first["original_xxh3"]:
        raise RestoreError(f"{shown}: the ledger does not give the original back; it was changed")
    return original


def files_below(folder: str, leave_out: str) -> Iterator[tuple[str, str]]:
    """All files below a folder, sorted, each with its path below it, except one, and what a killed run left unfinished."""
    for here, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(here, file)
            is_other = os.path.exists(path) and not os.path.isfile(path)  # a pipe would be waited for
            if not is_other and not file.startswith(TEMPORARY) and not _is_same(path, leave_out):
                yield path, os.path.relpath(path, folder).replace(os.sep, "/")


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False  # told when it is read
