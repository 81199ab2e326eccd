"""Patterns can be read: laid out over lines, with names for what rules share, which are spelt out when a file is read."""

import re
from pathlib import Path

import pytest

from lintnews.data import RULES
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import RuleFileError, load
from lintnews.rulebook.rule import Rule
from lintnews.rulebook.words import WORDS_FILE, expanded, words_of

LONGEST_LINE = 200
FILES = sorted(RULES.rglob("*.toml"))
RULE = """
message = "A line."
why = "It stands here for the sake of its pattern."
detect = "block"
[with]
patterns = ['''{}''']
"""


def loaded(folder: Path, pattern: str, words: str = "") -> Rule:
    """The rule of a folder that has one rule with this pattern, and these words."""
    (folder / "own").mkdir()
    (folder / "own" / "line.toml").write_text(RULE.format(pattern), encoding="utf-8")
    if words:
        (folder / WORDS_FILE).write_text(words, encoding="utf-8")
    (rule,) = load([folder], registry().detectors)
    return rule


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(RULES).as_posix())
def test_no_line_is_too_long_to_read(file: Path) -> None:
    long = [number for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if len(line) > LONGEST_LINE]
    assert not long


def test_every_shipped_word_is_used() -> None:
    used = {name for file in FILES for name in re.findall(r"\{([a-z-]+)\}", file.read_text(encoding="utf-8"))}
    assert set(words_of(RULES)) <= used


def test_line_breaks_and_names_are_spelt_out_when_a_rule_is_read(tmp_path: Path) -> None:
    rule = loaded(tmp_path, "\n  ^{mill}\n    [ ]{2,5}(?:\n    \\p{L}|\n    x{2}\n  )$\n", "mill = ['water', 'wind']\n")
    assert rule.detectors[0].patterns == (r"^(?:water|wind)[ ]{2,5}(?:\p{L}|x{2})$",)  # type: ignore[attr-defined]


def test_a_word_may_use_those_above_it_and_shipped_ones(tmp_path: Path) -> None:
    rule = loaded(tmp_path, "{when}", "day = '{weekday}day'\nwhen = 'on {day}'\n")
    assert re.fullmatch(rule.detectors[0].patterns[0], "on tuesday")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pattern", "words", "complaint"),
    [
        ("{moth}", "", r"own/line\.toml: patterns: \{moth\} is no word of words\.toml; did you mean 'month'\?"),
        ("x", "wide = '{narrow}'", r"words\.toml: wide: \{narrow\} is no word"),
        ("x", "month = 'x'", r"words\.toml: there is a word month already"),
        ("x", "wide = 3", r"words\.toml: wide is 3; expected a pattern, or a list of alternatives"),
        ("x", "Wide = 'x'", r"words\.toml: Wide can't be a word's name; use small letters and hyphens"),
        ("x", "wide =", r"words\.toml: can't be read as TOML"),
    ],
)
def test_an_error_names_file_and_key(tmp_path: Path, pattern: str, words: str, complaint: str) -> None:
    with pytest.raises(RuleFileError, match=complaint):
        loaded(tmp_path, pattern, words)


def test_braces_of_patterns_are_left_alone() -> None:
    assert expanded(r"\p{lower}{2,5}\{month\}{3}", {}) == r"\p{lower}{2,5}\{month\}{3}"
