"""Findings over a corpus grouped by rule and words, so that a person decides about many at once; and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

DECISIONS = ("accept", "allow", "baseline")
"""It is right, and stays reported until it is mended; it is right as it stands; it is known, and to be mended later."""
MOST_EXAMPLES = 3


class Group(NamedTuple):
    """Findings of one rule that hold the same words, in the order in which they were found."""

    rule: str
    keys: tuple[str, ...]
    findings: Sequence[Mapping[str, Any]]

    @property
    def text(self) -> str:
        """The first one's."""
        return str(self.findings[0]["text"])

    @property
    def examples(self) -> list[str]:
        """Where some of them stand, each in another file if there are others."""
        by_file = {finding["path"]: f"{finding['path']}:{finding['line']}" for finding in reversed(self.findings)}
        return [by_file[path] for path in sorted(by_file)][:MOST_EXAMPLES]

    def to_dict(self) -> dict[str, Any]:
        """For scripts; with a `decision` added, and a `reason` where it is `allow`, it can be given back."""
        return {
            "rule": self.rule,
            "keys": list(self.keys),
            "count": len(self.findings),
            "files": len({finding["path"] for finding in self.findings}),
            "text": self.text,
            "fix": self.findings[0]["fix"],
            "examples": self.examples,
        }


class Decision(NamedTuple):
    """What a person says of a group."""

    word: str
    reason: str = ""


def grouped(findings: Iterable[Mapping[str, Any]]) -> list[Group]:
    """The most frequent first."""
    found: dict[tuple[str, tuple[str, ...]], list[Mapping[str, Any]]] = {}
    for finding in findings:
        found.setdefault((finding["rule"], tuple(finding["keys"])), []).append(finding)
    groups = [Group(rule, keys, some) for (rule, keys), some in found.items()]
    return sorted(groups, key=lambda group: (-len(group.findings), group.rule, group.text, group.keys))


def decisions(groups: Sequence[Group], given: Any) -> dict[int, Decision]:
    """By the number of its group what was decided, of what `Group.to_dict` gave with decisions added.

    A group that is there no more is passed over. Raises `ValueError` that says what is wrong.
    """
    numbers = {(group.rule, group.keys): number for number, group in enumerate(groups)}
    if not isinstance(given, list):
        raise ValueError("is no list of groups; give what --format json printed, with decisions added")
    found = {}
    for place, one in enumerate(given, 1):
        if not isinstance(one, dict) or not isinstance(one.get("rule"), str) or not isinstance(one.get("keys"), list):
            raise ValueError(f"group {place} has no rule and keys; give what --format json printed, with decisions added")
        word, reason = one.get("decision", ""), one.get("reason", "")
        if word and word not in DECISIONS:
            raise ValueError(f"group {place}: the decision is {word!r}; expected {', '.join(DECISIONS)}")
        if word == "allow" and (not isinstance(reason, str) or not reason.strip()):
            raise ValueError(f"group {place}: it is allowed without a reason; add one")
        number = numbers.get((one["rule"], tuple(map(str, one["keys"]))))
        if word and number is not None:
            found[number] = Decision(word, reason)
    return found
