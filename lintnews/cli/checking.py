"""`lintnews check` and `lintnews clean`: the options to a request, and the result to an exit code."""

from __future__ import annotations

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import Any, TextIO

from lintnews.cli import INTERRUPTED, fail, say
from lintnews.cli.progress import Progress
from lintnews.files.finding import LEDGER, Ignores
from lintnews.files.replacing import Replacement
from lintnews.plugins.registry import registry
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals
from lintnews.running.pool import cores
from lintnews.running.request import STDIN, Request
from lintnews.running.run import Result, Run
from lintnews.settings.files import Configuration


def check(options: Namespace) -> int:
    """Report, fix or show a diff."""
    known = registry().reports
    if options.output_format not in known:
        from lintnews.messages import nearest

        there = nearest(options.output_format, known) or f"; there are {', '.join(sorted(known))}"
        return fail(f"--output-format: no report is called {options.output_format!r}{there}")
    task = "diff" if options.diff else "fix" if options.fix else "check"
    through = STDIN in options.paths and task == "fix"  # standard output then takes the fixed text
    with ExitStack() as stack:
        try:
            stdout = _open_report(options, stack, sys.stderr if through else sys.stdout)
        except OSError as error:
            return fail(f"{options.output_file}: can't be written: {error.strerror}; choose another place with -o")
        request = Request(
            options.paths,
            task,
            report=options.output_format,
            terminal=_terminal(stdout),
            statistics=options.statistics,
            timings=options.timings,
            jobs=options.jobs or cores(),
            force_exclude=options.force_exclude,
            stdin_name=options.stdin_filename,
        )
        run = Run(request, configuration(options), stdout, sys.stdout.buffer, say)
        result = go(run)
    if run.stopping:
        return INTERRUPTED
    if result.failed:
        return 2
    changed = task == "fix" and options.exit_non_zero_on_fix and result.totals.edits
    return 1 if (result.totals.failing and not options.exit_zero) or changed else 0


def clean(options: Namespace) -> int:
    """Write cleaned files and the ledger."""
    problem = _place_problem(options)
    if problem:
        return fail(problem)
    ledger = None if options.no_ledger else options.ledger or _default_ledger(options)
    if options.in_place and ledger and os.path.exists(ledger):
        return fail(f"{ledger}: is there already, from an earlier run, and is needed to restore; name another with --ledger")
    if options.output and ledger and (other := _speaks_of_others(ledger, options.paths)):
        return fail(f"{ledger}: is needed to restore {other}, from another run; choose another folder with -o")
    request = Request(
        options.paths,
        "clean",
        timings=options.timings,
        format=options.format or "same",
        out=options.output,
        ledger=ledger,
        jobs=options.jobs or cores(),
        force_exclude=options.force_exclude,
        stdin_name=options.stdin_filename,
    )
    try:
        if options.output:
            os.makedirs(options.output, exist_ok=True)
        run = Run(request, configuration(options), sys.stdout, sys.stdout.buffer, say)
        result = go(run)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return fail(f"{error.filename or options.output}: can't be written: {error.strerror}; choose another place")
    if STDIN not in options.paths:
        print(_cleaned(result.totals, options.output, ledger))
    return INTERRUPTED if run.stopping else 2 if result.failed else 0


def configuration(options: Namespace) -> Configuration:
    """Where settings come from: a file, the closest file, or none, and then the command line."""
    given: dict[str, Any] = {
        name: getattr(options, name, None)
        for name in ("min_confidence", "unsafe_fixes", "text_field", "site_field", "fail_on", "spun_model")
    }
    for name in ("select", "extend_select", "ignore"):
        names = getattr(options, name, None)
        given[name] = None if names is None else tuple(names)
    given["rule_paths"] = tuple(map(os.path.abspath, getattr(options, "rule_path", None) or ())) or None
    exclude = getattr(options, "exclude", None)
    given["exclude"] = (Ignores(os.getcwd(), tuple(exclude)),) if exclude else None
    file = options.config
    return Configuration(os.path.abspath(file) if file else None, options.isolated, given)


