"""`lintnews clean`: cleaned articles to a folder or in place, with a ledger of every edit."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from importlib.util import find_spec

from lintnews.cli.launch import configuration, fail, go, kind, processes, say, show, speaker
from lintnews.cli.options import add_configuration, add_holding, add_manner, add_reading, add_selection, add_settings, typed
from lintnews.files.finding import LEDGER
from lintnews.messages import nearest, number
from lintnews.reports.totals import Totals
from lintnews.running.columns import COLUMNS
from lintnews.running.request import STDIN, Request
from lintnews.running.run import Run


def arguments(command: ArgumentParser) -> None:
    """The options of `clean`."""
    command.description = (
        "Write cleaned articles to a folder that mirrors the input, and a ledger of every edit. "
        "Exits with 0 when everything was written."
    )
    command.add_argument(
        "paths", nargs="+", metavar="PATH", help="files and folders; - is standard input, cleaned to standard output"
    )
    output = command.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="DIR", help="the folder to write to")
    output.add_argument("--in-place", action="store_true", help="replace the files themselves")
    output.add_argument(
        "--ledger",
        metavar="FILE",
        help="where the ledger goes (default: lintnews-ledger.jsonl in DIR, or here with --in-place)",
    )
    output.add_argument("--no-ledger", action="store_true", help="write no ledger; the originals can then not be restored")
    output.add_argument(
        "--format",
        choices=("txt", "jsonl", "csv", "parquet"),
        help="write every article to its own .txt, or those that come in another format to one articles.jsonl, .csv or .parquet",
    )
    output.add_argument(
        "--columns",
        type=typed(_columns),
        default=(),
        metavar="NAMES",
        help=f"what goes with each article, comma-separated: {', '.join(COLUMNS)}; with --format, and all go to one file then",
    )
    output.add_argument("--resume", action="store_true", help="go on with a run that was cut off: leave out what it has written")
    output.add_argument("--timings", action="store_true", help="say on standard error how long each rule took")
    add_settings(output, "unsafe-fixes")
    add_manner(output)
    add_selection(command)
    add_holding(command)
    add_reading(command)
    add_configuration(command)


def run(options: Namespace) -> int:
    """Write cleaned files and the ledger."""
    problem = _place_problem(options)
    if problem:
        return fail(problem)
    ledger = None if options.no_ledger else options.ledger or _default_ledger(options)
    request = Request(
        options.paths,
        "clean",
        timings=options.timings,
        format=options.format or "same",
        columns=options.columns,
        resume=options.resume,
        out=options.output,
        ledger=ledger,
        jobs=processes(options),
        force_exclude=options.force_exclude,
        stdin_name=options.stdin_filename,
        read_as=kind(options.read_as),
        silences=not options.no_silencing,
        debug=options.debug,
    )
    try:
        if options.output:
            os.makedirs(options.output, exist_ok=True)
        run = Run(request, configuration(options), sys.stdout, sys.stdout.buffer, speaker(options))
        result = go(run, with_progress=not (options.quiet or options.no_progress))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        return fail(
            f"{error.filename or options.output or options.ledger}: can't be written: {error.strerror}; choose another place"
        )
    if STDIN not in options.paths and not options.quiet:
        show(_cleaned(result.totals, options.output, ledger))
        if run.resumed:
            say(f"note: {number(run.resumed, 'file')} had been written before")
        if run.stopping and options.output and not options.format:
            say("note: the run was cut off; go on with the same command and --resume")
    return run.stopped_with if run.stopping else 2 if result.failed else 0


def _columns(names: str) -> tuple[str, ...]:
    """Names of columns. Raises `ValueError`."""
    wanted = [name for part in names.split(",") if (name := part.strip())]
    wrong = next((name for name in wanted if name not in COLUMNS), None)
    if wrong is not None:
        raise ValueError(f"there is no column {wrong!r}{nearest(wrong, COLUMNS)}")
    return tuple(name for name in COLUMNS if name in wanted)


def _place_problem(options: Namespace) -> str | None:
    """What is wrong with where cleaned files are to go, or None."""
    if options.output and options.in_place:
        return "clean: -o and --in-place exclude each other; leave one out"
    if options.ledger and options.no_ledger:
        return "clean: --ledger and --no-ledger exclude each other; leave one out"
    if options.columns and options.format in (None, "txt"):
        return "clean: --columns go with articles in one file; add --format jsonl, csv or parquet"
    if options.format == "parquet" and find_spec("pyarrow") is None:
        return "clean: --format parquet needs a package: pip install 'lintnews[parquet]'"
    if options.resume and (options.in_place or options.format or STDIN in options.paths):
        return "clean: --resume needs files that are written one by one to -o DIR; leave it out"
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


def _default_ledger(options: Namespace) -> str | None:
    if options.output:
        return os.path.join(options.output, LEDGER)
    return LEDGER if options.in_place else None


def _cleaned(totals: Totals, output: str | None, ledger: str | None) -> str:
    made = f"Cleaned {number(totals.articles, 'article')}: {number(totals.edits, 'edit')} in {totals.changed:,}"
    places = [
        f"written to {output}" if output else "written in place",
        f"ledger in {ledger}" if ledger else "no ledger",
    ]
    return f"{made}; {', '.join(places)}."
