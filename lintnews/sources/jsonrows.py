"""A row of JSON: its text out of one or more fields, and into them again, every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in the module, missing in the stubs
from typing import Any

from lintnews.files.encoding import UTF_8, Encoding, from_label
from lintnews.sources import fields
from lintnews.sources.fields import Field, fields_of, inside, keys_of
from lintnews.sources.source import Columns, Moved, Record

MARK = b"\xef\xbb\xbf"
_SPACE = " \t\n\r"
_LEAD = " \t\n\r,\ufeff"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\],:"]+')


class Number(str):
    """A number as it is written."""

    __slots__ = ()


decoder = json.JSONDecoder(parse_int=Number)
"""Numbers are passed through as they are written; Python refuses to read one of more than 4,300 digits."""


class JsonRows:
    """How the rows of one file are read and written. `lead`: what may stand before a row, such as the comma of an array."""

    def __init__(self, columns: Columns, lead: bytes = b"") -> None:
        self.given = columns
        self.columns = columns
        self.fields = fields_of(columns.text)
        self.lead = lead
        self.guess = ""

    def learn(self, raw: bytes) -> bool:
        """Choose the fields that were not named, by the names in a row; whether that of the text is named or found."""
        if self.given.text and self.given.id and self.given.site:
            return True
        value = self._read(raw)
        strings = [name for name, inner in value.items() if isinstance(inner, (str, int))]
        texts = [name for name in strings if type(value[name]) is str]
        found = [fields.suggested(*names) for names in ((texts, fields.TEXTS), (strings, fields.IDS), (texts, fields.SITES))]
        text, name, site = (
            given or fields.quoted(name)
            for given, name in zip((self.given.text, self.given.id, self.given.site), found, strict=True)
        )
        is_found = bool(text)
        self.columns = self.given._replace(text=text or "text", id=name, site=site)
        self.fields = fields_of(self.columns.text)
        self.guess = fields.told(self.given, self.columns)
        return is_found

    def near(self, raw: bytes) -> str:
        """The fields of a row, in words."""
        return fields.near(self._read(raw))

    def _read(self, raw: bytes) -> Mapping[str, Any]:
        """A row as an object; an empty one where it is none."""
        with suppress(ValueError, RecursionError):
            value = decoder.decode(raw.decode("utf-8", "replace").lstrip(_LEAD))
            return value if isinstance(value, dict) else {}
        return {}

    def record(self, raw: bytes, row: int, at: int, encoding: Encoding) -> Record:
        """A row as a record, with what is wrong with it."""
        record = Record(raw, row=row, encoding=encoding, start=at, stop=at + len(raw))
        body = raw.removeprefix(MARK) if at == 0 else raw
        body = body.lstrip(self.lead) if self.lead else body
        if not body.strip():
            return record
        try:
            value = _value(body.decode(encoding.name), self._named())
        except UnicodeDecodeError as error:
            return record._replace(
                problem=f"not valid {encoding.name.upper()} at byte {error.start} of the row; save it as UTF-8"
            )
        except ValueError as error:
            return record._replace(problem=f"not JSON: {error}; correct or remove the row")
        parts, problem = self._parts(value)
        if problem is None and b"\\u" in raw and not all(map(_is_unicode, parts)):
            problem = f"field {self.columns.text!r} holds half a surrogate pair, which is no character; correct it"
        if problem:
            return record._replace(problem=problem)
        text, pieces = fields.joined(parts) if self._is_put_together else (parts[0], ())
        site = fields.host(fields.said(value, self.columns.site))
        record = record._replace(text=text, id=fields.said(value, self.columns.id), site=site, pieces=pieces)
        return record._replace(ignored=fields.held(value, self.columns.ignored)) if self.columns.ignored else record

    @property
    def _is_put_together(self) -> bool:
        return len(self.fields) > 1 or self.fields[0].is_list

    def _named(self) -> list[Sequence[str]]:
        others = [keys_of(name) for name in (self.columns.id, self.columns.site) if name]
        return [*(field.keys for field in self.fields), *others]

    def _parts(self, value: Any) -> tuple[list[str], str | None]:
        """The texts in a row's fields, or what is wrong with it."""
        parts: list[str] = []
        for field in self.fields:
            name = ".".join(field.keys) if len(self.fields) > 1 else self.columns.text
            try:
                found = inside(value, field.keys)
            except KeyError:
                there = fields.near(value) if isinstance(value, dict) else ""
                return [], f"no field {name!r}{there}; name it with --text-field"
            if field.is_list:
                if type(found) is not list or not all(type(one) is str for one in found):
                    return [], f"field {name!r} is not a list of strings; name another with --text-field"
                parts += found
            elif type(found) is str:
                parts.append(found)
            elif found is None and len(self.fields) > 1:
                parts.append("")
            else:
                return [], f"field {name!r} is not a string; name another with --text-field"
        return parts, None

    def encoded(self, record: Record, text: str, moved: Moved) -> bytes:
        """The row with the fields' values replaced, in ASCII escapes if the old value was pure ASCII."""
        if not self._is_put_together:
            return self._replace(record.raw, record.encoding, [lambda old: _dumped(text, old)])
        parts = iter(fields.parted(record.text or "", record.pieces, text, moved))

        def part(field: Field) -> Callable[[str], str]:
            def change(old: str) -> str:
                value = json.loads(old)
                if not field.is_list:
                    new = next(parts)
                    return old if new == (value or "") else _dumped(new, old)
                new_list = [(one, next(parts)) for one in value]
                kept = [new for one, new in new_list if new or not one]
                return old if kept == value else _dumped(kept, old)

            return change

        return self._replace(record.raw, record.encoding, [part(field) for field in self.fields])

    def others(self, record: Record) -> Mapping[str, Any]:
        """The fields of a row that its text does not stand in."""
        line = record.raw.decode(record.encoding.name)
        value = _value(line[self._start(line) :], self._named())
        for field in self.fields:
            inside(value, field.keys[:-1]).pop(field.keys[-1], None)
        rest: Mapping[str, Any] = _plain(value)
        return rest

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """The field, and the value as it was written where writing the original text anew would escape it otherwise."""
        text = record.text or ""
        trace: dict[str, Any] = {"field": self.columns.text}
        if record.id:
            trace["id"] = record.id
        if record.encoding != UTF_8:
            trace["encoding"] = record.encoding.label
        if self._is_put_together or self.restore(cleaned, lambda _: text, trace) != record.raw:
            line = record.raw.decode(record.encoding.name)
            spans = [value_span(line, field.keys, self._start(line)) for field in self.fields]
            written = [line[start:stop] for start, stop in spans]
            trace["written"] = written if self._is_put_together else written[0]
        return trace

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The original row."""
        encoding = from_label(trace.get("encoding", "utf-8"))
        if "written" in trace:
            kept = trace["written"]
            written = kept if isinstance(kept, list) else [kept]
            return self._replace(cleaned, encoding, [_always(value) for value in written])
        return self._replace(cleaned, encoding, [lambda old: _dumped(undo(json.loads(old)), old)])

    def _replace(self, raw: bytes, encoding: Encoding, changes: Sequence[Callable[[str], str]]) -> bytes:
        """The row with the fields' values, as they are written, changed. What its encoding lacks is escaped."""
        line = raw.decode(encoding.name)
        at = self._start(line)
        spans = [value_span(line, field.keys, at) for field in self.fields]
        new = [change(line[start:stop]) for (start, stop), change in zip(spans, changes, strict=True)]
        pieces, last = [], 0
        for (start, stop), value in sorted(zip(spans, new, strict=True)):
            pieces += [line[last:start].encode(encoding.name), _in(encoding, value)]
            last = stop
        return b"".join((*pieces, line[last:].encode(encoding.name)))

    def _start(self, line: str) -> int:
        """Where the row itself starts, behind what leads to it."""
        return len(line) - len(line.lstrip(_LEAD))


