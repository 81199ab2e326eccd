"""What a worker does with a batch: each job's articles read, given to the task, and written back.

Everything here can run in another process; nothing depends on what another batch holds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from lintnews.document import Document, PageTitle
from lintnews.document.language import Language
from lintnews.files.encoding import BinaryError, DamagedError, Encoding, MissingError, UndecodableError
from lintnews.files.finding import Trouble
from lintnews.linter import Linter
from lintnews.messages import raised
from lintnews.patterns.deadline import OutOfTimeError, in_time
from lintnews.plugins.loading import load
from lintnews.plugins.registry import registry
from lintnews.reports.report import NOTED, Checked, made
from lintnews.reports.terminal import Terminal
from lintnews.running.difference import difference
from lintnews.running.holding import Keeper, check_baseline
from lintnews.running.reading import columns, is_converted, sites, source_for, unread
from lintnews.running.request import STDIN, Batch, Job, Outcome, Piece, Request, RuleChoice
from lintnews.running.tasks import TASKS
from lintnews.running.tasks.task import Desk
from lintnews.settings.settings import ConfigError
from lintnews.sources.source import Concatenated, File, NoTextError

if TYPE_CHECKING:
    from lintnews.detectors.detector import Compared
    from lintnews.evidence.grammar.checker import Checker, Grammar
    from lintnews.evidence.sitelines.lines import Learnt, SiteLines
    from lintnews.reports.report import Report
    from lintnews.rulebook.rule import Rule
    from lintnews.running.cache import Cache
    from lintnews.running.tasks.task import Task
    from lintnews.sources.source import Part, Record, Source, Writer


class Worker:
    """Holds the linters and the reports between batches; the first report is the one that is printed.

    `site_lines` has what the articles of each site have in common.
    """

    def __init__(self, request: Request, site_lines: Learnt | None = None) -> None:
        self.request = request
        self.site_lines = site_lines
        self.facts = TASKS[request.task]
        self.reports: Sequence[Report] = (_report(request), *(_besides(name) for name in request.besides))
        self._caches: dict[int, Cache] = {}
        self._linters: dict[int, tuple[Linter, Mapping[str, Rule]]] = {}
        self._checkers: dict[Grammar, Checker] = {}

    def linter(self, choice: RuleChoice) -> tuple[Linter, Mapping[str, Rule]]:
        """The linter for a choice, and its rules by id. Raises `ConfigError`."""
        found = self._linters.get(choice.number)
        if found is None:
            from lintnews.settings.linters import build_linter

            if self.facts.learns:
                found = Linter(()), {}
            else:
                assesses = self.facts.assesses or any(name in ("verdict", "metrics") for name in self.request.columns)
                found = build_linter(
                    choice.settings,
                    choice.ignored,
                    besides=_needed() if assesses else (),
                    fixes_besides=not self.facts.writes,
                    timings=self.request.timings,
                )
            self._linters[choice.number] = found
            gc.freeze()  # what a linter is made of stays
            gc.set_threshold(20_000, 20, 100)  # a document's many small objects die by themselves: a tenth of the time
        return found

    def warm(self, batch: Batch) -> None:
        """Make a linter ahead of time; whatever is wrong with the settings is told by `work`."""
        with suppress(ConfigError):
            if batch.choice is not None:
                self.linter(batch.choice)

    def work(self, batch: Batch) -> Outcome:
        """Do all jobs of a batch. What goes wrong with one is in the outcome's `troubles`, and the others go on."""
        outcome = Outcome()
        if batch.choice is None:
            return outcome
        try:
            desk = self._desk(batch.choice, outcome)
        except ConfigError as error:
            outcome.troubles.append(Trouble("", str(error)))
            return outcome
        task: Task = load(self.facts.reference)(desk)
        for job in batch.jobs:
            self._do(task, desk, job)
        if desk.checker is not None:
            grave = desk.checker.grammar.required
            outcome.troubles += [Trouble(path, problem, grave) for path, problem in desk.checker.told()]
        linter = desk.linter
        if linter.seconds is not None:
            outcome.totals.seconds, linter.seconds = linter.seconds, {}
        return outcome

    def conclude(self, choice: RuleChoice, path: str, record: Record, document: Document, compared: Compared) -> Outcome:
        """Report what the document of a record in this file shares with others, once they have been compared."""
        outcome = Outcome()
        desk = self._desk(choice, outcome)
        keeper = Keeper(desk, Job(path, path, path, path), document.markup)
        known = keeper.known(record)
        document = Document(document.text, document.path, document.markup, known) if known else document
        desk.say(Checked(document.path, desk.linter.conclude(document, compared), document, desk.rules))
        keeper.article_done()
        keeper.file_done()
        return outcome

    def _desk(self, choice: RuleChoice, outcome: Outcome) -> Desk:
        linter, rules = self.linter(choice)
        check_baseline(choice)
        checker, cache = self._checker(choice.grammar), self._cache(choice, linter)
        return Desk(self.request, choice.settings, linter, rules, self.reports, outcome, checker, choice.number, cache)

    def _cache(self, choice: RuleChoice, linter: Linter) -> Cache | None:
        """What was found earlier by a choice of rules, if that is kept."""
        if not self.request.cache or self.request.task != "check":
            return None
        if choice.number not in self._caches:
            from lintnews.running.cache import Cache, fingerprint

            self._caches[choice.number] = Cache(self.request.cache, fingerprint(choice, linter))
        return self._caches[choice.number]

    def _checker(self, grammar: Grammar | None) -> Checker | None:
        """The grammar checker of a choice; it keeps what it said from batch to batch."""
        if grammar is None:
            return None
        if grammar not in self._checkers:
            from lintnews.evidence.grammar.checker import Checker

            self._checkers[grammar] = Checker(grammar)
        return self._checkers[grammar]

    def _do(self, task: Task, desk: Desk, job: Job) -> None:
        """Read one file or part, and do its articles; trouble is noted."""
        path = job.path if job.path != STDIN else job.name
        source = source_for(path, columns(desk.settings, self.request.format not in ("same", "txt")), self.request.read_as)
        file = File(job.path, encoding=desk.settings.encoding)
        is_written = job.target is not None and not is_converted(path, source, self.request)
        writer = source.writer() if is_written or self.facts.shows else None
        changed = False
        counted = desk.outcome.totals.edits, desk.outcome.totals.changed
        try:
            keeper = Keeper(desk, job, source.markup)
            for record in _records(source, file, job.part):
                new = self._article(task, desk, job, source, record, keeper)
                changed = changed or new is not None
                if writer is not None:
                    writer.write(record, new)
            self._finish(desk, job, file, writer, counted if changed else None)
            keeper.file_done()
        except OSError as error:
            desk.trouble(job.name, f"can't be read: {error.strerror}; check that it is there and its permissions")
            return
        except (DamagedError, MissingError, NoTextError) as error:
            desk.outcome.troubles += unread(job.name, error, job.is_met)
            return
        except (BinaryError, UndecodableError, ConfigError) as error:
            desk.trouble(job.name, str(error))
            if job.target is not None and writer is not None and (job.part is None or job.is_stream):
                self._put(desk, job, file.read(job.part))
        except Exception as error:
            if self.request.debug:
                raise
            desk.outcome.totals.edits, desk.outcome.totals.changed = counted
            who = f"{type(source).__name__} failed: " if isinstance(error, SourceError) else ""
            desk.trouble(job.name, f"{who}{raised(error.__cause__ or error)}; exclude the file, and report what --debug says")
            return
        if source.guess:
            desk.trouble("", source.guess, grave=False)
        desk.outcome.totals.files += job.part is None or job.part.start == 0
        desk.outcome.totals.read += job.size

    def _finish(self, desk: Desk, job: Job, file: File, writer: Writer | None, counted: tuple[int, int] | None) -> None:
        """Show or give to the caller what was written of a file or part; `counted` are the edits and articles before, if any."""
        if writer is None:
            return
        if not self.facts.shows:
            if counted or job.part is not None:
                self._put(desk, job, writer.piece(), counted)
            else:
                self._put(desk, job, file.read())
        elif counted and not isinstance(writer, Concatenated):
            desk.trouble(job.name, "would be changed, and is of a kind that has no lines to show; see clean -o", grave=False)
        elif counted:
            desk.outcome.parts.append((0, difference(job.name, file.read(job.part), writer.piece())))

    def _article(self, task: Task, desk: Desk, job: Job, source: Source, record: Record, keeper: Keeper) -> bytes | None:
        """What one record's bytes become, None when they stay as they are."""
        if record.problem:
            desk.trouble(f"{job.name}:{record.row}" if record.row else job.name, record.problem, record.is_grave)
        if record.text is None:
            return None
        desk.outcome.totals.articles += 1
        if record.encoding.is_guess:
            self._guessed(desk, job, record.encoding)
        site_lines = self._site_lines(desk, job, record) if desk.linter.site_aware else None
        language = Language(desk.settings.language) if desk.settings.language else None
        name = record.name(job.name, bool(desk.settings.id_field))
        title = PageTitle(record.about["title"]) if "title" in record.about else None
        known = *filter(None, (site_lines, language, title, desk.checker)), *keeper.known(record)
        document = Document(record.text, name, source.markup, known)
        kept = len(desk.outcome.ledger), desk.outcome.totals.edits, desk.outcome.totals.changed
        try:
            with in_time(desk.settings.time_limit):
                new = task.article(job, source, record, document)
            keeper.article_done()
            return new
        except OutOfTimeError as error:
            problem = f"{error}, and is left as it is; exclude or split it, or give it more with --time-limit"
        except Exception as error:
            if self.request.debug or isinstance(error, OSError):
                raise
            problem = f"{raised(error)}; it is left as it is; exclude it, and report what --debug says"
        del desk.outcome.ledger[kept[0] :]
        desk.outcome.totals.edits, desk.outcome.totals.changed = kept[1:]
        desk.trouble(document.path, problem)
        return None

    def _guessed(self, desk: Desk, job: Job, encoding: Encoding) -> None:
        """Count a guess, and tell of a doubtful one."""
        guesses = desk.outcome.guesses
        guesses[encoding.name] = guesses.get(encoding.name, 0) + 1
        if encoding.is_doubtful:
            problem = f"is not UTF-8, and read as {encoding.name}, which is doubtful; name its encoding with --encoding"
            desk.trouble(job.name, problem, grave=False)

    def _site_lines(self, desk: Desk, job: Job, record: Record) -> SiteLines | None:
        if job.is_stream:
            desk.trouble(job.name, "can't be read twice, and so its lines are not counted; name a file", grave=False)
            return None
        return self.site_lines.known_to(sites(job, record)) if self.site_lines else None

    def _put(self, desk: Desk, job: Job, data: bytes, counted: tuple[int, int] | None = None) -> None:
        """Give the bytes of a file or part to the caller; a file that stays as it is needs no writing.

        `counted` are the edits and changed articles before it, where it was changed.
        """
        if job.target is None or (counted is None and job.part is None and job.target == job.path):
            return
        totals = desk.outcome.totals
        edits, articles = counted or (totals.edits, totals.changed)
        piece = Piece(job.target, data, job, counted is not None, totals.edits - edits, totals.changed - articles)
        desk.outcome.pieces.append(piece)


def _needed() -> tuple[str, ...]:
    from lintnews.verdict import NEEDED

    return NEEDED


class SourceError(Exception):
    """A source raised what it should not; its cause says what."""


def _records(source: Source, file: File, part: Part | None) -> Iterator[Record]:
    """The records of a part. Raises `SourceError` for an error that a source should not raise."""
    try:
        yield from source.records(file, part)
    except (OSError, BinaryError, UndecodableError, DamagedError, MissingError, NoTextError):
        raise
    except Exception as error:
        raise SourceError from error


def _report(request: Request) -> Report:
    if request.statistics:
        from lintnews.reports.statistics import StatisticsReport

        return StatisticsReport(request.terminal, as_json=request.report in ("json", "jsonl"))
    if request.metrics and request.report in ("full", "concise"):
        from lintnews.reports.metrics import MetricsReport

        return MetricsReport(request.terminal)
    if request.report == NOTED:
        from lintnews.reports.noted import NotedReport

        return NotedReport(request.terminal)
    with made(request.report):
        report: Report = registry().reports[request.report](request.terminal)
    return report


def _besides(name: str) -> Report:
    with made(name):
        report: Report = registry().reports[name](Terminal())
    return report
