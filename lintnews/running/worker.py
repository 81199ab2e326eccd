"""What a worker does with a chunk of files: read, check or clean, write, and put the findings into a report's words.

Everything here can run in another process; nothing depends on what another chunk holds.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lintnews.detectors import Compared
from lintnews.diagnostic import LEVELS, Diagnostic, Finding
from lintnews.document import Document
from lintnews.evidence.sitelines.lines import Learnt, SiteLines
from lintnews.files.encoding import BinaryError, UndecodableError
from lintnews.files.finding import Trouble
from lintnews.linter import Cleaned, Failure, Linter, revised
from lintnews.plugins.registry import registry
from lintnews.reports.report import Checked, Report
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals
from lintnews.rulebook.rule import Rule
from lintnews.settings.settings import ConfigError, Settings
from lintnews.sources import Part, Record, Source
from lintnews.sources.text import TextSource

if TYPE_CHECKING:
    from lintnews.evidence.sitelines.counting import Sighting

Task = Literal["check", "fix", "diff", "clean", "observe", "learn"]
Format = Literal["same", "txt", "jsonl"]
STDIN = "-"


class Plan(NamedTuple):
    """What is done in one run, the same for all files. `statistics` and `report` say what is printed. `site_lines` has what the
    articles of each source have in common, where that has been learnt."""

    task: Task
    report: str = "full"
    look: Terminal = Terminal()
    statistics: bool = False
    timings: bool = False
    ledger: bool = False
    format: Format = "same"
    site_lines: Learnt | None = None


class Setup(NamedTuple):
    """Settings, and the rules that are off for some files, under a number by which a worker knows them again."""

    number: int
    settings: Settings
    ignored: tuple[str, ...] = ()


class Item(NamedTuple):
    """A file, or a part of one. `name` is its path in reports and in the ledger, `target` where its cleaned bytes go.

    Without `part` it is a whole file, which the worker writes itself. Of a part, the bytes go back to be put together in order.
    `data` are the bytes where they can't be read again, from standard input. `copies` stand in an
    earlier article too: where their article starts, and what is to be removed.
    """

    path: str
    name: str
    ledger_name: str
    target: str | None = None
    part: Part | None = None
    data: bytes | None = None
    copies: tuple[tuple[int, Finding], ...] = ()


class Chunk(NamedTuple):
    """Files with the same setup, and bytes enough to be worth sending to another process.

    `troubles` are what was met while looking for the files; without a setup there is nothing else.
    """

    setup: Setup | None
    items: tuple[Item, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class Observed(NamedTuple):
    """An article that is to be compared with others: which bytes of its file it is, whether anything was found in it, and what
    `corpus.observe` says of it. `row` is 0 where the file is one article."""

    path: str
    start: int
    stop: int
    row: int
    affected: bool
    observation: bytes


@dataclass(slots=True)
class Outcome:
    """What came of a chunk: the report's parts, sums, what went wrong, ledger lines, what is to be compared, sources and lines
    of each article that is learnt from, and bytes that the caller writes."""

    report: list[str] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    troubles: list[Trouble] = field(default_factory=list)
    ledger: list[bytes] = field(default_factory=list)
    piece: bytes | None = None
    changed: bool = False
    rows: list[bytes] = field(default_factory=list)
    observed: list[Observed] = field(default_factory=list)
    lines: list[tuple[tuple[str, ...], list[Sighting]]] = field(default_factory=list)


class Worker:
    """Holds the linters and the report between chunks."""

    def __init__(self, plan: Plan) -> None:
        gc.set_threshold(20_000, 20, 100)  # a document's many small objects die by themselves: a tenth of the time
        self.plan = plan
        self.report: Report = self._report()
        self._linters: dict[int, tuple[Linter, Mapping[str, Rule]]] = {}

    def _report(self) -> Report:
        structured = self.plan.report in ("json", "jsonl")
        if self.plan.statistics:
            from lintnews.reports.statistics import StatisticsReport

            return StatisticsReport(self.plan.look, as_json=structured)
        return registry().reports[self.plan.report](self.plan.look)

    def linter(self, setup: Setup) -> tuple[Linter, Mapping[str, Rule]]:
        """The linter for a setup, and its rules by id. Raises `ConfigError`."""
        found = self._linters.get(setup.number)
        if found is None:
            from lintnews.settings.linters import build_linter

            if self.plan.task == "learn":
                linter = Linter(())
            else:
                linter = build_linter(setup.settings, setup.ignored, timings=self.plan.timings)
            found = self._linters[setup.number] = linter, {rule.id: rule for rule in linter.rules}
        return found

    def warm(self, chunk: Chunk) -> None:
        """Make a linter ahead of time; whatever is wrong with the settings is told by `run`."""
        with suppress(ConfigError):
            if chunk.setup is not None:
                self.linter(chunk.setup)

    def run(self, chunk: Chunk) -> Outcome:
        """Do all files of a chunk. What goes wrong with one is in the outcome's `troubles`, and the others go on."""
        outcome = Outcome()
        if chunk.setup is None:
            return outcome
        try:
            linter, rules = self.linter(chunk.setup)
        except ConfigError as error:
            outcome.troubles.append(Trouble("", str(error)))
            return outcome
        job = _Job(self.plan, chunk.setup.settings, linter, rules, self.report, outcome)
        for item in chunk.items:
            job.file(item)
        if linter.seconds is not None:
            outcome.totals.seconds, linter.seconds = linter.seconds, {}
        return outcome

    def conclude(self, setup: Setup, document: Document, compared: Compared) -> Outcome:
        """Report what a document shares with others, once they have been compared."""
        outcome = Outcome()
        linter, rules = self.linter(setup)
        job = _Job(self.plan, setup.settings, linter, rules, self.report, outcome)
        job.say(Checked(document.path, linter.conclude(document, compared), document, rules))
        return outcome


