"""The ledger as it is written: appended to, ahead of the files that it speaks of, with a mark behind each run.

A mark says how many articles and edits the run wrote, so that whoever reads it knows that nothing is missing.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import nullcontext, suppress
from types import TracebackType
from typing import Any, BinaryIO

from lintnews.files.replacing import Replacement
from lintnews.messages import ImpossibleError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

END, CUT_OFF = "end", "cut off"
"""What a mark says: a run came to its end, or a later one found that it hadn't."""


class LedgerError(ImpossibleError):
    """A file that can't be a run's ledger; says why, and what to do."""


class Tally:
    """Articles and edits since the last mark."""

    def __init__(self) -> None:
        self.articles = self.edits = 0

    def add(self, line: bytes) -> None:
        """Count a record; an article's first one has hashes, and a quotation mark in a text is never written bare."""
        self.edits += 1
        self.articles += b'"original_xxh3": ' in line

    def mark(self, how: str) -> dict[str, Any]:
        """The mark for them; the count starts anew."""
        made = {"mark": how, "articles": self.articles, "edits": self.edits}
        self.articles = self.edits = 0
        return made


class LedgerFile:
    """A ledger that is open for writing. As a context it writes the mark behind the run, however that ends.

    Raises `LedgerError` for a file that is no ledger or that another run writes to, and `OSError`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._tally = Tally()
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
        self._file = _opened(path)
        self._is_regular = stat.S_ISREG(os.fstat(self._file.fileno()).st_mode)
        try:
            if self._is_regular:
                self._mend()
        except BaseException:
            self._file.close()
            raise
        self.start = self._good = self._file.tell() if self._is_regular else 0
        """Bytes that were there before this run, and bytes that are whole."""

    def add(self, lines: Sequence[bytes], *, must_last: bool) -> None:
        """Append the records of a batch, whole or not at all; with `must_last` they outlast a power cut."""
        data = b"".join(lines)
        if not data:
            return
        try:
            self._file.write(data)
            self._file.flush()
            if must_last:
                self._sync()
        except OSError:
            self._take_back()
            raise
        self._good += len(data)
        for line in lines:
            self._tally.add(line)

    def _sync(self) -> None:
        if self._is_regular:
            os.fsync(self._file.fileno())

    def close(self, superseded: Set[str] = frozenset()) -> None:
        """Write the mark, and drop what earlier runs wrote of files that this one has written anew. Raises `OSError`."""
        try:
            self._file.write(_line(self._tally.mark(END)))
            self._file.flush()
            self._sync()
            if superseded and self.start:
                self._drop(superseded)
        except OSError:
            self._take_back()
            raise
        finally:
            self._file.close()

    def _drop(self, names: Set[str]) -> None:
        with open(self.path, "rb") as old, Replacement(self.path) as new:
            new.file.writelines(_others(_head(old, self.start), names))
            while block := old.read(1 << 20):
                new.file.write(block)

    def _mend(self) -> None:
        """Put a mark behind a run that was cut off, and drop the line that it didn't finish."""
        at = 0
        tally = Tally()
        with open(self.path, "rb") as file:
            for number, line in enumerate(file, 1):
                if not line.endswith(b"\n"):
                    break
                record = read_line(line, self.path, number)
                tally.mark("") if "mark" in record else tally.add(line)
                at += len(line)
        if at < os.fstat(self._file.fileno()).st_size:
            self._file.truncate(at)
        if tally.edits:
            self._file.write(_line(tally.mark(CUT_OFF)))
            self._file.flush()
        self._file.seek(0, os.SEEK_END)

    def _take_back(self) -> None:
        """Leave no half line, where the disk is full."""
        with suppress(OSError):
            if self._is_regular:
                os.truncate(self.path, self._good)

    def __enter__(self) -> LedgerFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file.closed:
            return
        with suppress(OSError) if kind else nullcontext():  # what went wrong first is what is told
            self.close()


def _opened(path: str) -> BinaryIO:
    """The file, to append to, and to nobody else."""
    while True:
        file = open(path, "ab")  # noqa: SIM115  # open until the run ends
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise LedgerError(f"{path}: another run is writing to it; wait, or name another with --ledger") from None
        except OSError:
            pass  # a device, or a file system without locks
        if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
            return file
        file.close()  # another run has replaced it meanwhile


def read_line(line: bytes, path: str, number: int) -> dict[str, Any]:
    """A line of a ledger: a record or a mark. Raises `LedgerError`."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if isinstance(record, dict) and (isinstance(record.get("path"), str) or isinstance(record.get("mark"), str)):
        return record
    raise LedgerError(f"{path}:{number}: not a ledger record; name the ledger that clean wrote")


def file_of(record: Mapping[str, Any]) -> str:
    """The file that the first record of an article is about; what stands behind a `#` may be a row, or of the file's name."""
    name: str = record["path"]
    return name.rpartition("#")[0] if "row" in record else name


def _head(file: BinaryIO, size: int) -> Iterator[bytes]:
    while file.tell() < size:
        yield file.readline()


def _others(lines: Iterable[bytes], names: Set[str]) -> Iterator[bytes]:
    """The records that speak of other files, and the marks, with counts that are true of them."""
    tally = Tally()
    is_other = True
    for line in lines:
        record = json.loads(line)
        if "mark" in record:
            if tally.edits:
                yield _line(tally.mark(record["mark"]))
            continue
        if "original_xxh3" in record:
            is_other = names.isdisjoint((file_of(record), record["path"].rpartition("/")[0]))
        if is_other:
            tally.add(line)
            yield line


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode() + b"\n"