def go(run: Run) -> Result:
    """Run with a progress bar, and with Ctrl-C heeded once what is under way is done; a second one ends at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        say("interrupted; finishing what is under way")
        run.stop()

    for problem in registry().problems:
        say(problem)
        run.result.failed = True
    before = signal.signal(signal.SIGINT, stop)
    progress = Progress()
    run.progress = progress
    try:
        result = run()
    finally:
        progress.close()
        signal.signal(signal.SIGINT, before)
    if not result.totals.files and not result.failed and not result.skipped and not run.stopping:
        say(f"note: no article found; files that end in {', '.join(sorted(registry().sources))} are read")
    if run.request.timings:
        _print_timings(result.totals)
    return result


def _open_report(options: Namespace, stack: ExitStack, stream: TextIO) -> TextIO:
    if options.output_file:
        from io import TextIOWrapper

        replacement = stack.enter_context(Replacement(options.output_file))
        text = TextIOWrapper(replacement.file, "utf-8", "backslashreplace", newline="\n", write_through=True)
        stack.callback(text.detach)
        return text
    if hasattr(stream, "reconfigure"):
        if options.output_format in ("full", "concise"):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return stream


def _terminal(stream: TextIO) -> Terminal:
    if not stream.isatty():
        return Terminal(colour=bool(os.environ.get("FORCE_COLOR")))
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        width = 0
    return Terminal(colour=not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb", width=width or 100)


def _place_problem(options: Namespace) -> str | None:
    """What is wrong with where cleaned files are to go, or None."""
    if options.output and options.in_place:
        return "clean: -o and --in-place exclude each other; leave one out"
    if options.ledger and options.no_ledger:
        return "clean: --ledger and --no-ledger exclude each other; leave one out"
    if options.in_place and options.format:
        return "clean: --format needs -o DIR, as files in place keep their format"
    if STDIN in options.paths:
        alone = len(options.paths) == 1 and not options.output and not options.in_place and not options.format
        return None if alone else "clean: - goes to standard output; give it alone, without -o, --in-place and --format"
    if not options.output and not options.in_place:
        return "clean: no place to write to; add -o DIR, or --in-place"
    if options.output:
        target = os.path.realpath(options.output)
        if os.path.lexists(options.output) and not os.path.isdir(options.output):
            return f"{options.output}: is not a folder; choose another with -o"
        for path in options.paths:
            if os.path.isdir(path) and os.path.commonpath([target, os.path.realpath(path)]) == os.path.realpath(path):
                return f"{options.output}: lies inside the input {path}; choose a folder outside it with -o"
            if os.path.isfile(path) and os.path.realpath(os.path.join(target, os.path.basename(path))) == os.path.realpath(path):
                return f"{path}: would be written over itself; choose another folder with -o, or use --in-place"
    return None


def _speaks_of_others(ledger: str, paths: Sequence[str]) -> str | None:
    """A file that a ledger speaks of and that is not below these paths, or None."""
    if not os.path.exists(ledger):
        return None
    from lintnews.running.restoring import Ledger, RestoreError

    try:
        names = sorted(Ledger.open(ledger).files)
    except RestoreError:
        return ledger
    places = [place for path in paths for place in (path, os.path.dirname(path))]
    return next((name for name in names if not any(os.path.exists(os.path.join(p, name)) for p in places)), None)


def _default_ledger(options: Namespace) -> str | None:
    if options.output:
        return os.path.join(options.output, LEDGER)
    return LEDGER if options.in_place else None


def _cleaned(totals: Totals, output: str | None, ledger: str | None) -> str:
    from lintnews.reports.human import number

    made = f"Cleaned {number(totals.articles, 'article')}: {number(totals.edits, 'edit')} in {totals.changed:,}"
    places = [
        f"written to {output}" if output else "written in place",
        f"ledger in {ledger}" if ledger else "no ledger",
    ]
    return f"{made}; {', '.join(places)}."


def _print_timings(totals: Totals) -> None:
    whole = sum(totals.seconds.values())
    for rule, seconds in sorted(totals.seconds.items(), key=lambda item: -item[1]):
        print(f"{seconds:9.3f} s {seconds / whole if whole else 0:5.0%}  {rule}", file=sys.stderr)
    print(f"{whole:9.3f} s       in all, {totals.read / 1e6:,.1f} MB in {totals.files:,} files", file=sys.stderr)
