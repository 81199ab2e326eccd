"""What a file would become, as a patch that `git apply` and `patch -p1` take: its own bytes, line by line.

A patch is made of bytes in whatever encoding the file has. As text it is UTF-8 with a surrogate for each byte that is none.
"""

from __future__ import annotations

import os
import re

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NEEDS_QUOTES = re.compile(r'[\x00-\x1f"\\\x7f]')


def difference(path: str, before: bytes, after: bytes) -> str:
    """A unified diff of two versions of a file, with a mark where the last line has no newline."""
    from difflib import unified_diff

    old, new = (_LINE.findall(data.decode("utf-8", "surrogateescape")) for data in (before, after))
    lines = list(unified_diff(old, new, *_names(path)))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _names(path: str) -> tuple[str, str]:
    """The file's two names: below the working folder, quoted as git does it, with a tabulator behind one that holds a space."""
    inside = os.path.relpath(path) if os.path.isabs(path) else os.path.normpath(path)
    return _name(f"a/{inside}"), _name(f"b/{inside}")


def _name(name: str) -> str:
    if _NEEDS_QUOTES.search(name):
        return '"' + "".join(map(_quoted, os.fsencode(name))) + '"'
    return f"{name}\t" if " " in name else name


def _quoted(byte: int) -> str:
    character = chr(byte)
    if character in '"\\':
        return f"\\{character}"
    return character if 0x20 <= byte < 0x7F else f"\\{byte:03o}"
