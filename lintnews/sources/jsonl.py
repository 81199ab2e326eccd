"""One JSON object a line (JSONL, NDJSON), the article in one of its fields; every other byte is passed through."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from json.decoder import scanstring  # type: ignore[attr-defined]  # public in the module, missing in the stubs
from typing import Any, BinaryIO

from lintnews.document import Markup
from lintnews.sources import Part, Record

_MARK = b"\xef\xbb\xbf"
_BLOCK = 1 << 20
_SPACE = " \t\n\r"
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
_scan = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


class JsonlSource:
    """Rows of JSON. `text_field` may be dotted, such as `article.body`."""

    many = True
    markup: Markup = "plain"

    def __init__(self, text_field: str) -> None:
        self.field = text_field
        self.keys = text_field.split(".")

    def split(self, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Ranges that end with a row; a row longer than `size` makes a longer range."""
        start = position = 0
        first = row = 1
        stream.seek(0)
        while block := stream.read(_BLOCK):
            newline = block.rfind(b"\n")
            cut = newline + 1 if newline >= 0 and position + newline + 1 - start >= size else 0
            if cut:
                row += block.count(b"\n", 0, cut)
                yield Part(start, position + cut, first)
                start, first = position + cut, row
            row += block.count(b"\n", cut)
            position += len(block)
        if position > start:
            yield Part(start, position, first)

    def read(self, data: bytes, part: Part) -> Iterator[Record]:
        """The rows of one part, blank ones and broken ones too."""
        rows = data.split(b"\n")
        last = rows.pop()
        for number, row in enumerate(rows, part.row):
            yield self._record(row + b"\n", number)
        if last:
            yield self._record(last, part.row + len(rows))

    def _record(self, raw: bytes, row: int) -> Record:
        body = raw.removeprefix(_MARK) if row == 1 else raw
        if not body.strip():
            return Record(raw, row=row)
        try:
            line = body.decode()
            value: Any = json.loads(line)
        except UnicodeDecodeError as error:
            return Record(raw, row=row, problem=f"not valid UTF-8 at byte {error.start} of the row; save it as UTF-8")
        except (ValueError, RecursionError) as error:
            return Record(raw, row=row, problem=f"not JSON: {error}; correct or remove the row")
        for key in self.keys:
            if not isinstance(value, dict) or key not in value:
                there = f" (fields here: {', '.join(map(str, value)) or 'none'})" if isinstance(value, dict) else ""
                return Record(raw, row=row, problem=f"no field {self.field!r}{there}; name it with --text-field")
            value = value[key]
        if not isinstance(value, str):
            return Record(raw, row=row, problem=f"field {self.field!r} is not a string; name another with --text-field")
        if b"\\u" in raw and not _is_unicode(value):
            return Record(
                raw,
                row=row,
                problem=f"field {self.field!r} holds half a surrogate pair, which is no character; correct it",
            )
        return Record(raw, value, row)

    def write(self, record: Record, text: str) -> bytes:
        """The row with the field's value replaced, in ASCII escapes if the old value was pure ASCII."""
        return self._replace(record.raw, lambda old: json.dumps(text, ensure_ascii=old.isascii()))

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, str]:
        """The field, and the value as it was written where writing the original text anew would escape it otherwise."""
        text = record.text or ""
        if self.restore(cleaned, lambda _: text, {}) == record.raw:
            return {"field": self.field}
        line = record.raw.decode()
        start, stop = value_span(line, self.keys)
        return {"field": self.field, "written": line[start:stop]}

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The original row."""
        if "written" in trace:
            return self._replace(cleaned, lambda _: trace["written"])
        return self._replace(cleaned, lambda old: json.dumps(undo(json.loads(old)), ensure_ascii=old.isascii()))

    def _replace(self, raw: bytes, change: Callable[[str], str]) -> bytes:
        """The row with the field's value, as it is written, changed."""
        line = raw.decode()
        start, stop = value_span(line, self.keys)
        return b"".join((line[:start].encode(), change(line[start:stop]).encode(), line[stop:].encode()))


def site_of(row: bytes, field: str) -> str:
    """The site that a row names in a field, which may be dotted: of an address, its host. Empty where it names none."""
    try:
        value: Any = json.loads(row.removeprefix(_MARK))
    except ValueError:
        return ""
    for key in field.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, str):
        return ""
    host = _HOST.match(value)
    return host[1].lower() if host else value


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def value_span(line: str, keys: Sequence[str]) -> tuple[int, int]:
    """Where a field's value stands in a row of valid JSON, in code points. Raises `KeyError` when it is not there."""
    at = line.index("{")
    for depth, key in enumerate(keys, 1):
        span = _member(line, at, key)
        if span is None:
            raise KeyError(key)
        if depth < len(keys):
            at = span[0]
    return span  # type: ignore[return-value]  # the loop ran: a text field has at least one key


def _member(line: str, at: int, key: str) -> tuple[int, int] | None:
    """The value of one key of the object that opens at `at`; the last one where a key stands twice, as in `json.loads`."""
    found = None
    at = _skip(line, at + 1)
    while line[at] != "}":
        name, at = scanstring(line, at + 1)
        start = _skip(line, _skip(line, at) + 1)
        _, at = _scan(line, start)
        if name == key:
            found = start, at
        at = _skip(line, at)
        if line[at] == ",":
            at = _skip(line, at + 1)
    return found


def _skip(line: str, at: int) -> int:
    while line[at] in _SPACE:
        at += 1
    return at
