"""A detector from the options of a rule file or a configuration, strictly validated, at once or when it is first asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast, get_args

from lintnews.detectors.detector import Compared, Detector, Needs
from lintnews.diagnostic import LEVELS
from lintnews.document import Zone
from lintnews.document.blocks import BlockKind
from lintnews.messages import nearest

if TYPE_CHECKING:
    from lintnews.diagnostic import Finding
    from lintnews.document import Document

_NAMED = {"Zone": get_args(Zone), "BlockKind": get_args(BlockKind)}
RULE_CHOICES = {"level": LEVELS[::-1], "fix": ("safe", "unsafe", "none")}
RULE_OPTIONS = ("level", "fix", "confidence", "safe_at", "weighed", "default")
"""What a rule has beside the options of its detectors, and a configuration may change."""

_TYPES: dict[str, tuple[str, tuple[type, ...]]] = {
    "tuple[str, ...]": ("a list of strings", (list,)),
    "tuple[tuple[str, ...], ...]": ("a list of lists of strings", (list, tuple)),
    "str": ("a string", (str,)),
    "int": ("a whole number", (int,)),
    "float": ("a number", (int, float)),
    "bool": ("true or false", (bool,)),
}


def option_fields(detector: type[Detector]) -> tuple[Field[Any], ...]:
    """The options of a detector: its dataclass fields. Raises `TypeError` for a class that is no dataclass."""
    return fields(cast(Any, detector))


def rule_option(key: str, value: Any) -> Any:
    """A rule's own option, one of `RULE_OPTIONS`. Raises `ValueError` that says what was expected."""
    if key in RULE_CHOICES:
        fits, expected = isinstance(value, str) and value in RULE_CHOICES[key], f"one of {', '.join(RULE_CHOICES[key])}"
    elif key in ("weighed", "default"):
        fits, expected = isinstance(value, bool), "true or false"
    else:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        fits, expected = is_number and 0 <= value <= 1, "a number from 0 to 1"
    if not fits:
        raise ValueError(f"{key} is {value!r}; expected {expected}")
    return value


def build_detector(detector: type[Detector], options: Mapping[str, Any]) -> Detector:
    """A detector with these options. Raises `ValueError` that names a wrong option and what was expected."""
    known = {f.name: f for f in option_fields(detector)}
    values: dict[str, Any] = {}
    for key, value in options.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ValueError(f"unknown option {key!r}{nearest(name, known)}")
        values[name] = _option(key, value, declared_type(known[name]))
    for name, f in known.items():
        if name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise ValueError(f"option {name} is missing; add it under [with]")
    return detector(**values)


class Postponed(Detector):
    """A detector that is made when it is first asked to look; what it needs is known before. `detectors` are all by name."""

    __slots__ = ("_detectors", "_made", "_name", "_needs", "_options")

    def __init__(self, detectors: Mapping[str, type[Detector]], name: str, options: Mapping[str, Any], needs: Needs) -> None:
        self._detectors = detectors
        self._name = name
        self._options = options
        self._needs = needs
        self._made: Detector | None = None

    def made(self) -> Detector:
        """The detector itself."""
        if self._made is None:
            self._made = build_detector(self._detectors[self._name], self._options)
        return self._made

    def needs(self) -> Needs:
        """What it needs."""
        return self._needs

    def find(self, document: Document) -> Iterator[Finding]:
        """What it finds."""
        return self.made().find(document)

    def conclude(self, compared: Compared) -> Iterator[Finding]:
        """What it concludes."""
        return self.made().conclude(compared)


def made(detector: Detector) -> Detector:
    """A detector itself, where its making was postponed."""
    return detector.made() if isinstance(detector, Postponed) else detector


def declared_type(option: Field[Any]) -> str:
    """An option's type as its detector writes it, whether or not its module puts off annotations."""
    declared = option.type.__name__ if isinstance(option.type, type) and not get_args(option.type) else str(option.type)
    return declared.replace("typing.", "")


def _option(key: str, value: Any, declared: str) -> Any:
    """An option's value as the detector wants it. Raises `ValueError` for another type, or a word that it does not know."""
    is_list, choices = _choices(declared)
    if choices:
        values = value if is_list and isinstance(value, list) else [value]
        if not all(isinstance(one, str) and one in choices for one in values) or is_list != isinstance(value, list):
            some = "a list of some of" if is_list else "one of"
            raise ValueError(f"option {key} is {value!r}; expected {some} {', '.join(choices)}")
        return tuple(value) if is_list else value
    if declared not in _TYPES:
        there = ", ".join(_TYPES)
        raise ValueError(
            f"option {key} is declared as {declared} by its detector; a rule file can give {there}, or Literal words"
        )
    described, types = _TYPES[declared]
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    if declared == "tuple[str, ...]":
        fits = fits and all(isinstance(item, str) for item in value)
    if not fits:
        raise ValueError(f"option {key} is {value!r}; expected {described}")
    if key == "confidence":
        rule_option(key, value)
    if declared == "tuple[tuple[str, ...], ...]":
        return tuple(tuple(row) for row in value)
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=64)
def _choices(declared: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a type is a list, and the words that it allows, if it is made of words: `Literal["a", "b"]`, `tuple[Zone, ...]`."""
    is_list = declared.startswith("tuple[")
    inner = declared.removeprefix("tuple[").removesuffix(", ...]") if is_list else declared
    if inner.startswith("Literal["):
        return is_list, tuple(ast.literal_eval(f"[{inner[8:-1]}]"))
    return is_list, _NAMED.get(inner, ())
