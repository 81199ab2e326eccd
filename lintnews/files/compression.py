"""Compressed files read and written as what they hold: by their ending, `.gz` or `.zst`, one block at a time."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from lintnews.files.encoding import DamagedError, MissingError
from lintnews.files.finding import compression

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_LEVEL, ZSTD_LEVEL = 6, 3
"""As the programs themselves have it; Python's own level for gzip takes twice the time for a hundredth of the size."""
LARGEST_WINDOW_LOG = 28
"""What `zstd --long=28` writes is read, too: more memory than that, 256 MB, is not given to whoever made a file."""


def unpacking(stream: BinaryIO, kind: str) -> BinaryIO:
    """What a compressed stream holds. Reading raises `DamagedError` where it is cut short or broken, and `OSError`."""
    return io.BufferedReader(_Unpacking(stream, _opened(stream, kind, "rb"), kind), 1 << 18)


class _Unpacking(io.RawIOBase):
    """Reads, and says in words what is wrong. It counts as read to the end only where the compressed stream says so, too."""

    def __init__(self, outer: BinaryIO, inner: Any, kind: str) -> None:
        self._outer, self._inner, self._kind = outer, inner, kind
        self._size = 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer."""
        from zlib import error as zlib_error

        try:
            data: bytes = self._inner.read1(len(memoryview(buffer)))  # what there is, before it is found that more is missing
        except (EOFError, zlib_error) as error:
            raise DamagedError(self._damage(error)) from None
        except OSError as error:
            if error.errno is not None:
                raise
            raise DamagedError(self._damage(error)) from None  # of gzip: not what it should be
        except Exception as error:
            if type(error).__name__ != "ZstdError":
                raise
            raise DamagedError(self._damage(error)) from None
        memoryview(buffer)[: len(data)] = data
        self._size += len(data)
        return len(data)

    def _damage(self, error: Exception) -> str:
        what = "ends early" if isinstance(error, EOFError) else f"is no {self._kind} there ({error})"
        return f"compressed, and {what}, after {self._size:,} bytes of what it holds; get it again"

    def close(self) -> None:
        """Close the stream, too."""
        if not self.closed:
            with suppress(Exception):
                self._inner.close()
            if self._outer is not sys.stdin.buffer:
                self._outer.close()
        super().close()


class Packing:
    """Takes bytes and writes them to a stream, compressed as a file's name says, or as they are."""

    def __init__(self, target: BinaryIO, path: str) -> None:
        kind = compression(path)
        self._packed = _opened(target, kind, "wb") if kind else None
        self.file: BinaryIO = self._packed or target

    def close(self) -> None:
        """There is no more. The stream itself stays open. Raises `OSError`."""
        if self._packed is not None:
            self._packed.close()


def _opened(stream: BinaryIO, kind: str, mode: str) -> Any:
    """A file object over a stream. Raises `MissingError`."""
    if kind == ".gz":
        from gzip import GzipFile

        return GzipFile("", mode, GZIP_LEVEL, stream, mtime=0)  # neither name nor time: the same bytes whenever it is written
    zstd, options = _zstd()
    if mode == "rb":
        return zstd(stream, mode, options={options: LARGEST_WINDOW_LOG})
    return zstd(stream, mode, level=ZSTD_LEVEL)


@lru_cache(maxsize=1)
def _zstd() -> tuple[Callable[..., Any], Any]:
    """The class for files, and the name of the option for the largest window. A package that accepts cut files is no choice."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise MissingError("compressed as .zst, which needs a package: pip install 'lintnews[zstd]'") from None
    return zstd.ZstdFile, zstd.DecompressionParameter.window_log_max
