"""Feeds (RSS, Atom): each entry an article, as far as the feed has it; never written. Needs the extra `html`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import DamagedError, MissingError
from lintnews.sources import pages
from lintnews.sources.html import HtmlSource
from lintnews.sources.source import TEXT, Columns, File, Joined, Moved, Part, Record, unmoved

if TYPE_CHECKING:
    from lintnews.document import Markup


class FeedSource:
    """Entries with their content, or their summary where the feed has no more."""

    many = True
    markup: Markup = "plain"
    guess = ""

    def __init__(self, path: str, columns: Columns = TEXT) -> None:
        self._page = HtmlSource(path, columns)

    def parts(self, file: File, size: int) -> Iterator[Part]:
        """The whole feed. Raises `OSError` and `DamagedError`."""
        return self._page.parts(file, size)

    def records(self, file: File, part: Part | None) -> Iterator[Record]:
        """The entries. Raises `OSError`, `DamagedError` and `MissingError`."""
        whole = part is None or part.data is not None
        data = file.read(part if whole else None)  # an entry can't be read without the feed around it
        for number, entry in enumerate(_entries(data), 1):
            where: dict[str, Any] = {"row": number, "start": number - 1, "stop": number}
            if whole or (part is not None and part.start < number <= part.stop):
                yield pages.record(entry, {}, "", **where)

    def encoded(self, record: Record, text: str, moved: Moved = unmoved) -> bytes:
        """The text."""
        return self._page.encoded(record, text)

    def row(self, record: Record) -> Mapping[str, Any]:
        """What the entry says."""
        return record.about

    def writer(self) -> None:
        """Feeds are never written."""

    def joined(self, file: File, target: BinaryIO) -> Joined:
        """Nothing comes."""
        return self._page.joined(file, target)

    def trace(self, record: Record, cleaned: bytes) -> Mapping[str, Any]:
        """Nothing more."""
        return {}

    def restore(self, cleaned: bytes, undo: Callable[[str], str], trace: Mapping[str, Any]) -> bytes:
        """The entry's text."""
        return self._page.restore(cleaned, undo, trace)


def _entries(data: bytes) -> Iterator[pages.Page]:
    try:
        from feedparser import parse
        from resiliparse.extract.html2text import extract_plain_text
    except ImportError:
        raise MissingError(pages.NEEDS) from None
    feed = parse(data)  # bytes: of a text it might think that it is an address
    if feed.bozo and not feed.entries:
        raise DamagedError(f"is no feed that can be read ({' '.join(str(feed.bozo_exception).split())[:200]}); get it again")
    for entry in feed.entries:
        content = entry.get("content") or [{}]
        text = content[0].get("value") or entry.get("summary", "")
        title = extract_plain_text(entry.get("title", "")).strip()
        date = entry.get("published", entry.get("updated", ""))
        body = extract_plain_text(text, preserve_formatting=True).strip()
        yield pages.Page(body, title, entry.get("author", ""), date, entry.get("link", ""))
