"""What can't be read from the middle, laid out on the disk so that it can: once a file, and only when it is asked for."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO, Any

_Pieces = Callable[..., Iterable[bytes]]


class Spool:
    """Pieces in a temporary file that nobody else sees; 8 bytes of memory a piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115  # open as long as it is remembered
        self._ends = array("Q", (0,))
        for piece in pieces:
            self._file.write(piece)
            self._ends.append(self._ends[-1] + len(piece))

    def piece(self, number: int) -> bytes:
        """A piece by its number, from 0. Raises `IndexError`."""
        return self.between(self._ends[number], self._ends[number + 1])

    def between(self, start: int, stop: int) -> bytes:
        """The bytes from one offset to another."""
        self._file.seek(start)
        return self._file.read(stop - start)


def spooled(path: str, pieces: _Pieces, *given: Any) -> Spool:
    """What `pieces` gives of a file as it is now. Raises what that does, and `OSError` when the disk is full."""
    status = os.stat(path)
    return _spooled(path, status.st_mtime_ns, status.st_size, pieces, given)


@lru_cache(maxsize=8)
def _spooled(path: str, _modified: int, _size: int, pieces: _Pieces, given: tuple[Any, ...]) -> Spool:
    return Spool(pieces(path, *given))
