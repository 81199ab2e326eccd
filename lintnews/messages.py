"""How messages put things: the nearest right name, a count with its noun, a quotation cut short, an error in one line."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_QUOTED = 40
"""Code points of a text that a message quotes."""


class ImpossibleError(Exception):
    """Something that was asked for and can't be done; says where, why, and what to do."""


def check_type(name: str, value: object, expected: type, hint: str = "") -> None:
    """Raises `TypeError`, in words, for a value of another type."""
    if not isinstance(value, expected):
        hint = hint or ("decode it first" if expected is str and isinstance(value, bytes) else "")
        raise TypeError(f"{name} is {type(value).__name__}; expected {expected.__name__}{hint and f', so {hint}'}")


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the likest of the known names, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1, 0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def number(count: int, noun: str) -> str:
    """A count with its noun: `1 article`, `13,910 articles`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def quoted(text: str, most: int = LONGEST_QUOTED) -> str:
    """The text, or so many code points of its beginning and an ellipsis."""
    return text if len(text) <= most else text[:most] + "…"


def raised(error: BaseException) -> str:
    """An error on one line, `ValueError: what was wrong`."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
