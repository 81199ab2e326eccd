"""What commands share when they start and while they run: the settings of a call, signals, progress, words to the user."""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import redirect_stdout
from types import FrameType
from typing import TYPE_CHECKING

from lintnews.cli.options import given_settings
from lintnews.messages import number, raised
from lintnews.plugins.registry import registry
from lintnews.reports.terminal import fit
from lintnews.settings.files import Configuration
from lintnews.settings.settings import COMMAND_LINE, ConfigError, Settings

if TYPE_CHECKING:
    from lintnews.reports.totals import Totals
    from lintnews.running.run import Result, Run

INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes after Ctrl-C, and when the reader of the output went away; as a shell gives them for the signals."""

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""What asks a run to end."""


def say(line: str) -> None:
    """A line for the user, on standard error."""
    print(f"lintnews: {fit(line)}", file=sys.stderr, flush=True)


def show(line: str) -> None:
    """A line of what was asked for, on standard output."""
    print(fit(line))


def fail(problem: str) -> int:
    """Say what could not be done, and return the exit code for it."""
    say(problem)
    return 2


def unexpected(error: Exception) -> str:
    """What could not be done for want of room or rights, or for a mistake in the program; in one line."""
    if isinstance(error, OSError) and error.strerror:
        place = error.filename if isinstance(error.filename, str) else "standard output"
        return f"{place}: {error.strerror}; free or correct the place, and run again"
    return f"{raised(error)}; this is a mistake in lintnews: run again with --debug, and report what it says"


def say_trace(error: Exception) -> None:
    """Where in the code an error comes from, line by line."""
    from traceback import format_exception

    for line in "".join(format_exception(error)).splitlines():
        say(line)


def say_problems() -> int:
    """Name the plugins that could not be used, and return the exit code for that."""
    problems = registry().problems
    for problem in problems:
        say(problem)
    return 2 if problems else 0


def configuration(options: Namespace) -> Configuration:
    """Where settings come from: a file, the closest file, or none, and then the command line."""
    file = options.config
    return Configuration(os.path.abspath(file) if file else None, options.isolated, given_settings(options))


def processes(options: Namespace) -> int:
    """How many processes are to work: as the settings of the working folder say, or as many as there are cores."""
    from lintnews.running.pool import cores

    return here(options).jobs or cores()


def here(options: Namespace) -> Settings:
    """The settings of the working folder, which speak for a run as a whole; the command line's alone where they can't be used."""
    try:
        return configuration(options).settings_for(os.curdir)
    except ConfigError:
        return Settings().with_options(COMMAND_LINE, given_settings(options))


def kind(name: str | None) -> str:
    """The ending by which files are read that `--as` names. Raises `ConfigError` for one that no source knows."""
    if name is None:
        return ""
    known = registry().sources
    if f".{name}" not in known:
        raise ConfigError(f"--as: nothing is read as {name!r}; there are {', '.join(sorted(one[1:] for one in known))}")
    return f".{name}"


def speaker(options: Namespace) -> Callable[[str], None]:
    """Says lines for the user; no notes where --quiet is given."""
    return _say_trouble if options.quiet else say


def _say_trouble(line: str) -> None:
    if not line.startswith("note: "):
        say(line)


def go(run: Run, *, with_progress: bool = True) -> Result:
    """Run, with Ctrl-C and SIGTERM heeded once what is under way is done; a second one ends at once."""
    from lintnews.cli.progress import Progress

    def stop(sent: int, _frame: FrameType | None) -> None:
        for name in SIGNALS:
            signal.signal(name, signal.default_int_handler)
        say("interrupted; finishing what is under way")
        run.stop(128 + sent)

    run.result.failed = bool(say_problems())
    before = {name: signal.signal(name, stop) for name in SIGNALS}
    progress = Progress(run) if with_progress else None
    if progress is not None:
        run.progress = progress
    try:
        with redirect_stdout(sys.stderr):  # what a plugin prints is no part of the report
            result = run()
    finally:
        if progress is not None:
            progress.close()
        for name, handler in before.items():
            signal.signal(name, handler)
    if run.stopping and (files := run.files):
        say(f"interrupted: {result.totals.files:,} of {number(files, 'file')} done")
    if not result.totals.files and not result.failed and not result.skipped and not run.stopping:
        say(f"note: no article found; files that end in {', '.join(sorted(registry().sources))} are read")
    if run.request.timings:
        _print_timings(result.totals)
    return result


def _print_timings(totals: Totals) -> None:
    whole = sum(totals.seconds.values())
    for rule, seconds in sorted(totals.seconds.items(), key=lambda item: -item[1]):
        print(fit(f"{seconds:9.3f} s {seconds / whole if whole else 0:5.0%}  {rule}"), file=sys.stderr)
    print(f"{whole:9.3f} s       in all, {totals.read / 1e6:,.1f} MB in {totals.files:,} files", file=sys.stderr)
