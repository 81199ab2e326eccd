"""What an installation has made ready of text files, so that a start need not read, check and rework them.

The text files are the truth, and are read where there is no pack. In a wheel both come together and stay as they are. In a
checkout the pack holds while every file that it may depend on has the size and time that it had then, as Python's own
compiled modules do. `lintnews.packing` makes it.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

_DATA = os.path.dirname(os.path.abspath(__file__))
_PACKAGE = os.path.dirname(_DATA)

PACK = os.path.join(_DATA, "pack.bin")
SOURCES = (
    os.path.join(os.path.dirname(_PACKAGE), "rules"),
    *(os.path.join(_PACKAGE, name) for name in ("data", "detectors", "document", "evidence", "patterns", "rulebook")),
)
"""Folders of a checkout with the text files, and with the code that reads and reworks them."""
_VERSION = 4
"""Of the format of `marshal`, which every Python from 3.4 on reads."""

Stamp = tuple[str, int, int]
"""A file's path, size and time."""


def packed(part: str) -> Any:
    """A part of the pack; None where there is no pack, or none that holds."""
    content = _parts().get(part)
    return None if content is None else marshal.loads(content)


def made(parts: Mapping[str, Any], *, for_good: bool) -> bytes:
    """A pack with these parts; `for_good` where it goes to places that its sources go to as well, and never without them."""
    contents = {name: marshal.dumps(part, _VERSION) for name, part in parts.items()}
    return marshal.dumps((None if for_good else _stamps(), contents), _VERSION)


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, bytes]:
    try:
        with open(PACK, "rb", buffering=0) as file:
            stamps, contents = marshal.loads(file.read())
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return contents if stamps is None or stamps == _stamps() else {}


def _stamps() -> tuple[Stamp, ...]:
    return tuple(sorted(stamp for folder in SOURCES for stamp in _stamps_below(folder)))


def _stamps_below(folder: str) -> Iterator[Stamp]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _stamps_below(entry.path) if entry.name != "__pycache__" else ()
            elif entry.path != PACK:
                known = entry.stat()
                yield entry.path, known.st_size, known.st_mtime_ns
