"""One JSON object a line (JSONL, NDJSON), the article in one of its fields; every other byte is passed through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in the module, missing in the stubs
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import UTF_8, Encoding, UndecodableError, from_label
from lintnews.sources.source import TEXT, Appended, Columns, Concatenated, File, Joined, Part, Record, Writer

if TYPE_CHECKING:
    from lintnews.document import Markup

_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_SPACE = " \t\n\r"
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
_KEY = re.compile(r'"([^"]+)"|([^."]+)')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+')


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


_decoder = json.JSONDecoder(parse_int=_Number)
"""Numbers are passed through as they are written; Python refuses to read one of more than 4,300 digits."""


class JsonlSource:
    """Rows of JSON."""

    many = True
    markup: Markup = "plain"

    def __init__(self, _path: str, columns: Columns = TEXT) -> None:
        self.columns = columns
        self.keys = keys_of(columns.text)

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches that end with a row; a row longer than `size` makes a longer one."""
        if file.stream is not None:
            yield from _kept(file.stream, size)
            return
        with file.open() as stream:
            start = position = 0
            first = row = 1
            while block := stream.read(_BLOCK):
                newline = block.rfind(b"\n")
                cut = newline + 1 if newline >= 0 and position + newline + 1 - start >= size else 0
                if cut:
                    row += block.count(b"\n", 0, cut)
                    yield Part(start, position + cut, first, position + cut - start)
                    start, first = position + cut, row
                row += block.count(b"\n", cut)
                position += len(block)
            if position > start:
                yield Part(start, position, first, position - start)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The rows of one part, blank ones and broken ones too. Raises `OSError`."""
        encoding = Encoding(file.encoding) if file.encoding else UTF_8
        if "\n".encode(encoding.name) != b"\n":
            raise UndecodableError(f"rows can't be told apart in {encoding.name}; save it as UTF-8")
        rows = file.read(part).split(b"\n")
        last = rows.pop()
        at, first = (part.start, part.row) if part else (0, 1)
        for number, row in enumerate(rows, first):
            yield self._record(row + b"\n", number, at, encoding)
            at += len(row) + 1
        if last:
            yield self._record(last, first + len(rows), at, encoding)

    def _record(self, raw: bytes, row: int, at: int, encoding: Encoding) -> Record:
        record = Record(raw, row=row, encoding=encoding, start=at, stop=at + len(raw))
        body = raw.removeprefix(_MARK) if row == 1 else raw
        if not body.strip():
            return record
        try:
            value = _value(body.decode(encoding.name), self.columns)
        except UnicodeDecodeError as error:
            return record._replace(
                problem=f"not valid {encoding.name.upper()} at byte {error.start} of the row; save it as UTF-8"
            )
        except ValueError as error:
            return record._replace(problem=f"not JSON: {error}; correct or remove the row")
        text, problem = self._text(value)
        if text is not None and b"\\u" in raw and not _is_unicode(text):
            problem = f"field {self.columns.text!r} holds half a surrogate pair, which is no character; correct it"
        if problem:
            return record._replace(problem=problem)
        record = record._replace(text=text, id=_said(value, self.columns.id), site=_host(_said(value, self.columns.site)))
        return record._replace(ignored=_held(value, self.columns.ignored)) if self.columns.ignored else record

    def _text(self, value: Any) -> tuple[str | None, str | None]:
        """A row's text, or what is wrong with it."""
        for key in self.keys:
            if not isinstance(value, dict) or key not in value:
                there = f" (fields here: {', '.join(map(str, value)) or 'none'})" if isinstance(value, dict) else ""
                return None, f"no field {self.columns.text!r}{there}; name it with --text-field"
            value = value[key]
        if type(value) is not str:
            return None, f"field {self.columns.text!r} is not a string; name another with --text-field"
        return value, None

    def encoded(self, record: Record, text: str) -> bytes:
        """The row with the field's value replaced, in ASCII escapes if the old value was pure ASCII."""
        return self._replace(record.raw, record.encoding, lambda old: json.dumps(text, ensure_ascii=old.isascii()))

    def writer(self) -> Writer:
        """The rows' bytes."""
        return Concatenated()

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """The rows of all parts."""
        return Appended(target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, str]:
        """The field, and the value as it was written where writing the original text anew would escape it otherwise."""
        text = record.text or ""
        trace = {"field": self.columns.text}
        if record.encoding != UTF_8:
            trace["encoding"] = record.encoding.label
        if self.restore(cleaned, lambda _: text, trace) != record.raw:
            line = record.raw.decode(record.encoding.name)
            start, stop = value_span(line, self.keys)
            trace["written"] = line[start:stop]
        return trace

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The original row."""
        encoding = from_label(trace.get("encoding", "utf-8"))
        if "written" in trace:
            return self._replace(cleaned, encoding, lambda _: trace["written"])
        return self._replace(cleaned, encoding, lambda old: json.dumps(undo(json.loads(old)), ensure_ascii=old.isascii()))

    def _replace(self, raw: bytes, encoding: Encoding, change: Callable[[str], str]) -> bytes:
        """The row with the field's value, as it is written, changed. What its encoding lacks is escaped."""
        line = raw.decode(encoding.name)
        start, stop = value_span(line, self.keys)
        new = change(line[start:stop])
        try:
            value = new.encode(encoding.name)
        except UnicodeEncodeError:
            value = json.dumps(json.loads(new)).encode(encoding.name)
        return b"".join((line[:start].encode(encoding.name), value, line[stop:].encode(encoding.name)))


