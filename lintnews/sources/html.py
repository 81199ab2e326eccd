"""A page of the web (HTML), of which the article is read; the page itself is never written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.sources import pages
from lintnews.sources.source import TEXT, Appended, Columns, File, Joined, Moved, Part, Record, unmoved

if TYPE_CHECKING:
    from lintnews.document import Markup


class HtmlSource:
    """One page, one article."""

    many = False
    markup: Markup = "plain"
    guess = ""

    def __init__(self, _path: str, columns: Columns = TEXT) -> None:
        self.extractor = columns.extractor

    def parts(self, file: File, _size: int) -> Iterator[Part]:
        """The whole page."""
        data = file.read()
        yield Part(0, len(data), 1, len(data), data if file.is_stream else None)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The article. Raises `OSError`, `DamagedError` and `MissingError`."""
        data = file.read(part)
        page = pages.extracted(data, by=self.extractor)
        yield pages.record(page, pages.of(data), self.extractor, stop=len(data))

    def encoded(self, _record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The text."""
        return text.encode()

    def row(self, record: Record) -> Mapping[str, Any]:
        """What is known of the page."""
        return record.about

    def writer(self) -> None:
        """Pages are never written."""

    def joined(self, _file: File, target: BinaryIO) -> Joined:
        """Nothing comes."""
        return Appended(target)

    def trace(self, record: Record, _cleaned: bytes) -> Mapping[str, Any]:
        """Which text was judged."""
        return {name: record.about[name] for name in ("extractor", "source_xxh3") if name in record.about}

    def restore(self, cleaned: bytes, undo: Callable[[str], str], _trace: Mapping[str, Any]) -> bytes:
        """The text that was extracted."""
        return undo(cleaned.decode()).encode()
