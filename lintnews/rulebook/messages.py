"""A rule's message with what a finding says of itself: plain names in braces, and nothing that is evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{(\w+)\}")


def check_message(message: str) -> None:
    """Raises `ValueError` for braces that hold anything but a name."""
    if "{" in (rest := _NAME.sub("", message)) or "}" in rest:
        raise ValueError(f"message is {message!r}; expected braces around plain names only, such as {{heading}}")


def filled(message: str, values: Mapping[str, object]) -> str:
    """The message with the values of a finding. Raises `ValueError` for a name that the detector does not know."""

    def value(name: re.Match[str]) -> str:
        if name[1] not in values:
            there = f"; it gives {', '.join(sorted(values))}" if values else ""
            raise ValueError(f"the message asks for {name[0]}, which the detector does not give{there}")
        return str(values[name[1]])

    return _NAME.sub(value, message) if "{" in message else message
