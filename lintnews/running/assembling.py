"""Pieces to files: whole ones, the parts of long ones put together in order, and articles gathered in one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lintnews.files.encoding import DamagedError
from lintnews.files.finding import Trouble, compression
from lintnews.files.replacing import ChangedError, Replacement
from lintnews.running.reading import columns, source_for
from lintnews.running.request import STDIN, Batch, Job, Outcome, Piece, Request, RuleChoice
from lintnews.sources.source import File

if TYPE_CHECKING:
    from lintnews.files.compression import Packing
    from lintnews.running.gathering import Gathered
    from lintnews.sources.source import Joined

SYNCING = 16
"""Files that the disk is asked for at once."""


class _Output(NamedTuple):
    """A file that is being put together of parts; without `file` it is the stream."""

    joined: Joined
    file: Replacement | None = None


class _Packed(NamedTuple):
    """A file that is compressed as it is written."""

    joined: Joined
    packing: Packing

    def add(self, piece: bytes) -> None:
        """Add a piece. Raises `OSError`."""
        self.joined.add(piece)

    def close(self) -> None:
        """There are no more. Raises `OSError`."""
        self.joined.close()
        self.packing.close()


@dataclass(slots=True, eq=False)
class Assembler:
    """Writes what workers send back.

    `stream` takes what was standard input, `trouble` a file that can't be written, `undone` the pieces of it. As long as
    `complete` is false the run may be cut short, and the file that is being put together is then dropped.
    """

    request: Request
    stream: BinaryIO
    trouble: Callable[[Trouble], None]
    undone: Callable[[Iterable[Piece]], None]
    complete: bool = False
    _job: Job | None = None
    _output: _Output | None = None
    _pieces: list[Piece] = field(default_factory=list)
    _whole: bool = True
    _changed: bool = False
    _gathered: Gathered | None = None

    def take(self, batch: Batch, outcome: Outcome) -> None:
        """Write a batch's pieces."""
        if self._job is not None and any(met.grave and met.path == self._job.name for met in batch.troubles):
            self._whole = False  # it could not be read to its end
        if outcome.rows:
            if self._gathered is None:
                from lintnews.running.gathering import Gathered

                self._gathered = Gathered(self.request)
            self._gathered.add(outcome.rows)
        parts = [job for job in batch.jobs if job.part is not None and job.target is not None]
        for job in parts:
            self._begin(job)
        wholes = []
        for piece in outcome.pieces:
            if piece.job is not None and piece.job in parts:
                parts.remove(piece.job)
                self._add(batch.choice, piece.job, piece)
            else:
                wholes.append(piece)
        self._whole = self._whole and not parts
        self._write(batch.choice, wholes)

    def close(self) -> None:
        """Nothing more comes."""
        self._whole = self._whole and self.complete
        self._finish()
        if self._gathered is not None:
            self._gathered.close(self.complete)

    def _write(self, choice: RuleChoice | None, pieces: Sequence[Piece]) -> None:
        """Write whole files: first all of them under other names, then each in its place."""
        ready: list[tuple[Piece, Replacement]] = []
        try:
            for piece in pieces:
                try:
                    ready.append((piece, self._written(choice, piece)))
                except (OSError, DamagedError) as error:
                    self._failed(error, [piece])
            _sync([file for piece, file in ready if piece.job is not None and piece.job.stamp is not None])
            while ready:
                piece, file = ready[0]
                try:
                    file.commit(piece.job.stamp if piece.job else None)
                except (OSError, ChangedError, DamagedError) as error:
                    self._failed(error, [piece])
                del ready[0]
        finally:
            for _, file in ready:
                file.discard()

    def _written(self, choice: RuleChoice | None, piece: Piece) -> Replacement:
        data = piece.data
        if piece.changed and piece.job is not None:
            target = BytesIO()
            joined = self._join(choice, piece.job, target)
            joined.add(data)
            joined.close()
            data = target.getvalue()
        file = self._replacement(piece.target)
        try:
            file.file.write(data)
            file.file.flush()
        except BaseException:
            file.discard()
            raise
        return file

    def _replacement(self, target: str) -> Replacement:
        """In an output folder a link is replaced itself: what it points to may be an input."""
        os.makedirs(os.path.dirname(target) or os.curdir, exist_ok=True)
        return Replacement(target, follow=self.request.out is None)

    def _begin(self, job: Job) -> None:
        """A part of this file comes next."""
        if self._job is None or job.target != self._job.target:
            self._finish()
            self._job, self._changed = job, job.target != job.path

    def _add(self, choice: RuleChoice | None, job: Job, piece: Piece) -> None:
        """Add a part to the file that is being put together."""
        self._pieces.append(piece._replace(data=b""))
        try:
            if self._output is None and self._whole:
                self._output = self._opened(choice, job, piece.target)
            if self._output is not None and self._whole:
                self._output.joined.add(piece.data)
        except (OSError, DamagedError) as error:
            if piece.target == STDIN:
                raise
            self._whole = False
            self._tell(error, piece)
        self._changed = self._changed or piece.changed

    def _opened(self, choice: RuleChoice | None, job: Job, target: str) -> _Output:
        if target == STDIN:
            return _Output(self._join(choice, job, self.stream))
        file = self._replacement(target)
        return _Output(self._join(choice, job, file.file), file)

    def _finish(self) -> None:
        """The last part of a file has come: put it in its place, if there is all of it."""
        output, self._output = self._output, None
        pieces, self._pieces = self._pieces, []
        keep = self._whole and (self._changed or output is None or output.file is None)
        try:
            if output is not None and keep:
                output.joined.close()
                if output.file is not None and self._job is not None and not any(piece.changed for piece in pieces):
                    _copy(self._job.path, output.file)
            if output is not None and output.file is not None:
                output.file.commit(self._job.stamp if self._job else None) if keep else output.file.discard()
        except (OSError, ChangedError, DamagedError) as error:
            if output is not None and output.file is not None:
                output.file.discard()
            self._failed(error, pieces)
        else:
            if not keep:
                self.undone(pieces)
        self._job, self._whole = None, True

    def _failed(self, error: OSError | ChangedError | DamagedError, pieces: Sequence[Piece]) -> None:
        """Tell that a file was not written, and take its edits back."""
        self._tell(error, pieces[0])
        self.undone(pieces)

    def _tell(self, error: OSError | ChangedError | DamagedError, piece: Piece) -> None:
        name = piece.job.name if piece.job else piece.target
        if isinstance(error, ChangedError):
            problem = "changed while it was being read, and is left as it is now; run again"
        elif isinstance(error, DamagedError):
            problem = str(error)
        else:
            problem = f"can't be written to {piece.target}: {error.strerror}; free or correct the place"
        self.trouble(Trouble(name, problem))

    def _join(self, choice: RuleChoice | None, job: Job, target: BinaryIO) -> Joined:
        assert choice is not None, "a job has a choice of rules"
        path = job.name if job.path == STDIN else job.path
        source = source_for(path, columns(choice.settings), self.request.read_as)
        if not compression(path):
            return source.joined(File(path), target)
        from lintnews.files.compression import Packing

        packing = Packing(target, path)
        return _Packed(source.joined(File(path), packing.file), packing)


def _copy(path: str, to: Replacement) -> None:
    """Of what was not changed, the file's own bytes, however they were packed. Raises `OSError`."""
    from shutil import copyfileobj

    to.file.seek(0)
    to.file.truncate()
    with open(path, "rb") as file:
        copyfileobj(file, to.file, 1 << 20)


def _sync(files: Sequence[Replacement]) -> None:
    """Have many files on the disk: asked for all at once, it takes little longer than for one."""
    if len(files) > 1:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(len(files), SYNCING)) as threads:
            for done in [threads.submit(file.sync) for file in files]:
                done.exception()  # told when the file is put in its place, which asks again
