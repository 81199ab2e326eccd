"""Tables in columns (Parquet, Arrow and Feather files): only the text's column is changed; read and written with `arrow`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import DamagedError
from lintnews.sources import fields
from lintnews.sources.arrow import Reader, told
from lintnews.sources.arrow import Writer as TableWriter
from lintnews.sources.fields import fields_of
from lintnews.sources.source import TEXT, Columns, File, Joined, Moved, NoTextError, Part, Record, Writer, unmoved
from lintnews.sources.spool import spooled
from lintnews.sources.values import changed, kind_at, kind_of, values_of

if TYPE_CHECKING:
    from lintnews.document import Markup

Row = list[Any]
"""The values of the text's fields, then the row's id and site, and what else it has, if that is wanted."""


class TableSource:
    """Rows of a table. A record's bytes are its text's in UTF-8, or the JSON of the values that make it up."""

    many = True
    markup: Markup = "plain"

    def __init__(self, path: str, columns: Columns = TEXT) -> None:
        self.columns = columns
        self.guess = ""
        self.is_put_together = False
        self._others: dict[int, Mapping[str, Any]] = {}

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Rows with about `size` bytes of text. Raises `OSError`, `DamagedError` and `NoTextError`."""
        held: list[Row] = []
        at = length = 0
        for row in self._rows(file):
            held.append(row)
            length += _size(row)
            if length >= size:
                yield self._part(at, held, length)
                at, length, held = at + len(held), 0, []
        if held or not at:
            yield self._part(at, held, length)

    def _part(self, at: int, rows: Sequence[Row], size: int) -> Part:
        head = json.dumps([*self.columns, self.guess]).encode()
        return Part(at, at + len(rows), at + 1, size, json.dumps(rows, default=str).encode(), head)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The rows. Raises `OSError`, `DamagedError` and `NoTextError`."""
        rows: Iterator[Row]
        if part is None:
            rows = self._rows(file)
        elif part.data is not None:
            *columns, self.guess = json.loads(part.head)
            self.columns = Columns(*columns)
            rows = iter(json.loads(part.data))
        else:
            spool = spooled(file.path, _dumped_rows, self.columns)
            rows = (json.loads(spool.piece(number)) for number in range(part.start, part.stop))
        at = part.start if part else 0
        is_known = False
        for number, row in enumerate(rows, at):
            if not is_known:
                named = fields_of(self.columns.text)
                self.is_put_together, is_known = len(named) > 1 or any(field.is_list for field in named), True
            yield self._record(row, number)

    def _record(self, row: Row, number: int) -> Record:
        *values, name, site, ignored, others = row
        if others:
            self._others = {number + 1: others}
        record = Record(b"", row=number + 1, start=number, stop=number + 1, id=name, site=fields.host(site), ignored=ignored)
        if all(value is None for value in values):
            return record
        if not self.is_put_together:
            (text,) = values
            if isinstance(text, list):
                return record._replace(problem="the text is no valid UTF-8; correct the row")
            return record._replace(raw=text.encode(), text=text)
        parts = [part for value in values for part in (value if isinstance(value, list) else [value or ""])]
        text, pieces = fields.joined([part or "" for part in parts])
        return record._replace(raw=json.dumps(values).encode(), text=text, pieces=pieces)

    def _rows(self, file: File) -> Iterator[Row]:
        if file.is_stream:
            raise DamagedError("is a table that can't be read from standard input or compressed; name the file itself")
        reader = Reader(file.path)
        self._learn(reader)
        named = fields_of(self.columns.text)
        wanted = [*named, *(fields_of(name)[0] if name else None for name in self.columns[1:4])]
        tops = list(dict.fromkeys(field.keys[0] for field in wanted if field))
        for batch in reader.batches(None if self.columns.others else tops):
            columns = [values_of(batch.rows, field) for field in wanted]
            rows = batch.rows.to_pylist() if self.columns.others else [{}] * batch.rows.num_rows
            for row, (*texts, name, site, ignored) in zip(rows, zip(*columns, strict=True), strict=True):
                for field in named if row else ():
                    _leave_out(row, field.keys)
                yield [*texts, "" if name is None else str(name), "" if site is None else str(site), ignored, row]

    def _learn(self, reader: Reader) -> None:
        """Which columns are asked for, or suggested by their names. Raises `NoTextError`."""
        kinds = {field.name: kind_of(field.type) for field in reader.schema}
        texts = [name for name, kind in kinds.items() if kind == "text"]
        found = [fields.suggested(*names) for names in ((texts, fields.TEXTS), (texts, fields.SITES))]
        ids = fields.suggested([name for name, kind in kinds.items() if kind in ("text", "number")], fields.IDS)
        near = fields.near(list(kinds)[:30])
        given = self.columns
        text = given.text or fields.quoted(found[0])
        if not text:
            raise NoTextError(f"no field that a text is usually in{near}; name it with --text-field")
        for field in fields_of(text):
            kind = kind_at(reader.schema, field)
            if kind is None:
                raise NoTextError(f"no field {'.'.join(field.keys)!r}{near}; name it with --text-field")
            if kind != ("texts" if field.is_list else "text"):
                raise NoTextError(
                    f"field {'.'.join(field.keys)!r} holds no text, but {kind}{near}; name another with --text-field"
                )
        others = (given.id or fields.quoted(ids), given.site or fields.quoted(found[1]))
        there = [name if name and kind_at(reader.schema, fields_of(name)[0]) in ("text", "number") else "" for name in others]
        is_there = given.ignored and kind_at(reader.schema, fields_of(given.ignored)[0]) in ("text", "texts")
        ignored = given.ignored if is_there else ""
        self.columns = given._replace(text=text, id=there[0], site=there[1], ignored=ignored)
        self.guess = fields.told(given, self.columns) or self.guess

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The new text, or the values that it is put together of."""
        if not record.pieces:
            return text.encode()
        parts = iter(fields.parted(record.text or "", record.pieces, text, moved))
        new: list[Any] = []
        for value in json.loads(record.raw):
            if isinstance(value, list):
                pairs = [(old, next(parts)) for old in value]
                new.append([None if old is None else part for old, part in pairs if part or not old])
            else:
                part = next(parts)
                new.append(None if value is None else part)
        return json.dumps(new).encode()

    def row(self, record: Record) -> Mapping[str, Any]:
        """The other columns; what JSON has no word for, as it is put in words."""
        return self._others.get(record.row or 0, {})

    def writer(self) -> Writer:
        """The new values of one part."""
        return _NewValues(self)

    def joined(self, file: File, target: BinaryIO) -> Joined:
        """The table once more, with the new values."""
        return _Rewritten(file.path, target)

    def trace(self, record: Record, _cleaned: bytes) -> Mapping[str, Any]:
        """The field, and the values where there are several."""
        trace: dict[str, Any] = {"field": self.columns.text} | ({"id": record.id} if record.id else {})
        return trace | ({"written": record.raw.decode()} if record.pieces else {})

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The original text, or the values that it was put together of."""
        return str(trace["written"]).encode() if "written" in trace else undo(cleaned.decode()).encode()


class _NewValues:
    """Takes the rows of a part; its piece says how many they are, and what the changed ones become."""

    def __init__(self, source: TableSource) -> None:
        self._source = source
        self._rows = 0
        self._new: dict[int, Any] = {}

    def write(self, record: Record, new: bytes | None) -> None:
        """Add a row."""
        if new is not None:
            self._new[self._rows] = json.loads(new) if record.pieces else [new.decode()]
        self._rows += 1

    def piece(self) -> bytes:
        """All of them."""
        return json.dumps([self._rows, self._source.columns.text, self._new]).encode()


class _Rewritten:
    """Goes through a table once more, next to the pieces, and writes it with the new values."""

    def __init__(self, path: str, target: BinaryIO) -> None:
        reader = Reader(path)
        self._batches = reader.batches()
        self._writer = TableWriter(reader, target)
        self._rest: Any = None
        self._is_last = False

    def add(self, piece: bytes) -> None:
        """Write as many rows as the piece has."""
        count, text, new = json.loads(piece)
        changes = {int(row): values for row, values in new.items()}
        at = 0
        while at < count:
            if self._rest is None:
                self._rest, self._is_last = next(self._batches)
            some = self._rest.slice(0, count - at)
            rest = self._rest.slice(some.num_rows)
            here = {row - at: values for row, values in changes.items() if at <= row < at + some.num_rows}
            with told():
                some = changed(some, fields_of(text), here) if here else some
                self._writer.add(some, self._is_last and not rest.num_rows)
            self._rest = rest if rest.num_rows else None
            at += some.num_rows

    def close(self) -> None:
        """There are no more."""
        with told():
            self._writer.close()


def _dumped_rows(path: str, columns: Columns) -> Iterator[bytes]:
    return (json.dumps(row, default=str).encode() for row in TableSource(path, columns)._rows(File(path)))


def _leave_out(row: Any, keys: Sequence[str]) -> None:
    for key in keys[:-1]:
        row = row.get(key) or {}
    row.pop(keys[-1], None)


def _size(row: Row) -> int:
    return sum(len(part or "") for value in row[:-1] for part in (value if isinstance(value, list) else [value]))
