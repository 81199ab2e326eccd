"""Rows of fields with a delimiter between them (CSV, TSV), as RFC 4180 has it; every other byte is passed through."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from lintnews.files.encoding import UTF_8, DamagedError, Encoding, UndecodableError, from_label
from lintnews.files.finding import uncompressed
from lintnews.sources import fields
from lintnews.sources.rows import gathered
from lintnews.sources.source import (
    TEXT,
    Appended,
    Columns,
    Concatenated,
    File,
    Joined,
    Moved,
    NoTextError,
    Part,
    Record,
    Writer,
    unmoved,
)

if TYPE_CHECKING:
    from lintnews.document import Markup

_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 18
_LONGEST_BYTES = 64 << 20
_DELIMITERS = (",", ";", "\t", "|")


class Header(NamedTuple):
    """What the first row says: the delimiter, the columns' names, and which are the text's, the name's, the site's and that of
    rules that are ignored.

    Without `is_there` the first row is an article like the others.
    """

    delimiter: str
    names: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()
    id: int | None = None
    site: int | None = None
    ignored: int | None = None
    is_there: bool = True


class CsvSource:
    """Rows of fields; those that are not replaced keep their quotation marks and line ends."""

    many = True
    markup: Markup = "plain"

    def __init__(self, path: str, columns: Columns = TEXT) -> None:
        self.columns = columns
        self.is_tsv = uncompressed(path).lower().endswith((".tsv", ".tab"))
        self.header = Header("\t" if self.is_tsv else ",")
        self.guess = ""

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches that end with a row. Raises `OSError` and `DamagedError`."""
        with file.open() as stream:
            yield from gathered(enumerate(self._split(stream, _encoding(file))), size, 0)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The rows of one part. The header is row 0. Raises `OSError` and `DamagedError`."""
        encoding = _encoding(file)
        data = file.read(part)
        at, row = (part.start, part.row) if part else (0, 0)
        head = part.head if part and part.head else self._head(file, part, data, encoding)
        if not head:
            return
        self._learn(head.removeprefix(_MARK).decode(encoding.name, "replace"))
        for raw in self._split(BytesIO(data), encoding):
            if row or not self.header.is_there:
                yield self._record(raw, row + (not self.header.is_there), at, encoding)
            else:
                yield Record(raw, row=0, start=at, stop=at + len(raw))
            row, at = row + 1, at + len(raw)

    def _head(self, file: File, part: Part | None, data: bytes, encoding: Encoding) -> bytes:
        if part is None or part.start == 0 or part.data is not None:
            return next(self._split(BytesIO(data), encoding), b"")
        with file.open() as stream:
            return next(self._split(stream, encoding), b"")

    def _split(self, stream: BinaryIO, encoding: Encoding) -> Iterator[bytes]:
        """The rows as they are written. Raises `DamagedError`."""
        data = stream.read(_BLOCK)
        if not self.header.names:
            self._measure(data.removeprefix(_MARK).decode(encoding.name, "replace"))
        pattern = _patterns(self.header.delimiter).row
        at = done = row = 0
        is_ended = False
        while True:
            found = pattern.match(data, at)
            if found is not None and (found.end() < len(data) or is_ended):
                if found.end() == at:
                    return
                yield found[0]
                at, row = found.end(), row + 1
                continue
            if is_ended or len(data) - at > _LONGEST_BYTES:
                where = f"row {row} of what starts at byte {done:,}" if done else f"row {row}"
                raise DamagedError(f"{where}: a quotation mark opens a value, and none closes it; correct the row")
            blocks = [data[at:]]
            wanted = max(_BLOCK, len(blocks[0]))
            while wanted > 0 and (block := stream.read(wanted)):
                blocks.append(block)
                wanted -= len(block)
            is_ended = wanted > 0
            data, at, done = b"".join(blocks), 0, done + at

    def _measure(self, head: str) -> None:
        """Which delimiter the first row has."""
        if not self.is_tsv:
            self.header = self.header._replace(delimiter=_delimiter(head.partition("\n")[0]))

    def _learn(self, head: str) -> None:
        """Which columns are asked for, or suggested by their names. Raises `NoTextError`."""
        self._measure(head)
        patterns = _patterns(self.header.delimiter)
        names = tuple(_value(raw) for raw in patterns.fields(head.encode()))
        given = [".".join(field.keys) for field in fields.fields_of(self.columns.text)]
        by_number = bool(given) and all(name.isdecimal() and name not in names for name in given)
        texts = given or [name for name in (fields.suggested(names, fields.TEXTS),) if name]
        if by_number:
            numbers = tuple(int(name) - 1 for name in texts)
        else:
            missing = [name for name in texts if name not in names]
            if missing or not texts:
                wanted = " or ".join(map(repr, missing)) if missing else "that a text is usually in"
                near = fields.near(names[:30])
                raise NoTextError(f"no field {wanted}{near}; name it with --text-field, by its number where no header is there")
            numbers = tuple(map(names.index, texts))
        found = Columns(
            ",".join(texts),
            self.columns.id or fields.suggested(names, fields.IDS),
            self.columns.site or fields.suggested(names, fields.SITES),
            self.columns.ignored,
        )
        asked = (found.id, found.site, found.ignored)
        places = [names.index(name) if name and name in names and not by_number else None for name in asked]
        name, site, ignored = places
        self.header = Header(self.header.delimiter, names, numbers, name, site, ignored, not by_number)
        self.guess = fields.told(self.columns, found)

    def _record(self, raw: bytes, row: int, at: int, encoding: Encoding) -> Record:
        record = Record(raw, row=row, encoding=encoding, start=at, stop=at + len(raw))
        body = raw.removeprefix(_MARK) if at == 0 else raw
        if not body.strip(b" \r\n"):
            return record
        found = _patterns(self.header.delimiter).fields(body)
        if len(found) <= max(self.header.texts):
            there = f"{len(found)} fields, fewer than the column of the text; correct the row"
            return record._replace(problem=f"has {there}")
        texts = [found[number] for number in self.header.texts]
        if any(text.startswith(b'"') and not _is_closed(text) for text in texts):
            return record._replace(problem="has a quotation mark inside a quoted value; write it twice there")
        try:
            parts = [_value(text, encoding) for text in texts]
            places = self.header.id, self.header.site, self.header.ignored
            name, site, ignored = (_at(found, number, encoding) for number in places)
        except UnicodeDecodeError as error:
            kind = encoding.name.upper()
            return record._replace(problem=f"not valid {kind} at byte {error.start} of a value; name another with --encoding")
        text, pieces = fields.joined(parts) if len(parts) > 1 else (parts[0], ())
        return record._replace(text=text, id=name, site=fields.host(site), ignored=ignored or None, pieces=pieces)

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The row with the text's fields replaced; quoted as they were, and where they must be."""
        parts = fields.parted(record.text or "", record.pieces, text, moved) if record.pieces else [text]
        new = [_written(part, self.header.delimiter).encode(record.encoding.name) for part in parts]
        return _replaced(record.raw, self.header, new, keep_quotes=True)

    def row(self, record: Record) -> Mapping[str, Any]:
        """The other columns, by name, or by number where no header is there."""
        found = _patterns(self.header.delimiter).fields(record.raw)
        names = self.header.names if self.header.is_there else [str(number) for number in range(1, len(found) + 1)]
        others = [(names[at], raw) for at, raw in enumerate(found[: len(names)]) if at not in self.header.texts]
        return {name: _value(raw, record.encoding) for name, raw in others}

    def writer(self) -> Writer:
        """The rows' bytes."""
        return Concatenated()

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """All parts."""
        return Appended(target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """The field, where it stands, and the value as it was written where writing the text anew would quote it otherwise."""
        header = self.header
        names = [header.names[number] for number in header.texts] if header.is_there else [str(n + 1) for n in header.texts]
        trace: dict[str, Any] = {"field": ",".join(map(fields.quoted, names)), "columns": list(header.texts)}
        if header.delimiter != ",":
            trace["delimiter"] = header.delimiter
        if record.id:
            trace["id"] = record.id
        if record.encoding != UTF_8:
            trace["encoding"] = record.encoding.label
        if record.pieces or self.restore(cleaned, lambda _: record.text or "", trace) != record.raw:
            found = _patterns(header.delimiter).fields(record.raw)
            trace["written"] = [found[number].decode(record.encoding.name) for number in header.texts]
        return trace

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The original row."""
        encoding = from_label(trace.get("encoding", "utf-8"))
        header = Header(trace.get("delimiter", ","), texts=tuple(trace["columns"]))
        if "written" in trace:
            return _replaced(cleaned, header, [value.encode(encoding.name) for value in trace["written"]])
        found = _patterns(header.delimiter).fields(cleaned)
        text = undo(_value(found[header.texts[0]], encoding))
        return _replaced(cleaned, header, [_written(text, header.delimiter).encode(encoding.name)], keep_quotes=True)


class _Patterns(NamedTuple):
    row: re.Pattern[bytes]
    field: re.Pattern[bytes]

    def fields(self, row: bytes) -> list[bytes]:
        """The fields of a row as they are written."""
        return [row[start:stop] for start, stop in self.spans(row)]

    def spans(self, row: bytes) -> list[tuple[int, int]]:
        """Where the fields of a row stand."""
        spans, at = [], 0
        while (found := self.field.match(row, at)) is not None:
            spans.append(found.span(1))
            at = found.end()
            if not found[2]:
                break
        return spans


@lru_cache(maxsize=8)
def _patterns(delimiter: str) -> _Patterns:
    other = rb"[^%b\r\n]" % re.escape(delimiter.encode())
    field = rb'(?:"(?:[^"]++|"")*+"%b*+|(?!")%b*+)' % (other, other)
    row = rb"(?:\xef\xbb\xbf)?+%b(?:%b%b)*+(?:\r\n|\n|\r|\Z)" % (field, re.escape(delimiter.encode()), field)
    return _Patterns(re.compile(row), re.compile(rb"(?:\xef\xbb\xbf)?+(%b)(%b)?+" % (field, re.escape(delimiter.encode()))))


def _delimiter(line: str) -> str:
    """The one that the header has most of, outside quotation marks."""
    bare = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=bare.count)


def _encoding(file: File) -> Encoding:
    encoding = Encoding(file.encoding) if file.encoding else UTF_8
    if '",\n'.encode(encoding.name) != b'",\n':
        raise UndecodableError(f"rows can't be told apart in {encoding.name}; save it as UTF-8")
    return encoding


def _is_closed(raw: bytes) -> bool:
    return len(raw) > 1 and raw.endswith(b'"') and raw[1:-1].count(b'"') == 2 * raw[1:-1].count(b'""')


def _value(raw: bytes, encoding: Encoding = UTF_8) -> str:
    """What a field says. Raises `UnicodeDecodeError`."""
    text = raw.decode(encoding.name)
    return text[1:-1].replace('""', '"') if text.startswith('"') and text.endswith('"') and len(text) > 1 else text


def _at(found: Sequence[bytes], number: int | None, encoding: Encoding) -> str:
    return _value(found[number], encoding) if number is not None and number < len(found) else ""


def _written(text: str, delimiter: str) -> str:
    """A value as a field, in quotation marks where it needs them."""
    needs = any(mark in text for mark in (delimiter, '"', "\r", "\n")) or text != text.strip()
    return '"' + text.replace('"', '""') + '"' if needs else text


def _replaced(raw: bytes, header: Header, new: Sequence[bytes], *, keep_quotes: bool = False) -> bytes:
    """A row with its text's fields replaced."""
    pieces, last = [], 0
    spans = _patterns(header.delimiter).spans(raw)
    for number, value in sorted(zip(header.texts, new, strict=True)):
        start, stop = spans[number]
        if keep_quotes and raw[start : start + 1] == b'"' and not value.startswith(b'"'):
            value = b'"' + value + b'"'
        pieces += [raw[last:start], value]
        last = stop
    return b"".join((*pieces, raw[last:]))
