"""`lintnews check`: report, fix, or show what a fix would change."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from io import TextIOWrapper
from typing import TextIO, cast

from lintnews.cli.launch import configuration, fail, go, kind, say
from lintnews.cli.options import add_configuration, add_grammar, add_reading, add_selection, add_settings
from lintnews.cli.reporting import add_reports, check_reports, opened
from lintnews.files.replacing import Replacement
from lintnews.messages import number
from lintnews.reports.terminal import Screen, Terminal
from lintnews.running.pool import cores
from lintnews.running.request import STDIN, Request
from lintnews.running.run import Run


def arguments(command: ArgumentParser) -> None:
    """The options of `check`."""
    command.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files and folders; - is standard input (default: .)"
    )
    fixing = command.add_argument_group("fixing")
    fixing.add_argument("--fix", action="store_true", help="apply safe fixes in place; what is reported is what is left")
    fixing.add_argument("--ledger", metavar="FILE", help="with --fix, record every edit there, so that restore can undo it")
    fixing.add_argument("--diff", action="store_true", help="print what fixes would change, and write nothing")
    add_settings(fixing, "unsafe-fixes")
    add_selection(command)
    add_grammar(command)
    add_reading(command)
    add_configuration(command)
    output = command.add_argument_group("output")
    add_reports(output)
    output.add_argument("-v", "--verbose", action="store_true", help="show each word of an article that has many odd ones")
    output.add_argument("--metrics", action="store_true", help="say of each article what to do with it, and its figures")
    output.add_argument("--statistics", action="store_true", help="count by rule instead of listing")
    output.add_argument("--timings", action="store_true", help="say on standard error how long each rule took")
    code = command.add_argument_group("exit code")
    add_settings(code, "fail-on")
    code.add_argument(
        "--require", action="append", choices=("grammar",), help="exit with 2 where grammar can't be checked, whoever asks for it"
    )
    code.add_argument("--exit-zero", action="store_true", help="exit with 0 although something was found")
    code.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit with 1 when something was fixed")


def run(options: Namespace) -> int:
    """Report, fix or show a diff."""
    is_whole = check_reports(options)
    if options.metrics and (options.fix or options.diff):
        return fail("check: --metrics only looks; leave out --fix and --diff")
    task = "diff" if options.diff else "fix" if options.fix else "assess" if options.metrics or is_whole else "check"
    if options.ledger and task != "fix":
        return fail("check: --ledger records fixes; add --fix, or leave it out")
    through = STDIN in options.paths and task == "fix"  # standard output then takes the fixed text
    with ExitStack() as stack:
        try:
            stream = sys.stderr if through else sys.stdout
            terminal = Terminal() if options.output_file else _terminal(stream)
            stdout = _open_report(options, stack, stream)
            besides = opened(options.report)
            for sheet in besides:
                stack.callback(sheet.discard)
        except OSError as error:
            place = error.filename or options.output_file
            return fail(f"{place}: can't be written: {error.strerror}; choose another place for the report")
        request = Request(
            options.paths,
            task,
            ledger=options.ledger,
            report=options.output_format,
            besides=[place.name for place in options.report],
            terminal=terminal._replace(verbose=options.verbose),
            statistics=options.statistics,
            metrics=options.metrics,
            timings=options.timings,
            jobs=options.jobs or cores(),
            force_exclude=options.force_exclude,
            stdin_name=options.stdin_filename,
            read_as=kind(options.read_as),
            debug=options.debug,
            require_grammar=bool(options.require),
        )
        run = Run(request, configuration(options), stdout, sys.stdout.buffer, say, besides=besides)
        result = go(run)
    if task == "diff":
        say(f"{number(result.totals.edits, 'edit')} in {number(result.totals.changed, 'article')}, shown and not made")
    if run.stopping:
        return run.stopped_with
    if result.failed:
        return 2
    changed = task == "fix" and options.exit_non_zero_on_fix and result.totals.edits
    return 1 if (result.totals.failing and not options.exit_zero) or changed else 0


def _open_report(options: Namespace, stack: ExitStack, stream: TextIO) -> TextIO:
    errors = "surrogateescape" if options.diff else "backslashreplace"  # a patch has the bytes of the files
    if options.output_file:
        replacement = stack.enter_context(Replacement(options.output_file))
        text = TextIOWrapper(replacement.file, "utf-8", errors, newline="\n", write_through=True)
        stack.callback(text.detach)
        return text
    if stream.isatty():
        return cast("TextIO", Screen(stream))
    if (options.diff or options.output_format not in ("full", "concise")) and isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")
    return stream


def _terminal(stream: TextIO) -> Terminal:
    if not stream.isatty():
        return Terminal(colour=bool(os.environ.get("FORCE_COLOR")))
    try:
        width = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        width = 0
    return Terminal(colour=not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb", width=width or 100)
