"""Which source reads a file, and which site an article is of."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.files.encoding import MissingError
from lintnews.files.finding import Trouble, compression, ending
from lintnews.plugins.loading import when_called
from lintnews.plugins.registry import registry
from lintnews.sources.source import Columns, NoTextError

if TYPE_CHECKING:
    from lintnews.running.request import Job, Request
    from lintnews.settings.settings import Settings
    from lintnews.sources.source import Record, Source


_ENDINGS = {"jsonl": (".jsonl", ".ndjson"), "csv": (".csv",), "parquet": (".parquet",)}


def source_for(path: str, columns: Columns, read_as: str = "") -> Source:
    """The source for a file by its ending, or by another one that it is to be read as; one without an ending is plain text."""
    make = registry().sources.get(read_as or ending(path)) or when_called("lintnews.sources.text:TextSource")
    source: Source = make(read_as or path, columns)
    return source


def columns(settings: Settings, others: bool = False) -> Columns:
    """Where rows have what they have, by these settings; `others` says whether all of it is wanted."""
    names = settings.text_field, settings.id_field, settings.site_field, settings.ignore_field
    return Columns(*names, others, settings.extractor)


def unread(path: str, error: Exception, is_met: bool) -> list[Trouble]:
    """What to tell of a file that can't be read as it is.

    A document without a text that lies beside articles is mostly something else, and nobody named it; of files that nobody named
    and that need a package, one line is enough for all of a kind.
    """
    if isinstance(error, NoTextError):
        return [] if is_met and ending(path) == ".json" else [Trouble(path, str(error), grave=not is_met)]
    if isinstance(error, MissingError) and is_met:
        return [Trouble("", f"some files are passed over: {error}", grave=False)]
    return [Trouble(path, str(error))]


def is_converted(path: str, source: Source, request: Request) -> bool:
    """Whether articles leave their own format for another one: each for a file of its own, or all for one."""
    if request.format == "same":
        return False
    if request.format == "txt":
        return source.many or source.writer() is None
    return bool(request.columns) or (request.read_as or ending(path)) not in _ENDINGS[request.format]


def is_dense(path: str) -> bool:
    """Whether a file holds more bytes of articles than it has itself: a compressed one, or a table in columns."""
    return bool(compression(path)) or ending(path) in (".parquet", ".arrow", ".feather")


def is_read_only(path: str, source: Source, request: Request) -> bool:
    """Whether what is asked for would write a file of a format that is never written."""
    return source.writer() is None and not is_converted(path, source, request)


def sites(job: Job, record: Record) -> tuple[str, ...]:
    """Whose lines an article may have: its row's site's, or its folder's and those of the ones above, up to the one named."""
    return (record.site,) if record.site else _folders(job.path, job.below)


@lru_cache(maxsize=1024)
def _folders(path: str, below: str) -> tuple[str, ...]:
    """A file's folder and those above it, up to the one that was named, which `below` starts from."""
    found = [os.path.dirname(path)]
    for _ in range(below.count("/")):
        found.append(os.path.dirname(found[-1]))
    return tuple(folder or os.curdir for folder in found)