def _plain(value: Any) -> Any:
    """A value with its numbers as numbers, as far as Python reads them."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, Number) and len(value) < 4000 else value


def _always(value: str) -> Callable[[str], str]:
    return lambda _: value


def _dumped(value: Any, old: str) -> str:
    return json.dumps(value, ensure_ascii=old.isascii())


def _in(encoding: Encoding, value: str) -> bytes:
    try:
        return value.encode(encoding.name)
    except UnicodeEncodeError:
        return json.dumps(json.loads(value)).encode(encoding.name)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def value_span(line: str, keys: Sequence[str], at: int = 0) -> tuple[int, int]:
    """Where a field's value stands in a row of valid JSON that starts at `at`, in code points. Raises `KeyError` without one."""
    at = _skip(line, at)
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


def _value(line: str, named: Sequence[Sequence[str]]) -> Any:
    """The row, or of one that is nested too deep to be read whole, the fields that are asked for. Raises `ValueError`."""
    try:
        return decoder.decode(line)
    except RecursionError:
        value: dict[str, Any] = {}
        for keys in named:
            with suppress(KeyError, IndexError, RecursionError):
                start, stop = value_span(line, keys)
                inner = value
                for key in keys[:-1]:
                    inner = inner.setdefault(key, {})
                inner[keys[-1]] = decoder.decode(line[start:stop])
        return value
