"""A JSON document with articles: an array, one object, or one with its rows in a list; other bytes pass through."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import UTF_8, DamagedError
from lintnews.sources.jsonrows import JsonRows, decoder
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

LONGEST_CHARS = 64 << 20
"""Of one row. Reading on in the hope of its end must stop somewhere."""
SHORTEST_CHARS = 200
"""Of the text of a document that is one object, unless its field is named."""
_BLOCK = 1 << 18
_SPACE = re.compile(r"[ \t\r\n]*+")
_BETWEEN = re.compile(r"[ \t\r\n,]*+")
_LEAD = b" \t\r\n,"


class JsonSource:
    """Elements of an array, each a row; or the one object that there is."""

    many = True
    markup: Markup = "plain"

    def __init__(self, _path: str, columns: Columns = TEXT) -> None:
        self.rows = JsonRows(columns, _LEAD)
        self.way = next((field.rows for field in self.rows.fields if field.rows is not None), ())

    @property
    def guess(self) -> str:
        """What was guessed of the fields, in words."""
        return self.rows.guess

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches that end with an element. Raises `OSError` and `DamagedError`."""
        with file.open() as stream:
            yield from gathered(_numbered(_Scanner(stream).elements(self.way)), size)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The elements of a part, and what stands around them. Raises `OSError` and `DamagedError`."""
        data = file.read(part)
        at, first = (part.start, part.row) if part else (0, 0)
        scanner = _Scanner(BytesIO(data))
        found = list(_numbered(scanner.elements(self.way) if at == 0 else scanner.rest(), first))
        head = part.head if part and part.head else self._head(file, part, found)
        if not self.rows.learn(head) and head:
            raise NoTextError(f"no field that a text is usually in{self.rows.near(head)}; name it with --text-field")
        if found and found[0][0] == 1 and at == 0 and not self.rows.given.text:
            text = self.rows.record(found[0][1], 1, 0, UTF_8).text
            if (
                text is not None and len(text) < SHORTEST_CHARS
            ):  # of one object, as settings are, a field of that name says little
                said = f"field {self.rows.columns.text!r} has but {len(text)} characters"
                raise NoTextError(f"{said}; name it with --text-field if it is an article")
        for row, raw in found:
            yield self.rows.record(raw, row, at, UTF_8) if row else Record(raw, row=0, start=at, stop=at + len(raw))
            at += len(raw)

    def _head(self, file: File, part: Part | None, found: list[tuple[int, bytes]]) -> bytes:
        """The first element, by which fields are guessed."""
        if part is None or part.start == 0 or part.data is not None:
            return next((raw for row, raw in found if row), b"")
        with file.open() as stream:
            return next((raw for row, raw in _numbered(_Scanner(stream).elements(self.way)) if row), b"")

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The element with the fields' values replaced."""
        return self.rows.encoded(record, text, moved)

    def row(self, record: Record) -> Mapping[str, Any]:
        """The other fields."""
        return self.rows.others(record)

    def writer(self) -> Writer:
        """The elements' bytes, and those around them."""
        return Concatenated()

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """All parts."""
        return Appended(target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """The field, and what else the original element is told by."""
        return self.rows.trace(record, cleaned)

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The original element."""
        return self.rows.restore(cleaned, undo, trace)


def _numbered(pieces: Iterator[tuple[bool, bytes]], first: int = 0) -> Iterator[tuple[int, bytes]]:
    """Elements with their numbers from 1, what stands around them with 0."""
    row = max(1, first)
    for is_element, raw in pieces:
        yield (row if is_element else 0), raw
        row += is_element


class _Scanner:
    """Goes through a document; bytes that are no UTF-8 are passed on, for the row that has them to be named."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = self._done = 0
        self._is_ended = False

    def elements(self, way: tuple[str, ...]) -> Iterator[tuple[bool, bytes]]:
        """What stands before the first element, each element with what leads to it, and what stands behind the last one.

        `way` are the keys to the list that has them. Without one, a document that is an object is the one element.
        """
        self._skip(_SPACE)
        if self._text.startswith("\ufeff"):
            self._at = 1
            self._skip(_SPACE)
        if self._peek() != "[" and not way:
            if self._peek():
                self._value()
                self._skip(_SPACE)
            if self._peek():
                raise self._broken("something stands behind the value; rows of JSON, one a line, are read with --as jsonl")
            yield True, self._cut()
            return
        for key in way:
            self._enter(key)
        if self._peek() != "[":
            raise self._broken("no list of rows is there; name the field in it with --text-field, as in articles[].content")
        self._at += 1
        yield False, self._cut()
        yield from self.rest()

    def rest(self) -> Iterator[tuple[bool, bytes]]:
        """From the middle of the list on."""
        while True:
            self._skip(_BETWEEN)
            following = self._peek()
            if following == "]" or not following:
                break
            self._value()
            yield True, self._cut()
        while not self._is_ended:
            self._at = len(self._text)
            self._more()
        self._at = len(self._text)
        if raw := self._cut():
            yield False, raw

    def _enter(self, key: str) -> None:
        """Go to the value of a key of the object that opens here."""
        if self._peek() != "{":
            raise self._broken(f"no object with {key!r} is there; correct --text-field")
        self._at += 1
        while True:
            self._skip(_BETWEEN)
            if self._peek() != '"':
                raise self._broken(f"no {key!r} is there; correct --text-field")
            name = self._value()
            self._skip(_SPACE)
            self._at += self._peek() == ":"
            self._skip(_SPACE)
            if name == key:
                return
            self._value()

    def _value(self) -> Any:
        """Go over a value. Raises `DamagedError`."""
        while True:
            try:
                value, end = decoder.raw_decode(self._text, self._at)
                if end < len(self._text) or self._is_ended:
                    self._at = end
                    return value
                problem = "it ends early"
            except RecursionError:
                raise self._broken("a row is nested too deep") from None
            except ValueError as error:
                problem = str(error).partition(":")[0]
            if self._is_ended or len(self._text) - self._at > LONGEST_CHARS:
                raise self._broken(f"{problem}; correct the file, or get it again")
            for _ in range(1 + (len(self._text) - self._at) // _BLOCK):  # twice as much each time
                self._more()

    def _skip(self, what: re.Pattern[str]) -> None:
        while True:
            found = what.match(self._text, self._at)
            assert found is not None, "it may be empty"
            self._at = found.end()
            if self._at < len(self._text) or self._is_ended:
                return
            self._more()

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _more(self) -> None:
        block = self._stream.read(_BLOCK)
        self._is_ended = not block
        if self._at == self._done == 0 and block.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DamagedError("is in UTF-16, in which JSON is not read; save it as UTF-8")
        self._text += self._decoder.decode(block, not block)

    def _cut(self) -> bytes:
        """The bytes gone over since the last time."""
        raw = self._text[: self._at].encode("utf-8", "surrogateescape")
        self._text, self._at = self._text[self._at :], 0
        self._done += len(raw)
        return raw

    def _broken(self, problem: str) -> DamagedError:
        at = self._done + len(self._text[: self._at].encode("utf-8", "surrogateescape"))
        return DamagedError(f"not JSON at byte {at:,}: {problem}")
