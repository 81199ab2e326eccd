"""Paths to batches: the files below them, the settings of each, where it goes, and what is worth sending to a worker at once."""

from __future__ import annotations

import os
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lintnews.files.encoding import DamagedError, MissingError, UndecodableError
from lintnews.files.finding import Found, Ignores, Trouble, compression, find, is_excluded, unreadable_kind
from lintnews.files.replacing import Stamp, protection
from lintnews.plugins.registry import registry
from lintnews.rulebook.selection import ALL
from lintnews.running.reading import columns, is_read_only, source_for, unread
from lintnews.running.request import STDIN, Batch, Job, Request, RuleChoice
from lintnews.running.tasks import TASKS
from lintnews.settings.files import Configuration
from lintnews.settings.settings import ConfigError
from lintnews.sources.source import LONGEST_BYTES, TOO_LONG, File, NoTextError

if TYPE_CHECKING:
    from lintnews.diagnostic import Finding
    from lintnews.evidence.grammar.checker import Grammar
    from lintnews.linter import Linter
    from lintnews.running.worker import Worker
    from lintnews.settings.settings import Settings
    from lintnews.sources.source import Part, Source

GRAMMAR = "grammar"
BATCH_BYTES = 1 << 20
BATCH_FILES = 128


@dataclass(slots=True, eq=False)
class Batches:
    """The batches of a request, in the order of the files.

    `grammar` says which grammar checker to ask; without it none is. `copies` are by path what in it stands in an
    earlier article, in ascending order; `resumed` counts files that were left out, as they are done. When `stopping` says so, no
    more come.
    """

    request: Request
    configuration: Configuration
    worker: Worker
    stopping: Callable[[], bool]
    grammar: Callable[[Settings], Grammar | None] | None = None
    copies: Mapping[str, Sequence[tuple[int, Finding]]] = field(default_factory=dict)
    resumed: int = 0
    _met: list[Trouble] = field(default_factory=list)
    _choices: dict[tuple[int, tuple[str, ...]], RuleChoice] = field(default_factory=dict)
    _targets: dict[str, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Batch]:
        """Jobs gathered until they are worth sending; a long file that can be split makes batches of its own."""
        jobs: list[Job] = []
        choice: RuleChoice | None = None
        size = 0
        for job, its_choice in self._jobs():
            if self.stopping():
                return
            alone = job.part is not None
            if jobs and (alone or its_choice is not choice or size >= BATCH_BYTES or len(jobs) >= BATCH_FILES):
                yield self._batch(choice, jobs)
                jobs, size = [], 0
            if alone:
                yield self._batch(its_choice, [job])
            else:
                jobs.append(job)
                choice, size = its_choice, size + job.size
        if jobs or self._met:
            yield self._batch(choice if jobs else None, jobs)

    def any_linter(self, asked: Callable[[Linter], bool], paths: Sequence[str] | None = None) -> bool:
        """Whether this is so of the linter for any of these paths, or those of the request."""
        with suppress(ConfigError):
            paths = self.request.paths if paths is None else paths
            choices = (self._choice(os.path.join(path, "") if os.path.isdir(path) else path) for path in paths)
            return any(asked(self.worker.linter(choice)[0]) for choice in choices if choice)
        return False

    def choices(self) -> list[RuleChoice]:
        """The choices of rules so far."""
        return list(self._choices.values())

    def _batch(self, choice: RuleChoice | None, jobs: Sequence[Job]) -> Batch:
        """A batch that takes along the trouble met since the last one, so that it is told in the same place whatever the jobs."""
        met, self._met = tuple(self._met), []
        return Batch(choice, tuple(jobs), met)

    def _jobs(self) -> Iterator[tuple[Job, RuleChoice]]:
        request = self.request
        named = [path for path in request.paths if path != STDIN]
        if len(named) < len(request.paths):
            yield from self._stream()
        if len(named) > 1 and (TASKS[request.task].learns or self.any_linter(compares, named)):
            named.sort()  # which of two is the copy, and what is forgotten, must not depend on the order in which they are named
        for found in self.files(named):
            if isinstance(found, Trouble):
                self._met.append(found)
                continue
            choice = self._choice(found.path)
            if choice is None or not self._is_article(found, choice):
                continue
            if not self._is_taken(found) and not self._is_done(found):
                yield from self._split(found, choice)

    def _is_article(self, found: Found, choice: RuleChoice) -> bool:
        """Whether it is part of the change that is looked at, if one is, and not the baseline itself."""
        changed, baseline = self.request.changed, choice.settings.baseline
        if changed is None and not baseline:
            return True
        is_looked_at = changed is None or os.path.realpath(found.path) in changed
        return is_looked_at and os.path.abspath(found.path) != baseline

    def files(self, named: Sequence[str]) -> Iterator[Found | Trouble]:
        """The files below the paths that were named."""
        force, any_ending = self.request.force_exclude, bool(self.request.read_as)
        return find(named, registry().sources.keys(), self._exclude, force_exclude=force, any_ending=any_ending)

    def _split(self, found: Found, choice: RuleChoice) -> Iterator[tuple[Job, RuleChoice]]:
        """A file as one job, or as one a part."""
        copies = tuple(self.copies.get(found.path, ()))
        below = found.below.replace(os.sep, "/")
        whole = Job(found.path, found.path, below, self._ledger_name(found.path, below), found.size, copies=copies)
        whole = self._aimed(whole._replace(is_met=found.is_met), found)
        shows = TASKS[self.request.task].shows
        source = self._source(found.path, choice)
        if TASKS[self.request.task].writes and is_read_only(found.path, source, self.request):
            self._met.append(_never_written(found))
            return
        if shows or (not compression(found.path) and (found.size <= BATCH_BYTES or not source.many)):
            if found.size <= LONGEST_BYTES:
                yield whole, choice
            else:
                self._met.append(Trouble(found.path, f"{TOO_LONG}, or see --as jsonl"))
            return
        file = File(found.path, encoding=choice.settings.encoding)
        for part in self._parts(source, file, BATCH_BYTES, is_met=found.is_met):
            first, last = (bisect_left(copies, at, key=lambda copy: copy[0]) for at in (part.start, part.stop))
            yield whole._replace(part=part, size=part.size, copies=copies[first:last]), choice

    def _parts(self, source: Source, file: File, size: int, *, is_met: bool = False) -> Iterator[Part]:
        """The parts of a file, as far as it can be read."""
        try:
            yield from source.parts(file, size)
        except OSError as error:
            self._met.append(Trouble(file.path, f"can't be read: {error.strerror}; check its permissions"))
        except (DamagedError, MissingError, NoTextError, UndecodableError) as error:
            self._met += unread(file.path, error, is_met)

    def _stream(self) -> Iterator[tuple[Job, RuleChoice]]:
        request = self.request
        name = request.stdin_name or STDIN
        choice = self._choice(name)
        if choice is None:
            return
        endings = registry().sources.keys()
        if not request.read_as and (problem := unreadable_kind(name, endings)):
            self._met.append(Trouble(name, problem))
            return
        if is_excluded(name, self._exclude):
            self._met.append(Trouble(name, "is excluded, and passed on as it is", grave=False))
            choice = choice._replace(number=-1, ignored=(ALL,))
        source = self._source(name, choice)
        target = STDIN if TASKS[request.task].writes else None
        shows = TASKS[request.task].shows
        file = File(name, sys.stdin.buffer, choice.settings.encoding)
        parts = self._parts(source, file, LONGEST_BYTES if shows else BATCH_BYTES)
        if shows:
            first = list(islice(parts, 2))
            if len(first) > 1:  # a patch is of the whole
                self._met.append(Trouble(name, TOO_LONG))
                return
            parts = iter(first)
        for part in parts:
            below = os.path.basename(name)
            yield Job(STDIN, name, below, below, part.size, target, part=part), choice

    def _source(self, path: str, choice: RuleChoice) -> Source:
        return source_for(path, columns(choice.settings, self.request.format not in ("same", "txt")), self.request.read_as)

    def _exclude(self, folder: str) -> Sequence[Ignores]:
        try:
            return self.configuration.settings_for(folder).exclude
        except ConfigError:
            return ()  # told when a file below is met

    def _choice(self, path: str) -> RuleChoice | None:
        try:
            settings = self.configuration.settings_for(os.path.dirname(path))
        except ConfigError as error:
            self._met.append(Trouble("", str(error)))
            return None
        key = id(settings), settings.ignored_in(path)
        choice = self._choices.get(key)
        if choice is None:
            choice = self._choices[key] = self._with_grammar(RuleChoice(len(self._choices), settings, key[1]))
        return choice

    def _with_grammar(self, choice: RuleChoice) -> RuleChoice:
        """The choice with its grammar checker, or without the rules that ask one: where there is none, or nothing is reported."""
        if not choice.settings.names(GRAMMAR):
            if self.request.require_grammar and self.grammar is not None:
                problem = "--require grammar: no grammar rule is selected; add --extend-select grammar"
                self._met.append(Trouble("", problem))
            return choice
        found = self.grammar(choice.settings) if self.grammar is not None and GRAMMAR not in choice.ignored else None
        if found is None:
            return choice._replace(ignored=(*choice.ignored, GRAMMAR))
        return choice._replace(grammar=found)

    def _ledger_name(self, path: str, below: str) -> str:
        """What a file is called in the ledger: its path below the output folder, or as seen from where the ledger is."""
        if self.request.out is not None or self.request.ledger is None:
            return below
        return os.path.relpath(path, os.path.dirname(self.request.ledger) or os.curdir).replace(os.sep, "/")

    def _aimed(self, job: Job, found: Found) -> Job:
        """The job with the place where its cleaned bytes go; where they must not go there, that is told."""
        if self.request.out is not None:
            return job._replace(target=os.path.join(self.request.out, found.below))
        if not TASKS[self.request.task].writes:
            return job
        if found.is_met and os.path.islink(found.path):
            self._met.append(Trouble(found.path, "is a link, and is left as it is; name the file that it points to", grave=False))
            return job
        try:
            if (problem := protection(found.path)) is None:
                return job._replace(target=found.path, stamp=Stamp.of(found.path))
            self._met.append(Trouble(found.path, problem))
        except OSError:
            pass  # told when it is read
        return job

    def _is_done(self, found: Found) -> bool:
        """Whether an earlier run has written what comes of a file, and the file is not newer than that."""
        if not self.request.resume or self.request.out is None:
            return False
        try:
            written = os.stat(os.path.join(self.request.out, found.below))
            is_done = written.st_mtime_ns >= os.stat(found.path).st_mtime_ns
        except OSError:
            return False
        self.resumed += is_done
        return is_done

    def _is_taken(self, found: Found) -> bool:
        """Whether the place for this file's cleaned bytes is another file's, or the ledger's, or not in the output folder."""
        out = self.request.out
        if out is None:
            return False
        target = os.path.join(out, found.below)
        other = "the ledger" if target == self.request.ledger else found.path
        if len(self.request.paths) > 1 and other == found.path:
            other = self._targets.setdefault(target, found.path)
        if other != found.path:
            problem = f"would be written to {target}, as {other} is; clean it into another folder with -o"
        elif not _is_inside(os.path.dirname(target), out):
            problem = f"would be written to {target}, and a link there leads out of {out}; remove the link"
        else:
            return False
        self._met.append(Trouble(found.path, problem))
        return True


def _never_written(found: Found) -> Trouble:
    """What to tell of a page that is to be written; of those that nobody named, once for all."""
    what = "is of a kind that is never written back; export its articles: clean -o DIR --format jsonl, csv, parquet or txt"
    if found.is_met:
        return Trouble("", "pages and archives are passed over, as they are never written back; export them with --format", False)
    return Trouble(found.path, what)


@lru_cache(maxsize=1024)
def _is_inside(folder: str, out: str) -> bool:
    """Whether a folder, with links followed, lies in another one or is it."""
    real = os.path.realpath(out)
    return os.path.commonpath([os.path.realpath(folder), real]) == real


def compares(linter: Linter) -> bool:
    """Whether it has rules that compare articles."""
    return bool(linter.comparing)


def learns_lines(linter: Linter) -> bool:
    """Whether it has rules that ask what the articles of a site have in common."""
    return bool(linter.site_aware)
