"""Settings as they are typed on a command line: text in, a value or a `ValueError` out."""

from __future__ import annotations

import os
from contextlib import suppress
from math import inf

from lintnews.files.finding import Ignores


def count(text: str) -> int:
    """A whole number from 1. Raises `ValueError`."""
    if not text.isdecimal() or int(text) < 1:
        raise ValueError(f"{text!r} is not a whole number from 1")
    return int(text)


def share(text: str) -> float:
    """A number from 0 to 1. Raises `ValueError`."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"{text!r} is not a number from 0 to 1")
    return value


def seconds(text: str) -> float:
    """A number of seconds. Raises `ValueError`."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < inf:
        raise ValueError(f"{text!r} is not a number of seconds")
    return value


def globs(text: str) -> list[str]:
    """Patterns as in a `.gitignore`, parted by commas. Raises `ValueError`."""
    globs = split(text)
    Ignores(os.getcwd(), tuple(globs)).match(os.path.abspath("x"), False)
    return globs


def split(text: str) -> list[str]:
    """What stands between commas."""
    return [name for part in text.split(",") if (name := part.strip())]


def encoding(name: str) -> str:
    """Python's name for an encoding. Raises `ValueError`."""
    import codecs

    with suppress(LookupError, ValueError):
        found = codecs.lookup(name)
        if getattr(found, "_is_text_encoding", True):
            return found.name
    raise ValueError(f"{name!r} is no encoding that Python knows; such are utf-8, cp1252, koi8-r and shift_jis")


def language(code: str) -> str:
    """A language's code. Raises `ValueError`."""
    if len(code) == 2 and code.isascii() and code.islower():
        return code
    raise ValueError(f"{code!r} is no code of a language; such are en, de and zh, of two letters as in ISO 639-1")
