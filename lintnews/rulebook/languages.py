"""What rules say in other languages: one file a language beside the rules, read when an article in it comes by.

`languages/de.toml` has words, as `words.toml` has, and a table a rule with more of what the rule's own file has under `with`,
`bad` and `good`. `languages/shapes.toml` has what is laid out alike in all languages: its patterns name words that each
language says in its own way, and a pattern counts in the languages that have all of its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from lintnews.rulebook.files import LANGUAGES, RuleFileError, bad_example, good_example, spelt_out
from lintnews.rulebook.options import build_detector, made
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.words import named, read_words, toml, words_of

_SHAPES = "shapes.toml"
_KEYS = {"with", "bad", "good"}


def languages(rules: Iterable[Rule]) -> list[str]:
    """The codes of the languages, English apart, in which some of these rules have something to say."""
    files = {file for folder in set(map(_folder, rules)) for file in folder.glob("*.toml")}
    return sorted(file.stem for file in files if file.name != _SHAPES)


def in_language(rules: Sequence[Rule], code: str) -> list[Rule]:
    """Those rules that have something to say in a language, with that alone. Raises `RuleFileError`."""
    return [said for rule in rules if (said := _said(rule, code)) is not None]


def unknown_rules(rules: Iterable[Rule], code: str) -> list[str]:
    """The tables of a language's files that are no rule's."""
    known = {rule.id: _folder(rule) for rule in rules}
    return sorted(name for folder in set(known.values()) for name in _tables(folder, code) if known.get(name) != folder)


def _folder(rule: Rule) -> Path:
    return Path(rule.path).parents[rule.id.count("/")] / LANGUAGES if rule.path else Path(LANGUAGES)


def _said(rule: Rule, code: str) -> Rule | None:
    folder = _folder(rule)
    table = _tables(folder, code).get(rule.id)
    if table is None:
        return None
    try:
        options = tuple(table.get("with", ()))
        return replace(
            rule,
            detectors=tuple(build_detector(type(made(rule.detectors[0])), one) for one in options),
            options=options,
            bad=tuple(map(bad_example, table.get("bad", ()))),
            good=tuple(map(good_example, table.get("good", ()))),
            path=str(folder / f"{code}.toml"),
        )
    except (ValueError, TypeError) as error:
        raise RuleFileError(f"{folder / code}.toml: {rule.id}: {error}") from None


@lru_cache(maxsize=64)
def _tables(folder: Path, code: str) -> dict[str, dict[str, Any]]:
    """By rule what a language's file and the shapes say in it, patterns spelt out. Nothing where there is no such file."""
    file, shapes = folder / f"{code}.toml", folder / _SHAPES
    if not code or not file.is_file():
        return {}
    try:
        return _read(file, shapes)
    except ValueError as error:
        raise RuleFileError(str(error) if str(error).startswith(str(folder)) else f"{file}: {error}") from None


def _read(file: Path, shapes: Path) -> dict[str, dict[str, Any]]:
    """Raises `ValueError`."""
    data = toml(file)
    words = words_of(file.parent.parent)
    read_words(file, _words(data.pop("words", {})), words, anew=True)
    said = {name: _table(name, table, words) for name, table in data.items()}
    laid_out = toml(shapes) if shapes.is_file() else {}
    for word, meaning in _words(laid_out.pop("words", {})).items():
        if all(named(one) <= words.keys() for one in _listed(meaning)):
            read_words(shapes, {word: meaning}, words)
    for name, table in laid_out.items():
        sayable = [one for one in (_sayable(options, words) for options in table["with"]) if one["patterns"]]
        if sayable:
            mine = said.setdefault(name, {})
            mine["with"] = [*mine.get("with", ()), *(spelt_out(one, words) for one in sayable)]
    return said


def _words(table: Any) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise ValueError(f"words is {table!r}; expected a table, [words]")
    return table


def _listed(meaning: Any) -> list[str]:
    return [meaning] if isinstance(meaning, str) else list(meaning)


def _sayable(options: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The options of a shape less the patterns that name words which a language does not have."""
    return {
        key: [one for one in value if named(one) <= words.keys()] if isinstance(value, list) else value
        for key, value in options.items()
    }


def _table(name: str, table: Any, words: Mapping[str, str]) -> dict[str, Any]:
    if not isinstance(table, dict) or set(table) - _KEYS or not all(isinstance(value, list) for value in table.values()):
        raise ValueError(f'{name}: expected [["{name}".with]], .bad and .good, and nothing else')
    return {**table, "with": [spelt_out(one, words) for one in table.get("with", ())]}
