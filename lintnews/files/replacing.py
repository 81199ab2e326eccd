"""Bytes to files, so that a file is never half written: a new one beside it takes its name when it is complete."""

from __future__ import annotations

import os
from contextlib import suppress
from types import TracebackType


class Replacement:
    """A file under a temporary name beside `path`, until `commit` gives it that name.

    The permissions of the file that had the name are kept. A link stays a link: the file that it points to is replaced.
    As a context it commits, or discards when the block raises. Every method raises `OSError`.
    """

    def __init__(self, path: str) -> None:
        self._target = os.path.realpath(path)
        folder, name = os.path.split(self._target)
        self._temporary = os.path.join(folder, f".{name[:100]}.{os.getpid()}.lintnews")
        self.file = open(self._temporary, "xb")  # noqa: SIM115  # open until commit or discard

    def commit(self) -> None:
        """The file is complete: put it in its place. When that fails, the old file stays as it was."""
        try:
            self.file.flush()
            if os.path.exists(self._target):
                os.fsync(self.file.fileno())  # or a power cut could take the old file and the new one
                _copy_permissions(self._target, self._temporary)
            self.file.close()
            os.replace(self._temporary, self._target)
        except BaseException:
            self.discard()
            raise

    def would_change(self) -> bool:
        """Whether there is a file under the name already that differs from what was written so far."""
        from filecmp import cmp

        self.file.flush()
        return os.path.exists(self._target) and not cmp(self._temporary, self._target, shallow=False)

    def discard(self) -> None:
        """Leave everything as it was; after `commit` this does nothing."""
        self.file.close()
        with suppress(FileNotFoundError):
            os.unlink(self._temporary)

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.commit() if kind is None else self.discard()


def write(path: str, data: bytes) -> None:
    """Write a whole file, making the folders above it; where one is already, replace it in one step. Raises `OSError`."""
    if os.path.lexists(path):
        with Replacement(path) as replacement:
            replacement.file.write(data)
        return
    os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    try:
        with open(path, "xb") as file:
            file.write(data)
    except FileExistsError:
        raise
    except BaseException:
        os.unlink(path)
        raise


def _copy_permissions(source: str, target: str) -> None:
    status = os.stat(source)
    if hasattr(os, "chown"):
        with suppress(OSError):  # only root can give files away; otherwise the new file is the user's own
            os.chown(target, status.st_uid, status.st_gid)
    os.chmod(target, status.st_mode & 0o7777)
