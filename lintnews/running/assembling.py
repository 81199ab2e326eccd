"""Pieces to files: whole ones, the parts of long ones put together in order, and articles gathered in one file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lintnews.files.finding import Trouble
from lintnews.files.replacing import Replacement, write
from lintnews.running.reading import columns, source_for
from lintnews.running.request import STDIN, Batch, Job, Outcome, Piece, Request, RuleChoice
from lintnews.sources.source import File

if TYPE_CHECKING:
    from lintnews.sources.source import Joined

COLLECTED = "articles.jsonl"
"""The file that `clean --format jsonl` gathers plain articles in."""


class _Output(NamedTuple):
    """A file that is being put together of parts; without `file` it is the stream."""

    joined: Joined
    file: Replacement | None = None


@dataclass(slots=True, eq=False)
class Assembler:
    """Writes what workers send back. `stream` takes what was standard input, `trouble` a file that can't be written.

    As long as `complete` is false the run may be cut short, and the file that is being put together is then dropped.
    """

    request: Request
    stream: BinaryIO
    trouble: Callable[[Trouble], None]
    complete: bool = False
    _job: Job | None = None
    _output: _Output | None = None
    _whole: bool = True
    _changed: bool = False
    _gathered: Replacement | None = None

    def take(self, batch: Batch, outcome: Outcome) -> None:
        """Write a batch's pieces."""
        self._gather(outcome.rows)
        parts = [job for job in batch.jobs if job.part is not None and job.target is not None]
        for job in parts:
            self._begin(job)
        for piece in outcome.pieces:
            if piece.job is not None and piece.job in parts:
                parts.remove(piece.job)
                self._add(batch.choice, piece.job, piece)
            else:
                self._write(batch.choice, piece)
        self._whole = self._whole and not parts

    def close(self) -> None:
        """Nothing more comes."""
        self._whole = self._whole and self.complete
        self._finish()
        if self._gathered is not None:
            self._gathered.commit()

    def _write(self, choice: RuleChoice | None, piece: Piece) -> None:
        """Write a whole file."""
        data = piece.data
        try:
            if piece.changed and piece.job is not None:
                target = BytesIO()
                joined = _joined(choice, piece.job, target)
                joined.add(data)
                joined.close()
                data = target.getvalue()
            write(piece.target, data)
        except OSError as error:
            name = piece.job.name if piece.job else piece.target
            self.trouble(Trouble(name, f"can't be written to {piece.target}: {error.strerror}; free or correct the place"))

    def _begin(self, job: Job) -> None:
        """A part of this file comes next."""
        if self._job is None or job.target != self._job.target:
            self._finish()
            self._job, self._changed = job, job.target != job.path

    def _add(self, choice: RuleChoice | None, job: Job, piece: Piece) -> None:
        """Add a part to the file that is being put together."""
        try:
            if self._output is None and self._whole:
                self._output = self._opened(choice, job, piece.target)
            if self._output is not None:
                self._output.joined.add(piece.data)
        except OSError as error:
            if piece.target == STDIN:
                raise
            self._failed(error)
        self._changed = self._changed or piece.changed

    def _opened(self, choice: RuleChoice | None, job: Job, target: str) -> _Output:
        if target == STDIN:
            return _Output(_joined(choice, job, self.stream))
        os.makedirs(os.path.dirname(target) or os.curdir, exist_ok=True)
        file = Replacement(target)
        return _Output(_joined(choice, job, file.file), file)

    def _finish(self) -> None:
        """The last part of a file has come: put it in its place, if there is all of it."""
        output, self._output = self._output, None
        try:
            keep = self._whole and (self._changed or output is None or output.file is None)
            if output is not None and keep:
                output.joined.close()
            if output is not None and output.file is not None:
                output.file.commit() if keep else output.file.discard()
        except OSError as error:
            self._failed(error)
        self._job, self._whole = None, True

    def _failed(self, error: OSError) -> None:
        self._whole = False
        target = self._job.target if self._job else None
        self.trouble(Trouble(target or "", f"can't be written: {error.strerror}; free or correct the place"))

    def _gather(self, rows: Sequence[bytes]) -> None:
        if rows and self.request.out is not None:
            if self._gathered is None:
                self._gathered = Replacement(os.path.join(self.request.out, COLLECTED))
            self._gathered.file.writelines(rows)


def _joined(choice: RuleChoice | None, job: Job, target: BinaryIO) -> Joined:
    assert choice is not None, "a job has a choice of rules"
    path = job.name if job.path == STDIN else job.path
    return source_for(path, columns(choice.settings)).joined(File(path), target)
