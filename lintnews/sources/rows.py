"""Rows to parts of a file: as many as are worth being read by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lintnews.files.encoding import DamagedError
from lintnews.sources.source import Part

_LONGEST_HEAD_BYTES = 1 << 20


def gathered(rows: Iterable[tuple[int, bytes]], size: int, head_row: int = 1) -> Iterator[Part]:
    """Parts with their bytes, each of numbered rows, of about `size` bytes.

    The first row that isn't blank and has the number `head_row` or a higher one is every part's head.
    """
    held: list[bytes] = []
    at = length = first = 0
    head = b""
    problem = None
    rows = iter(rows)
    while True:
        try:
            row, raw = next(rows)
        except StopIteration:
            break
        except DamagedError as error:  # what stands before is read all the same
            problem = error
            break
        if not head and row >= head_row and raw.strip() and len(raw) <= _LONGEST_HEAD_BYTES:
            head = raw
        if length >= size:
            yield Part(at, at + length, first, length, b"".join(held), head)
            at, length, held = at + length, 0, []
        if not held:
            first = row
        held.append(raw)
        length += len(raw)
    if held:
        yield Part(at, at + length, first, length, b"".join(held), head)
    if problem is not None:
        raise problem
