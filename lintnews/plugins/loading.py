"""Names to things: what `"module:Name"` stands for, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any


def load(reference: str) -> Any:
    """What `"package.module:Name"` names. Raises `ImportError` or `AttributeError` where there is nothing of the name."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


def when_called(reference: str) -> Callable[..., Any]:
    """A class or function by its reference, imported when it is first called."""
    return lambda *arguments, **options: load(reference)(*arguments, **options)


class WhenAsked(Mapping[str, Any]):
    """Classes by name, some of them by their reference, imported when they are first asked for."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def __getitem__(self, name: str) -> Any:
        value = self._found[name]
        if isinstance(value, str):
            value = self._found[name] = load(value)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
