"""The command line: arguments in, exit code out.

Read `launch` (what commands share when they start), `options` (what their arguments share), then a command, such as `check`,
with `reporting` and `progress`.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from io import TextIOWrapper

from lintnews.cli.launch import INTERRUPTED, PIPE_CLOSED, fail, say, say_trace, unexpected
from lintnews.cli.options import Parser, Version
from lintnews.messages import ImpossibleError
from lintnews.plugins.loading import load

COMMANDS = {
    "check": ("lintnews.cli.check", "say what is wrong with articles"),
    "clean": ("lintnews.cli.clean", "write cleaned articles, and a ledger of every edit"),
    "baseline": ("lintnews.cli.baseline", "write down what is found now, so that only what is new is reported"),
    "triage": ("lintnews.cli.triage", "list what is found over many articles, and decide about it in bulk"),
    "learn": ("lintnews.cli.learn", "find lines that stand in many articles of a site, and write a rule that knows them"),
    "restore": ("lintnews.cli.restore", "rebuild originals from cleaned files and their ledger"),
    "rules": ("lintnews.cli.rules", "list the rules, or test rule files"),
    "explain": ("lintnews.cli.explain", "say what a rule finds, and why"),
    "lsp": ("lintnews.cli.lsp", "serve an editor: findings while one writes, reasons, fixes"),
    "config": ("lintnews.cli.config", "show the settings for a file"),
    "grammar": ("lintnews.cli.grammar", "install LanguageTool, which grammar rules can ask"),
    "cache": ("lintnews.cli.cache", "say what is kept of earlier checks, or take it away"),
    "completion": ("lintnews.cli.completion", "print a script that completes commands and options in a shell"),
    "doctor": ("lintnews.cli.doctor", "say what is installed and whether it works"),
}
"""By name the module, with `arguments(parser)` and `run(options)`, and a line of help. Only the named one is imported."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 nothing found, 1 something found, 2 could not do what was asked.

    Raises `SystemExit` for `--help`, `--version` and arguments that can't be read.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    name = words[0] if words and words[0] in COMMANDS else _top().parse_args(words[:1]).command
    module, line = COMMANDS[name]
    command = Parser(prog=f"lintnews {name}", description=f"{line[0].upper()}{line[1:]}.")
    load(f"{module}:arguments")(command)
    command.add_argument("--debug", action="store_true", help="say where in the code an unexpected error comes from")
    return _run(load(f"{module}:run"), command.parse_args(words[1:]))


def _top() -> ArgumentParser:
    """The parser that has only the commands' names and help."""
    top = Parser(prog="lintnews", description="Find and clean what in a news text is not the article.")
    top.add_argument("--version", action=Version, nargs=0, help="print the version and exit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, line) in COMMANDS.items():
        commands.add_parser(name, help=line)
    return top


def _run(command: Callable[[Namespace], int], options: Namespace) -> int:
    """The command's exit code, and 2 with a line of words for whatever it could not do."""
    if sys.stderr is None:  # closed; a file that is opened must not come to stand in its place
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    if sys.stdin is None:  # closed: there is nothing to read
        sys.stdin = open(os.devnull)  # noqa: SIM115
    if sys.stdout is None:
        return fail("standard output is closed; open it, or send it to /dev/null")
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except ImpossibleError as error:
        if options.debug:
            say_trace(error)
        return fail(str(error))
    except BrokenPipeError:
        # What is left in the buffer must go nowhere, or the interpreter complains on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except Exception as error:
        if options.debug:
            say_trace(error)
        return fail(unexpected(error))
