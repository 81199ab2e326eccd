"""Shipped rules as a pack holds them, and back: all that was read and checked; detectors are made when they are asked to look."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from lintnews.data import RULES
from lintnews.data.pack import packed
from lintnews.detectors.detector import Needs
from lintnews.rulebook.options import Postponed
from lintnews.rulebook.rule import Bad, Rule

if TYPE_CHECKING:
    from lintnews.detectors.detector import Detector

Row = dict[str, Any]
"""A rule's fields, but for what its detectors need in their place, and its path below the folder of shipped rules."""


def rows(rules: Iterable[Rule]) -> list[Row]:
    """Shipped rules, for a pack."""
    return [_row(rule) for rule in rules]


def unpacked(detectors: Mapping[str, type[Detector]], leave_out: Container[str] = frozenset()) -> list[Rule] | None:
    """The shipped rules less those of the families to leave out; None where no pack holds. `detectors` are all by name."""
    found: list[Row] | None = packed("rules")
    if found is None:
        return None
    return [_rule(row, detectors) for row in found if row["id"].partition("/")[0] not in leave_out]


def _row(rule: Rule) -> Row:
    return {field.name: getattr(rule, field.name) for field in fields(rule)} | {
        "detectors": [tuple(detector.needs()) for detector in rule.detectors],
        "bad": [tuple(example) for example in rule.bad],
        "path": os.path.relpath(rule.path, RULES),
    }


def _rule(row: Row, detectors: Mapping[str, type[Detector]]) -> Rule:
    kind, needs = row["detect"], map(Needs._make, row["detectors"])
    return Rule(
        **row
        | {
            "detectors": tuple(Postponed(detectors, kind, *one) for one in zip(row["options"], needs, strict=True)),
            "bad": tuple(map(Bad._make, row["bad"])),
            "path": os.path.join(RULES, row["path"]),
        }
    )
