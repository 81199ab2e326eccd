"""Which rules are asked for: ids, families and ALL, in `select` and `ignore`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from lintnews.messages import nearest
from lintnews.rulebook.rule import Rule

ALL = "ALL"


class Choice(NamedTuple):
    """Answers which of the known rules are asked for, and which name was wrong."""

    known: Sequence[Rule]

    def rules(self, select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
        """The rules that `select` names (with none: those on by default) less those that `ignore` names.

        A family selects its rules that are on by default, or all where none is, less those that are selected alone; an id
        selects that rule whatever its default, and outweighs a family. `ALL` leaves out what needs more than lintnews itself.
        """
        awake = {rule.family for rule in self.known if rule.default}
        return [rule for rule in self.known if _wanted(rule, select, awake) and not _ignored(rule, select, ignore)]

    def wrong(self, names: Iterable[str], *, families: bool = True) -> str | None:
        """What is wrong with the first name that is no rule's, and no family's where these may stand; None if all are right."""
        for name in names:
            if not any(_names(name, rule) if families else name in (rule.id, *rule.was) for rule in self.known):
                there = {rule.id for rule in self.known}
                there |= {ALL, *(rule.family for rule in self.known)} if families else set()
                return f"no rule{' or family' if families else ''} is called {name!r}{nearest(name, there)}"
        return None


def choose_rules(rules: Sequence[Rule], select: Sequence[str], ignore: Sequence[str]) -> list[Rule]:
    """The rules that are asked for, see `Choice`. Raises `ValueError` for a wrong name, with the nearest right one."""
    choice = Choice(rules)
    if wrong := choice.wrong((*select, *ignore)):
        raise ValueError(wrong)
    return choice.rules(select, ignore)


def _names(name: str, rule: Rule) -> bool:
    return name in (ALL, rule.id, *rule.was) or rule.id.startswith(name + "/")


def _wanted(rule: Rule, select: Sequence[str], awake: Container[str]) -> bool:
    if not select:
        return rule.default
    if any(name in select for name in (rule.id, *rule.was)):
        return True
    named = any(name != ALL and _names(name, rule) for name in select)
    meant = rule.default or rule.family not in awake
    return not rule.alone and ((named and meant) or (ALL in select and not rule.asks_a_checker))


def _ignored(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if rule.id in ignore:
        return True
    return rule.id not in select and any(_names(name, rule) for name in ignore)
