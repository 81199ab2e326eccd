"""Names to things: what `"module:Name"` stands for, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def load(reference: str) -> Any:
    """What `"package.module:Name"` names. Raises `ImportError` or `AttributeError` where there is nothing of the name."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)


def when_called(reference: str) -> Callable[..., Any]:
    """A class or function by its reference, imported when it is first called."""
    return lambda *arguments, **options: load(reference)(*arguments, **options)
