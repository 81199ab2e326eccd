"""Texts as RE2 reads them: in Windows-1252, with a question mark for every other character, which keeps its automata small."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 4000
"""Code points of a block that patterns see; the rest of a longer block is prose."""
ENCODING = "cp1252"
_LETTERS = bytes(b for b in range(128, 256) if bytes([b]).decode(ENCODING, "replace").isalnum())
"""Those beyond ASCII."""


def seen(texts: Sequence[str]) -> list[bytes]:
    """The texts of blocks, which hold no line feed, as the sets read them."""
    joined = "\n".join(texts)
    return (joined.encode("ascii") if joined.isascii() else joined.encode(ENCODING, "replace")).split(b"\n")


def plain(text: str) -> bytes | None:
    """A text of printable characters in Windows-1252, if it has no letters and digits but those of ASCII; or None."""
    if not text.isprintable():
        return None
    if text.isascii():
        return text.encode("ascii")
    try:
        encoded = text.encode(ENCODING)
    except UnicodeEncodeError:
        return None
    return encoded if len(encoded.translate(None, _LETTERS)) == len(encoded) else None
