"""What is asked for in one run, and what goes to a worker and comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals

if TYPE_CHECKING:
    from lintnews.diagnostic import Finding
    from lintnews.evidence.grammar.checker import Grammar
    from lintnews.evidence.sitelines.counting import Sighting
    from lintnews.files.finding import Trouble
    from lintnews.files.replacing import Stamp
    from lintnews.settings.settings import Settings
    from lintnews.silencing.baseline import Lines
    from lintnews.sources.source import Part

Format = Literal["same", "txt", "jsonl", "csv", "parquet"]
STDIN = "-"


class Request(NamedTuple):
    """What the user asked for.

    `task` is one of `tasks.TASKS`. `report`, `terminal`, `statistics` and `metrics` say what is printed; `besides` are the
    reports that are written besides, by name. `out` is a folder to write cleaned files to; without one they are replaced in
    place. `columns` go with each article in a `format` that gathers them; with `resume`, files that an earlier run has written
    are left out. `ledger` is a file's path, `stdin_name` what standard input is called. `read_as` is an ending, such as `.md`,
    if all files are to be read as if they had it. `cache` is the folder in which is kept what was found,
    empty for nowhere. `changed` are the lines, from 1 and inclusive, of files by their absolute path
    that alone are looked at; None for all files. Without `silences`, what comments, rows and files say of single findings does
    not count. With `debug`, an unexpected error ends the run instead of being told as trouble with its file. With
    `require_grammar`, it is grave that grammar can't be checked.
    """

    paths: Sequence[str]
    task: str = "check"
    report: str = "full"
    besides: Sequence[str] = ()
    terminal: Terminal = Terminal()
    statistics: bool = False
    metrics: bool = False
    timings: bool = False
    format: Format = "same"
    columns: tuple[str, ...] = ()
    resume: bool = False
    out: str | None = None
    ledger: str | None = None
    jobs: int = 1
    force_exclude: bool = False
    stdin_name: str | None = None
    read_as: str = ""
    cache: str = ""
    changed: Mapping[str, tuple[tuple[int, int], ...]] | None = None
    silences: bool = True
    debug: bool = False
    require_grammar: bool = False

    @property
    def reports(self) -> tuple[str, ...]:
        """All reports by name, the one that is printed first."""
        return (self.report, *self.besides)


class RuleChoice(NamedTuple):
    """Settings, and the rules that are off for some files, under a number by which a worker knows them again.

    `grammar` is the grammar checker to ask, where there is one and rules need it.
    """

    number: int
    settings: Settings
    ignored: tuple[str, ...] = ()
    grammar: Grammar | None = None


class Job(NamedTuple):
    """A file, or a part of one; without `part` it is the whole file. `size` is in bytes.

    `name` is its path in reports, `below` that below the folder that was named, `ledger_name` that in the ledger. `target` is
    where its cleaned bytes go, None for nowhere; where they replace the file itself, `stamp` is by what it is known to be
    unchanged. `copies` stand in an earlier article too: where their article starts, and what is to be removed. `is_met`: it was
    come upon in a folder, not named itself.
    """

    path: str
    name: str
    below: str
    ledger_name: str
    size: int = 0
    target: str | None = None
    stamp: Stamp | None = None
    part: Part | None = None
    copies: tuple[tuple[int, Finding], ...] = ()
    is_met: bool = False

    @property
    def is_stream(self) -> bool:
        """Whether it can't be read a second time."""
        return self.path == STDIN


class Batch(NamedTuple):
    """Jobs with the same choice of rules, and bytes enough to be worth sending to another process.

    `troubles` are what was met while looking for the files; without a choice there is nothing else.
    """

    choice: RuleChoice | None
    jobs: tuple[Job, ...] = ()
    troubles: tuple[Trouble, ...] = ()


class Held(NamedTuple):
    """What was held back in a file: which choice of rules it had, the lines of the baseline and the allowances that were of use.

    `beside` are the allowances of the file that lies beside it.
    """

    name: str
    choice: int
    used: Lines
    allowed: frozenset[str]
    beside: frozenset[str] = frozenset()


class Observation(NamedTuple):
    """An article that is to be compared with others: which stretch of its file it is, whether anything was found in it, and what
    `observe` says of it. `row` is 0 where the file is one article."""

    path: str
    start: int
    stop: int
    row: int
    affected: bool
    observed: bytes


class Piece(NamedTuple):
    """Bytes for the caller to write: of a whole file or a part of one, or, without `job`, of a file that is made besides.

    `edits` and `articles` are counted already, and are taken back if the bytes can't be written.
    """

    target: str
    data: bytes
    job: Job | None = None
    changed: bool = False
    edits: int = 0
    articles: int = 0


@dataclass(slots=True)
class Outcome:
    """What came of a batch; `cached` is what is to be kept of it for the next run.

    The parts of reports, each with the number of its report (0 is what is printed), sums, what went wrong, ledger lines, bytes
    to write, rows to gather in one file, what is to be compared, the sites and lines of each article that is learnt from, how
    many articles were read in an encoding that was guessed, and what was held back by file.
    """

    parts: list[tuple[int, str]] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    troubles: list[Trouble] = field(default_factory=list)
    ledger: list[bytes] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    rows: list[bytes] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    lines: list[tuple[tuple[str, ...], list[Sighting]]] = field(default_factory=list)
    guesses: dict[str, int] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    cached: list[tuple[bytes, str]] = field(default_factory=list)
