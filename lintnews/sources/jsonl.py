"""One JSON object a line (JSONL, NDJSON), the article in one of its fields; every other byte is passed through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import UTF_8, Encoding, UndecodableError
from lintnews.sources.jsonrows import JsonRows
from lintnews.sources.source import (
    LONGEST_BYTES,
    TEXT,
    TOO_LONG,
    Appended,
    Columns,
    Concatenated,
    File,
    Joined,
    Moved,
    Part,
    Record,
    Writer,
    unmoved,
)

if TYPE_CHECKING:
    from lintnews.document import Markup

_BLOCK = 1 << 20


class JsonlSource:
    """Rows of JSON."""

    many = True
    markup: Markup = "plain"

    def __init__(self, _path: str, columns: Columns = TEXT) -> None:
        self.rows = JsonRows(columns)

    @property
    def guess(self) -> str:
        """What was guessed of the fields, in words."""
        return self.rows.guess

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches that end with a row; a row longer than `size` makes a longer one, and one that is too long several."""
        with file.open() as stream:
            yield from _Cutter(size, keeps=file.is_stream).parts(stream)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The rows of one part, blank ones and broken ones too. Raises `OSError`."""
        if part is not None and part.is_too_long:
            yield Record(file.read(part), row=part.row, start=part.start, stop=part.stop, problem=TOO_LONG)
            return
        encoding = Encoding(file.encoding) if file.encoding else UTF_8
        if "\n".encode(encoding.name) != b"\n":
            raise UndecodableError(f"rows can't be told apart in {encoding.name}; save it as UTF-8")
        data = file.read(part)
        self.rows.learn(part.head if part and part.head else self._head(file, part, data))
        rows = data.split(b"\n")
        last = rows.pop()
        at, first = (part.start, part.row) if part else (0, 1)
        for number, row in enumerate(rows, first):
            yield self.rows.record(row + b"\n", number, at, encoding)
            at += len(row) + 1
        if last:
            yield self.rows.record(last, first + len(rows), at, encoding)

    def _head(self, file: File, part: Part | None, data: bytes) -> bytes:
        """The first row, by which fields are guessed."""
        if part is None or part.start == 0 or part.data is not None:
            return _first(data)
        with file.open() as stream:
            return _first(stream.read(_BLOCK))

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The row with the fields' values replaced."""
        return self.rows.encoded(record, text, moved)

    def row(self, record: Record) -> Mapping[str, Any]:
        """The other fields."""
        return self.rows.others(record)

    def writer(self) -> Writer:
        """The rows' bytes."""
        return Concatenated()

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """The rows of all parts."""
        return Appended(target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """The field, and what else the original row is told by."""
        return self.rows.trace(record, cleaned)

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The original row."""
        return self.rows.restore(cleaned, undo, trace)


class _Cutter:
    """Cuts a file at the ends of rows, and what is in it of rows that are too long wherever it comes. What can't be read again
    it keeps: the bytes of the stretch that is not cut off yet."""

    def __init__(self, size: int, keeps: bool) -> None:
        self.size = size
        self.kept = bytearray() if keeps else None
        self.start = 0
        self.first = 1
        self.head = b""

    def parts(self, stream: BinaryIO) -> Iterator[Part]:
        """All stretches, in order. Raises `OSError`."""
        at = row_start = 0
        row = 1
        is_long = False
        while block := stream.read(_BLOCK):
            self.head = self.head or _first(block)
            if self.kept is not None:
                self.kept += block
            last = block.rfind(b"\n") + 1
            if is_long and last:
                end = block.find(b"\n") + 1
                row += 1
                yield self.cut(at + end, row, is_long)
                is_long = False
                row += block.count(b"\n", end)
            else:
                row += block.count(b"\n")
            if last:
                row_start = at + last
                if row_start - self.start >= self.size:
                    yield self.cut(row_start, row)
            at += len(block)
            if not is_long and at - row_start > LONGEST_BYTES:
                is_long = True
                if row_start > self.start:
                    yield self.cut(row_start, row)
            if is_long:
                yield self.cut(at, row, is_long)
        if at > self.start:
            yield self.cut(at, row)

    def cut(self, stop: int, row: int, is_too_long: bool = False) -> Part:
        """What lies before an offset, where a row of this number begins or goes on."""
        size = stop - self.start
        data = None
        if self.kept is not None:
            data = bytes(self.kept[:size])
            del self.kept[:size]
        part = Part(self.start, stop, self.first, size, data, self.head, is_too_long)
        self.start, self.first = stop, row
        return part


def _first(data: bytes) -> bytes:
    """The first row that isn't blank, if all of it is there."""
    return next((row for row in data.split(b"\n", 20) if row.strip()), b"")
