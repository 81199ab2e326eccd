"""Paths to the files with articles below them: sorted, without what `.gitignore` and `exclude` leave out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SKIPPED = frozenset(
    (".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox", ".eggs", "site-packages")
)
"""Folders that hold no articles of the user's own."""
COMPRESSIONS = (".gz", ".zst")
"""What is unpacked as it is read, and packed as it is written."""
PACKED = frozenset((".bz2", ".xz", ".zip", ".7z", ".lz4", ".br"))
LEDGER = "lintnews-ledger.jsonl"
"""The name that a ledger has unless told otherwise; a file of this name is not taken for articles."""
BASELINE = "lintnews-baseline.jsonl"
"""The name by which a baseline is found; it is not taken for articles either."""
MOST_PATTERN_CHARS, MOST_PATTERNS = 1 << 20, 10_000
"""Characters and lines of a `.gitignore` that are read at most."""
AT_ONCE = 500
"""Patterns that are matched together."""
_SECTION = re.compile(r"\s*\[\s*([\w.-]+)[^\]]*\]")
_EXCLUDES_FILE = re.compile(r"(?i)\s*excludesfile\s*=\s*(\"[^\"]+\"|[^#;]+)")
_HERE = os.path.join(os.curdir, "")


class Found(NamedTuple):
    """A file to read: `path` as the user would write it, `below` its path below the folder that was named, its size in bytes.

    `is_met` says that it was come upon in a folder, not named itself.
    """

    path: str
    below: str
    size: int
    is_met: bool = False


class Trouble(NamedTuple):
    """A path that is left out. A `note` (grave is false) does not change the exit code."""

    path: str
    problem: str
    grave: bool = True


class Ignores(NamedTuple):
    """Patterns as in a `.gitignore`, and the folder (absolute) that they speak of."""

    folder: str
    patterns: tuple[str, ...]

    def match(self, path: str, is_folder: bool) -> bool | None:
        """Whether an absolute path is left out (True), taken back in (False), or not spoken of (None)."""
        relative = os.path.relpath(path, self.folder).replace(os.sep, "/")
        if relative.startswith("../"):
            return None
        said = (spec.check_file(relative + "/" * is_folder).include for spec in _specs(self.patterns))
        return next((one for one in said if one is not None), None)


@lru_cache(maxsize=256)
def _specs(patterns: tuple[str, ...]) -> list[GitIgnoreSpec]:
    """The patterns, ready to match, the last ones first, which count more; so many at a time as one set of RE2 holds."""
    return [_spec(patterns[max(0, end - AT_ONCE) : end]) for end in range(len(patterns), 0, -AT_ONCE)]


def _spec(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns, backend="re2")  # linear in a path's length, whatever the pattern


def find(
    paths: Sequence[str],
    endings: Collection[str],
    exclude: Callable[[str], Sequence[Ignores]],
    *,
    force_exclude: bool = False,
    any_ending: bool = False,
) -> Iterator[Found | Trouble]:
    """The files to read, in the order of `paths`, folders sorted by name; each file once.

    A file that is named is read although it is excluded, unless `force_exclude`; it must have one of the endings, or none, or
    `any_ending` must be wanted. `exclude` gives the settings' patterns for a folder.
    """
    seen: set[str] | None = set() if len(paths) > 1 else None
    for path in paths:
        for item in _find_one(path, endings, exclude, force_exclude):
            if isinstance(item, Found) and not any_ending and (problem := unreadable_kind(path, endings)):
                item = Trouble(path, problem)
            if seen is not None and isinstance(item, Found):
                real = os.path.realpath(item.path)
                if real in seen:
                    continue
                seen.add(real)
            yield item


def _find_one(
    path: str, endings: Collection[str], exclude: Callable[[str], Sequence[Ignores]], force_exclude: bool
) -> Iterator[Found | Trouble]:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield Trouble(path, _reason(error))
        return
    if stat.S_ISDIR(status.st_mode):
        ignores = _repository_ignores(os.path.abspath(path))
        if force_exclude and _left_out(path, True, [*ignores, *exclude(path)]):
            return
        is_empty = True
        for item in _walk(path, path, endings, exclude, ignores, (os.path.realpath(path),)):
            is_empty = False
            yield item
        if is_empty and _left_out(path, True, [*ignores, *exclude(os.path.dirname(path) or ".")]):
            yield Trouble(path, "left out by .gitignore or exclude, with all below it; name the files themselves", grave=False)
    elif not stat.S_ISREG(status.st_mode):
        yield Trouble(path, "is no regular file; give what it holds to standard input, as in: lintnews check - < FILE")
    elif not (force_exclude and is_excluded(path, exclude)):
        yield Found(path, os.path.basename(path), status.st_size)


def ending(path: str) -> str:
    """By what a file's kind is known, in lower case; empty for a name without, such as `README`, `No. 10` or `St. Louis`.

    Of a compressed file it is the ending of what it holds, such as `.jsonl`, or `.gz` where that is not said.
    """
    found = os.path.splitext(path)[1].lower()
    if found in COMPRESSIONS:
        return ending(path[: -len(found)]) or found
    return found if found[1:].isalnum() and not found[1:].isdecimal() else ""


def compression(path: str) -> str:
    """The ending that says how a file is compressed; empty for one that isn't."""
    found = os.path.splitext(path)[1].lower()
    return found if found in COMPRESSIONS else ""


