"""What was found in an article the last time, so that it need not be looked for again: one SQLite file beside the configuration.

Workers read it and send back what is new; the parent alone writes. It knows an article by all that its findings depend on: its
text, the settings, rules and models, and the program itself; not by its path. Whatever is wrong with it, a run goes on without.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lintnews.diagnostic import Diagnostic, Edit, Fix, Related

if TYPE_CHECKING:
    from lintnews.linter import Linter
    from lintnews.running.request import RuleChoice

_FILE = "findings.sqlite"
_VERSION = 1
_IDLE_DAYS, MOST_BYTES = 30, 256 << 20
"""Entries older than this go at the end of a run, and all of them where there are more bytes."""
_DAY = 86_400
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by lintnews; may be deleted.\n"


class Cache:
    """Reads what was found by the key of an article; a key begins with what holds for all articles of a choice of rules."""

    def __init__(self, folder: str, fingerprint: str) -> None:
        self._path = os.path.join(folder, _FILE)
        self._fingerprint = fingerprint.encode()
        self._reading: sqlite3.Connection | None = None
        self._is_there = os.path.isfile(self._path)

    def key(self, *parts: str) -> bytes:
        """The key for a text and what else was told of it."""
        from xxhash import xxh3_128

        told = (part.encode("utf-8", "surrogatepass") for part in parts)
        return bytes(xxh3_128(b"\0".join([self._fingerprint, *told])).digest())

    def found(self, key: bytes, path: str) -> list[Diagnostic] | None:
        """What was found in an article of this key, under the path that it has now; None where that is not known."""
        if not self._is_there:
            return None
        try:
            if self._reading is None:
                self._reading = sqlite3.connect(f"{Path(self._path).as_uri()}?mode=ro", uri=True, timeout=1)
            row = self._reading.execute("SELECT value FROM findings WHERE key = ?", (key,)).fetchone()
            return None if row is None else [_diagnostic(value, path) for value in json.loads(row[0])]
        except (sqlite3.Error, ValueError, TypeError, KeyError, OSError):
            self._is_there = False  # damaged, or not ours to read; the parent makes it anew
            return None


def value_of(diagnostics: Sequence[Diagnostic]) -> str:
    """What is kept of an article's findings."""
    return json.dumps([d._replace(path="") for d in diagnostics])


def _diagnostic(value: Sequence[Any], path: str) -> Diagnostic:
    found = Diagnostic(*value)
    return found._replace(
        path=path,
        suggestions=tuple(found.suggestions),
        related=tuple(Related(*one) for one in found.related),
        fix=Fix(found.fix[0], tuple(Edit(*edit) for edit in found.fix[1])) if found.fix else None,
    )


def keep(folder: str, new: Iterable[tuple[bytes, str]]) -> None:
    """Write what is new, and forget what is old. Where that can't be, it is left."""
    path = os.path.join(folder, _FILE)
    for _ in range(2):
        try:
            _write(folder, path, new)
            return
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                return  # locked by another run, or not ours to write
            clear(folder)  # damaged: once more, from nothing
        except OSError:
            return


def _write(folder: str, path: str, new: Iterable[tuple[bytes, str]]) -> None:
    os.makedirs(folder, exist_ok=True)
    for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
        if not os.path.exists(place := os.path.join(folder, name)):
            Path(place).write_text(text, encoding="utf-8")
    today = int(time.time()) // _DAY
    with closing(sqlite3.connect(path, timeout=1)) as base, base:
        base.execute("PRAGMA journal_mode = WAL")
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            base.execute("DROP TABLE IF EXISTS findings")
            base.execute("CREATE TABLE findings (key BLOB PRIMARY KEY, value TEXT, day INTEGER)")
            base.execute(f"PRAGMA user_version = {_VERSION}")
        base.executemany("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)", ((key, value, today) for key, value in new))
        base.execute("DELETE FROM findings WHERE day < ?", (today - _IDLE_DAYS,))
        if os.path.getsize(path) > MOST_BYTES:
            base.execute("DELETE FROM findings")


def size(folder: str) -> tuple[int, int]:
    """How many articles are known, and in how many bytes; none where there is no cache."""
    path = os.path.join(folder, _FILE)
    address = f"{Path(path).absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.Error, OSError), closing(sqlite3.connect(address, uri=True)) as base:
        (count,) = base.execute("SELECT count(*) FROM findings").fetchone()
        return int(count), sum(os.path.getsize(path + end) for end in ("", "-wal") if os.path.exists(path + end))
    return 0, 0


def clear(folder: str) -> None:
    """Take away what it holds, and nothing else that lies in its folder."""
    for name in (_FILE, f"{_FILE}-wal", f"{_FILE}-shm"):
        with suppress(FileNotFoundError):
            os.unlink(os.path.join(folder, name))


def fingerprint(choice: RuleChoice, linter: Linter) -> str:
    """What findings depend on beside the text: settings, rule files, plugins, and the program with all that it brings along."""
    from lintnews import data
    from lintnews.files.hashing import digest
    from lintnews.plugins.registry import registry

    settings, found = choice.settings, registry()
    told = [settings.select, settings.extend_select, settings.ignore, choice.ignored, settings.min_confidence, settings.rules]
    places = [Path(data.__file__).parent.parent, *map(Path, settings.rule_paths), *found.rules, Path(settings.spun_model)]
    if found.plugins:
        modules = {type(detector).__module__ for rule in linter.rules for detector in rule.detectors}
        places += [Path(str(sys.modules[name].__file__)) for name in sorted(modules)]
    return digest(repr([told, settings.spun_model, found.plugins, [_state(place) for place in places]]).encode())


def _state(place: Path) -> Mapping[str, tuple[int, int]]:
    """The size and time of the files that a place holds, which tell when one of them changes."""
    files = [place] if place.is_file() else sorted(place.rglob("*")) if place != Path() else []
    stats = {str(file): file.stat() for file in files if "__pycache__" not in file.parts and file.is_file()}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}
