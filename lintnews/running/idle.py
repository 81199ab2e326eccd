"""What of the baseline and of allowances was of no use in a run; told at its end, of the files that were read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lintnews.messages import number
from lintnews.running.holding import read_baseline
from lintnews.silencing.baseline import Baseline, Entry, Lines, unused
from lintnews.silencing.keys import names_rule

if TYPE_CHECKING:
    from lintnews.rulebook.rule import Rule
    from lintnews.running.request import Held, Request, RuleChoice
    from lintnews.running.worker import Worker

MOST_NAMED = 3
"""Files or rules that a line names."""


def idle(request: Request, worker: Worker, choices: Iterable[RuleChoice], held: Sequence[Held]) -> Iterator[str]:
    """A line for each baseline or allowance that has something idle. Nothing is judged in a run that does not look at all."""
    wide = {choice.number: choice for choice in choices if not choice.settings.is_narrowed}
    if request.changed is not None:
        return
    for path in sorted({choice.settings.baseline for choice in wide.values() if choice.settings.baseline}):
        mine = [one for one in held if one.choice in wide and wide[one.choice].settings.baseline == path]
        yield from _entries(request, read_baseline(path), [(one, worker.linter(wide[one.choice])[1].values()) for one in mine])
    if request.silences:
        yield from _allowances(request, worker, wide.values(), held)


def _entries(request: Request, baseline: Baseline, held: Sequence[tuple[Held, Iterable[Rule]]]) -> Iterator[str]:
    used: dict[str, Lines] = {}
    rules: dict[str, Rule] = {}
    ran: dict[str, set[str]] = {}
    for one, its_rules in held:
        name = baseline.name(one.name)
        if name not in baseline.entries:
            continue
        used.setdefault(name, Counter()).update(one.used)
        rules.update((rule.id, rule) for rule in its_rules)
        ran[name] = {rule.id for rule in its_rules}
    renamed = {old: rule.id for rule in rules.values() for old in rule.was}
    found: list[Entry] = []
    for name, lines in used.items():
        found += [e for e in unused(baseline.entries[name], lines, renamed) if renamed.get(e.rule, e.rule) in ran[name]]
    found += [entry for name, entries in baseline.entries.items() if is_gone(request, baseline.place(name)) for entry in entries]
    if found:
        where = _named(entry.path for entry in found)
        remedy = "lintnews baseline update --prune takes them out"
        count = sum(entry.times for entry in found)
        yield f"{os.path.relpath(baseline.path)}: {number(count, 'known finding')} not found any more ({where}); {remedy}"
    if strange := _without_rule(baseline, used, rules, renamed):
        gone = _named(entry.rule for entry in strange)
        remedy = "lintnews baseline update takes them out"
        count = sum(entry.times for entry in strange)
        yield f"{os.path.relpath(baseline.path)}: {number(count, 'known finding')} of rules that are no more ({gone}); {remedy}"


def _without_rule(baseline: Baseline, used: Iterable[str], rules: Iterable[str], renamed: Iterable[str]) -> list[Entry]:
    """The entries of files that were read whose rule is none any more."""
    mine = {entry for name in used for entry in baseline.entries[name]}
    if all(entry.rule in rules or entry.rule in renamed for entry in mine):
        return []
    from lintnews.settings.linters import all_rules

    there = {name for rule in all_rules() for name in (rule.id, *rule.was)} | {*rules, *renamed}
    return sorted(entry for entry in mine if entry.rule not in there)


def _allowances(request: Request, worker: Worker, choices: Iterable[RuleChoice], held: Sequence[Held]) -> Iterator[str]:
    allowed = {origin for one in held for origin in one.allowed}
    numbers = {choice.number for choice in choices}
    idle = {origin for one in held if one.choice in numbers for origin in one.beside if origin not in allowed}
    for choice in choices:
        ran = worker.linter(choice)[1]
        for allow in choice.settings.allow:
            is_judged = all(any(names_rule(name, rule) for rule in ran) for name in allow.rules)
            if allow.origin not in allowed and is_judged and _is_walked(request, os.path.dirname(allow.file)):
                idle.add(allow.origin)
    for origin in sorted(idle):
        file, _, place = origin.rpartition(": ")
        yield f"{os.path.relpath(file)}: {place}: nothing is found that it allows; remove it"


def is_gone(request: Request, place: str) -> bool:
    """Whether a file is there no more, although the folder that it was in was looked at."""
    return not os.path.lexists(place) and _is_walked(request, place)


def _is_walked(request: Request, place: str) -> bool:
    walked = (os.path.abspath(path) for path in request.paths if os.path.isdir(path))
    return any(f"{place}{os.sep}".startswith(os.path.join(path, "")) for path in walked)


def _named(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
