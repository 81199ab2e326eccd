"""`lintnews check`: report, fix, or show what a fix would change."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from io import TextIOWrapper
from typing import TextIO, cast

from lintnews.cli.launch import configuration, fail, go, here, kind, processes, say, speaker
from lintnews.cli.options import (
    add_configuration,
    add_grammar,
    add_holding,
    add_manner,
    add_reading,
    add_selection,
    add_settings,
)
from lintnews.cli.reporting import add_reports, check_reports, opened
from lintnews.files.replacing import Replacement
from lintnews.messages import number
from lintnews.reports.terminal import Screen, Terminal
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
    command.add_argument(
        "--changed-since", metavar="REF", help="report only what stands in lines that were added since this commit, by git"
    )
    command.add_argument(
        "--add-ignores", metavar="REASON", help="silence what is found, for this reason: in Markdown by comments, else beside it"
    )
    add_selection(command)
    add_grammar(command)
    add_holding(command)
    add_reading(command)
    add_configuration(command)
    output = command.add_argument_group("output")
    add_reports(output)
    add_settings(output, "withhold-text")
    add_manner(output)
    output.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="colours (default: auto, on a terminal)"
    )
    output.add_argument("-v", "--verbose", action="store_true", help="show each finding of a kind that an article has many of")
    output.add_argument("--metrics", action="store_true", help="say of each article what to do with it, and its figures")
    output.add_argument("--statistics", action="store_true", help="count by rule instead of listing")
    output.add_argument("--timings", action="store_true", help="say on standard error how long each rule took")
    add_settings(output, "cache")
    output.add_argument("--no-cache", dest="cache", action="store_false", default=None, help="check everything anew")
    output.add_argument("--watch", action="store_true", help="check again whenever something changes, until Ctrl-C")
    code = command.add_argument_group("exit code")
    add_settings(code, "fail-on")
    code.add_argument(
        "--require", action="append", choices=("grammar",), help="exit with 2 where grammar can't be checked, whoever asks for it"
    )
    code.add_argument("--exit-zero", action="store_true", help="exit with 0 although something was found")
    code.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit with 1 when something was fixed")
    code.add_argument("--fail-on-unused", action="store_true", help="exit with 1 when what is known or allowed is there no more")


def run(options: Namespace) -> int:
    """Report, fix or show a diff; once, or whenever something changes."""
    if options.add_ignores is not None:
        from lintnews.cli.ignoring import add_ignores

        return add_ignores(options)
    if not options.watch:
        return _once(options)
    if STDIN in options.paths:
        return fail("check: standard input does not change; leave out --watch")
    from lintnews.cli.watching import watch

    ours = [options.output_file, options.ledger, *(place.path for place in options.report)]
    rule_paths = here(options).rule_paths
    return watch(options.paths, rule_paths, [*filter(None, ours)], lambda paths: _once(_with_paths(options, paths)))


def _with_paths(options: Namespace, paths: Sequence[str]) -> Namespace:
    return Namespace(**{**vars(options), "paths": list(paths)})


def _once(options: Namespace) -> int:
    settings = here(options)
    options.output_format = settings.output_format
    is_whole = check_reports(options, settings.from_where("output_format"))
    if options.changed_since and (options.fix or options.diff):
        return fail("check: --changed-since only looks; leave out --fix and --diff")
    if options.metrics and (options.fix or options.diff):
        return fail("check: --metrics only looks; leave out --fix and --diff")
    task = "diff" if options.diff else "fix" if options.fix else "assess" if options.metrics or is_whole else "check"
    if options.ledger and task != "fix":
        return fail("check: --ledger records fixes; add --fix, or leave it out")
    through = STDIN in options.paths and task == "fix"  # standard output then takes the fixed text
    with ExitStack() as stack:
        try:
            stream = sys.stderr if through else sys.stdout
            terminal = _terminal(stream, options)
            stdout = _open_report(options, stack, stream)
            besides = opened(options.report)
            for sheet in besides:
                stack.callback(sheet.discard)
        except OSError as error:
            place = error.filename or options.output_file
            return fail(f"{place}: can't be written: {error.strerror}; choose another place for the report")
        request = _request(options, task, terminal)
        run = Run(request, configuration(options), stdout, sys.stdout.buffer, speaker(options), besides=besides)
        result = go(run, with_progress=not (options.quiet or options.no_progress))
    if task == "diff":
        say(f"{number(result.totals.edits, 'edit')} in {number(result.totals.changed, 'article')}, shown and not made")
    if run.stopping:
        return run.stopped_with
    if result.failed:
        return 2
    changed = task == "fix" and options.exit_non_zero_on_fix and result.totals.edits
    idle = options.fail_on_unused and result.idle
    return 1 if (result.totals.failing and not options.exit_zero) or changed or idle else 0


def _request(options: Namespace, task: str, terminal: Terminal) -> Request:
    return Request(
        options.paths,
        task,
        ledger=options.ledger,
        report=options.output_format,
        besides=[place.name for place in options.report],
        terminal=terminal,
        statistics=options.statistics,
        metrics=options.metrics,
        timings=options.timings,
        jobs=processes(options),
        force_exclude=options.force_exclude,
        stdin_name=options.stdin_filename,
        read_as=kind(options.read_as),
        cache=configuration(options).cache_for(os.curdir) if here(options).cache else "",
        changed=_changes(options),
        silences=not options.no_silencing,
        debug=options.debug,
        require_grammar=bool(options.require),
    )


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


def _changes(options: Namespace) -> dict[str, tuple[tuple[int, int], ...]] | None:
    if not options.changed_since:
        return None
    from lintnews.cli.changes import changed_since

    return changed_since(options.changed_since)


def _terminal(stream: TextIO, options: Namespace) -> Terminal:
    """What the report is shown on: as --color and, without it, the environment say, and as the terminal is."""
    said = {"verbose": options.verbose, "quiet": options.quiet}
    is_terminal = stream.isatty() and not options.output_file
    if options.color != "auto":
        colour = options.color == "always"
    elif is_terminal:
        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    else:
        colour = bool(os.environ.get("FORCE_COLOR")) and not options.output_file
    try:
        width = os.get_terminal_size(stream.fileno()).columns if is_terminal else 0
    except OSError:
        width = 0
    return Terminal(colour=colour, width=width or 100, **said)