class _Job(NamedTuple):
    """One chunk's files under one linter."""

    plan: Plan
    settings: Settings
    linter: Linter
    rules: Mapping[str, Rule]
    report: Report
    outcome: Outcome

    def file(self, item: Item) -> None:
        """Read, check and write one file or part; trouble is noted."""
        outcome = self.outcome
        try:
            data = read(item)
        except OSError as error:
            self._trouble(item.name, f"can't be read: {error.strerror}; check that it is there and its permissions")
            return
        part = item.part or Part(0, len(data))
        outcome.totals.files += part.start == 0
        outcome.totals.read += len(data)
        source = source_for(item.path if item.path != STDIN else item.name, self.settings.text_field)
        pieces: list[bytes] | None = None if self.plan.task in ("check", "diff", "observe", "learn") else []
        changed = False
        try:
            at = part.start
            for record in source.read(data, part):
                piece = self._record(item, source, record, at)
                at += len(record.raw)
                changed = changed or piece is not None
                if pieces is not None:
                    pieces.append(record.raw if piece is None else piece)
        except (BinaryError, UndecodableError) as error:
            is_text = isinstance(error, UndecodableError) or os.path.splitext(item.path)[1].lower() in registry().sources
            self._trouble(item.name, str(error), grave=is_text)
            pieces = None if pieces is None else [data]
        if pieces is not None:
            self._put(item, source, b"".join(pieces) if changed else data, changed)

    def _put(self, item: Item, source: Source, data: bytes, changed: bool) -> None:
        if self.plan.task == "clean" and self._is_converted(source):
            return
        if item.part is not None or item.data is not None:
            self.outcome.piece, self.outcome.changed = data, changed
        elif item.target is not None and (changed or (self.plan.task == "clean" and item.target != item.path)):
            self._write(item.name, item.target, data)

    def _is_converted(self, source: Source) -> bool:
        return self.plan.format == ("txt" if source.many else "jsonl")

    def _write(self, name: str, target: str, data: bytes) -> None:
        from lintnews.files.replacing import write

        try:
            write(target, data)
        except OSError as error:
            self._trouble(name, f"can't be written to {target}: {error.strerror}; free or correct the place")

    def _record(self, item: Item, source: Source, record: Record, at: int) -> bytes | None:
        """Check one article, whose bytes start at `at`; its new bytes, or None when they stay as they are."""
        if record.problem:
            self._trouble(f"{item.name}:{record.row}" if record.row else item.name, record.problem)
        if record.text is None:
            return None
        self.outcome.totals.articles += 1
        known = self._site_lines(item, record) if self.linter.site_aware else None
        document = Document(record.text, record.name(item.name), source.markup, (known,) if known else ())
        failures: list[Failure] = []
        if self.plan.task == "learn":
            self._learn(item, record, document)
            return None
        if self.plan.task == "observe":
            if self.linter.comparing and self.settings.unsafe_fixes:
                self._observe(item, record, at, document, False)
            return None
        if self.plan.task == "check":
            diagnostics = self.linter.check(document, failures)
            self.say(Checked(document.path, diagnostics, document, self.rules))
            if self.linter.comparing:
                self._observe(item, record, at, document, bool(diagnostics))
            piece = None
        else:
            compared = {"paragraph": [finding for start, finding in item.copies if start == at]} if item.copies else None
            cleaned = self.linter.clean(document, unsafe=self.settings.unsafe_fixes, failures=failures, compared=compared)
            piece = self._cleaned(item, source, record, document, cleaned)
        for failure in dict.fromkeys(failures):
            self._trouble(failure.path, f"rule {failure.rule} failed: {failure.error}; ignore or correct the rule")
        return piece

    def _learn(self, item: Item, record: Record, document: Document) -> None:
        from lintnews.evidence.sitelines.counting import observe_lines

        try:
            lines = observe_lines(document)
        except Exception as error:
            self._trouble(document.path, f"nothing learnt from it: {type(error).__name__}: {error}; exclude it")
        else:
            self.outcome.lines.append((self._sources(item, record), lines))

    def _site_lines(self, item: Item, record: Record) -> SiteLines | None:
        if item.data is not None:
            self._trouble(item.name, "can't be read twice, and so its lines are not counted; name a file", grave=False)
            return None
        return self.plan.site_lines.known_to(self._sources(item, record)) if self.plan.site_lines else None

    def _sources(self, item: Item, record: Record) -> tuple[str, ...]:
        """Whose lines an article may have: its row's site's, or its folder's and those of the ones above, up to the one named."""
        field = self.settings.site_field
        if field and record.row is not None:
            from lintnews.sources.jsonl import site_of

            if site := site_of(record.raw, field):
                return (site,)
        return folders(item.path, item.ledger_name)

    def _observe(self, item: Item, record: Record, at: int, document: Document, affected: bool) -> None:
        from lintnews.evidence.duplicates.shared import observe

        if item.data is not None:
            self._trouble(item.name, "can't be read twice, and so is not compared with other articles; name a file", grave=False)
            return
        place = item.path, at, at + len(record.raw), record.row or 0
        self.outcome.observed.append(Observed(*place, affected, observe(document)))

    def _cleaned(self, item: Item, source: Source, record: Record, document: Document, cleaned: Cleaned) -> bytes | None:
        totals = self.outcome.totals
        piece = None
        if cleaned.ledger:
            try:
                piece = source.write(record, cleaned.text)
            except UnicodeEncodeError as error:
                lacking = cleaned.text[error.start : error.end]
                self._trouble(document.path, f"the fix needs {lacking!r}, which {record.encoding.name} lacks; save it as UTF-8")
                return None
            totals.edits += len(cleaned.ledger)
            totals.changed += 1
        if self.plan.task == "clean":
            totals.count(cleaned.diagnostics)
            self._keep(item, source, record, document, cleaned, piece)
        elif self.plan.task == "diff":
            if piece is not None:
                self.outcome.report.append(difference(document.path, document.text, cleaned.text))
                totals.failing += 1
        else:
            now = revised(document, cleaned.text) if piece is not None else document
            left = self.linter.check(now, []) if piece is not None else cleaned.diagnostics
            self.say(Checked(document.path, left, now, self.rules, len(cleaned.ledger), cleaned.offsets))
            if piece is not None and self.plan.report == "json":
                totals.fixed.append({"path": document.path, "edits": len(cleaned.ledger), "offsets": cleaned.offsets.to_dict()})
        return piece

    def _keep(
        self, item: Item, source: Source, record: Record, document: Document, cleaned: Cleaned, piece: bytes | None
    ) -> None:
        """What `clean` writes of an article beside the file itself: the ledger, and the article in another format."""
        name = record.name(item.ledger_name)
        raw, new = record.raw, record.raw if piece is None else piece
        trace = dict(source.trace(record, new)) if cleaned.ledger and not self._is_converted(source) else {}
        if self._is_converted(source):
            raw, new = document.text.encode(), cleaned.text.encode()
            if source.many and item.target is not None:
                ending = f"{record.row:06}.txt"
                name = f"{item.ledger_name}/{ending}"
                self._write(item.name, os.path.join(item.target, ending), new)
            elif not source.many:
                self.outcome.rows.append(_json({"path": name, "text": cleaned.text}))
        if self.plan.ledger and cleaned.ledger:
            first = {"original_xxh3": digest(raw), "cleaned_xxh3": digest(new), **trace}
            for entry in cleaned.ledger:
                self.outcome.ledger.append(_json({"path": name, **entry.to_dict(), **first}))
                first = {}

    def say(self, checked: Checked) -> None:
        """Count and report an article's diagnostics."""
        totals = self.outcome.totals
        diagnostics = checked.diagnostics
        totals.count(diagnostics)
        if diagnostics:
            totals.failing += failing(diagnostics, self.settings.fail_on)
        if part := self.report.article(checked):
            self.outcome.report.append(part)

    def _trouble(self, path: str, problem: str, grave: bool = True) -> None:
        self.outcome.troubles.append(Trouble(path, problem, grave))


