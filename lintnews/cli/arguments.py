"""What may be written on the command line."""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, ArgumentTypeError, HelpFormatter, _SubParsersAction
from typing import Any

LEVELS = ("error", "warning", "info", "never")
MIN_ARTICLES, MIN_SHARE = 5, 0.05
"""As in `learning`, which is not loaded to print the help."""


def parser() -> ArgumentParser:
    """The parser for all commands; what it parses has `command` and that command's options."""
    top = ArgumentParser(
        prog="lintnews", description="Find and clean what in a news text is not the article.", formatter_class=_formatter
    )
    top.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True, prog="lintnews")
    _add_check(commands)
    _add_clean(commands)
    _add_learn(commands)
    _add_restore(commands)
    _add_shows(commands)
    return top


def _formatter(prog: str) -> HelpFormatter:
    """Help in the terminal's width; argparse itself would import `shutil`, and with it four compressors, to ask for that."""
    try:
        width = os.get_terminal_size().columns
    except OSError:
        width = 100
    return HelpFormatter(prog, width=min(width, 120) - 2)


class _Version(Action):
    """Prints the version; the package's own number, without a look at the installed metadata."""

    def __call__(self, parser: ArgumentParser, *_arguments: object) -> None:
        from lintnews import __version__

        print(f"lintnews {__version__}")
        parser.exit()


def _add_check(commands: _SubParsersAction[ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        formatter_class=_formatter,
        help="say what is wrong with articles",
        description="Say what is wrong with articles.",
    )
    check.add_argument(
        "paths", nargs="*", default=["."], metavar="PATH", help="files and folders; - is standard input (default: .)"
    )
    fixing = check.add_argument_group("fixing")
    fixing.add_argument("--fix", action="store_true", help="apply safe fixes in place; what is reported is what is left")
    fixing.add_argument("--diff", action="store_true", help="print what fixes would change, and write nothing")
    _add_selection(check, fixing)
    output = check.add_argument_group("output")
    output.add_argument(
        "--output-format",
        default="full",
        metavar="FORMAT",
        help="full, concise, json, jsonl, or a plugin's (default: full)",
    )
    output.add_argument("-o", "--output-file", metavar="FILE", help="write the report to a file")
    output.add_argument("--statistics", action="store_true", help="count by rule instead of listing")
    output.add_argument("--timings", action="store_true", help="say on standard error how long each rule took")
    code = check.add_argument_group("exit code")
    code.add_argument("--fail-on", choices=LEVELS, help="the mildest level that gives exit code 1 (default: info)")
    code.add_argument("--exit-zero", action="store_true", help="exit with 0 although something was found")
    code.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit with 1 when something was fixed")


def _add_clean(commands: _SubParsersAction[ArgumentParser]) -> None:
    clean = commands.add_parser(
        "clean",
        formatter_class=_formatter,
        help="write cleaned articles, and a ledger of every edit",
        description="Write cleaned articles to a folder that mirrors the input, and a ledger of every edit. "
        "Exits with 0 when everything was written.",
    )
    clean.add_argument(
        "paths", nargs="+", metavar="PATH", help="files and folders; - is standard input, cleaned to standard output"
    )
    where = clean.add_argument_group("output")
    where.add_argument("-o", "--output", metavar="DIR", help="the folder to write to")
    where.add_argument("--in-place", action="store_true", help="replace the files themselves")
    where.add_argument(
        "--ledger",
        metavar="FILE",
        help="where the ledger goes (default: lintnews-ledger.jsonl in DIR, or here with --in-place)",
    )
    where.add_argument("--no-ledger", action="store_true", help="write no ledger; the originals can then not be restored")
    where.add_argument(
        "--format",
        choices=("txt", "jsonl"),
        help="write every article to its own .txt, or plain articles to one articles.jsonl",
    )
    where.add_argument("--timings", action="store_true", help="say on standard error how long each rule took")
    _add_selection(clean, where)


def _add_learn(commands: _SubParsersAction[ArgumentParser]) -> None:
    learn = commands.add_parser(
        "learn",
        formatter_class=_formatter,
        help="find lines that stand in many articles of a site, and write a rule that knows them",
        description="Find lines that stand in many articles of one source and are no part of them, and write a rule file that "
        "knows them. A source is a folder with all below it, or what --site-field names.",
    )
    learn.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - is standard input")
    where = learn.add_argument_group("output")
    where.add_argument("-o", "--output", metavar="FILE", help="the rule file to write (default: standard output)")
    where.add_argument("--force", action="store_true", help="replace the file if it is there")
    what = learn.add_argument_group("what is site-wide")
    what.add_argument(
        "--min-articles",
        type=_count,
        default=MIN_ARTICLES,
        metavar="N",
        help=f"articles of a source that hold the line, at least (default: {MIN_ARTICLES})",
    )
    what.add_argument(
        "--min-share",
        type=_share,
        default=MIN_SHARE,
        metavar="SHARE",
        help=f"share of the source's articles that hold the line, at least, from 0 to 1 (default: {MIN_SHARE})",
    )
    _add_reading(learn)
    _add_configuration(learn)


def _add_restore(commands: _SubParsersAction[ArgumentParser]) -> None:
    restore = commands.add_parser(
        "restore",
        formatter_class=_formatter,
        help="rebuild originals from cleaned files and their ledger",
        description="Rebuild the originals, byte for byte, from what clean wrote.",
    )
    restore.add_argument("cleaned", metavar="PATH", help="the folder that clean wrote, or one file")
    restore.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="the folder to write to; a single file goes to standard output without it",
    )
    restore.add_argument("--in-place", action="store_true", help="replace the cleaned files themselves")
    restore.add_argument("--ledger", metavar="FILE", help="the ledger (default: lintnews-ledger.jsonl in the folder, or here)")


