"""Web archives (WARC with pages, WET with their texts), read record by record; never written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import DamagedError, MissingError
from lintnews.sources import pages
from lintnews.sources.html import HtmlSource
from lintnews.sources.source import TEXT, Columns, File, Joined, Moved, Part, Record, unmoved
from lintnews.sources.spool import spooled

if TYPE_CHECKING:
    from lintnews.document import Markup

LONGEST_PAGE_BYTES = 16 << 20


class WarcSource:
    """Pages of responses with an article, and texts of conversions."""

    many = True
    markup: Markup = "plain"
    guess = ""

    def __init__(self, path: str, columns: Columns = TEXT) -> None:
        self._page = HtmlSource(path, columns)
        self.extractor = columns.extractor

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """Pages that have about `size` bytes together. Raises `OSError`, `DamagedError` and `MissingError`."""
        held: list[Any] = []
        at = length = 0
        problem = None
        try:
            for row in _pages(file):
                held.append(row)
                length += len(row[-1])
                if length >= size:
                    yield Part(at, at + len(held), at + 1, length, pages.packed(held))
                    at, length, held = at + len(held), 0, []
        except DamagedError as error:  # what stands before is read all the same
            problem = error
        if held or not at:
            yield Part(at, at + len(held), at + 1, length, pages.packed(held))
        if problem is not None:
            raise problem

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The articles. Raises `OSError`, `DamagedError` and `MissingError`."""
        at = part.start if part else 0
        for number, (is_text, url, date, record_id, problem, data) in enumerate(self._rows(file, part), at):
            where: dict[str, Any] = {"row": number + 1, "start": number, "stop": number + 1}
            about = {"warc_record_id": record_id, "crawled": date, **pages.of(data)}
            if problem:
                yield Record(b"", problem=problem, **where)
            elif is_text:
                text = data.decode("utf-8", "replace")
                yield pages.record(pages.Page(text, url=url), about, "", **where)
            else:
                yield pages.record(pages.extracted(data, url, self.extractor), about, self.extractor, **where)

    def _rows(self, file: File, part: Part | None) -> Iterator[Any]:
        if part is None:
            yield from _pages(file)
        elif part.data is not None:
            yield from pages.unpacked(part.data)
        else:
            spool = spooled(file.path, _packed_pages)
            for number in range(part.start, part.stop):
                yield from pages.unpacked(spool.piece(number))

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The text."""
        return self._page.encoded(record, text)

    def row(self, record: Record) -> Mapping[str, Any]:
        """What is known of the page."""
        return record.about

    def writer(self) -> None:
        """Archives are never written."""

    def joined(self, file: File, target: BinaryIO) -> Joined:
        """Nothing comes."""
        return self._page.joined(file, target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """Which text was judged."""
        return self._page.trace(record, cleaned)

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The text that was extracted."""
        return self._page.restore(cleaned, undo, trace)


def _packed_pages(path: str) -> Iterator[bytes]:
    return (pages.packed([row]) for row in _pages(File(path)))


def _pages(file: File) -> Iterator[list[Any]]:
    """Of each page: whether it is text already, its address, its date, its record's name, what is wrong with it, its bytes.

    What is no page is left out: requests, images, redirects, errors, and revisits, which have no body of their own.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingError(pages.NEEDS) from None
    types = WarcRecordType.response | WarcRecordType.conversion
    with file.open() as stream:
        found = False
        reading: Any = _Reading(stream)
        for record in ArchiveIterator(reading, record_types=types, auto_decode="all"):
            found = True
            if (row := _page(record, WarcRecordType)) is not None:
                yield row
        if reading.problem is not None:
            raise reading.problem
    if not found and file.stream is None and _is_not_empty(file):
        raise DamagedError("is no web archive, or ends before its first page; get it again")
    if found and not file.is_stream and not _ends_with_a_record(file.path):
        raise DamagedError("ends early, in a record; get it again")  # the iterator ends there without a word


def _page(record: Any, types: Any) -> list[Any] | None:
    headers = record.headers
    is_text = record.record_type == types.conversion
    if not is_text and (record.http_headers is None or record.http_headers.status_code != 200):
        return None
    kind = str((record.http_content_type if not is_text else headers.get("Content-Type")) or "")
    if not (kind.startswith("text/plain") if is_text else "html" in kind):
        return None
    names = [str(headers.get(name) or "") for name in ("WARC-Target-URI", "WARC-Date", "WARC-Record-ID")]
    wanted = int(headers.get("Content-Length") or 0)
    data: bytes = record.reader.read(LONGEST_PAGE_BYTES + 1)
    problem = ""
    if len(data) > LONGEST_PAGE_BYTES:
        problem, data = f"is a page of more than {LONGEST_PAGE_BYTES >> 20} MB, and is not read; exclude it", b""
    elif is_text and len(data) < wanted:
        raise DamagedError(f"ends early, in the record {names[2]}; get it again")
    return [is_text, *names, problem, data]


class _Reading:
    """All that the iterator may do with a stream: it would ask another one to seek, and an error in it would end the process."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = getattr(
            stream, "read1", stream.read
        )  # what there is, before it is found to end early
        self._at = 0
        self.problem: DamagedError | None = None

    def read(self, size: int = -1) -> bytes:
        """Read; nothing more comes after damage."""
        try:
            data = b"" if self.problem else self._read(size)
        except DamagedError as error:
            self.problem, data = error, b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How much was read."""
        return self._at


def _ends_with_a_record(path: str) -> bool:
    with open(path, "rb") as stream:
        stream.seek(-4, os.SEEK_END)
        return stream.read() == b"\r\n\r\n"


def _is_not_empty(file: File) -> bool:
    with file.open() as stream:
        return bool(stream.read(1))
