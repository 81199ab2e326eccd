"""Configuration files: `lintnews.toml`, `.lintnews.toml`, `[tool.lintnews]` in pyproject.toml; the closest to an article alone.

Settings are not merged over folders; a file takes over another's with `extend`. Command-line options come last.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from lintnews.files.finding import BASELINE
from lintnews.messages import nearest
from lintnews.settings.keys import BY_NAME
from lintnews.settings.settings import COMMAND_LINE, ConfigError, Settings
from lintnews.settings.shapes import Place, mapping

FILES = (".lintnews.toml", "lintnews.toml", "pyproject.toml")
"""In one folder the first of these speaks; a pyproject.toml only if it has a table `[tool.lintnews]`."""
CACHE = ".lintnews-cache"
"""The folder beside a configuration file, or in the working folder, in which is kept what was found."""
FOUND = "found beside the configuration"
"""Where a baseline comes from that nobody named."""
MOST_BYTES = 1 << 20
"""Bytes of a configuration file that are read at most."""


@dataclass(slots=True, eq=False)
class Configuration:
    """Finds the settings for a folder's files: from `file` for all of them, or from the closest file, or (isolated) none."""

    file: str | None = None
    isolated: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    _by_folder: dict[str, str | ConfigError | None] = field(default_factory=dict)
    _by_file: dict[str | None, Settings | ConfigError] = field(default_factory=dict)

    def settings_for(self, folder: str) -> Settings:
        """The settings for files in this folder, one object for each configuration file. Raises `ConfigError`."""
        path = self._by_folder.get(folder, "")
        if path == "":
            path = self._by_folder[folder] = self._closest(folder)
        if isinstance(path, ConfigError):
            raise path
        found = self._by_file.get(path)
        if found is None:
            found = self._by_file[path] = self._load(path)
        if isinstance(found, ConfigError):
            raise found
        return found

    def baseline_for(self, folder: str) -> str:
        """Where the baseline for files in this folder is, or would be. Raises `ConfigError`."""
        return self.settings_for(folder).baseline or _beside(self._closest_file(folder))

    def cache_for(self, folder: str) -> str:
        """Where what was found in the files of this folder is kept. Raises `ConfigError`."""
        self.settings_for(folder)
        return os.path.join(os.path.dirname(_beside(self._closest_file(folder))), CACHE)

    def _closest_file(self, folder: str) -> str | None:
        found = self._closest(folder)
        return None if isinstance(found, ConfigError) else found

    def _closest(self, folder: str) -> str | ConfigError | None:
        try:
            return None if self.isolated else self.file or closest(os.path.abspath(folder))
        except ConfigError as error:
            return error

    def _load(self, path: str | None) -> Settings | ConfigError:
        try:
            settings = load(path, relative_to=os.getcwd() if self.file else None) if path else Settings()
        except ConfigError as error:
            return error
        if not settings.baseline and not self.isolated and os.path.isfile(beside := _beside(path)):
            settings = settings.with_options(FOUND, {"baseline": beside})
        return settings.with_options(COMMAND_LINE, self.options)


def _beside(path: str | None) -> str:
    """Where a baseline lies by itself: beside the configuration file, or without one in the working folder."""
    return os.path.join(os.path.dirname(path) if path else os.getcwd(), BASELINE)


@lru_cache(maxsize=1024)
def closest(folder: str) -> str | None:
    """The configuration file that speaks for a folder (absolute): its own, or that of the next folder above that has one."""
    for name in FILES:
        path = os.path.join(folder, name)
        if os.path.isfile(path) and (name != "pyproject.toml" or _table(path) is not None):
            return path
    parent = os.path.dirname(folder)
    return None if parent == folder else closest(parent)


@lru_cache(maxsize=256)
def load(path: str, relative_to: str | None = None) -> Settings:
    """The settings of one file and of those that it extends. Raises `ConfigError`.

    The file's paths and patterns are relative to its own folder unless told otherwise.
    """
    return _load(os.path.abspath(path), relative_to, (), {})


def _load(path: str, relative_to: str | None, extended_by: tuple[str, ...], loaded: dict[str, Settings]) -> Settings:
    """See `load`. `loaded` are the files that were extended so far: each is read once, however many extend it."""
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: no table [tool.lintnews]; add it, or name another file")
    values = _values(path, relative_to or os.path.dirname(path), table)
    settings = Settings()
    for parent in values.pop("extend", ()):
        if parent == path or parent in extended_by:
            raise ConfigError(f"{path}: extend goes round in a circle through {parent}; remove one of the two")
        if parent not in loaded:
            loaded[parent] = _load(parent, None, (*extended_by, path), loaded)
        base = loaded[parent]
        settings = settings.with_options("", {n: getattr(base, n) for n in base.origin})
        settings = replace(settings, origin={**settings.origin, **base.origin})
    return settings.with_options(path, values)


def forget() -> None:
    """Files may have changed: read all of them anew."""
    for known in (closest, load, project):
        known.cache_clear()


@lru_cache(maxsize=1024)
def project(folder: str) -> str:
    """The project that a folder is in: the closest folder upwards with a `.git`, or else the folder itself."""
    at = folder
    while not os.path.lexists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return folder
        at = parent
    return at


def _values(path: str, folder: str, table: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    projects = project(os.path.dirname(path)), project(folder)
    for name, value in table.items():
        key = BY_NAME.get(name)
        if key is None:
            there = nearest(name, BY_NAME) or f"; there are {', '.join(sorted(BY_NAME))}"
            raise ConfigError(f"{path}: unknown key {name!r}{there}")
        if not key.in_files:
            raise ConfigError(
                f"{path}: {name} is for the command line alone, as others may have written this file; use {key.option}"
            )
        values[key.field] = key.shape.read(Place(path, folder, name, projects), value)
    return values


def _table(path: str) -> Mapping[str, Any] | None:
    """The file's settings as they stand there; None for a pyproject.toml that has none. Raises `ConfigError`."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}; correct the path") from None
    if len(data) > MOST_BYTES:
        raise ConfigError(f"{path}: longer than {MOST_BYTES:,} bytes, which no configuration is; correct the path")
    is_pyproject = os.path.basename(path) == "pyproject.toml"
    if is_pyproject and b"lintnews" not in data:
        return None
    table = _parse(path, data)
    if not is_pyproject:
        return table
    tool = table.get("tool", {})
    mine = tool.get("lintnews") if isinstance(tool, dict) else None
    return None if mine is None else mapping(Place(path, "", "tool.lintnews"), mine, "a table")


def _parse(path: str, data: bytes) -> dict[str, Any]:
    import rtoml

    try:
        return rtoml.loads(data.decode())
    except (UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise ConfigError(f"{path}: not valid TOML: {' '.join(str(error).split())}; correct it") from None