def uncompressed(path: str) -> str:
    """A file's name without the ending that says how it is compressed."""
    return path[: len(path) - len(compression(path))]


def unreadable_kind(path: str, endings: Collection[str]) -> str | None:
    """Why a file of this name is not read, and what to do; None for one that is."""
    kind = ending(path)
    if not kind or kind in endings:
        return None
    if kind in COMPRESSIONS:
        return f"is compressed ({kind}), and its name does not say what it holds; say so with --as, such as --as jsonl"
    if kind in PACKED:
        return f"is compressed ({kind}), and is not read; unpack it first"
    return f"is of a kind ({kind}) that is not read; if it is plain text or rows of JSON, say so with --as txt or --as jsonl"


def is_excluded(path: str, exclude: Callable[[str], Sequence[Ignores]]) -> bool:
    """Whether the settings leave out a file; a baseline, which hooks name with all files of a change, is no article."""
    folder = os.path.dirname(path)
    return os.path.basename(path) == BASELINE or _left_out(path, False, exclude(folder or "."))


def _walk(
    folder: str,
    root: str,
    endings: Collection[str],
    exclude: Callable[[str], Sequence[Ignores]],
    ignores: Sequence[Ignores],
    above: tuple[str, ...],
) -> Iterator[Found | Trouble]:
    """One folder, then those below. `above` are the real paths of this folder and those that led to it."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Trouble(folder, _reason(error))
        return
    ignores = [*ignores, *_gitignore(folder)] if any(entry.name == ".gitignore" for entry in entries) else ignores
    rules = [*ignores, *exclude(folder)]
    for entry in entries:
        try:
            if entry.is_dir():
                if entry.name in SKIPPED or (rules and _left_out(entry.path, True, rules)):
                    continue
                real = os.path.realpath(entry.path) if entry.is_symlink() else os.path.join(above[-1], entry.name)
                if real in above:
                    yield Trouble(entry.path, "a link to a folder that it lies in; not followed", grave=False)
                elif not entry.is_symlink() or not f"{real}{os.sep}".startswith(f"{above[0]}{os.sep}"):
                    yield from _walk(entry.path, root, endings, exclude, ignores, (*above, real))
            elif ending(entry.name) in endings and entry.name not in (LEDGER, BASELINE):
                if rules and _left_out(entry.path, False, rules):
                    continue
                status = entry.stat()
                if stat.S_ISREG(status.st_mode):
                    yield Found(entry.path.removeprefix(_HERE), entry.path[len(os.path.join(root, "")) :], status.st_size, True)
                else:
                    yield Trouble(entry.path, "not a regular file; skipped", grave=False)
        except OSError as error:
            yield Trouble(entry.path, _reason(error))


def _left_out(path: str, is_folder: bool, rules: Sequence[Ignores]) -> bool:
    """The last word that the patterns say of a path, the innermost folder's patterns speaking last."""
    absolute = os.path.abspath(path)
    said = [word for rule in rules if (word := rule.match(absolute, is_folder)) is not None]
    return bool(said) and said[-1]


def _repository_ignores(folder: str) -> list[Ignores]:
    """What git leaves out above a folder: by the user's own patterns, the repository's, and its `.gitignore` files."""
    found: list[Ignores] = []
    at = folder
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return []
        at = parent
        found[:0] = _gitignore(at)
    return [*_patterns_in(_own_ignores(at), at), *_patterns_in(os.path.join(at, ".git", "info", "exclude"), at), *found]


def _own_ignores(repository: str) -> str:
    """The file with the user's own patterns, by git's `core.excludesFile`: what is said nearest to the repository counts."""
    home = os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config"), "git")
    own = os.path.join(home, "ignore")
    said = os.environ.get("GIT_CONFIG_GLOBAL")
    users = (said,) if said else (os.path.join(home, "config"), os.path.expanduser("~/.gitconfig"))
    for path in ("/etc/gitconfig", *users, os.path.join(repository, ".git", "config")):
        in_core = False
        for line in _lines(path):
            if section := _SECTION.match(line):
                in_core = section[1].lower() == "core"
                line = line[section.end() :]
            if in_core and (value := _EXCLUDES_FILE.match(line)):
                own = os.path.expanduser(value[1].strip().strip('"'))
    return own


def _gitignore(folder: str) -> list[Ignores]:
    return _patterns_in(os.path.join(folder, ".gitignore"), folder)


def _patterns_in(path: str, folder: str) -> list[Ignores]:
    """The patterns of a file, which speak of a folder, less what is none; none where it is no file, or cannot be read."""
    patterns = tuple(line for line in _lines(path)[:MOST_PATTERNS] if _is_pattern(line))
    return [Ignores(os.path.abspath(folder), patterns)] if patterns else []


@lru_cache(maxsize=4096)
def _is_pattern(line: str) -> bool:
    """Whether a line of a `.gitignore` is a pattern; git passes over those that are not."""
    try:
        _spec((line,))
    except Exception:  # of several kinds: the pattern's own, and those of two libraries for expressions
        return False
    return True


def _lines(path: str) -> list[str]:
    """The lines of a file, as far as they are read; none where it is no file, or cannot be read."""
    if not os.path.isfile(path):
        return []
    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read(MOST_PATTERN_CHARS).splitlines()
    except OSError:
        return []


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder; check the spelling"
    if isinstance(error, PermissionError):
        return "can't be read: permission denied; change its permissions"
    return f"can't be read: {getattr(error, 'strerror', None) or error}"
