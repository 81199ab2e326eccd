"""Which rules are asked for: ids, families and ALL, in `select` and `ignore`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lintnews.messages import nearest
from lintnews.rulebook.rule import Rule

ALL = "ALL"


def choose_rules(rules: Sequence[Rule], select: Iterable[str], ignore: Iterable[str]) -> list[Rule]:
    """The rules that `select` names (with none: those on by default) less those that `ignore` names.

    A family selects its rules that are on by default; an id selects that rule whatever its default, and outweighs a family.
    Raises `ValueError` for a name that is neither, with the nearest right one.
    """
    selected, ignored = tuple(select), tuple(ignore)
    for name in (*selected, *ignored):
        if not any(_names(name, rule) for rule in rules):
            known = {ALL, *(r.id for r in rules), *(r.family for r in rules)}
            raise ValueError(f"no rule or family is called {name!r}{nearest(name, known)}")
    return [rule for rule in rules if _wanted(rule, selected) and not _ignored(rule, selected, ignored)]


def _names(name: str, rule: Rule) -> bool:
    return name in (ALL, rule.id) or rule.id.startswith(name + "/")


def _wanted(rule: Rule, select: Sequence[str]) -> bool:
    if not select:
        return rule.default
    return ALL in select or rule.id in select or (rule.default and any(_names(name, rule) for name in select))


def _ignored(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if rule.id in ignore:
        return True
    return rule.id not in select and any(_names(name, rule) for name in ignore)
