"""A file that is one article: plain text or Markdown. Every byte is passed through that isn't edited."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import decode, from_label
from lintnews.files.finding import compression, uncompressed
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


class TextSource:
    """Plain text, or Markdown where the file name says so."""

    many = False
    guess = ""

    def __init__(self, path: str, _columns: Columns = TEXT) -> None:
        self.markup: Markup = "markdown" if uncompressed(path).lower().endswith((".md", ".markdown")) else "plain"

    def parts(self, file: File, _size: int) -> Iterator[Part]:
        """The whole file."""
        if file.stream is None or compression(file.path):
            data = file.read()
            yield Part(0, len(data), 1, len(data), data if file.is_stream else None)
            return
        at = 0
        while data := file.stream.read(LONGEST_BYTES + (at == 0)):
            yield Part(at, at + len(data), 1, len(data), data, is_too_long=at + len(data) > LONGEST_BYTES)
            at += len(data)
        if at == 0:
            yield Part(0, 0, 1, 0, b"")

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The one record. Raises `OSError`, `BinaryError` or `UndecodableError`."""
        data = file.read(part)
        if part is not None and part.is_too_long:
            yield Record(data, problem=TOO_LONG)
            return
        text, encoding = decode(data, file.encoding)
        yield Record(data, text, None, encoding, stop=len(data))

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The text in the record's own encoding, with its byte order mark."""
        return record.encoding.encode(text)

    def row(self, _record: Record) -> Mapping[str, Any]:
        """Nothing."""
        return {}

    def writer(self) -> Writer:
        """The file's bytes."""
        return Concatenated()

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """The one piece."""
        return Appended(target)

    def trace(self, record: Record, _cleaned: bytes) -> Mapping[str, str]:
        """The encoding, unless it is plain UTF-8."""
        return {} if record.encoding.label == "utf-8" else {"encoding": record.encoding.label}

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The original file."""
        encoding = from_label(trace.get("encoding", "utf-8"))
        return encoding.encode(undo(cleaned.removeprefix(encoding.mark).decode(encoding.name)))
