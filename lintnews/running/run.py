"""One run over paths: files to chunks, chunks to workers, and what they find to the report, the ledger and the files."""

from __future__ import annotations

import os
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TextIO

from lintnews.diagnostic import Finding
from lintnews.evidence.sitelines.lines import Learnt
from lintnews.files.finding import Found, Ignores, Trouble, find
from lintnews.files.replacing import Replacement
from lintnews.linter import Linter
from lintnews.plugins.registry import registry
from lintnews.reports.totals import Totals
from lintnews.running.pool import WorkerDiedError
from lintnews.running.pool import run as run_chunks
from lintnews.running.worker import STDIN, Chunk, Item, Observed, Outcome, Plan, Setup, Task, Worker, source_for
from lintnews.settings.files import Configuration
from lintnews.settings.settings import ConfigError, Settings
from lintnews.sources import Part

if TYPE_CHECKING:
    from lintnews.evidence.sitelines.counting import Learner
    from lintnews.running.comparison import Comparison

CHUNK_BYTES = 1 << 20
CHUNK_FILES = 128
COLLECTED = "articles.jsonl"
"""The file that `clean --format jsonl` gathers plain articles in."""


class Request(NamedTuple):
    """What the user asked for.

    `out` is a folder to write cleaned files to; without one they are replaced in place. `ledger` is a file's path,
    `stdin_name` what standard input is called.
    """

    paths: Sequence[str]
    plan: Plan
    jobs: int = 1
    force_exclude: bool = False
    stdin_name: str | None = None
    out: str | None = None
    ledger: str | None = None


@dataclass(slots=True)
class Result:
    """How a run went: sums, and whether something could not be done."""

    totals: Totals = field(default_factory=Totals)
    failed: bool = False
    skipped: int = 0


