"""`lintnews completion`: a script by which a shell completes commands, options and files; it starts no Python at each key."""

from __future__ import annotations

from argparse import Action, ArgumentParser, Namespace
from typing import Any

from lintnews.cli.launch import fail
from lintnews.cli.options import Parser
from lintnews.plugins.loading import load
from lintnews.plugins.registry import registry

SHELLS = ("bash", "zsh", "tcsh")
_FOLDERS = ("DIR",)
_FILES = ("FILE", "PATH")


def arguments(command: ArgumentParser) -> None:
    """The options of `completion`."""
    command.description = (
        "Print a script that completes commands, options and files. In bash: lintnews completion bash > "
        "~/.local/share/bash-completion/completions/lintnews; in zsh, into a folder of $fpath, as _lintnews."
    )
    command.add_argument("shell", choices=SHELLS, metavar="|".join(SHELLS))


def run(options: Namespace) -> int:
    """Print the script."""
    try:
        import shtab
    except ImportError:
        return fail("completion needs a package: pip install 'lintnews[completion]'")
    print(shtab.complete(_whole(shtab), options.shell))
    return 0


def _whole(shtab: Any) -> ArgumentParser:
    """The parser with the options of all commands, each told what may stand in it."""
    whole = Parser(prog="lintnews")
    commands = whole.add_subparsers(dest="command")
    for name, (module, line) in load("lintnews.cli:COMMANDS").items():
        command = commands.add_parser(name, help=line)
        load(f"{module}:arguments")(command)
        for parser in (command, *_below(command)):
            for action in parser._actions:
                _tell(action, shtab)
    return whole


def _below(command: ArgumentParser) -> list[ArgumentParser]:
    """The parsers of a command's own commands."""
    choices = [action.choices for action in command._actions if isinstance(action.choices, dict)]
    return [parser for some in choices for parser in some.values() if isinstance(parser, ArgumentParser)]


def _tell(action: Action, shtab: Any) -> None:
    if "--output-format" in action.option_strings and action.choices is None:
        action.choices = sorted(registry().reports)
    elif action.metavar in _FILES:
        action.complete = shtab.FILE  # type: ignore[attr-defined]
    elif action.metavar in _FOLDERS:
        action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
