"""`lintnews baseline`: write down what is found now, so that only what is new is reported; bring it up to date; show it."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Mapping

from lintnews.cli.launch import configuration, fail, say, show
from lintnews.cli.noting import Noted, noted
from lintnews.cli.options import add_configuration, add_manner, add_reading, add_settings
from lintnews.files.replacing import write
from lintnews.messages import number
from lintnews.running.holding import read_baseline
from lintnews.running.idle import is_gone
from lintnews.running.request import Request
from lintnews.settings.files import Configuration
from lintnews.settings.linters import all_rules
from lintnews.silencing.baseline import Baseline, Entry, written
from lintnews.silencing.updating import Updated, entries, pruned, updated

MANY = 20_000
"""Entries from which a baseline is no help any more."""
_DEEDS = {
    "create": "write down what is found now, so that from now on only what is new is reported",
    "update": "take up what is new, and drop what is gone; reasons are kept",
    "show": "list what is known, by file",
}


def arguments(command: ArgumentParser) -> None:
    """The options of `baseline`."""
    deeds = command.add_subparsers(dest="deed", metavar="|".join(_DEEDS), required=True)
    for deed, line in _DEEDS.items():
        one = deeds.add_parser(deed, help=line, description=f"{line[0].upper()}{line[1:]}.")
        one.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files and folders (default: .)")
        if deed == "create":
            one.add_argument("--force", action="store_true", help="replace a baseline that is there already")
        elif deed == "update":
            one.add_argument("--prune", action="store_true", help="only drop what is gone, and add nothing")
        else:
            one.add_argument("--unused", action="store_true", help="only those that find nothing any more")
        add_settings(one, "baseline", "withhold-text")
        add_manner(one)
        add_reading(one)
        add_configuration(one)


def run(options: Namespace) -> int:
    """Create, update or show the baselines of the paths; each configuration has one of its own."""
    places = configuration(options)
    if options.deed == "show" and not options.unused:
        return _show(options, places)
    if options.deed == "create" and not options.force:
        for path in options.paths:
            if os.path.lexists(place := places.baseline_for(_folder(path))):
                return fail(f"{place}: is there already; bring it up to date with lintnews baseline update, or use --force")
    found = noted(options, known=True)
    if found.failed and not found.files:
        return found.failed
    now = _by_baseline(found, places)
    for path in sorted(now):
        if options.deed == "create":
            _write(path, now[path])
        elif problem := _bring(path, now[path], found, options):
            return fail(problem)
    if not now:
        say("nothing was read, so there is nothing to write")
    return found.failed


def _folder(path: str) -> str:
    return path if os.path.isdir(path) else os.path.dirname(path)


def _by_baseline(found: Noted, places: Configuration) -> dict[str, list[Entry]]:
    """The entries of each baseline; one without any is there too."""
    texts: dict[str, list[Mapping[str, object]]] = {}
    by_file: dict[str, str] = {}
    for file in found.files:
        by_file[file] = places.baseline_for(os.path.dirname(file))
        texts.setdefault(by_file[file], [])
    for finding in found.findings:
        if places.settings_for(os.path.dirname(finding["path"])).withhold_text:
            finding = {**finding, "text": ""}
        texts[by_file[finding["path"]]].append(finding)
    return {path: entries(findings, Baseline(path, {}).name) for path, findings in texts.items()}


def _bring(path: str, now: list[Entry], found: Noted, options: Namespace) -> str | None:
    """Bring one baseline up to date, or show what is idle in it; what is wrong where there is none."""
    if not os.path.lexists(path):
        return f"{path}: there is none; write it with lintnews baseline create"
    old = read_baseline(path)
    request = Request(found.paths)
    files = {old.name(file) for file in found.files}
    gone = {name for name in old.entries if name not in files and is_gone(request, old.place(name))}
    mine = [entry for name, some in old.entries.items() if name in files or name in gone for entry in some]
    renamed = {past: rule.id for rule in all_rules() for past in rule.was}
    others = [entry for name, some in old.entries.items() if name not in files and name not in gone for entry in some]
    if options.deed == "show":
        kept = set(pruned(mine, now, renamed).entries)
        _list(entry for entry in mine if entry not in kept)
        return None
    result = pruned(mine, now, renamed) if options.prune else updated(mine, now, gone, renamed)
    _write(path, [*others, *result.entries], result)
    return None


def _write(path: str, found: list[Entry], result: Updated | None = None) -> None:
    write(path, written(found).encode("utf-8", "surrogatepass"))
    findings, files = sum(entry.times for entry in found), len({entry.path for entry in found})
    done = ("kept", "moved", "edited", "added", "removed")
    counts = ", ".join(f"{result.counts[deed]:,} {deed}" for deed in done if result.counts.get(deed)) if result else ""
    show(
        f"{os.path.relpath(path)}: {number(findings, 'finding')} in {number(files, 'file')}" + (f" ({counts})" if counts else "")
    )
    if len(found) > MANY:
        say(f"note: with {len(found):,} entries this is more than people work off; lintnews clean writes clean copies instead")


def _show(options: Namespace, places: Configuration) -> int:
    for path in dict.fromkeys(places.baseline_for(_folder(path)) for path in options.paths):
        if not os.path.lexists(path):
            return fail(f"{path}: there is none; write it with lintnews baseline create")
        baseline = read_baseline(path)
        wanted = [os.path.abspath(given) for given in options.paths]
        _list(e for some in baseline.entries.values() for e in some if _is_below(baseline.place(e.path), wanted))
    return 0


def _is_below(place: str, wanted: Iterable[str]) -> bool:
    return any(f"{place}{os.sep}".startswith(os.path.join(path, "")) for path in wanted)


def _list(found: Iterator[Entry]) -> None:
    count = files = 0
    last = ""
    for entry in found:
        if entry.path != last:
            last, files = entry.path, files + 1
            show(last)
        count += entry.times
        times = f"{entry.times} × " if entry.times > 1 else ""
        reason = f"  ({entry.reason})" if entry.reason else ""
        show(f"  {entry.rule}  {times}{entry.text}{reason}")
    show(f"{number(count, 'finding')} in {number(files, 'file')}")