@dataclass(slots=True, eq=False)
class Run:
    """Carries out a request.

    `stdout` takes the report, `cleaned` the cleaned bytes of standard input, `say` a line for the user, `progress` the files
    and bytes done so far. `learner` has what was learnt, where that is the task.
    """

    request: Request
    configuration: Configuration
    stdout: TextIO
    cleaned: BinaryIO
    say: Callable[[str], None]
    progress: Callable[[int, int], None] = lambda _files, _size: None
    result: Result = field(default_factory=Result)
    stopping: bool = False
    learner: Learner = field(init=False)
    _worker: Worker = field(init=False)
    _ahead: Run | None = None
    _comparison: Comparison | None = None
    _first: bool = True
    _copies: dict[str, list[tuple[int, Finding]]] = field(default_factory=dict)
    _met: list[Trouble] = field(default_factory=list)
    _said: set[str] = field(default_factory=set)
    _setups: dict[tuple[int, tuple[str, ...]], Setup] = field(default_factory=dict)
    _targets: dict[str, str] = field(default_factory=dict)

    def __call__(self) -> Result:
        """Do it. Raises `OSError` when the report or the ledger can't be written."""
        plan = self.request.plan
        if plan.task == "learn":
            from lintnews.evidence.sitelines.counting import Learner

            self.learner = Learner()
        self._worker = Worker(plan)
        if plan.task not in ("observe", "learn") and self._any(self.request.paths, lambda linter: bool(linter.site_aware)):
            plan = plan._replace(site_lines=Learnt(self._first_run("learn").learner.learnt()))
            self._worker.plan = plan
        worker = self._worker
        if plan.task not in ("check", "observe", "learn") and self._compares(self.request.paths):
            comparison = self._first_run("observe")._comparison
            self._copies = comparison.copies() if comparison else {}
        put_together = _Assembler(self)
        complete = False
        with Replacement(self.request.ledger) if self.request.ledger else nullcontext() as ledger:
            self.stdout.write(worker.report.head())
            try:
                for chunk, outcome in run_chunks(plan, worker, self._chunks(), self.request.jobs):
                    self._report(outcome)
                    if ledger is not None:
                        ledger.file.writelines(outcome.ledger)
                    for trouble in (*outcome.troubles, *chunk.troubles):
                        self.trouble(trouble)
                    put_together(chunk, outcome)
                    for sources, lines in outcome.lines:
                        self.learner.add(sources, lines)
                    if chunk.setup is not None and outcome.observed:
                        self._compare(chunk.setup, outcome.observed)
                    self.progress(self.result.totals.files, self.result.totals.read)
                complete = not self.stopping
                if self._comparison is not None and complete and self.request.plan.task == "check":
                    for outcome in self._comparison.outcomes():
                        self._report(outcome)
            except WorkerDiedError as error:
                self.trouble(Trouble("", str(error)))
            finally:
                put_together.close(complete)
            if self.request.plan.task not in ("clean", "learn"):
                self.stdout.write(worker.report.foot(self.result.totals))
        return self.result

    def _report(self, outcome: Outcome) -> None:
        for part in outcome.report:
            self.stdout.write(part if self._first else self._worker.report.separator + part)
            self._first = False
        self.result.totals.add(outcome.totals)

    def _first_run(self, task: Task) -> Run:
        """A run over the same files ahead of this one, in which they are compared or learnt from; trouble is told in this one."""
        from io import BytesIO, StringIO

        plan = self.request.plan._replace(task=task, ledger=False, timings=False, statistics=False)
        named = [path for path in self.request.paths if path != STDIN]
        request = self.request._replace(paths=named, plan=plan, out=None, ledger=None)
        first = self._ahead = Run(request, self.configuration, StringIO(), BytesIO(), lambda _line: None, self.progress)
        if not self.stopping:
            first()
        return first

    def _compare(self, setup: Setup, articles: Sequence[Observed]) -> None:
        if self._comparison is None:
            from lintnews.running.comparison import Comparison

            self._comparison = Comparison(self._worker)
        self._comparison.add(setup, articles)

    def stop(self) -> None:
        """Start nothing new; what is under way is finished, so that ledger and files agree."""
        self.stopping = True
        if self._ahead is not None:
            self._ahead.stop()

    def trouble(self, trouble: Trouble) -> None:
        """Tell of something left out or gone wrong, once."""
        line = f"{trouble.path}: {trouble.problem}" if trouble.path else trouble.problem
        if line in self._said:
            return
        if len(self._said) < 10_000:  # enough to repeat nothing, without growing with the corpus
            self._said.add(line)
        self.result.failed = self.result.failed or trouble.grave
        self.result.skipped += not trouble.grave
        if trouble.grave:
            self.result.totals.errors.append({"path": trouble.path, "error": trouble.problem})
        self.say(line if trouble.grave else f"note: {line}")

    def _chunks(self) -> Iterator[Chunk]:
        """Files in order, gathered until they are worth sending; a long file that can be split makes chunks of its own."""
        items: list[Item] = []
        setup: Setup | None = None
        size = 0
        for item, its_setup, its_size in self._items():
            if self.stopping:
                return
            alone = item.part is not None or item.data is not None
            if items and (alone or its_setup is not setup or size >= CHUNK_BYTES or len(items) >= CHUNK_FILES):
                yield self._chunk(setup, items)
                items, size = [], 0
            if alone:
                yield self._chunk(its_setup, [item])
            else:
                items.append(item)
                setup, size = its_setup, size + its_size
        if items or self._met:
            yield self._chunk(setup if items else None, items)

    def _chunk(self, setup: Setup | None, items: Sequence[Item]) -> Chunk:
        """A chunk that takes along the trouble met since the last one, so that it is told in the same place whatever the jobs."""
        met, self._met = tuple(self._met), []
        return Chunk(setup, tuple(items), met)

    def _items(self) -> Iterator[tuple[Item, Setup, int]]:
        request = self.request
        named = [path for path in request.paths if path != STDIN]
        if len(named) < len(request.paths):
            yield from self._stdin()
        if len(named) > 1 and (request.plan.task == "learn" or self._compares(named)):
            named.sort()  # which of two is the copy, and what is forgotten, must not depend on the order in which they are named
        for found in find(named, registry().sources.keys(), self._exclude, force_exclude=request.force_exclude):
            if isinstance(found, Trouble):
                self._met.append(found)
                continue
            setup = self._setup(found.path)
            if setup is not None and not self._is_taken(found):
                yield from self._parts(found, setup, self._target(found))

    def _compares(self, paths: Sequence[str]) -> bool:
        return self._any(paths, lambda linter: bool(linter.comparing))

    def _any(self, paths: Sequence[str], asked: Callable[[Linter], bool]) -> bool:
        """Whether this is so of the linter for any of these paths."""
        with suppress(ConfigError):
            setups = (self._setup(os.path.join(path, "") if os.path.isdir(path) else path) for path in paths)
            return any(asked(self._worker.linter(setup)[0]) for setup in setups if setup)
        return False

    def _parts(self, found: Found, setup: Setup, target: str | None) -> Iterator[tuple[Item, Setup, int]]:
        copies = tuple(self._copies.get(found.path, ()))
        whole = Item(found.path, found.path, found.below.replace(os.sep, "/"), target, copies=copies)
        if found.size <= CHUNK_BYTES or not (source := source_for(found.path, setup.settings.text_field)).many:
            yield whole, setup, found.size
            return
        try:
            with open(found.path, "rb") as stream:
                for part in source.split(stream, CHUNK_BYTES):
                    first, last = (bisect_left(copies, at, key=lambda copy: copy[0]) for at in part[:2])
                    yield whole._replace(part=part, copies=copies[first:last]), setup, part.stop - part.start
        except OSError as error:
            self._met.append(Trouble(found.path, f"can't be read: {error.strerror}; check its permissions"))

    def _stdin(self) -> Iterator[tuple[Item, Setup, int]]:
        name = self.request.stdin_name or STDIN
        setup = self._setup(name)
        if setup is None:
            return
        stream = sys.stdin.buffer
        source = source_for(name, setup.settings.text_field)
        ledger_name = os.path.basename(name)
        if not source.many:
            data = stream.read()
            yield Item(STDIN, name, ledger_name, STDIN, data=data), setup, len(data)
            return
        row = 1
        at = 0
        while rows := stream.readlines(CHUNK_BYTES):
            data = b"".join(rows)
            yield Item(STDIN, name, ledger_name, STDIN, Part(at, at + len(data), row), data), setup, len(data)
            row, at = row + len(rows), at + len(data)

    def _exclude(self, folder: str) -> Sequence[Ignores]:
        try:
            return self.configuration.settings_for(folder).exclude
        except ConfigError:
            return ()  # told when a file below is met

    def _setup(self, path: str) -> Setup | None:
        try:
            settings: Settings = self.configuration.settings_for(os.path.dirname(path))
        except ConfigError as error:
            self._met.append(Trouble("", str(error)))
            return None
        key = id(settings), settings.ignored_in(path)
        setup = self._setups.get(key)
        if setup is None:
            setup = self._setups[key] = Setup(len(self._setups), settings, key[1])
        return setup

    def _target(self, found: Found) -> str | None:
        """Where a file's cleaned bytes go, None for nowhere."""
        if self.request.out is not None:
            return os.path.join(self.request.out, found.below)
        return found.path if self.request.plan.task in ("fix", "clean") else None

    def _is_taken(self, found: Found) -> bool:
        """Whether another file, or the ledger, goes where this file's cleaned bytes should go; that is told."""
        if self.request.out is None:
            return False
        target = os.path.join(self.request.out, found.below)
        other = "the ledger" if target == self.request.ledger else found.path
        if len(self.request.paths) > 1 and other == found.path:
            other = self._targets.setdefault(target, found.path)
        if other == found.path:
            return False
        self._met.append(
            Trouble(found.path, f"would be written to {target}, as {other} is; clean it into another folder with -o")
        )
        return True


