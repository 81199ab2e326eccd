"""Which source reads a file, and which site an article is of."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.plugins.loading import when_called
from lintnews.plugins.registry import registry
from lintnews.sources.source import Columns

if TYPE_CHECKING:
    from lintnews.running.request import Format, Job
    from lintnews.settings.settings import Settings
    from lintnews.sources.source import Record, Source


def source_for(path: str, columns: Columns) -> Source:
    """The source for a file by its ending; a file with an ending that no source knows is read as plain text."""
    make = registry().sources.get(os.path.splitext(path)[1].lower()) or when_called("lintnews.sources.text:TextSource")
    source: Source = make(path, columns)
    return source


def columns(settings: Settings) -> Columns:
    """Where rows have what they have, by these settings."""
    return Columns(text=settings.text_field, site=settings.site_field)


def is_converted(source: Source, format: Format) -> bool:
    """Whether articles leave their own format for another one."""
    return format == ("txt" if source.many else "jsonl")


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
