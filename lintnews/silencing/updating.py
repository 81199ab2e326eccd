"""A baseline brought up to date: what is found now, with the reasons that people gave to what was there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from lintnews.silencing.baseline import Entry, lines, unused
from lintnews.silencing.keys import family

LONGEST_TEXT_CHARS = 60
"""Code points of a finding's text that an entry has, for people."""


class Updated(NamedTuple):
    """The new entries, and how many findings were added, kept, moved, edited and removed."""

    entries: list[Entry]
    counts: Mapping[str, int]


def entries(noted: Iterable[Mapping[str, Any]], name: Callable[[str], str]) -> list[Entry]:
    """Entries for findings as `reports.noted` gives them; `name` is what the baseline calls a file."""
    found: dict[tuple[str, str, tuple[str, ...]], Entry] = {}
    for finding in noted:
        key = name(finding["path"]), finding["rule"], tuple(finding["keys"])
        entry = found.get(key) or Entry(*key, times=0, text=finding["text"][:LONGEST_TEXT_CHARS])
        found[key] = entry._replace(times=entry.times + 1, near=tuple(sorted({*entry.near, finding["near"]})))
    return sorted(found.values())


def updated(old: Iterable[Entry], now: Iterable[Entry], gone: Collection[str], renamed: Mapping[str, str]) -> Updated:
    """The entries for files that were all read again, or are gone, with what people said of the old ones.

    An entry is kept where family and text are the same, moved where its file is gone and another has it, edited where another
    text stands between the same words.
    """
    now = list(now)
    known = {_identity(entry, renamed): entry for entry in old}
    same = {_identity(entry, {}) for entry in now}
    left = [entry for key, entry in known.items() if key not in same]
    counts: Counter[str] = Counter()
    result = []
    for new in now:
        before, deed = known.get(_identity(new, {})), "kept"
        if before is None:
            before, deed = _predecessor(new, left, gone, renamed)
            left = [entry for entry in left if entry is not before]
        counts[deed] += new.times
        result.append(new._replace(reason=before.reason) if before else new)
    counts["removed"] = _findings(left)
    return Updated(result, counts)


def pruned(old: Iterable[Entry], now: Iterable[Entry], renamed: Mapping[str, str]) -> Updated:
    """The entries that are still of use; nothing is added, and no count grows."""
    present: dict[str, list[Entry]] = {}
    for entry in now:
        present.setdefault(entry.path, []).append(entry)
    by_path: dict[str, list[Entry]] = {}
    for entry in old:
        by_path.setdefault(entry.path, []).append(entry)
    result = []
    for path, entries in by_path.items():
        used = lines(entries, renamed) & lines(present.get(path, ()), {})
        idle = unused(entries, used, renamed)
        result += [entry for entry in entries if entry not in idle]
    kept = _findings(result)
    return Updated(result, Counter(kept=kept, removed=sum(map(_findings, by_path.values())) - kept))


def _findings(entries: Iterable[Entry]) -> int:
    return sum(entry.times for entry in entries)


def _identity(entry: Entry, renamed: Mapping[str, str]) -> tuple[str, str, tuple[str, ...]]:
    return entry.path, family(entry.rule, renamed), entry.keys


def _predecessor(
    new: Entry, left: Iterable[Entry], gone: Collection[str], renamed: Mapping[str, str]
) -> tuple[Entry | None, str]:
    """The entry that a new one stands for, and what was done to it."""
    mine = family(new.rule, {})
    for entry in left:
        if family(entry.rule, renamed) == mine:
            if entry.keys == new.keys and entry.path in gone:
                return entry, "moved"
            if entry.path == new.path and set(entry.near) & set(new.near):
                return entry, "edited"
    return None, "added"
