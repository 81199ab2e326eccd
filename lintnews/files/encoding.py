"""Bytes to text and back, so that the bytes survive: byte order marks, UTF-16, and old encodings that are detected."""

from __future__ import annotations

from typing import NamedTuple

from lintnews.files.guessing import guess, guess_wide


class Encoding(NamedTuple):
    """A codec by Python's name, and the byte order mark that stands before the text. A guess may be doubtful."""

    name: str
    mark: bytes = b""
    is_guess: bool = False
    is_doubtful: bool = False

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


class DamagedError(Exception):
    """A file that can't be read to its end: cut short or broken; says what is wrong and what to do."""


class MissingError(Exception):
    """A kind of file that needs a package; says how to get it."""


def from_label(label: str) -> Encoding:
    """The encoding of a ledger's label. Raises `LookupError` for one that this Python does not know."""
    name, _, mark = label.partition("+")
    if mark:
        return next((e for e in _MARKED if e.name == name), UTF_8)
    "".encode(name)
    return Encoding(name)


def decode(data: bytes, named: str = "") -> tuple[str, Encoding]:
    """The text and its encoding, such that `encoding.encode(text) == data`. Raises `BinaryError` or `UndecodableError`.

    `named` is the encoding that the user names, for what has no byte order mark.
    """
    for encoding in _MARKED:
        if data.startswith(encoding.mark):
            return _strict(data, encoding), encoding
    if named:
        return _as_named(data, named), Encoding(named)
    if b"\0" in data:
        wide = guess_wide(data)
        if wide is None:
            raise BinaryError("binary file (it holds NUL bytes), not checked; exclude it, or save it as text")
        return data.decode(wide.name), Encoding(wide.name, is_guess=True)
    try:
        return data.decode(), UTF_8
    except UnicodeDecodeError as error:
        return _guessed(data, error)


def _as_named(data: bytes, named: str) -> str:
    try:
        text = data.decode(named)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"can't be read as {named} at byte {error.start}; name another with --encoding") from None
    if text.encode(named, "replace") != data:
        raise UndecodableError(f"can't be written back as {named}, which has several bytes for a character; save it as UTF-8")
    return text


def _strict(data: bytes, encoding: Encoding) -> str:
    try:
        text = data[len(encoding.mark) :].decode(encoding.name)
    except UnicodeDecodeError as error:
        at = error.start + len(encoding.mark)
        raise UndecodableError(f"not valid {encoding.name.upper()} at byte {at}, though its byte order mark says so") from None
    if encoding.name == "utf-8" and "\0" in text:
        raise BinaryError("binary file (it holds NUL bytes), not checked; exclude it, or save it as text")
    return text


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, Encoding]:
    """The text in an old encoding; one that is UTF-8 but for a few bytes is broken UTF-8, not something else."""
    line = data.count(b"\n", 0, error.start) + 1
    lenient = data.decode(errors="surrogateescape")
    escaped = sum("\udc80" <= c <= "\udcff" for c in lenient)
    in_utf_8 = sum(c > "\x7f" for c in lenient) - escaped
    found = None if in_utf_8 > escaped else guess(data)
    if found is None:
        where = f"line {line}, byte {error.start}"
        raise UndecodableError(f"not valid UTF-8 ({where}); save it as UTF-8, or name its encoding with --encoding")
    return data.decode(found.name), Encoding(found.name, is_guess=True, is_doubtful=found.is_doubtful or in_utf_8 > 0)
