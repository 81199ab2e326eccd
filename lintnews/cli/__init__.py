"""The command line: arguments in, exit code out.

0: nothing found, or all fixed; 1: found something; 2: could not do what was asked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, cast

from lintnews.cli.arguments import parser
from lintnews.settings.files import ConfigError

if TYPE_CHECKING:
    from argparse import Namespace

INTERRUPTED, PIPE_CLOSED = 130, 141
"""Exit codes after Ctrl-C, and when the reader of the output went away; as a shell gives them for the signals."""

_COMMANDS = {
    "check": "lintnews.cli.checking:check",
    "clean": "lintnews.cli.checking:clean",
    "learn": "lintnews.cli.learning:learn",
    "restore": "lintnews.cli.restoring:restore",
    "rules": "lintnews.cli.showing:rules",
    "explain": "lintnews.cli.showing:explain",
    "config": "lintnews.cli.showing:config",
    "doctor": "lintnews.cli.showing:doctor",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. Raises `SystemExit` for `--help`, `--version` and arguments that can't be read."""
    options = parser().parse_args(arguments)
    try:
        code = _command(options.command)(options)
        sys.stdout.flush()
        return code
    except ConfigError as error:
        return fail(str(error))
    except BrokenPipeError:
        # What is left in the buffer must go nowhere, or the interpreter complains on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED


def _command(name: str) -> Callable[[Namespace], int]:
    module, _, function = _COMMANDS[name].partition(":")
    return cast("Callable[[Namespace], int]", getattr(import_module(module), function))


def say(line: str) -> None:
    """A line for the user, on standard error."""
    encoding = sys.stderr.encoding or "utf-8"
    print("lintnews:", line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr, flush=True)


def fail(problem: str) -> int:
    """Say what could not be done, and return the exit code for it."""
    say(problem)
    return 2
