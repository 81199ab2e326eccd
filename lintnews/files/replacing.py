"""Bytes to files, so that a file is never half written: a new one beside it takes its name when it is complete."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from functools import lru_cache
from types import TracebackType
from typing import BinaryIO, NamedTuple

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

TEMPORARY = ".lintnews-"
"""What the name of a file that isn't complete starts with. Whoever writes it has it locked; one without a lock is left over."""
_STREAMS = ("/dev/", "/proc/")


class ChangedError(Exception):
    """A file isn't what it was when it was read."""


class Stamp(NamedTuple):
    """By what a file is known to be unchanged."""

    device: int
    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, path: str) -> Stamp:
        """A file's stamp now; a link's file is meant. Raises `OSError`."""
        status = os.stat(path)
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


class Replacement:
    """A file under a temporary name beside `path`, until `commit` gives it that name.

    Owner, permissions, times and extended attributes of the file that had the name are kept, as far as the platform allows. A
    link stays a link, and the file that it points to is replaced; without `follow` it is the link that is replaced. What is no
    regular file, such as a device or a pipe, is written to as it stands. As a context it commits, or discards when the block
    raises. Every method raises `OSError`, and `PermissionError` for a file that is write-protected, although root could write it.
    """

    def __init__(self, path: str, *, follow: bool = True) -> None:
        self._target = os.path.realpath(path) if follow else path
        self._temporary: str | None = None
        self._is_synced = False
        old = _status(path) if follow else _status(path, follow=False)
        if old is not None and stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        if path.startswith(_STREAMS) or (old is not None and not (stat.S_ISREG(old.st_mode) or stat.S_ISLNK(old.st_mode))):
            self.file: BinaryIO = open(path, "wb")  # noqa: SIM115  # open until commit or discard
            return
        if old is not None and stat.S_ISREG(old.st_mode) and not old.st_mode & 0o222:
            raise PermissionError(errno.EACCES, "write-protected", path)
        self._temporary, self.file = _temporary(os.path.dirname(self._target))

    def sync(self) -> None:
        """Have the bytes on the disk, or a power cut could take the old file and the new one."""
        self.file.flush()
        if self._temporary is not None and not self._is_synced:
            os.fsync(self.file.fileno())
        self._is_synced = True

    def commit(self, stamp: Stamp | None = None) -> None:
        """The file is complete: put it in its place. When that fails, the old file stays as it was.

        With a stamp it raises `ChangedError` where the old file has another one by now.
        """
        try:
            self.file.flush()
            if self._temporary is not None:
                if (old := _status(self._target, follow=False)) is not None and stat.S_ISREG(old.st_mode):
                    self.sync()
                    _copy_attributes(self._target, self._temporary)
                if os.name == "nt":
                    self.file.close()  # an open file can't be renamed there
                self._replace(stamp)
            self.file.close()
        except BaseException:
            self.discard()
            raise

    def _replace(self, stamp: Stamp | None) -> None:
        assert self._temporary is not None, "a stream has no temporary file"
        if stamp is None:
            os.replace(self._temporary, self._target)
            return
        with open(self._target, "rb") as old:  # two runs that come to the same file take turns
            if fcntl is not None:
                fcntl.flock(old, fcntl.LOCK_EX)
            if Stamp.of(self._target) != stamp:
                raise ChangedError
            os.replace(self._temporary, self._target)

    def would_change(self) -> bool:
        """Whether there is a file under the name already that differs from what was written so far."""
        from filecmp import cmp

        self.file.flush()
        return self._temporary is not None and os.path.exists(self._target) and not cmp(self._temporary, self._target, False)

    def discard(self) -> None:
        """Leave everything as it was; after `commit` this does nothing."""
        if self._temporary is not None and not self.file.closed:
            with suppress(FileNotFoundError):
                os.unlink(self._temporary)
        with suppress(OSError):  # a full disk has been told of already
            self.file.close()

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.commit() if kind is None else self.discard()


def write(path: str, data: bytes) -> None:
    """Write a whole file, making the folders above it; where one is already, replace it in one step. Raises `OSError`."""
    os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    with Replacement(path) as replacement:
        replacement.file.write(data)


def protection(path: str) -> str | None:
    """Why a file must not be replaced by a changed one, and what to do; None where it may be."""
    status = os.stat(path)
    if status.st_nlink > 1:
        return "has other names (hard links), which would keep the old text; clean it into another folder with -o"
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        return "is write-protected; change its permissions"
    return None


def _status(path: str, *, follow: bool = True) -> os.stat_result | None:
    try:
        return os.stat(path, follow_symlinks=follow)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _temporary(folder: str) -> tuple[str, BinaryIO]:
    """A new file that no other process has or will have, and its path."""
    _sweep(folder)
    while True:
        path = os.path.join(folder, TEMPORARY + os.urandom(6).hex())
        try:
            file = open(path, "xb")  # noqa: SIM115
        except FileExistsError:
            continue
        if _is_locked_by_us(file):
            return path, file
        file.close()  # another process took it for a left over one at this very moment, and removes it


def _is_locked_by_us(file: BinaryIO) -> bool:
    if fcntl is not None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks; there nothing is swept either
    return True


@lru_cache(maxsize=4096)
def _sweep(folder: str) -> None:
    """Remove what a killed process left in a folder; once in the life of this one."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(folder or os.curdir) as scan:
        for path in [entry.path for entry in scan if entry.name.startswith(TEMPORARY)]:
            with suppress(OSError), open(path, "rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(path)


def _copy_attributes(source: str, target: str) -> None:
    """Owner, permissions, extended attributes and times, as far as the platform and the user's rights go."""
    status = os.stat(source)
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root can give files away; otherwise the new file is the user's own
            os.chown(target, status.st_uid, status.st_gid)
    os.chmod(target, status.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(source):
                with suppress(OSError):
                    os.setxattr(target, name, os.getxattr(source, name))
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