@dataclass(slots=True, eq=False)
class _Assembler:
    """Puts the parts of long files together in order, and gathers articles in one file."""

    run: Run
    target: str | None = None
    file: Replacement | None = None
    complete: bool = True
    changed: bool = False
    gathered: Replacement | None = None

    def __call__(self, chunk: Chunk, outcome: Outcome) -> None:
        """Take the bytes that a worker sent back."""
        self._gather(outcome.rows)
        item = chunk.items[0] if chunk.items else Item("", "", "")
        if item.target == STDIN:
            self.run.cleaned.write(outcome.piece or b"")
        elif item.part is not None and item.target is not None and self.run.request.plan.format != "txt":
            if item.target != self.target:
                self.finish()
                self._open(item.target)
                self.changed = item.target != item.path
            if outcome.piece is None or self.file is None:
                self.complete = False
                return
            try:
                self.file.file.write(outcome.piece)
            except OSError as error:
                self._failed(error)
            self.changed = self.changed or outcome.changed

    def finish(self) -> None:
        """The last part of a file has come: put it in its place, if there is all of it."""
        if self.file is not None:
            try:
                self.file.commit() if self.complete and self.changed else self.file.discard()
            except OSError as error:
                self._failed(error)
        self.file, self.target, self.complete = None, None, True

    def close(self, complete: bool) -> None:
        """Nothing more comes; when the run was cut short, the file that was being put together is dropped."""
        self.complete = self.complete and complete
        self.finish()
        if self.gathered is not None:
            self.gathered.commit()

    def _open(self, target: str) -> None:
        self.target = target
        try:
            os.makedirs(os.path.dirname(target) or os.curdir, exist_ok=True)
            self.file = Replacement(target)
        except OSError as error:
            self._failed(error)

    def _failed(self, error: OSError) -> None:
        self.complete = False
        self.run.trouble(Trouble(self.target or "", f"can't be written: {error.strerror}; free or correct the place"))

    def _gather(self, rows: Sequence[bytes]) -> None:
        if rows and self.run.request.out is not None:
            if self.gathered is None:
                self.gathered = Replacement(os.path.join(self.run.request.out, COLLECTED))
            self.gathered.file.writelines(rows)
