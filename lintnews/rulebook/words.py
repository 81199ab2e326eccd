"""Patterns as rule files lay them out: over several lines, with names for the pieces that many rules share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lintnews.data import RULES
from lintnews.messages import nearest

WORDS_FILE = "words.toml"
MOST_BYTES = 16 << 20
"""Of a rule file, or one of words or phrases."""
MOST_CHARS = 20_000
"""Of a pattern, what its names stand for included."""
TOO_LONG = f"a pattern is longer than {MOST_CHARS:,} characters; split it"
_NAME = re.compile(r"(?<!\\[pPN])\{([a-z][a-z-]*)\}")
"""A name in braces; `{2,5}` and `\\p{L}` are none."""


def words_of(folder: Path) -> dict[str, str]:
    """The words for the rule files of a folder: those shipped, and those of its own `words.toml`.

    Raises `ValueError` that names the file and key.
    """
    words: dict[str, str] = {}
    for file in dict.fromkeys(((RULES / WORDS_FILE).resolve(), (folder / WORDS_FILE).resolve())):
        if file.is_file():
            read_words(file, toml(file), words)
    return words


def toml(file: Path) -> dict[str, Any]:
    """What a file of words or a rule file holds. Raises `ValueError` that names the file."""
    import rtoml

    try:
        return rtoml.loads(text_of(file))
    except (OSError, UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise ValueError(f"{file}: can't be read as TOML: {' '.join(str(error).split())}") from None


def text_of(file: Path) -> str:
    """The text of a file that others may have written. Raises `ValueError` for one that is none or too long, and `OSError`."""
    if not file.is_file():
        raise ValueError(f"{file}: is no regular file; remove it")
    with file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"{file}: is longer than {MOST_BYTES >> 20} MB; split it")
    return data.decode()


def read_words(file: Path, data: Mapping[str, Any], words: dict[str, str], *, anew: bool = False) -> None:
    """Add the words of a file to those known, or say them `anew`; each may use those before it. Raises `ValueError`."""
    for key, value in data.items():
        alternatives = [value] if isinstance(value, str) else value
        if not isinstance(alternatives, list) or not all(isinstance(a, str) and a for a in alternatives) or not alternatives:
            raise ValueError(f"{file}: {key} is {value!r}; expected a pattern, or a list of alternatives")
        if not _NAME.fullmatch(f"{{{key}}}"):
            raise ValueError(f"{file}: {key} can't be a word's name; use small letters and hyphens")
        if key in words and not anew:
            raise ValueError(f"{file}: there is a word {key} already; choose another name")
        try:
            meant = ""
            for alternative in alternatives:
                meant += "|" * bool(meant) + expanded(alternative, words)
                if len(meant) > MOST_CHARS:
                    raise ValueError(TOO_LONG)
            words[key] = meant
        except ValueError as error:
            raise ValueError(f"{file}: {key}: {error}") from None


def named(pattern: str) -> set[str]:
    """The words that a pattern names."""
    return set(_NAME.findall(pattern))


def expanded(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern on one line, without the white space around its line breaks, and with what its names stand for.

    Raises `ValueError` for an unknown name.
    """
    size = len(pattern)
    if "\n" in pattern:
        pattern = "".join([line.strip() for line in pattern.split("\n")])

    def meaning(name: re.Match[str]) -> str:
        if name[1] not in words:
            raise ValueError(f"{name[0]} is no word of {WORDS_FILE}{nearest(name[1], words)}; correct it, or add it there")
        nonlocal size
        size += len(words[name[1]])
        if size > MOST_CHARS:
            raise ValueError(TOO_LONG)
        return f"(?:{words[name[1]]})"

    if size > MOST_CHARS:
        raise ValueError(TOO_LONG)
    return _NAME.sub(meaning, pattern)
