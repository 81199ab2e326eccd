"""The baseline: findings that were there when it was made, a line of JSON each, and which of an article's are among them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from lintnews.silencing.keys import family, keys

if TYPE_CHECKING:
    from lintnews.diagnostic import Diagnostic

VERSION = 1
"""Of the format; it stands on the first line."""
_HEAD = {"baseline": VERSION}


class SilencingError(Exception):
    """A baseline or another file that silences findings can't be used; says which, where, and what to do."""


class Entry(NamedTuple):
    """Findings of one rule that have the same text: `times` in the file `path`, which is below the baseline's folder.

    `keys` are those of its lines. `text` is for people, and `reason` theirs. `near` says where it stood, for `update` alone.
    """

    path: str
    rule: str
    keys: tuple[str, ...]
    times: int = 1
    near: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""


Lines = Counter[tuple[str, str]]
"""How many lines of a family and key there are."""


class Pool:
    """The lines of one file's entries: those `left` that no finding has used up, and those `used`."""

    def __init__(self, left: Lines) -> None:
        self.left = left
        self.used: Lines = Counter()

    def take(self, taken: Lines) -> None:
        """Use these lines up."""
        for line, count in taken.items():
            self.left[line] -= count
            self.used[line] += count


class Draw:
    """Lines taken out of a pool, which stays as it is until it is told to take them."""

    def __init__(self, pool: Pool) -> None:
        self._left = pool.left
        self.taken: Lines = Counter()

    def takes(self, diagnostic: Diagnostic) -> bool:
        """Whether all lines of a finding are left; they are then taken."""
        mine = family(diagnostic.rule, {})
        needed = Counter((mine, key) for key in keys(diagnostic.text))
        if any(self._left[line] - self.taken[line] < count for line, count in needed.items()):
            return False
        self.taken.update(needed)
        return True


class Baseline(NamedTuple):
    """A baseline's entries by path; its own path is absolute."""

    path: str
    entries: Mapping[str, tuple[Entry, ...]]

    def name(self, path: str) -> str:
        """What the baseline calls a file."""
        return os.path.relpath(os.path.abspath(path), os.path.dirname(self.path)).replace(os.sep, "/")

    def place(self, name: str) -> str:
        """Where a file lies that the baseline calls so."""
        return os.path.normpath(os.path.join(os.path.dirname(self.path), name))

    def pool(self, name: str, renamed: Mapping[str, str]) -> Pool | None:
        """The lines for a file, None if there are none; `renamed` leads from old names of rules to new ones."""
        entries = self.entries.get(name)
        return Pool(lines(entries, renamed)) if entries else None


def lines(entries: Iterable[Entry], renamed: Mapping[str, str]) -> Lines:
    """The lines of some entries."""
    found: Lines = Counter()
    for entry in entries:
        mine = family(entry.rule, renamed)
        for key in entry.keys:
            found[mine, key] += entry.times
    return found


def unused(entries: Iterable[Entry], used: Lines, renamed: Mapping[str, str]) -> list[Entry]:
    """The entries of a file of which no line was used up."""
    entries = list(entries)
    left = lines(entries, renamed)
    left -= used
    return [entry for entry in entries if all(left[family(entry.rule, renamed), key] >= entry.times for key in entry.keys)]


def load(path: str) -> Baseline:
    """Read a baseline. Raises `SilencingError`."""
    return parsed(path, _read(path))


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError as error:
        raise SilencingError(f"{path}: can't be read: {error.strerror}; correct the path, or leave it out") from None
    except UnicodeDecodeError as error:
        raise SilencingError(f"{path}: not valid UTF-8 at byte {error.start}; restore it, or make it anew") from None


def parsed(path: str, text: str) -> Baseline:
    """The entries of a baseline's text; of two that a merge left for the same, the larger count. Raises `SilencingError`."""
    import json

    found: dict[tuple[str, str, tuple[str, ...]], Entry] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise _damaged(path, number, "is not JSON") from None
        if isinstance(value, dict) and value.keys() == _HEAD.keys():
            if value != _HEAD:
                raise _damaged(path, number, f"is of version {str(value['baseline'])[:20]}, and this lintnews knows {VERSION}")
            continue
        entry = _entry(path, number, value)
        same = found.get(entry[:3])
        found[entry[:3]] = entry if same is None or same.times < entry.times else same
    by_path: dict[str, list[Entry]] = {}
    for key in sorted(found):
        by_path.setdefault(key[0], []).append(found[key])
    return Baseline(path, {name: tuple(entries) for name, entries in by_path.items()})


def _entry(path: str, number: int, value: Any) -> Entry:
    fields = {"path": str, "rule": str, "keys": list, "times": int, "near": list, "text": str, "reason": str}
    if not isinstance(value, dict) or not all(type(value.get(name)) is fields[name] for name in ("path", "rule", "keys")):
        raise _damaged(path, number, "is no entry with path, rule and keys")
    for name, kind in fields.items():
        if name in value and type(value[name]) is not kind:
            raise _damaged(path, number, f"has a {name} that is no {'list' if kind is list else kind.__name__}")
    given: dict[str, Any] = {name: tuple(v) if isinstance(v := value[name], list) else v for name in fields if name in value}
    entry = Entry(**given)
    if not entry.keys or not all(isinstance(key, str) for key in (*entry.keys, *entry.near)) or entry.times < 1:
        raise _damaged(path, number, "has keys that are no strings, or times below 1")
    return entry


def _damaged(path: str, number: int, problem: str) -> SilencingError:
    return SilencingError(
        f"{path}:{number}: {problem}; restore the line, or make the file anew: lintnews baseline create --force"
    )


def written(entries: Iterable[Entry]) -> str:
    """The text of a baseline: sorted, an entry a line, and nothing in it that changes with the day or the version."""
    return "".join(f"{line}\n" for line in _written(sorted(entries)))


def _written(entries: Iterable[Entry]) -> Iterator[str]:
    import json

    yield json.dumps(_HEAD)
    for entry in entries:
        yield json.dumps({name: value for name, value in entry._asdict().items() if value}, ensure_ascii=False)
