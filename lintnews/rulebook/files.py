"""Rule files to rules: one TOML file a rule, its path its id, strictly validated."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lintnews.data import RULES
from lintnews.messages import nearest
from lintnews.patterns.matcher import compiled
from lintnews.rulebook.messages import check_message
from lintnews.rulebook.options import RULE_OPTIONS, build_detector, declared_type, made, option_fields, rule_option
from lintnews.rulebook.packed import unpacked
from lintnews.rulebook.rule import Bad, Rule
from lintnews.rulebook.words import WORDS_FILE, expanded, text_of, toml, words_of

if TYPE_CHECKING:
    from lintnews.detectors.detector import Detector

OPEN, CLOSE = "⟦", "⟧"
LANGUAGES = "languages"
"""The folder beside the families with what rules say in other languages; it holds no rules of its own."""

_KEYS: dict[str, type | tuple[type, ...]] = {
    "message": str,
    "why": str,
    "level": str,
    "fix": str,
    "detect": str,
    "with": (dict, list),
    "confidence": (int, float),
    "safe_at": (int, float),
    "weighed": bool,
    "default": bool,
    "alone": bool,
    "reference": str,
    "was": list,
    "bad": list,
    "good": list,
}


class RuleFileError(Exception):
    """A rule file that can't be used; says which file and key, what was expected, and what to do."""


def optional_families() -> frozenset[str]:
    """The shipped families all of whose rules are off until they are named: whoever names none need not read them."""
    return frozenset((RULES / "optional.txt").read_text(encoding="utf-8").split())


def load(folders: Iterable[Path], detectors: Mapping[str, type[Detector]], leave_out: Container[str] = frozenset()) -> list[Rule]:
    """All rules below the folders less those of the families to leave out, sorted by id; shipped ones from the pack.

    Raises `RuleFileError` for a broken file, or two files of one id.
    """
    rules: dict[str, Rule] = {}
    for folder in folders:
        ready = unpacked(detectors, leave_out) if folder == RULES else None
        for rule in read(folder, detectors, leave_out) if ready is None else ready:
            if rule.id in rules:
                raise RuleFileError(
                    f"{rule.path}: the rule {rule.id} is already defined in {rules[rule.id].path}; rename one file"
                )
            rules[rule.id] = rule
    return [rules[name] for name in sorted(rules)]


def read(folder: Path, detectors: Mapping[str, type[Detector]], leave_out: Container[str] = frozenset()) -> Iterator[Rule]:
    """The rules below a folder as their files have them. Raises `RuleFileError` for a broken file."""
    words: dict[str, str] | None = None
    for file in rule_files(folder):
        name = rule_id(file, folder)
        if name.partition("/")[0] not in leave_out:
            words = _words(file, name) if words is None else words
            yield load_file(file, name, detectors, words)


def rule_files(folder: Path) -> Iterator[Path]:
    """The `.toml` files below a folder but its words and languages, or the file itself.

    Raises `RuleFileError` when there is no such place.
    """
    if folder.is_file():
        yield folder
    elif folder.is_dir():
        words = folder / WORDS_FILE
        languages = folder / LANGUAGES
        yield from sorted(file for file in folder.rglob("*.toml") if file != words and languages not in file.parents)
    else:
        raise RuleFileError(f"{folder}: no such folder of rule files; correct rule-paths")


def rule_id(file: Path, folder: Path) -> str:
    """A rule's id: its path below the folder, less `.toml`; a single file is known by its own and its folder's name."""
    base = file.parent.parent if file == folder else folder
    return file.relative_to(base).with_suffix("").as_posix()


def load_file(file: Path, id: str, detectors: Mapping[str, type[Detector]], words: Mapping[str, str] | None = None) -> Rule:
    """One rule; `words` are those that its patterns may use, where they have been read. Raises `RuleFileError`."""
    words = _words(file, id) if words is None else words
    try:
        data = toml(file)
    except ValueError as error:
        raise RuleFileError(str(error)) from None
    try:
        return _rule(data, id, file, detectors, words)
    except (ValueError, TypeError) as error:
        raise RuleFileError(f"{file}: {error}") from None


def _words(file: Path, id: str) -> dict[str, str]:
    """The words for the patterns of a rule file and its neighbours. Raises `RuleFileError`."""
    try:
        return words_of(file.parents[id.count("/")])
    except ValueError as error:
        raise RuleFileError(str(error)) from None