def _add_shows(commands: _SubParsersAction[ArgumentParser]) -> None:
    rules = commands.add_parser(
        "rules",
        formatter_class=_formatter,
        help="list the rules, or test rule files",
        description="List the rules, or test rule files.",
    )
    rules.add_argument("--output-format", choices=("text", "json"), default="text")
    _add_configuration(rules)
    deeds = rules.add_subparsers(dest="deed", metavar="test")
    test = deeds.add_parser(
        "test", formatter_class=_formatter, help="run the examples of rule files", description="Run the examples of rule files."
    )
    test.add_argument("paths", nargs="+", metavar="PATH", help="rule files, or folders of them")
    explain = commands.add_parser(
        "explain",
        formatter_class=_formatter,
        help="say what a rule finds, and why",
        description="Say what a rule finds, and why.",
    )
    explain.add_argument("rule", metavar="RULE")
    _add_configuration(explain)
    config = commands.add_parser(
        "config", formatter_class=_formatter, help="show the settings for a file", description="Show the settings for a file."
    )
    show = config.add_subparsers(dest="deed", metavar="show", required=True).add_parser(
        "show",
        formatter_class=_formatter,
        help="the settings for a file, and where each comes from",
        description="The settings for a file, and where each comes from.",
    )
    show.add_argument("path", nargs="?", default=".", metavar="FILE")
    _add_configuration(show)
    doctor = commands.add_parser(
        "doctor",
        formatter_class=_formatter,
        help="say what is installed and whether it works",
        description="Say what is installed and whether it works.",
    )
    _add_configuration(doctor)


def _add_selection(command: ArgumentParser, fixing: Any) -> None:
    fixing.add_argument("--unsafe-fixes", action="store_true", default=None, help="apply unsafe fixes too")
    rules = command.add_argument_group("rules")
    rules.add_argument(
        "--select",
        type=_names,
        action="extend",
        metavar="RULE",
        help="rules or families to use, ALL for all; comma-separated",
    )
    rules.add_argument("--extend-select", type=_names, action="extend", metavar="RULE", help="rules to use besides")
    rules.add_argument("--ignore", type=_names, action="extend", metavar="RULE", help="rules or families to leave out")
    rules.add_argument(
        "--rule-path", action="append", metavar="PATH", help="a rule file or a folder of them, besides those installed"
    )
    rules.add_argument(
        "--min-confidence", type=_share, metavar="SHARE", help="leave out what is less sure, from 0 to 1 (default: 0.5)"
    )
    rules.add_argument(
        "--spun-model", metavar="MODEL", help="a language model that judges spun text too: a .gguf file, or a package with one"
    )
    _add_reading(command)
    _add_configuration(command)


def _add_reading(command: ArgumentParser) -> None:
    reading = command.add_argument_group("reading")
    reading.add_argument("--text-field", metavar="FIELD", help="where a JSONL row has its text, dotted (default: text)")
    reading.add_argument("--site-field", metavar="FIELD", help="where a JSONL row has its site or address, for site-wide lines")
    reading.add_argument("--stdin-filename", metavar="FILE", help="the name of standard input, for its format and settings")
    reading.add_argument(
        "--exclude",
        type=_names,
        action="extend",
        metavar="GLOB",
        help="files and folders to leave out, as in .gitignore",
    )
    reading.add_argument("--force-exclude", action="store_true", help="leave out what is excluded although it is named")
    reading.add_argument("--jobs", "-j", type=_count, metavar="N", help="processes (default: all cores)")


def _add_configuration(command: ArgumentParser) -> None:
    settings = command.add_argument_group("settings")
    one = settings.add_mutually_exclusive_group()
    one.add_argument("--config", metavar="FILE", help="the configuration file for all files")
    one.add_argument("--isolated", action="store_true", help="use no configuration file")


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)