def _kept(stream: BinaryIO, size: int) -> Iterator[Part]:
    """Whole rows with their bytes, as a stream can't be read again."""
    row, at = 1, 0
    while rows := stream.readlines(size):
        data = b"".join(rows)
        yield Part(at, at + len(data), row, len(data), data)
        row, at = row + len(rows), at + len(data)


def _said(value: Any, field: str) -> str:
    """What a row has in a field, if that is a string; empty otherwise."""
    found = _held(value, field) if field else None
    return found if isinstance(found, str) else ""


def _held(value: Any, field: str) -> Any:
    """What a row has in a field; None where it has none."""
    for key in keys_of(field):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _host(site: str) -> str:
    """Of an address its host; any other text as it is."""
    found = _HOST.match(site)
    return found[1].lower() if found else site


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def value_span(line: str, keys: Sequence[str]) -> tuple[int, int]:
    """Where a field's value stands in a row of valid JSON, in code points. Raises `KeyError` when it is not there."""
    at = _skip(line, 0)
    span = None
    for key in keys:
        span = _member(line, at, key)
        if span is None:
            raise KeyError(key)
        at = span[0]
    assert span is not None, "a field has at least one key"
    return span


def _member(line: str, at: int, key: str) -> tuple[int, int] | None:
    """The value of one key of the object that opens at `at`; the last one where a key stands twice, as in `json.loads`."""
    found = None
    if line[at] != "{":
        return None
    at = _skip(line, at + 1)
    while line[at] != "}":
        name, at = scanstring(line, at + 1)
        start = _skip(line, _skip(line, at) + 1)
        at = _end(line, start)
        if name == key:
            found = start, at
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _end(line: str, at: int) -> int:
    """Where the value ends that starts here, however deep it is nested."""
    depth = 0
    for match in _TOKEN.finditer(line, at):
        depth += match[0] in ("{", "[")
        depth -= match[0] in ("}", "]")
        if depth == 0:
            return match.end()
    raise ValueError("a bracket is not closed")


def _skip(line: str, at: int) -> int:
    while line[at : at + 1] and line[at] in _SPACE:
        at += 1
    return at


def keys_of(field: str) -> list[str]:
    """The keys of a dotted name, from the outermost in; one that holds a dot stands in quotes, as in `meta."dc.text"`."""
    return [quoted or plain for quoted, plain in _KEY.findall(field)]


def _value(line: str, columns: Columns) -> Any:
    """The row, or of one that is nested too deep to be read whole, the fields that are asked for. Raises `ValueError`."""
    try:
        return _decoder.decode(line)
    except RecursionError:
        value: dict[str, Any] = {}
        for field in filter(None, columns):
            with suppress(KeyError, IndexError, RecursionError):
                start, stop = value_span(line, keys_of(field))
                inner = value
                *above, last = keys_of(field)
                for key in above:
                    inner = inner.setdefault(key, {})
                inner[last] = _decoder.decode(line[start:stop])
        return value