def _rule(data: dict[str, Any], id: str, file: Path, detectors: Mapping[str, type[Detector]], words: Mapping[str, str]) -> Rule:
    _check_keys(data, detectors)
    detect = data["detect"]
    given = data.get("with", {})
    alternatives = [spelt_out(options, words) for options in (given if isinstance(given, list) else [given])]
    table = file.with_suffix(".tsv")
    if table.is_file():
        rows = [tuple(line.split("\t")) for line in text_of(table).splitlines() if line and not line.startswith("#")]
        alternatives = [{**options, "table": rows} for options in alternatives]
    return Rule(
        id=id,
        message=data["message"],
        why=data["why"],
        level=data.get("level", "warning"),
        fix=data.get("fix", "none"),
        detect=detect,
        detectors=tuple(build_detector(detectors[detect], options) for options in alternatives),
        confidence=float(data.get("confidence", 0.9)),
        safe_at=float(data.get("safe_at", 0.9)),
        weighed=data.get("weighed", False),
        default=data.get("default", True),
        alone=data.get("alone", False),
        reference=data.get("reference", ""),
        bad=tuple(bad_example(example) for example in data.get("bad", ())),
        good=tuple(good_example(example) for example in data.get("good", ())),
        options=tuple(alternatives),
        path=str(file),
        was=tuple(data.get("was", ())),
    )


def spelt_out(options: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The options of a detector with the words in its patterns spelt out. Raises `ValueError` that names the option."""
    spelt = dict(options)
    for key, value in options.items():
        if key.replace("-", "_") in PATTERN_FIELDS and isinstance(value, list):
            try:
                spelt[key] = [expanded(pattern, words) if isinstance(pattern, str) else pattern for pattern in value]
            except ValueError as error:
                raise ValueError(f"{key}: {error}") from None
    return spelt


def _check_keys(data: Mapping[str, Any], detectors: Mapping[str, type[Detector]]) -> None:
    """Raises `ValueError` for an unknown, wrong or missing key."""
    for key, value in data.items():
        if key not in _KEYS:
            raise ValueError(f"unknown key {key!r}{nearest(key, _KEYS)}")
        expected = _KEYS[key]
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise ValueError(f"{key} is {value!r}; expected {_named(expected)}")
        if key in RULE_OPTIONS:
            rule_option(key, value)
    for key in ("message", "why", "detect"):
        if not data.get(key):
            raise ValueError(f"{key} is missing; add it")
    if not all(isinstance(name, str) for name in data.get("was", ())):
        raise ValueError(f"was is {data['was']!r}; expected a list of ids that the rule had before")
    check_message(data["message"])
    detect = data["detect"]
    if detect not in detectors:
        there = ", ".join(sorted(detectors))
        raise ValueError(f"detect is {detect!r}, which is no detector{nearest(detect, detectors)}; there are {there}")


def bad_example(example: Any) -> Bad:
    if not isinstance(example, dict) or set(example) - {"text", "fixed"} or not isinstance(example.get("text"), str):
        raise ValueError("each [[bad]] has a text, may have a fixed, and nothing else")
    text = example["text"]
    if text.count(OPEN) != text.count(CLOSE) or OPEN not in text:
        raise ValueError(f"a [[bad]] text holds what is found between {OPEN} and {CLOSE}")
    return Bad(text, example.get("fixed"))


def good_example(example: Any) -> str:
    if not isinstance(example, dict) or set(example) != {"text"} or not isinstance(example["text"], str):
        raise ValueError("each [[good]] has a text, and nothing else")
    return str(example["text"])


def check_patterns(rule: Rule) -> None:
    """Compile every pattern of a rule. Raises `ValueError` that quotes the first that is not valid."""
    for pattern in patterns_of(rule):
        compiled(pattern)


def patterns_of(rule: Rule) -> Iterator[str]:
    """Every pattern of a rule."""
    for detector in map(made, rule.detectors):
        for f in option_fields(type(detector)):
            if declared_type(f) == "tuple[str, ...]" and f.name in PATTERN_FIELDS:
                yield from getattr(detector, f.name)


PATTERN_FIELDS = (
    "patterns",
    "unless",
    "signs",
    "parts",
    "times",
    "opens",
    "not_below",
    "previous",
    "next",
    "first",
    "until",
    "announces",
    "passages",
    "leads",
    "subjects",
    "telling",
)


def _named(expected: type | tuple[type, ...]) -> str:
    names = {str: "a string", dict: "a table", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    types = expected if isinstance(expected, tuple) else (expected,)
    return " or ".join(dict.fromkeys(names[t] for t in types))
