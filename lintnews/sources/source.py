"""What a source is: a file format that opens its files, gives their articles one by one, and writes them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

from lintnews.files.encoding import UTF_8, DamagedError, Encoding
from lintnews.files.finding import compression

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from lintnews.document import Markup


class Columns(NamedTuple):
    """Where a row has its text, its name and its site, as `fields` reads it. Empty: where the names of the fields suggest it.

    `ignored` is where it names rules that are not to count in it; empty: nowhere.
    """

    text: str = ""
    id: str = ""
    site: str = ""
    ignored: str = ""
    others: bool = False
    """Whether `Source.row` will be asked for what else a row has."""
    extractor: str = "trafilatura"
    """What takes the article out of a page."""


LONGEST_BYTES = 64 << 20
"""Of what is one article: it is held in memory many times over."""
TOO_LONG = f"is longer than {LONGEST_BYTES >> 20} MB, and is not read as one article; split it"
"""What is said of that; its bytes are passed on as they are."""


class NoTextError(Exception):
    """Rows of which it can't be told where their text is; says which fields there are, and what to do."""


TEXT = Columns()
"""What holds unless told otherwise."""

Moved = Callable[[int], int]
"""Where an offset of one text is in another."""


def unmoved(offset: int) -> int:
    """Of the same text."""
    return offset


class Part(NamedTuple):
    """A stretch of a file that can be read by itself.

    `start` and `stop` count in the source's own measure, bytes or rows; `row` is the number of its first row, from 1; `size` is
    in bytes. `data` are the bytes themselves where they could not be read again, or only from the file's start. `head` is what
    stands at the file's start and must be known to read the part: a header, or the first row. `is_too_long` says that it is all
    or a stretch of an article longer than `LONGEST_BYTES`.
    """

    start: int
    stop: int
    row: int = 1
    size: int = 0
    data: bytes | None = None
    head: bytes = b""
    is_too_long: bool = False


class File(NamedTuple):
    """A file to open. `stream` is there instead of a path on the disk for standard input. `encoding` is what the user names."""

    path: str
    stream: BinaryIO | None = None
    encoding: str = ""

    @property
    def is_stream(self) -> bool:
        """Whether it can be read from the start only: it is standard input, or compressed."""
        return self.stream is not None or bool(compression(self.path))

    def open(self) -> AbstractContextManager[BinaryIO]:
        """The bytes from the start, unpacked if they are compressed. Raises `OSError`; reading them, `DamagedError`, too."""
        kind = compression(self.path)
        if not kind:
            return nullcontext(self.stream) if self.stream else open(self.path, "rb", buffering=0)
        from lintnews.files.compression import unpacking

        return unpacking(self.stream or open(self.path, "rb"), kind)  # closing it closes the file

    def read(self, part: Part | None = None) -> bytes:
        """All bytes, or those from `part.start` to `part.stop`. Raises `OSError` and `DamagedError`."""
        if part is not None and part.data is not None:
            return part.data
        if part is not None and self.is_stream:
            from lintnews.sources.spool import spooled

            return spooled(self.path, _blocks).between(part.start, part.stop)
        with self.open() as stream:
            if part is None and compression(self.path):
                data = stream.read(LONGEST_BYTES + 1)
                if len(data) > LONGEST_BYTES:
                    raise DamagedError(f"holds more than {LONGEST_BYTES >> 20} MB, and is not read as one; unpack and split it")
                return data
            if part is None:
                return stream.read()
            stream.seek(part.start)
            wanted, blocks = part.stop - part.start, []
            while wanted > 0 and (block := stream.read(wanted)):
                blocks.append(block)
                wanted -= len(block)
        return b"".join(blocks)


def _blocks(path: str) -> Iterator[bytes]:
    with File(path).open() as stream:
        while block := stream.read(1 << 20):
            yield block


class Record(NamedTuple):
    """One article, or something that stands where an article could.

    `raw` are its bytes: those in the file, or those of its text where the format has none of its own for a row. `text` is None
    where there is no article: a blank row, or one with a `problem`, which says what is wrong and what to do, and is but a note
    where it isn't grave. `row` counts from 1; None when the file is one article, 0 for what stands around rows. `start` and
    `stop` make a `Part` of which this is the one record. `id` and `site` are what the row itself says, of an address its host,
    and `ignored` what it says of rules that are not to count in it. `pieces` are the spans of the text that stand in a field or
    paragraph each, where there are several; `about` is what is known of a page.
    """

    raw: bytes
    text: str | None = None
    row: int | None = None
    encoding: Encoding = UTF_8
    problem: str | None = None
    is_grave: bool = True
    start: int = 0
    stop: int = 0
    id: str = ""
    site: str = ""
    ignored: object = None
    pieces: tuple[tuple[int, int], ...] = ()
    about: Mapping[str, Any] = {}

    def name(self, path: str, by_id: bool = False) -> str:
        """The path that diagnostics give: the file's, with `#` and the row's number or id where a file holds many articles."""
        return path if self.row is None else f"{path}#{(by_id and self.id) or self.row}"


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
    guess: str
    """What was guessed to read the records that were given, in words for the user; empty for nothing."""

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Stretches of about `size` bytes; a format that can't be split gives one. Raises `OSError` and `DamagedError`."""
        raise NotImplementedError

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The records of a part, or of the whole file.

        Raises `OSError`, and `BinaryError`, `UndecodableError`, `DamagedError` or `NoTextError` when none of it can be read.
        """
        raise NotImplementedError

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """What `record.raw` becomes with another text. Raises `UnicodeEncodeError` when its encoding lacks a character.

        `moved` says where an offset of the old text is in the new one.
        """
        raise NotImplementedError

    def row(self, record: Record) -> Mapping[str, Any]:
        """What else a record's row says, by field; of a page, what is known of it."""
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
