"""What a source is: a file format that opens its files, gives their articles one by one, and writes them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from lintnews.files.encoding import UTF_8, Encoding

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from lintnews.document import Markup


class Columns(NamedTuple):
    """Where a row has its text, name, site, and rules ignored in it; each may be dotted, as `article.body`. Empty: nowhere."""

    text: str = "text"
    id: str = ""
    site: str = ""
    ignored: str = ""


TEXT = Columns()
"""What holds unless told otherwise."""


class Part(NamedTuple):
    """A stretch of a file that can be read by itself.

    `start` and `stop` count in the source's own measure, bytes or rows; `row` is the number of its first row, from 1; `size` is
    in bytes. `data` are the bytes themselves where they can't be read again, from standard input.
    """

    start: int
    stop: int
    row: int = 1
    size: int = 0
    data: bytes | None = None


class File(NamedTuple):
    """A file to open. `stream` is there instead of a path on the disk for standard input. `encoding` is what the user names."""

    path: str
    stream: BinaryIO | None = None
    encoding: str = ""

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes from the start. Raises `OSError`."""
        return nullcontext(self.stream) if self.stream else open(self.path, "rb", buffering=0)

    def read(self, part: Part | None = None) -> bytes:
        """All bytes, or those from `part.start` to `part.stop`. Raises `OSError`."""
        if part is not None and part.data is not None:
            return part.data
        with self.open() as stream:
            if part is None:
                return stream.read()
            stream.seek(part.start)
            wanted, blocks = part.stop - part.start, []
            while wanted > 0 and (block := stream.read(wanted)):
                blocks.append(block)
                wanted -= len(block)
        return b"".join(blocks)


class Record(NamedTuple):
    """One article, or something that stands where an article could.

    `raw` are its bytes: those in the file, or those of its text where the format has none of its own for a row. `text` is None
    where there is no article: a blank row, or one with a `problem`, which says what is wrong and what to do. `row` counts from 1;
    None when the file is one article. `start` and `stop` make a `Part` of which this is the one record. `id` and `site` are what
    the row itself says, of an address its host; `ignored` is what it says of rules that are not to count in it.
    """

    raw: bytes
    text: str | None = None
    row: int | None = None
    encoding: Encoding = UTF_8
    problem: str | None = None
    start: int = 0
    stop: int = 0
    id: str = ""
    site: str = ""
    ignored: object = None

    def name(self, path: str) -> str:
        """The path that diagnostics give: the file's, with `#` and the row's number where a file holds many articles."""
        return path if self.row is None else f"{path}#{self.row}"


class Writer(Protocol):
    """Takes the records of one part, in order and all of them, and has the bytes that the part becomes."""

    def write(self, record: Record, new: bytes | None) -> None:
        """Add a record as `Source.encoded` gave it, or as it was."""
        raise NotImplementedError

    def piece(self) -> bytes:
        """All that was added, as `Source.joined` takes it."""
        raise NotImplementedError


class Joined(Protocol):
    """Takes the pieces of a file's parts, in order, and makes the file of them."""

    def add(self, piece: bytes) -> None:
        """Add a piece. Raises `OSError`."""
        raise NotImplementedError

    def close(self) -> None:
        """There are no more. Raises `OSError`."""
        raise NotImplementedError


class Source(Protocol):
    """How one file format is read and written. Made as `Source(path, columns)` for each file."""

    markup: Markup
    many: bool
    """Whether a file may hold more than one article."""

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches of about `size` bytes; a format that can't be split gives one. Raises `OSError`."""
        raise NotImplementedError

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The records of a part, or of the whole file.

        Raises `OSError`, and `BinaryError` or `UndecodableError` when none of it can be read.
        """
        raise NotImplementedError

    def encoded(self, record: Record, text: str) -> bytes:
        """What `record.raw` becomes with another text. Raises `UnicodeEncodeError` when its encoding lacks a character."""
        raise NotImplementedError

    def writer(self) -> Writer | None:
        """A writer for one part; None for a format that is never written back."""
        raise NotImplementedError

    def joined(self, file: File, target: BinaryIO) -> Joined:
        """What makes a file like `file` of pieces."""
        raise NotImplementedError

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, str]:
        """What a ledger must keep, beside the edits, for `restore` to give the record's bytes back from the cleaned ones."""
        raise NotImplementedError

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, str]) -> bytes:
        """The record's bytes from the cleaned ones, where `undo` gives the original text from the cleaned text."""
        raise NotImplementedError


class Concatenated:
    """Writer of a file that is nothing but its records' bytes one after the other."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, record: Record, new: bytes | None) -> None:
        """Add a record."""
        self._pieces.append(record.raw if new is None else new)

    def piece(self) -> bytes:
        """The bytes."""
        return b"".join(self._pieces)


class Appended:
    """Makes a file by writing pieces one after the other."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target

    def add(self, piece: bytes) -> None:
        """Write it."""
        self._target.write(piece)

    def close(self) -> None:
        """Nothing is left to do."""
