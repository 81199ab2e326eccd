"""What the arguments of several commands share: how help looks, settings as options, groups of options."""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from lintnews.reports.terminal import fit
from lintnews.settings.keys import BY_NAME, KEYS

Options = Any
"""An `ArgumentParser`, or a group of one: what arguments are added to. argparse has no public name for that."""


class Parser(ArgumentParser):
    """A parser for the program, or one of its commands."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, formatter_class=_formatter)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, which may be names of files that others chose; exit code 2."""
        super().error(fit(message))


def _formatter(prog: str) -> HelpFormatter:
    """Help in the terminal's width; argparse itself would import `shutil`, and with it four compressors, to ask for that."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 100
    return HelpFormatter(prog, width=min(width, 120) - 2)


class Version(Action):
    """Prints the version; the package's own number, without a look at the installed metadata."""

    def __call__(self, parser: ArgumentParser, *_arguments: object) -> None:
        from lintnews import __version__

        print(f"lintnews {__version__}")
        parser.exit()


def add_settings(group: Options, *names: str) -> None:
    """Options for settings of these names, as the table of settings has them."""
    for name in names:
        key = BY_NAME[name]
        given: dict[str, Any] = {"dest": key.field, "help": key.help}
        if key.shape.parse is None:
            given |= {"action": "store_true", "default": None}
        else:
            given |= {"type": typed(key.shape.parse), "metavar": key.metavar, "choices": key.shape.choices or None}
            given |= {"action": "extend"} if key.shape.many else {}
        group.add_argument(*[key.letter] if key.letter else [], key.option, **given)


def given_settings(options: Namespace) -> Mapping[str, Any]:
    """The settings that the command line gave, by their field."""
    given = {key.field: (key, getattr(options, key.field, None)) for key in KEYS if key.option}
    return {field: key.shape.typed(value) for field, (key, value) in given.items() if value is not None}


def add_selection(command: ArgumentParser) -> None:
    """Which rules look."""
    rules = command.add_argument_group("rules")
    add_settings(rules, "select", "extend-select", "ignore", "rule-paths", "min-confidence", "spun-model")


def add_grammar(command: ArgumentParser) -> None:
    """How grammar rules look, where they are asked for."""
    grammar = command.add_argument_group("grammar")
    add_settings(grammar, "grammar-backend", "english", "languagetool-url", "languagetool-path")


def add_reading(command: ArgumentParser) -> None:
    """Which files are read, and how."""
    reading = command.add_argument_group("reading")
    add_settings(reading, "text-field", "id-field", "site-field", "ignore-field", "encoding", "language", "extractor")
    kinds = "txt, md, jsonl, json, csv, tsv, html, warc, rss"
    reading.add_argument("--as", dest="read_as", metavar="KIND", help=f"what files are, whatever they are called: {kinds}")
    reading.add_argument("--stdin-filename", metavar="FILE", help="the name of standard input, for its format and settings")
    add_settings(reading, "exclude")
    reading.add_argument("--force-exclude", action="store_true", help="leave out what is excluded although it is named")
    add_settings(reading, "time-limit", "jobs")


def add_holding(command: ArgumentParser) -> None:
    """What is held back."""
    holding = command.add_argument_group("what is held back")
    one = holding.add_mutually_exclusive_group()
    add_settings(one, "baseline")
    one.add_argument("--no-baseline", dest="baseline", action="store_const", const="", help="report what is in the baseline, too")
    holding.add_argument(
        "--no-silencing", action="store_true", help="report what comments, rows and allowances silence, too, as an audit does"
    )


def add_manner(group: Options) -> None:
    """How much is said besides, and how it looks."""
    group.add_argument("-q", "--quiet", action="store_true", help="say no sums, notes and progress")
    group.add_argument("--no-progress", action="store_true", help="show no progress bar")


def add_configuration(command: ArgumentParser) -> None:
    """Where settings come from."""
    settings = command.add_argument_group("settings")
    one = settings.add_mutually_exclusive_group()
    one.add_argument("--config", metavar="FILE", help="the configuration file for all files")
    one.add_argument("--isolated", action="store_true", help="use no configuration file")


def typed(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """For argparse, which takes the words of an `ArgumentTypeError` only."""

    def parsed(text: str) -> Any:
        try:
            return parse(text)
        except ValueError as error:
            raise ArgumentTypeError(str(error)) from None

    return parsed
