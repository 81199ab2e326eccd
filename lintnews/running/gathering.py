"""Articles gathered in one file of an output folder: `articles.jsonl`, `.csv` or `.parquet`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from lintnews.files.replacing import Replacement
from lintnews.running.columns import arrow_row, arrow_types

if TYPE_CHECKING:
    from lintnews.running.request import Request

NAME = "articles"
ALWAYS = ("path", "id", "site", "text", "fields")
"""What every gathered article has: its name in the ledger, what its row says of it, the text, and its row's other fields."""
ROWS_AT_ONCE = 1000


class _Format(Protocol):
    def add(self, rows: Sequence[bytes]) -> None:
        """Add articles, each a line of JSON."""
        raise NotImplementedError

    def close(self) -> None:
        """There are no more."""
        raise NotImplementedError


class Gathered:
    """The file that articles are gathered in, under another name until it is complete. Every method raises `OSError`."""

    def __init__(self, request: Request) -> None:
        assert request.out is not None, "--format needs a folder"
        self._file = Replacement(os.path.join(request.out, f"{NAME}.{request.format}"), follow=False)
        makes: dict[str, Callable[..., _Format]] = {"csv": _Csv, "jsonl": _Jsonl, "parquet": _Parquet}
        self._format = makes[request.format](self._file.file, request.columns)

    def add(self, rows: Sequence[bytes]) -> None:
        """Add articles, each a line of JSON."""
        self._format.add(rows)

    def close(self, is_complete: bool) -> None:
        """There are no more; what isn't complete is dropped."""
        if not is_complete:
            self._file.discard()
            return
        try:
            self._format.close()
        except BaseException:
            self._file.discard()
            raise
        self._file.commit()


class _Jsonl:
    def __init__(self, target: BinaryIO, _columns: Sequence[str]) -> None:
        self._target = target

    def add(self, rows: Sequence[bytes]) -> None:
        """They are lines already."""
        self._target.writelines(rows)

    def close(self) -> None:
        """Nothing is left to do."""


class _Csv:
    """What is no text or number is JSON."""

    def __init__(self, target: BinaryIO, columns: Sequence[str]) -> None:
        import csv
        from io import TextIOWrapper

        self._text = TextIOWrapper(target, "utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._text)
        self._names = names(columns)
        self._writer.writerow(self._names)

    def add(self, rows: Sequence[bytes]) -> None:
        """Add articles."""
        for row in map(json.loads, rows):
            self._writer.writerow([_plain(row.get(name)) for name in self._names])

    def close(self) -> None:
        """Leave the file open for its owner."""
        self._text.detach()


class _Parquet:
    def __init__(self, target: BinaryIO, columns: Sequence[str]) -> None:
        import pyarrow
        from pyarrow.parquet import ParquetWriter

        types = {name: pyarrow.string() for name in ALWAYS} | arrow_types(columns)
        self._schema = pyarrow.schema(list(types.items()))
        self._writer = ParquetWriter(target, self._schema, compression="zstd")
        self._held: list[Mapping[str, Any]] = []

    def add(self, rows: Sequence[bytes]) -> None:
        """Add articles."""
        for row in map(json.loads, rows):
            row["fields"] = _plain(row.get("fields"))
            self._held.append(arrow_row(row))
        if len(self._held) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        self._writer.write_table(pyarrow.Table.from_pylist(self._held, self._schema))
        self._held = []

    def close(self) -> None:
        """Write the rest."""
        self._flush()
        self._writer.close()


def names(columns: Sequence[str]) -> list[str]:
    """The columns of a gathered file, in order."""
    more = {"verdict": ("verdict", "reasons")}
    return [*ALWAYS, *(name for column in columns for name in more.get(column, (column,)))]


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
