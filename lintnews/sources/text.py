"""A file that is one article: plain text or Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from lintnews.document import Markup
from lintnews.files.encoding import decode, from_label
from lintnews.sources import Part, Record


class TextSource:
    """Plain text, or Markdown where the file name says so."""

    many = False

    def __init__(self, path: str) -> None:
        self.markup: Markup = "markdown" if path.lower().endswith((".md", ".markdown")) else "plain"

    def split(self, stream: BinaryIO, size: int) -> Iterator[Part]:
        """The whole file."""
        yield Part(0, stream.seek(0, 2))

    def read(self, data: bytes, part: Part) -> Iterator[Record]:
        """The one record. Raises `BinaryError` or `UndecodableError`."""
        text, encoding = decode(data)
        yield Record(data, text, None, encoding)

    def write(self, record: Record, text: str) -> bytes:
        """The text in the record's own encoding, with its byte order mark."""
        return record.encoding.encode(text)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, str]:
        """The encoding, unless it is plain UTF-8."""
        return {} if record.encoding.label == "utf-8" else {"encoding": record.encoding.label}

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The original file."""
        encoding = from_label(trace.get("encoding", "utf-8"))
        return encoding.encode(undo(cleaned.removeprefix(encoding.mark).decode(encoding.name)))
