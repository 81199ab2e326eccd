"""What does not fit into memory, in temporary files: numbers that come out sorted, and texts by their number."""

from __future__ import annotations

import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from struct import Struct
from typing import BinaryIO, Self

_BUFFER = 500_000  # numbers of 8 bytes held before they go to disk
_WRITTEN_AT_ONCE = 1 << 20  # bytes

Row = tuple[int, int, int, int, str]
"""Number, start, end, line and text."""


class Texts:
    """The texts of candidates and where they stand, in a temporary file."""

    _HEAD = Struct(">QQQ")

    def __init__(self, folder: str | None) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115  # closed in __exit__
        self._numbers = array("Q")
        self._starts = array("Q", [0])
        self._unwritten = bytearray()

    def append(self, number: int, start: int, end: int, line: int, text: str) -> None:
        """Keep a text; numbers ascend."""
        record = self._HEAD.pack(start, end, line) + text.encode("utf-8", "surrogatepass")
        self._unwritten += record
        self._numbers.append(number)
        self._starts.append(self._starts[-1] + len(record))
        if len(self._unwritten) >= _WRITTEN_AT_ONCE:
            self._write()

    def __getitem__(self, number: int) -> str:
        """The text; empty when there is none of that number."""
        return self._record(number)[self._HEAD.size :].decode("utf-8", "surrogatepass")

    def span(self, number: int) -> tuple[int, int, int]:
        """Start, end and line."""
        start, end, line = self._HEAD.unpack_from(self._record(number))
        return start, end, line

    def _record(self, number: int) -> bytes:
        self._write()
        at = bisect_left(self._numbers, number)
        if at == len(self._numbers) or self._numbers[at] != number:
            return b""
        self._file.seek(self._starts[at])
        return self._file.read(self._starts[at + 1] - self._starts[at])

    def _write(self) -> None:
        if self._unwritten:
            self._file.seek(0, 2)
            self._file.write(self._unwritten)
            self._unwritten = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


class Sorted:
    """Numbers of 64 bits that come out in order, kept in temporary files beyond a limit."""

    def __init__(self, folder: str | None) -> None:
        self._folder = folder
        self._held = array("Q")
        self._runs: list[BinaryIO] = []

    def append(self, number: int) -> None:
        """Take in a number."""
        self.extend((number,))

    def extend(self, numbers: Iterable[int]) -> None:
        """Take in several numbers."""
        self._held.extend(numbers)
        if len(self._held) >= _BUFFER:
            run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115  # closed in __exit__
            array("Q", sorted(self._held)).tofile(run)
            self._runs.append(run)
            self._held = array("Q")

    def __iter__(self) -> Iterator[int]:
        held = sorted(self._held)
        return merge(held, *map(_numbers, self._runs)) if self._runs else iter(held)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for run in self._runs:
            run.close()


def _numbers(run: BinaryIO) -> Iterator[int]:
    run.seek(0)
    while block := run.read(1 << 16):
        yield from array("Q", block)
