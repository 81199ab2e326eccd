"""Parquet and Arrow files as record batches, and back to files of the same make. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from lintnews.files.encoding import DamagedError, MissingError

BATCH_ROWS = 256
MOST_BYTES = 128 << 20
"""Of a row group that is held to be written; a longer one is written as several."""


class Batch(NamedTuple):
    """Some rows, and whether they are the last of their row group."""

    rows: Any
    is_last: bool


class Reader:
    """An open file. Every method raises `DamagedError` for one that can't be read, or in want of pyarrow."""

    def __init__(self, path: str) -> None:
        self.path = path
        with told():
            self.parquet: Any = _parquet(path) if path.lower().endswith(".parquet") else None
            self.schema = self.parquet.schema_arrow if self.parquet else _ipc(path).schema

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[Batch]:
        """All rows, or some of their columns, in order."""
        with told():
            yield from self._of_parquet(columns) if self.parquet else self._of_ipc(columns)

    def _of_parquet(self, columns: Sequence[str] | None) -> Iterator[Batch]:
        file = self.parquet
        for group in range(file.num_row_groups):
            left = file.metadata.row_group(group).num_rows
            names = None if columns is None else list(columns)
            for batch in file.iter_batches(BATCH_ROWS, row_groups=[group], columns=names, use_threads=False):
                left -= batch.num_rows
                yield Batch(batch, left == 0)

    def _of_ipc(self, columns: Sequence[str] | None) -> Iterator[Batch]:
        for batch in _ipc_batches(_ipc(self.path)):
            yield Batch(batch if columns is None else batch.select(list(columns)), True)


class Writer:
    """Writes batches to a file like another one: its schema, metadata, row groups, and codecs column by column."""

    def __init__(self, like: Reader, target: BinaryIO) -> None:
        self._like = like
        self._held: list[Any] = []
        self._bytes = 0
        self._writer = _parquet_writer(like, target) if like.parquet else _ipc_writer(like, target)

    def add(self, batch: Any, is_last: bool) -> None:
        """Add rows; the last of a row group are written with all of it."""
        self._held.append(batch)
        self._bytes += batch.nbytes
        if is_last or self._bytes >= MOST_BYTES:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        table = pyarrow.Table.from_batches(self._held, self._like.schema)
        if self._like.parquet:
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))
        else:
            self._writer.write_table(table.combine_chunks(), max_chunksize=max(1, table.num_rows))
        self._held, self._bytes = [], 0

    def close(self) -> None:
        """There are no more rows."""
        if self._held:
            self._flush()
        self._writer.close()


@contextmanager
def told() -> Iterator[None]:
    """Raise `DamagedError` for what pyarrow raises."""
    try:
        import pyarrow
    except ImportError:
        raise MissingError("a table that needs a package to be read: pip install 'lintnews[parquet]'") from None
    try:
        yield
    except pyarrow.ArrowException as error:
        raise DamagedError(_damage(error)) from None
    except OSError as error:
        if error.strerror is not None:
            raise
        raise DamagedError(_damage(error)) from None


def _damage(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    if "Dictionary replacement" in said:
        return "has its text as a dictionary, of which an Arrow file can have but one; save it as Parquet"
    return f"is cut short or damaged ({said}); get it again"


def _parquet(path: str) -> Any:
    from pyarrow.parquet import ParquetFile

    return ParquetFile(path, memory_map=False, pre_buffer=False, buffer_size=1 << 20)


def _parquet_writer(like: Reader, target: BinaryIO) -> Any:
    """Made so that each column is packed as it was."""
    from pyarrow.parquet import ParquetWriter

    metadata = like.parquet.metadata
    group = metadata.row_group(0) if metadata.num_row_groups else None
    leaves = [group.column(number) for number in range(metadata.num_columns)] if group else []
    codecs = {leaf.path_in_schema: _codec(leaf.compression) for leaf in leaves}
    with_dictionary = [leaf.path_in_schema for leaf in leaves if any("DICTIONARY" in name for name in leaf.encodings)]
    counted = [leaf.path_in_schema for leaf in leaves if leaf.is_stats_set]
    version = metadata.format_version
    return ParquetWriter(
        target,
        like.schema,
        compression=codecs or "zstd",
        use_dictionary=with_dictionary or False,
        write_statistics=counted or False,
        version=version if version in ("1.0", "2.4", "2.6") else "2.6",
    )


def _codec(name: str) -> str:
    return "none" if name == "UNCOMPRESSED" else name.lower()


def _ipc(path: str) -> Any:
    """An Arrow file, with random access, or a stream in a file."""
    import pyarrow

    source = pyarrow.OSFile(path, "rb")
    try:
        return pyarrow.ipc.open_file(source)
    except pyarrow.ArrowInvalid:
        source.seek(0)
        return pyarrow.ipc.open_stream(source)


def _ipc_batches(reader: Any) -> Iterator[Any]:
    if hasattr(reader, "num_record_batches"):
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
    else:
        yield from reader


def _ipc_writer(like: Reader, target: BinaryIO) -> Any:
    import pyarrow

    with open(like.path, "rb") as file:
        head = file.read(1 << 16)
    # Of a compressed file each buffer starts a frame; the codec itself is not told by pyarrow.
    codec = "zstd" if b"\x28\xb5\x2f\xfd" in head else "lz4" if b"\x04\x22\x4d\x18" in head else None
    options = pyarrow.ipc.IpcWriteOptions(compression=codec, unify_dictionaries=True)
    make = pyarrow.ipc.new_file if hasattr(_ipc(like.path), "num_record_batches") else pyarrow.ipc.new_stream
    return make(target, like.schema, options=options)
