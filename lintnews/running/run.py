"""One run over paths: what must be known beforehand, then batches to workers, and what they find to the report and the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TextIO

from lintnews.files.finding import Found, Trouble
from lintnews.messages import number
from lintnews.reports.sheets import PlainSheet, Sheet, Sheets, StreamSheet
from lintnews.reports.totals import Totals
from lintnews.running.assembling import Assembler
from lintnews.running.batches import Batches
from lintnews.running.passes import Together, Walk, earlier
from lintnews.running.pool import results
from lintnews.running.reading import is_dense
from lintnews.running.request import STDIN, Batch, Held, Outcome, Piece, Request
from lintnews.running.worker import Worker

if TYPE_CHECKING:
    from lintnews.evidence.grammar.checker import Grammar
    from lintnews.evidence.sitelines.counting import Learner
    from lintnews.running.grammar import Checkers
    from lintnews.running.ledger import LedgerFile
    from lintnews.settings.files import Configuration
    from lintnews.settings.settings import Settings

MOST_ROWS_TOLD = 5
"""Rows of a file with the same problem that are told one by one."""


@dataclass(slots=True)
class Result:
    """How a run went: sums, whether something could not be done, and how many baselines and allowances have something idle."""

    totals: Totals = field(default_factory=Totals)
    failed: bool = False
    skipped: int = 0
    idle: int = 0


@dataclass(slots=True, eq=False)
class Run:
    """Carries out a request.

    `stdout` takes the report that is printed, `besides` the others, `cleaned` the cleaned bytes of standard input, `say` a line
    for the user, `progress` the files and bytes done so far in a pass over them, and how many bytes there are, 0 where that isn't
    known.
    """

    request: Request
    configuration: Configuration
    stdout: TextIO
    cleaned: BinaryIO
    say: Callable[[str], None]
    progress: Callable[[int, int, int], None] = lambda _files, _size, _of: None
    besides: Sequence[Sheet] = ()
    result: Result = field(default_factory=Result)
    stopping: bool = False
    stopped_with: int = 0
    _together: Together = field(init=False)
    _batches: Batches | None = None
    _held: list[Held] = field(default_factory=list)
    _cached: list[tuple[bytes, str]] = field(default_factory=list)
    _size: int = 0
    _sheets: Sheets = field(init=False)
    _said: set[str] = field(default_factory=set)
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)
    _guesses: Counter[str] = field(default_factory=Counter)
    _checkers: Checkers | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def __call__(self) -> Result:
        """Do it. Raises `OSError` when what is printed or the ledger can't be written."""
        request = self.request
        worker = Worker(request)
        self._together = together = Together(worker)
        assembler = Assembler(request, self.cleaned, self.trouble, self._take_back)
        renewed: set[str] = set()
        with _ledger(request.ledger) if request.ledger else nullcontext() as ledger:
            self._sheets = self._begun_sheets(worker)
            with self._stack, closing(assembler):
                for batch, outcome in self._outcomes(worker):
                    self._tell(outcome, batch.troubles)
                    if ledger is not None:
                        renewed.update(job.ledger_name for job in batch.jobs if ledger.start)
                        ledger.add(outcome.ledger, must_last=request.out is None)  # before any file that it speaks of is replaced
                    assembler.take(batch, outcome)
                    together.take(batch, outcome)
                    self.progress(self.result.totals.files, self.result.totals.read, self._size)
                assembler.complete = not self.stopping
                for outcome in together.outcomes() if not self.stopping else ():
                    self._tell(outcome)
            self._tell_of_folded()
            self._say_guesses()
            self._say_idle(worker)
            self._keep()
            for note in self._sheets.end(self.result.totals, complete=not self.stopping):
                self.say(f"note: {note}")
            if ledger is not None and request.out is not None and assembler.complete:
                ledger.close(superseded=renewed)
        return self.result

    def _outcomes(self, worker: Worker) -> Iterator[tuple[Batch, Outcome]]:
        """Each batch with what came of it, once what must be known beforehand is known."""
        grammar = self._checker if worker.facts.reports else None
        batches = self._batches = Batches(self.request, self.configuration, worker, lambda: self.stopping, grammar)
        walk = Walk(self.request, self.configuration, batches.stopping, self.progress)
        known = earlier(walk, batches)
        self._size = walk.size
        worker.site_lines, batches.copies = known
        return results(worker, batches, self.request.jobs)

    def _checker(self, settings: Settings) -> Grammar | None:
        """The grammar checker for files with these settings; what it takes is made for the first of them."""
        if self._checkers is None:
            from lintnews.running.grammar import Checkers

            self._checkers = self._stack.enter_context(Checkers(self.trouble, self.request.require_grammar))
        return self._checkers.chosen(settings)

    @property
    def resumed(self) -> int:
        """Files that were left out, as an earlier run has written them."""
        return self._batches.resumed if self._batches else 0

    @property
    def learner(self) -> Learner:
        """What was learnt, where that was the task."""
        return self._together.learner

    @property
    def files(self) -> int:
        """How many files there are to read, counted anew."""
        named = [path for path in self.request.paths if path != STDIN]
        return sum(isinstance(found, Found) for found in self._batches.files(named)) if self._batches else 0

    def expected(self) -> int:
        """How many bytes there are to read; standard input has none, and 0 where a file holds more than its size says."""
        named = [path for path in self.request.paths if path != STDIN]
        size = 0
        for found in self._batches.files(named) if self._batches else ():
            if isinstance(found, Found) and is_dense(found.path):
                return 0
            size += found.size if isinstance(found, Found) else 0
        return size

    def stop(self, code: int) -> None:
        """Start nothing new; what is under way is finished, so that ledger and files agree. The process is to end with `code`."""
        self.stopping = True
        self.stopped_with = code

    def trouble(self, trouble: Trouble) -> None:
        """Tell of something left out or gone wrong, once."""
        line = f"{trouble.path}: {trouble.problem}" if trouble.path else trouble.problem
        if line in self._said or self._is_folded(trouble):
            return
        if len(self._said) < 10_000:  # enough to repeat nothing, without growing with the corpus
            self._said.add(line)
        self.result.failed = self.result.failed or trouble.grave
        self.result.skipped += not trouble.grave
        if trouble.grave:
            self.result.totals.errors.append({"path": trouble.path, "error": trouble.problem})
        self.say(line if trouble.grave else f"note: {line}")

    def _is_folded(self, trouble: Trouble) -> bool:
        """Whether enough was said of rows of this file that have this problem; how many there were is said at the end."""
        file, colon, row = trouble.path.rpartition(":")
        if not colon or not row.isdecimal():
            return False
        kind = file, trouble.problem.partition(" (")[0]
        self._rows[kind] = self._rows.get(kind, 0) + 1
        return self._rows[kind] > MOST_ROWS_TOLD

    def _tell_of_folded(self) -> None:
        for (file, problem), count in self._rows.items():
            if count > MOST_ROWS_TOLD:
                self.trouble(Trouble(file, f"{number(count - MOST_ROWS_TOLD, 'more row')}: {problem}"))

    def _begun_sheets(self, worker: Worker) -> Sheets:
        facts, request = worker.facts, self.request
        has_frame = facts.reports and not facts.shows
        printed = StreamSheet(request.report, worker.reports[0], self.stdout) if has_frame else PlainSheet(self.stdout)
        sheets = Sheets(request.reports, [printed, *self.besides], lambda problem: self.trouble(Trouble("", problem)))
        sheets.begin()
        return sheets

    def _say_guesses(self) -> None:
        """Tell in one line which encodings were guessed."""
        if self._guesses:
            found = ", ".join(f"{name} ({count:,})" for name, count in sorted(self._guesses.items()))
            articles = number(sum(self._guesses.values()), "article")
            self.say(f"note: {articles} in no UTF-8, read in the likeliest encoding: {found}; --encoding names another")

    def _keep(self) -> None:
        """Keep what was found for the next run."""
        if self._cached:
            from lintnews.running.cache import keep

            keep(self.request.cache, self._cached)
            self._cached.clear()

    def _say_idle(self, worker: Worker) -> None:
        """Tell what was of no use, where something can hold findings back."""
        choices = self._batches.choices() if self._batches and worker.facts.reports and not self.stopping else ()
        if any(choice.settings.baseline or choice.settings.allow for choice in choices) or any(h.beside for h in self._held):
            from lintnews.running.idle import idle

            for line in idle(self.request, worker, choices, self._held):
                self.result.idle += 1
                self.say(line)

    def _take_back(self, pieces: Iterable[Piece]) -> None:
        """Count no edits of a file that could not be written."""
        totals = self.result.totals
        for piece in pieces:
            totals.edits -= piece.edits
            totals.changed -= piece.articles
            if piece.edits and piece.job is not None:
                names = (str(fixed["path"]) for fixed in totals.fixed)
                gone = {name for name in names if piece.job.name in (name, name.rpartition("#")[0])}
                totals.fixed = [fixed for fixed in totals.fixed if fixed["path"] not in gone]

    def _tell(self, outcome: Outcome, troubles: Sequence[Trouble] = ()) -> None:
        """Report what a batch's articles gave, and what went wrong."""
        for which, part in outcome.parts:
            self._sheets.add(which, part)
        self.result.totals.add(outcome.totals)
        self._guesses.update(outcome.guesses)
        self._held += outcome.held
        self._cached += outcome.cached
        for trouble in (*outcome.troubles, *troubles):
            self.trouble(trouble)


def _ledger(path: str) -> LedgerFile:
    from lintnews.running.ledger import LedgerFile

    return LedgerFile(path)