def failing(diagnostics: Sequence[Diagnostic], fail_on: str) -> int:
    """How many diagnostics are at or above a level; none for `never`."""
    if fail_on == "never":
        return 0
    grave = LEVELS[LEVELS.index(fail_on) :]
    return sum(d.level in grave for d in diagnostics)


def read(item: Item) -> bytes:
    """The bytes of a file or of a part of it. Raises `OSError`."""
    if item.data is not None:
        return item.data
    with open(item.path, "rb", buffering=0) as file:
        if item.part is None:
            return file.read()
        file.seek(item.part.start)
        wanted, blocks = item.part.stop - item.part.start, []
        while wanted > 0 and (block := file.read(wanted)):
            blocks.append(block)
            wanted -= len(block)
    return b"".join(blocks)


@lru_cache(maxsize=1024)
def folders(path: str, below: str) -> tuple[str, ...]:
    """A file's folder and those above it, up to the one that was named, which `below` starts from."""
    found = [os.path.dirname(path)]
    for _ in range(below.count("/")):
        found.append(os.path.dirname(found[-1]))
    return tuple(folder or os.curdir for folder in found)


def source_for(path: str, text_field: str) -> Source:
    """The source for a file by its ending; a file with an ending that no source knows is read as plain text."""
    ending = os.path.splitext(path)[1].lower()
    make = registry().sources.get(ending)
    return make(path=path, text_field=text_field) if make else TextSource(path)


def difference(path: str, before: str, after: str) -> str:
    """A unified diff of two texts, with a mark where the last line has no newline."""
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def digest(data: bytes) -> str:
    """The xxh3 hash of some bytes, 16 hexadecimal digits."""
    from xxhash import xxh3_64_hexdigest

    return str(xxh3_64_hexdigest(data))


def _json(record: Mapping[str, Any]) -> bytes:
    return _encoder()(record).encode("utf-8", "backslashreplace") + b"\n"


@lru_cache(maxsize=1)
def _encoder() -> Callable[[object], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False).encode
