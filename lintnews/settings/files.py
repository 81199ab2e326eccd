"""Settings: `[tool.lintnews]` in pyproject.toml, `lintnews.toml` or `.lintnews.toml`, the file closest to an article alone.

Settings are not merged over folders; a file takes over another's with `extend`. Command-line options come last.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from lintnews.files.finding import Ignores
from lintnews.messages import nearest

FailOn = Literal["error", "warning", "info", "never"]
FILES = (".lintnews.toml", "lintnews.toml", "pyproject.toml")
"""In one folder the first of these speaks; a pyproject.toml only if it has a table `[tool.lintnews]`."""

DEFAULT, COMMAND_LINE = "default", "command line"


class ConfigError(Exception):
    """Settings that can't be used; says which file and key, what was expected, and what to do."""


class RuleOptions(NamedTuple):
    """What a configuration changes in one rule."""

    rule: str
    options: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to check one file. Empty `select` means the rules that are on by default. Paths are absolute.

    `min_confidence` is a number from 0 to 1; `text_field` and `site_field` are dotted. `spun_model` is a path that ends in .gguf,
    or an installed package. `origin` says for each key where its value came from.
    """

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[Ignores, tuple[str, ...]], ...] = ()
    rule_paths: tuple[str, ...] = ()
    min_confidence: float = 0.5
    unsafe_fixes: bool = False
    exclude: tuple[Ignores, ...] = ()
    text_field: str = "text"
    site_field: str = ""
    fail_on: FailOn = "info"
    rules: tuple[RuleOptions, ...] = ()
    spun_model: str = ""
    origin: Mapping[str, str] = field(default_factory=dict, compare=False)

    def ignored_in(self, path: str) -> tuple[str, ...]:
        """The rules that `per-file-ignores` switches off for a file."""
        if not self.per_file_ignores:
            return ()
        absolute = os.path.abspath(path)
        return tuple(name for where, names in self.per_file_ignores if where.match(absolute, False) for name in names)

    def with_options(self, origin: str, values: Mapping[str, Any]) -> Settings:
        """These settings with others laid over them; `extend_select` and `rules` add to what is there."""
        values = {name: value for name, value in values.items() if value is not None}
        merged = dict(values)
        if "extend_select" in values:
            merged["extend_select"] = self.extend_select + values["extend_select"]
        if "select" in values:
            merged.setdefault("extend_select", ())
        if "rules" in values:
            merged["rules"] = self.rules + values["rules"]
        return replace(self, **merged, origin={**self.origin, **dict.fromkeys(values, origin)})


def keys() -> list[str]:
    """The keys that a configuration may have, sorted."""
    return sorted([f.name.replace("_", "-") for f in fields(Settings) if f.name != "origin"] + ["extend"])


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
        return settings.with_options(COMMAND_LINE, self.options)


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
    return _load(os.path.abspath(path), relative_to, ())


def _load(path: str, relative_to: str | None, extended_by: tuple[str, ...]) -> Settings:
    table = _table(path)
    if table is None:
        raise ConfigError(f"{path}: no table [tool.lintnews]; add it, or name another file")
    folder = relative_to or os.path.dirname(path)
    settings = Settings()
    extends = table.get("extend", [])
    for name in _strings(_Place(path, folder, "extend"), [extends] if isinstance(extends, str) else extends):
        parent = os.path.normpath(os.path.join(os.path.dirname(path), name))
        if parent == path or parent in extended_by:
            raise ConfigError(f"{path}: extend goes round in a circle through {parent}; remove one of the two")
        base = _load(parent, None, (*extended_by, path))
        settings = settings.with_options("", {n: getattr(base, n) for n in base.origin})
        settings = replace(settings, origin={**settings.origin, **base.origin})
    return settings.with_options(path, _values(path, folder, table))


def _values(path: str, folder: str, table: Mapping[str, Any]) -> dict[str, Any]:
    known = keys()
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            there = nearest(key, known) or f"; there are {', '.join(known)}"
            raise ConfigError(f"{path}: unknown key {key!r}{there}")
        if key != "extend":
            values[key.replace("-", "_")] = _READERS[key](_Place(path, folder, key), value)
    return values


class _Place(NamedTuple):
    """A key of a file, and the folder that its paths are relative to."""

    path: str
    folder: str
    key: str

    def wrong(self, value: object, expected: str) -> ConfigError:
        return ConfigError(f"{self.path}: {self.key} is {value!r}; expected {expected}")

    def below(self, name: str) -> _Place:
        return self._replace(key=f"{self.key}.{name!r}")


def _strings(at: _Place, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise at.wrong(value, "a list of strings")
    return tuple(value)


def _paths(at: _Place, value: object) -> tuple[str, ...]:
    return tuple(os.path.normpath(os.path.join(at.folder, os.path.expanduser(p))) for p in _strings(at, value))


def _exclude(at: _Place, value: object) -> tuple[Ignores, ...]:
    return (_patterns(at, _strings(at, value)),)


def _per_file(at: _Place, value: object) -> tuple[tuple[Ignores, tuple[str, ...]], ...]:
    table = _mapping(at, value, "a table of patterns, each with a list of rules")
    return tuple((_patterns(at, (pattern,)), _strings(at.below(pattern), names)) for pattern, names in table.items())


def _share(at: _Place, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise at.wrong(value, "a number from 0 to 1")
    return float(value)


def _truth(at: _Place, value: object) -> bool:
    if not isinstance(value, bool):
        raise at.wrong(value, "true or false")
    return value


def _string(at: _Place, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise at.wrong(value, "a string")
    return value


def _model(at: _Place, value: object) -> str:
    name = _string(at, value)
    return os.path.normpath(os.path.join(at.folder, os.path.expanduser(name))) if name.endswith(".gguf") else name


def _fail_on(at: _Place, value: object) -> FailOn:
    if value not in ("error", "warning", "info", "never"):
        raise at.wrong(value, "error, warning, info or never")
    return value


def _rules(at: _Place, value: object) -> tuple[RuleOptions, ...]:
    table = _mapping(at, value, "a table of rules, each with a table of options")
    return tuple(
        RuleOptions(rule, tuple(_mapping(at.below(rule), options, "a table of options").items()))
        for rule, options in table.items()
    )


def _mapping(at: _Place, value: object, expected: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise at.wrong(value, expected)
    return value


def _patterns(at: _Place, patterns: tuple[str, ...]) -> Ignores:
    ignores = Ignores(at.folder, patterns)
    try:
        if patterns:
            ignores.match(os.path.join(at.folder, "x"), False)
    except ValueError as error:
        raise ConfigError(f"{at.path}: {at.key}: not a valid pattern: {error}") from None
    return ignores


_READERS: dict[str, Callable[[_Place, object], Any]] = {
    "select": _strings,
    "extend-select": _strings,
    "ignore": _strings,
    "per-file-ignores": _per_file,
    "rule-paths": _paths,
    "min-confidence": _share,
    "unsafe-fixes": _truth,
    "exclude": _exclude,
    "text-field": _string,
    "site-field": _string,
    "fail-on": _fail_on,
    "rules": _rules,
    "spun-model": _model,
}


def _table(path: str) -> Mapping[str, Any] | None:
    """The file's settings as they stand there; None for a pyproject.toml that has none. Raises `ConfigError`."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}; correct the path") from None
    is_pyproject = os.path.basename(path) == "pyproject.toml"
    if is_pyproject and b"lintnews" not in data:
        return None
    table = _parse(path, data)
    if not is_pyproject:
        return table
    tool = table.get("tool", {})
    mine = tool.get("lintnews") if isinstance(tool, dict) else None
    return None if mine is None else _mapping(_Place(path, "", "tool.lintnews"), mine, "a table")


def _parse(path: str, data: bytes) -> dict[str, Any]:
    import rtoml

    try:
        return rtoml.loads(data.decode())
    except (UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise ConfigError(f"{path}: not valid TOML: {' '.join(str(error).split())}; correct it") from None
