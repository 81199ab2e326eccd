"""Patterns as rule files lay them out: over several lines, with names for the pieces that many rules share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lintnews.data import RULES
from lintnews.messages import nearest

WORDS_FILE = "words.toml"
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
        return rtoml.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, rtoml.TomlParsingError) as error:
        raise ValueError(f"{file}: can't be read as TOML: {' '.join(str(error).split())}") from None


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
            words[key] = "|".join(expanded(alternative, words) for alternative in alternatives)
        except ValueError as error:
            raise ValueError(f"{file}: {key}: {error}") from None


def named(pattern: str) -> set[str]:
    """The words that a pattern names."""
    return set(_NAME.findall(pattern))


def expanded(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern on one line, without the white space around its line breaks, and with what its names stand for.

    Raises `ValueError` for an unknown name.
    """
    if "\n" in pattern:
        pattern = "".join([line.strip() for line in pattern.split("\n")])

    def meaning(name: re.Match[str]) -> str:
        if name[1] not in words:
            raise ValueError(f"{name[0]} is no word of {WORDS_FILE}{nearest(name[1], words)}; correct it, or add it there")
        return f"(?:{words[name[1]]})"

    return _NAME.sub(meaning, pattern)
