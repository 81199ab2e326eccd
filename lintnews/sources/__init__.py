"""Files to articles and back: what a source is, and the built-in ones.

A file is a sequence of records. Each has its own bytes, and the file is nothing but their concatenation, so that whatever
is not replaced comes out byte for byte as it went in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple, Protocol

from lintnews.document import Markup
from lintnews.files.encoding import UTF_8, Encoding


class Part(NamedTuple):
    """A range of a file's bytes that can be read by itself, and the number of its first row (from 1)."""

    start: int
    stop: int
    row: int = 1


class Record(NamedTuple):
    """One article, or something that stands where an article could.

    `raw` are its bytes in the file. `text` is None where there is no article: a blank row, or one with a `problem`, which
    says what is wrong and what to do. `row` counts from 1; None when the file is one article.
    """

    raw: bytes
    text: str | None = None
    row: int | None = None
    encoding: Encoding = UTF_8
    problem: str | None = None

    def name(self, path: str) -> str:
        """The path that diagnostics give: the file's, with `#` and the row's number where a file holds many articles."""
        return path if self.row is None else f"{path}#{self.row}"


class Source(Protocol):
    """How one file format is read and written. Made as `Source(path=…, text_field=…)` for each file."""

    markup: Markup
    many: bool
    """Whether a file may hold more than one article."""

    def split(self, stream: BinaryIO, size: int) -> Iterator[Part]:
        """Ranges of about `size` bytes that can be read apart; a format that can't be split gives one."""
        raise NotImplementedError

    def read(self, data: bytes, part: Part) -> Iterator[Record]:
        """The records in the bytes of one part. Raises `BinaryError` or `UndecodableError` when the whole of it can't be read."""
        raise NotImplementedError

    def write(self, record: Record, text: str) -> bytes:
        """The record's bytes with its text replaced. Raises `UnicodeEncodeError` when its encoding lacks a character."""
        raise NotImplementedError

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, str]:
        """What a ledger must keep, beside the edits, for `restore` to give the record's bytes back from the cleaned ones."""
        raise NotImplementedError

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The record's bytes from the cleaned ones, where `undo` gives the original text from the cleaned text."""
        raise NotImplementedError


def builtin() -> dict[str, Callable[..., Source]]:
    """The built-in sources by file name ending. A module is imported when a file first needs it."""
    return {".txt": _text, ".md": _text, ".markdown": _text, ".jsonl": _jsonl, ".ndjson": _jsonl}


def _text(path: str, text_field: str) -> Source:  # noqa: ARG001  # a row's business
    from lintnews.sources.text import TextSource

    return TextSource(path)


def _jsonl(path: str, text_field: str) -> Source:  # noqa: ARG001  # rows are the same whatever the file is called
    from lintnews.sources.jsonl import JsonlSource

    return JsonlSource(text_field)
