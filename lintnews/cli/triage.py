"""`lintnews triage`: what is found over many articles, the most frequent first, decided about in bulk."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from lintnews.cli.launch import configuration, fail, say, show
from lintnews.cli.noting import noted
from lintnews.cli.options import add_configuration, add_manner, add_reading, add_selection, add_settings, typed
from lintnews.files.replacing import write
from lintnews.messages import number, quoted
from lintnews.running.holding import read_baseline
from lintnews.settings.files import Configuration, closest
from lintnews.settings.typed import count
from lintnews.silencing.baseline import Baseline, Entry, written
from lintnews.silencing.grouping import Decision, Group, decisions, grouped
from lintnews.silencing.updating import entries
from lintnews.silencing.writing import allowances

MOST_SHOWN, MOST_CHARS = 50, 60
"""Groups that are listed unless more are asked for, and characters of the text of each."""


def arguments(command: ArgumentParser) -> None:
    """The options of `triage`."""
    command.description = (
        "List what is found by rule and words, the most frequent first. Each group can be accepted (it stays reported), allowed "
        "(it is right as it stands, and goes into the configuration) or put into the baseline."
    )
    command.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders (default: .)")
    how = command.add_mutually_exclusive_group()
    how.add_argument("-i", "--interactive", action="store_true", help="decide in the terminal")
    how.add_argument("--format", choices=("text", "json"), default="text", help="text, or json for scripts")
    how.add_argument("--apply", metavar="FILE", help="do what the decisions say that were added to what --format json printed")
    command.add_argument("--reason", default="", help="with --interactive, why things are allowed")
    command.add_argument(
        "--limit", type=typed(count), default=MOST_SHOWN, metavar="N", help=f"groups to list as text (default: {MOST_SHOWN})"
    )
    add_settings(command, "baseline")
    add_manner(command)
    add_selection(command)
    add_reading(command)
    add_configuration(command)


def run(options: Namespace) -> int:
    """List groups, or decide about them."""
    found = noted(options, known=False)
    groups = grouped(found.findings)
    if options.interactive:
        if not sys.stdout.isatty() or not sys.stdin.isatty():
            return fail("triage: --interactive needs a terminal; see --format json and --apply")
        try:
            from lintnews.cli.triage_screen import decide
        except ImportError:
            return fail("triage: --interactive needs a package: pip install 'lintnews[triage]'")
        return found.failed or _apply(options, groups, decide(groups, options.reason))
    if options.apply:
        try:
            given = decisions(groups, json.loads(Path(options.apply).read_text(encoding="utf-8")))
        except OSError as error:
            return fail(f"{options.apply}: can't be read: {error.strerror}; correct the path")
        except ValueError as error:
            return fail(f"{options.apply}: {error}")
        return found.failed or _apply(options, groups, given)
    if options.format == "json":
        print(json.dumps([group.to_dict() for group in groups], indent=1))
        return found.failed
    _list(groups, options.limit)
    return found.failed


def _list(groups: Sequence[Group], limit: int) -> None:
    width = max((len(group.rule) for group in groups[:limit]), default=0)
    for group in groups[:limit]:
        where = ", ".join(group.examples)
        show(f"{len(group.findings):>7,}  {group.rule:<{width}}  {quoted(group.text, MOST_CHARS)}  ({where})")
    if len(groups) > limit:
        show(f"and {len(groups) - limit:,} more groups, with --limit")
    show(f"{number(sum(len(group.findings) for group in groups), 'finding')} in {number(len(groups), 'group')}")


def _apply(options: Namespace, groups: Sequence[Group], given: Mapping[int, Decision]) -> int:
    """Write what was decided."""
    chosen = {word: [n for n in sorted(given) if given[n].word == word] for word in ("accept", "allow", "baseline")}
    places = configuration(options)
    if chosen["allow"] and (problem := _allow(options, [(groups[n], given[n].reason) for n in chosen["allow"]])):
        return fail(problem)
    if chosen["baseline"]:
        _take_up([finding for n in chosen["baseline"] for finding in groups[n].findings], places)
    told = {"accept": "accepted", "allow": "allowed", "baseline": "put into the baseline"}
    counts = [f"{sum(len(groups[n].findings) for n in chosen[word]):,} {told[word]}" for word in told if chosen[word]]
    show(f"{', '.join(counts) or 'nothing decided'}.")
    return 0


def _allow(options: Namespace, allowed: Sequence[tuple[Group, str]]) -> str | None:
    """Add allowances to the configuration of the working folder; what is wrong where that can't be."""
    import rtoml

    path = options.config or closest(os.getcwd()) or "lintnews.toml"
    table = "tool.lintnews.allow" if os.path.basename(path) == "pyproject.toml" else "allow"
    before = Path(path).read_text(encoding="utf-8") if os.path.exists(path) else ""
    new = (before.rstrip("\n") + "\n\n").lstrip("\n") + "".join(
        allowances(group.findings[:1], reason, table) for group, reason in allowed
    )
    try:
        rtoml.loads(new)
    except rtoml.TomlParsingError:
        return f"{path}: allow stands there as a list in brackets; write it as [[{table}]] tables, and apply again"
    write(path, (new.rstrip("\n") + "\n").encode())
    say(f"{os.path.relpath(path)}: {number(len(allowed), 'allowance')} added")
    return None


def _take_up(findings: Sequence[Mapping[str, object]], places: Configuration) -> None:
    """Add findings to the baselines of their files."""
    by_baseline: dict[str, list[Mapping[str, object]]] = {}
    for finding in findings:
        folder = os.path.dirname(str(finding["path"]))
        bare = {**finding, "text": ""} if places.settings_for(folder).withhold_text else finding
        by_baseline.setdefault(places.baseline_for(folder), []).append(bare)
    for path, mine in by_baseline.items():
        old = read_baseline(path) if os.path.lexists(path) else Baseline(path, {})
        merged: dict[tuple[object, ...], Entry] = {e[:3]: e for some in old.entries.values() for e in some}
        for entry in entries(mine, old.name):
            there = merged.get(entry[:3])
            merged[entry[:3]] = there._replace(times=there.times + entry.times) if there else entry
        write(path, written(merged.values()).encode("utf-8", "surrogatepass"))
