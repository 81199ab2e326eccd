"""One JSON object a line (JSONL, NDJSON), the article in one of its fields; every other byte is passed through."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import UTF_8, Encoding, UndecodableError
from lintnews.sources.jsonrows import JsonRows
from lintnews.sources.rows import gathered
from lintnews.sources.source import TEXT, Appended, Columns, Concatenated, File, Joined, Moved, Part, Record, Writer, unmoved

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
        """Stretches that end with a row; a row longer than `size` makes a longer one."""
        with file.open() as stream:
            if file.is_stream:
                yield from gathered(enumerate(_lines(stream, min(size, _BLOCK)), 1), size)
                return
            start = position = 0
            first = row = 1
            head = b""
            while block := stream.read(_BLOCK):
                head = head or _first(block)
                newline = block.rfind(b"\n")
                cut = newline + 1 if newline >= 0 and position + newline + 1 - start >= size else 0
                if cut:
                    row += block.count(b"\n", 0, cut)
                    yield Part(start, position + cut, first, position + cut - start, None, head)
                    start, first = position + cut, row
                row += block.count(b"\n", cut)
                position += len(block)
            if position > start:
                yield Part(start, position, first, position - start, None, head)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The rows of one part, blank ones and broken ones too. Raises `OSError`."""
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


def _lines(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """The rows of a stream, read some at a time."""
    return chain.from_iterable(iter(lambda: stream.readlines(size), []))


def _first(data: bytes) -> bytes:
    """The first row that isn't blank, if all of it is there."""
    return next((row for row in data.split(b"\n", 20) if row.strip()), b"")
