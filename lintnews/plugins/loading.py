"""What a reference such as `package.module:Name` names, imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(reference: str) -> Any:
    """The thing that `package.module:Name` names. Raises what its import raises, and `AttributeError`."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)
