"""A detector from the options of a rule file or a configuration, strictly validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, cast

from lintnews.messages import nearest

if TYPE_CHECKING:
    from lintnews.detectors.detector import Detector

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


def build_detector(detector: type[Detector], options: Mapping[str, Any]) -> Detector:
    """A detector with these options. Raises `ValueError` that names a wrong option and what was expected."""
    known = {f.name: f for f in option_fields(detector)}
    values: dict[str, Any] = {}
    for key, value in options.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ValueError(f"unknown option {key!r}{nearest(name, known)}")
        values[name] = _option(key, value, str(known[name].type))
    for name, f in known.items():
        if name not in values and f.default is MISSING and f.default_factory is MISSING:
            raise ValueError(f"option {name} is missing; add it under [with]")
    return detector(**values)


def _option(key: str, value: Any, declared: str) -> Any:
    """An option's value as the detector wants it. Raises `ValueError` for another type."""
    described, types = _TYPES[declared]
    fits = isinstance(value, types) and (bool in types or not isinstance(value, bool))
    if declared == "tuple[str, ...]":
        fits = fits and all(isinstance(item, str) for item in value)
    if not fits:
        raise ValueError(f"option {key} is {value!r}; expected {described}")
    if declared == "tuple[tuple[str, ...], ...]":
        return tuple(tuple(row) for row in value)
    return tuple(value) if isinstance(value, list) else value
