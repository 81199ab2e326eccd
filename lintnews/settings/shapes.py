"""What a setting's value may look like: how a configuration file gives it, how it is typed, and its JSON Schema."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from lintnews.files.finding import Ignores
from lintnews.settings import typed
from lintnews.settings.settings import ConfigError, RuleOptions

if TYPE_CHECKING:
    from lintnews.silencing.allowing import Allow


class Place(NamedTuple):
    """A key of a file, the folder that its paths are relative to, and the folders that they must stay in."""

    path: str
    folder: str
    key: str
    projects: tuple[str, ...] = ()

    def wrong(self, value: object, expected: str) -> ConfigError:
        """What to raise for a value that is not what was expected."""
        return ConfigError(f"{self.path}: {self.key} is {value!r}; expected {expected}")

    def below(self, name: str) -> Place:
        """A key of the table that this key holds."""
        return self._replace(key=f"{self.key}.{name!r}")

    def absolute(self, path: str, option: str) -> str:
        """A path of the file as an absolute one; `option` names such a path on the command line. Raises `ConfigError`.

        A configuration comes with other people's files: what it names is read, so it must lie in the project that it is for.
        """
        found = os.path.normpath(os.path.join(self.folder, os.path.expanduser(path)))
        real = os.path.realpath(found)
        if any(f"{real}{os.sep}".startswith(os.path.join(os.path.realpath(project), "")) for project in self.projects):
            return found
        outside = " and ".join(dict.fromkeys(self.projects))
        raise ConfigError(f"{self.path}: {self.key} leads to {found}, outside {outside}; move it there, or name it with {option}")


class Shape(NamedTuple):
    """A kind of value.

    `words` say what is expected. `read` makes it of what a file holds and raises `ConfigError`; `parse` of what is typed and
    raises `ValueError` in words; `typed` makes the field of what was parsed. `many` are given again or, where `parse` splits
    them, separated by commas.
    """

    words: str
    read: Callable[[Place, Any], Any]
    schema: Mapping[str, Any]
    parse: Callable[[str], Any] | None = None
    typed: Callable[[Any], Any] = lambda value: value
    many: bool = False
    choices: tuple[str, ...] = ()


def _strings(at: Place, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise at.wrong(value, "a list of strings")
    return tuple(value)


def _files(at: Place, value: object) -> tuple[str, ...]:
    near = at._replace(folder=os.path.dirname(at.path))
    found = tuple(near.absolute(path, "--config") for path in _strings(at, [value] if isinstance(value, str) else value))
    for path in found:
        if os.path.exists(path) and not os.path.isfile(path):
            raise at.wrong(value, "a file")
    return found


def _paths(at: Place, value: object) -> tuple[str, ...]:
    return tuple(at.absolute(path, "--rule-path") for path in _strings(at, value))


def _exclude(at: Place, value: object) -> tuple[Ignores, ...]:
    return (_ignores(at, _strings(at, value)),)


def _names_by_pattern(at: Place, value: object) -> tuple[tuple[Ignores, tuple[str, ...]], ...]:
    table = mapping(at, value, "a table of patterns, each with a list of rules")
    return tuple((_ignores(at, (pattern,)), _strings(at.below(pattern), names)) for pattern, names in table.items())


def _share(at: Place, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise at.wrong(value, "a number from 0 to 1")
    return float(value)


def _seconds(at: Place, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < inf:
        raise at.wrong(value, "a number of seconds")
    return value


def _truth(at: Place, value: object) -> bool:
    if not isinstance(value, bool):
        raise at.wrong(value, "true or false")
    return value


def _string(at: Place, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise at.wrong(value, "a string")
    return value


def _rules(at: Place, value: object) -> tuple[RuleOptions, ...]:
    table = mapping(at, value, "a table of rules, each with a table of options")
    return tuple(
        RuleOptions(rule, tuple(mapping(at.below(rule), options, "a table of options").items()))
        for rule, options in table.items()
    )


def _allow(at: Place, value: object) -> tuple[Allow, ...]:
    from lintnews.silencing.allowing import allow

    if not isinstance(value, list):
        raise at.wrong(value, "a list of tables: write [[allow]] above each")
    found = []
    for number, table in enumerate(value, 1):
        try:
            found.append(allow(table, at.path, f"{at.key} {number}", lambda paths: _ignores(at, paths)))
        except ValueError as error:
            raise ConfigError(f"{at.path}: {at.key} {number} {error}") from None
    return tuple(found)


def _file(at: Place, value: object) -> str:
    return at.absolute(_string(at, value), "--baseline")


def _read_count(at: Place, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise at.wrong(value, "a whole number from 1")
    return value


def _thresholds(at: Place, value: object) -> tuple[tuple[str, float], ...]:
    from lintnews.messages import nearest
    from lintnews.verdict import Thresholds

    table = mapping(at, value, "a table of thresholds, each a number")
    for key, number in table.items():
        if key.replace("-", "_") not in Thresholds._fields:
            raise ConfigError(f"{at.path}: {at.key} has no threshold {key!r}{nearest(key, Thresholds._fields)}")
        if isinstance(number, bool) or not isinstance(number, (int, float)) or number < 0:
            raise at.below(key).wrong(number, "a number, not below 0")
    return tuple((key.replace("-", "_"), number) for key, number in table.items())


def mapping(at: Place, value: object, expected: str) -> dict[str, Any]:
    """A table. Raises `ConfigError` that says what was expected."""
    if not isinstance(value, dict):
        raise at.wrong(value, expected)
    return value


def _ignores(at: Place, patterns: tuple[str, ...]) -> Ignores:
    ignores = Ignores(at.folder, patterns)
    try:
        if patterns:
            ignores.match(os.path.join(at.folder, "x"), False)
    except ValueError as error:
        raise ConfigError(f"{at.path}: {at.key}: not a valid pattern: {error}") from None
    return ignores


def _read_encoding(at: Place, value: object) -> str:
    try:
        return typed.encoding(_string(at, value))
    except ValueError:
        raise at.wrong(value, "the name of an encoding, such as cp1252") from None


def _read_language(at: Place, value: object) -> str:
    try:
        return typed.language(_string(at, value))
    except ValueError:
        raise at.wrong(value, "a language's code of two letters, such as de") from None


def choice(*names: str) -> Shape:
    """One of these words."""
    words = f"{', '.join(names[:-1])} or {names[-1]}"

    def read(at: Place, value: object) -> str:
        if value not in names:
            raise at.wrong(value, words)
        return str(value)

    return Shape(words, read, {"enum": list(names)}, str, choices=names)


_LIST: Mapping[str, Any] = {"type": "array", "items": {"type": "string"}}

LANGUAGE = Shape("a language's code", _read_language, {"type": "string", "pattern": "^[a-z]{2}$"}, typed.language)
"""A language by its code of two letters, as in ISO 639-1."""
ENCODING = Shape("the name of an encoding", _read_encoding, {"type": "string"}, typed.encoding)
"""An encoding by Python's name for it."""
NAMES = Shape("a list of rules and families", _strings, _LIST, typed.split, tuple, many=True)
"""Rules or families."""
NAMES_BY_PATTERN = Shape(
    "a table: patterns as in .gitignore, each with a list of rules and families",
    _names_by_pattern,
    {"type": "object", "additionalProperties": _LIST},
)
PATHS = Shape("a list of paths", _paths, _LIST, lambda text: [text], lambda paths: tuple(map(os.path.abspath, paths)), many=True)
"""Relative to the configuration file's folder, or to the working folder where they are typed."""
FILES = Shape("a path, or a list of paths", _files, {"anyOf": [{"type": "string"}, _LIST]})
PATTERNS = Shape(
    "a list of patterns as in .gitignore",
    _exclude,
    _LIST,
    typed.globs,
    lambda globs: (Ignores(os.getcwd(), tuple(globs)),),
    many=True,
)
"""As in a `.gitignore`, from the configuration file's folder, or the working folder where they are typed."""
SHARE = Shape("a number from 0 to 1", _share, {"type": "number", "minimum": 0, "maximum": 1}, typed.share)
SECONDS = Shape("a number of seconds", _seconds, {"type": "number", "minimum": 0}, typed.seconds)
TRUTH = Shape("true or false", _truth, {"type": "boolean"})
STRING = Shape("a string", _string, {"type": "string", "minLength": 1}, str)
FILE = Shape(
    "a path",
    _file,
    {"type": "string", "minLength": 1},
    str,
    lambda path: os.path.abspath(path) if path else "",
)
"""Relative to the configuration file's folder, or to the working folder where it is typed."""
COUNT = Shape("a whole number from 1", _read_count, {"type": "integer", "minimum": 1}, typed.count)
ALLOWS = Shape(
    "a list of tables with reason, and of rule, text, pattern and paths at least one",
    _allow,
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["reason"],
            "minProperties": 2,
            "additionalProperties": False,
            "properties": {
                "reason": {"type": "string", "minLength": 1},
                "rule": {"anyOf": [{"type": "string"}, _LIST]},
                "text": {"type": "string", "minLength": 1},
                "pattern": {"type": "string", "minLength": 1},
                "paths": {"anyOf": [{"type": "string"}, _LIST]},
            },
        },
    },
)
THRESHOLDS = Shape(
    "a table: thresholds, each a number",
    _thresholds,
    {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
)
RULES = Shape(
    "a table: rules, each with a table of options", _rules, {"type": "object", "additionalProperties": {"type": "object"}}
)
