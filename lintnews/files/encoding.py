"""Bytes to text and back, so that the bytes survive: byte order marks, UTF-16, and old encodings that are detected."""

from __future__ import annotations

from typing import NamedTuple

LONGEST_SAMPLE = 1 << 20
"""Bytes from which an unknown encoding is guessed."""


class Encoding(NamedTuple):
    """A codec by Python's name, and the byte order mark that stands before the text."""

    name: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of a text. Raises `UnicodeEncodeError` for a character that the encoding lacks."""
        return self.mark + text.encode(self.name)

    @property
    def label(self) -> str:
        """The name that a ledger keeps; `from_label` reads it."""
        return f"{self.name}+bom" if self.mark else self.name


UTF_8 = Encoding("utf-8")
_MARKED = (
    Encoding("utf-8", b"\xef\xbb\xbf"),
    Encoding("utf-32-le", b"\xff\xfe\x00\x00"),
    Encoding("utf-32-be", b"\x00\x00\xfe\xff"),
    Encoding("utf-16-le", b"\xff\xfe"),
    Encoding("utf-16-be", b"\xfe\xff"),
)


class BinaryError(Exception):
    """Not text at all."""


class UndecodableError(Exception):
    """Text whose encoding can't be told, or that breaks its own; says where and what to do."""


def from_label(label: str) -> Encoding:
    """The encoding of a ledger's label. Raises `LookupError` for one that this Python does not know."""
    name, _, mark = label.partition("+")
    if mark:
        return next((e for e in _MARKED if e.name == name), UTF_8)
    "".encode(name)
    return Encoding(name)


def decode(data: bytes) -> tuple[str, Encoding]:
    """The text and its encoding, such that `encoding.encode(text) == data`. Raises `BinaryError` or `UndecodableError`."""
    for encoding in _MARKED:
        if data.startswith(encoding.mark):
            return _strict(data, encoding), encoding
    if b"\0" in data:
        raise BinaryError("binary file (it holds NUL bytes), not checked; exclude it, or save it as text")
    try:
        return data.decode(), UTF_8
    except UnicodeDecodeError as error:
        return _detect(data, error)


def _strict(data: bytes, encoding: Encoding) -> str:
    try:
        text = data[len(encoding.mark) :].decode(encoding.name)
    except UnicodeDecodeError as error:
        at = error.start + len(encoding.mark)
        raise UndecodableError(f"not valid {encoding.name.upper()} at byte {at}, though its byte order mark says so") from None
    if encoding.name == "utf-8" and "\0" in text:
        raise BinaryError("binary file (it holds NUL bytes), not checked; exclude it, or save it as text")
    return text


def _detect(data: bytes, error: UnicodeDecodeError) -> tuple[str, Encoding]:
    """Guess an old encoding; a text that is UTF-8 but for a few bytes is broken UTF-8, not something else."""
    line = data.count(b"\n", 0, error.start) + 1
    broken = UndecodableError(f"not valid UTF-8 (line {line}, byte {error.start}); save it as UTF-8")
    lenient = data.decode(errors="surrogateescape")
    escaped = sum("\udc80" <= c <= "\udcff" for c in lenient) if not lenient.isascii() else 0
    if sum(c > "\x7f" for c in lenient) - escaped > escaped:
        raise broken
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[:LONGEST_SAMPLE]))
    names = [match.encoding for match in matches[:3]]
    # Windows-1252 is what most old English pages are in; where it fits about as well as the likeliest, it is likelier.
    if any(m.encoding == "cp1252" and m.chaos <= matches[0].chaos and m.coherence >= matches[0].coherence - 0.1 for m in matches):
        names.insert(0, "cp1252")
    for name in names:
        try:
            text = data.decode(name)
            if text.encode(name) == data:
                return text, Encoding(name)
        except UnicodeError:
            continue
    raise broken
