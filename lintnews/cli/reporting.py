"""`--output-format` and `--report FORMAT=PATH`: the report that is printed, and those that are written besides."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lintnews.cli.options import Options, add_settings, typed
from lintnews.plugins.registry import registry
from lintnews.reports.report import made
from lintnews.reports.terminal import Terminal
from lintnews.settings.settings import COMMAND_LINE, ConfigError

if TYPE_CHECKING:
    from lintnews.reports.report import Report
    from lintnews.reports.sheets import Sheet


class Place(NamedTuple):
    """A report and where it goes."""

    name: str
    path: str


def add_reports(group: Options) -> None:
    """Which reports, and where they go."""
    add_settings(group, "output-format")
    group.add_argument("-o", "--output-file", metavar="FILE", help="write the report to a file")
    group.add_argument(
        "--report",
        action="append",
        default=[],
        type=typed(_place),
        metavar="FORMAT=PATH",
        help="write a report besides the one that is printed: any of these, or html=DIR for pages to look at; may be repeated",
    )


def check_reports(options: Namespace, origin: str) -> bool:
    """Whether a report wants to know all of an article, its verdict and its cleaned text. Raises `ConfigError`.

    `origin` is where the report that is printed was named.
    """
    printed = "--output-format" if origin == COMMAND_LINE else f"{origin}: output-format"
    for option, name in ((printed, options.output_format), *(("--report", place.name) for place in options.report)):
        if name not in registry().reports:
            from lintnews.messages import nearest

            there = nearest(name, registry().reports) or f"; there are {', '.join(sorted(registry().reports))}"
            raise ConfigError(f"{option}: no report is called {name!r}{there}")
    if hasattr(_report(options.output_format), "sheet"):
        name = options.output_format
        raise ConfigError(f"--output-format: {name} is no text to print; write it besides, with --report {name}=DIR")
    if not options.report:
        return False
    if options.diff or options.statistics:
        raise ConfigError(f"check: {'--diff' if options.diff else '--statistics'} is all that is told; leave out --report")
    paths = [options.output_file, *(place.path for place in options.report)]
    if twice := next((path for path in paths if path and paths.count(path) > 1), None):
        raise ConfigError(f"{twice}: two reports go there; name another place for one")
    whole = [place.name for place in options.report if getattr(_report(place.name), "whole", False)]
    if whole and options.fix:
        raise ConfigError(f"check: --report {whole[0]} shows what --fix would do; leave out --fix, and run it afterwards")
    return bool(whole)


def opened(places: Sequence[Place]) -> list[Sheet]:
    """What takes the reports that are written besides. Raises `OSError`."""
    sheets: list[Sheet] = []
    try:
        for place in places:
            from lintnews.reports.sheets import FileSheet

            report = _report(place.name)
            make: Callable[[str], Sheet] | None = getattr(report, "sheet", None)
            sheets.append(make(place.path) if make else FileSheet(place.name, report, place.path))
    except BaseException:
        for sheet in sheets:
            sheet.discard()
        raise
    return sheets


def _report(name: str) -> Report:
    with made(name):
        report: Report = registry().reports[name](Terminal())
    return report


def _place(text: str) -> Place:
    """FORMAT=PATH. Raises `ValueError`."""
    name, _, path = text.partition("=")
    if not name or not path:
        raise ValueError(f"{text!r} is not FORMAT=PATH, such as sarif=lintnews.sarif")
    return Place(name, path)
