"""`lintnews restore`: which files, which ledger, where to."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from io import BytesIO

from lintnews.cli.launch import fail, say, show
from lintnews.files.finding import LEDGER
from lintnews.files.replacing import Replacement
from lintnews.messages import number
from lintnews.running.restoring import Ledger, RestoreError, files_below, restore_file


def arguments(command: ArgumentParser) -> None:
    """The options of `restore`."""
    command.description = "Rebuild the originals, byte for byte, from what clean wrote."
    command.add_argument("cleaned", metavar="PATH", help="the folder that clean wrote, or one file")
    command.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="the folder to write to; a single file goes to standard output without it",
    )
    command.add_argument("--in-place", action="store_true", help="replace the cleaned files themselves")
    command.add_argument("--ledger", metavar="FILE", help="the ledger (default: lintnews-ledger.jsonl in the folder, or here)")


def run(options: Namespace) -> int:
    """Restore a folder or a file; what can't be restored is told, and not written."""
    path = options.cleaned
    is_folder = os.path.isdir(path)
    if options.in_place and options.output:
        return fail("restore: -o and --in-place exclude each other; leave one out")
    if is_folder and not options.output and not options.in_place:
        return fail("restore: no place to write to; add -o DIR, or --in-place")
    try:
        ledger = Ledger.open(options.ledger or _default_ledger(path, is_folder))
        files = files_below(path, ledger.path) if is_folder else [(path, os.path.basename(path))]
        failed = False
        done = 0
        missing = ledger.expected(path) if is_folder else set()
        for file, below in files:
            name = ledger.name_of(file, below)
            target = file if options.in_place else os.path.join(options.output, below) if options.output else None
            problem = _restore(file, name, ledger, target, options.in_place, missing)
            failed = failed or problem is not None
            done += problem is None
            if problem:
                say(problem)
    except RestoreError as error:
        return fail(str(error))
    for name in sorted(missing):
        say(f"{os.path.join(path, name)}: the ledger speaks of it, and it is not there; put the file that clean wrote back")
    if ledger.problem:
        say(ledger.problem)
    elif ledger.note:
        say(f"note: {ledger.note}")
    failed = failed or bool(missing or ledger.problem)
    if options.output or options.in_place:
        show(f"Restored {number(done, 'file')}{f' to {options.output}' if options.output else ''}.")
    return 2 if failed else 0


def _default_ledger(path: str, is_folder: bool) -> str:
    beside = os.path.join(path if is_folder else os.path.dirname(path), LEDGER)
    return LEDGER if os.path.exists(LEDGER) and not os.path.exists(beside) else beside


def _restore(path: str, name: str, ledger: Ledger, target: str | None, replace: bool, missing: set[str]) -> str | None:
    """Restore one file, over another one only with `replace`; a line that says why it could not be, or None.

    What it holds is taken off those that are `missing`.
    """
    missing.discard(name)
    try:
        if target is None:
            whole = BytesIO()  # all of it, or nothing
            restore_file(path, name, ledger, whole)
            sys.stdout.buffer.write(whole.getvalue())
            return None
        os.makedirs(os.path.dirname(target) or os.curdir, exist_ok=True)
        with Replacement(target) as replacement:
            missing.difference_update(restore_file(path, name, ledger, replacement.file))
            if not replace and replacement.would_change():
                raise RestoreError(f"{target}: is there already, with other content; restore into another folder")
    except RestoreError as error:
        return str(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        return f"{error.filename or path}: {error.strerror}; free or correct the place"
    return None
