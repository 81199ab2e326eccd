"""On the seed articles the boilerplate rules find every line that is not the article, and no other."""

import json

import pytest
from conftest import SEEDS

import lintnews
from lintnews.document import Document
from lintnews.linter import Linter

EXPECTED = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))
LINTER = Linter(rule for rule in lintnews.rules() if rule.family == "boilerplate")
REPEATED = {("002_3f478e1f98d6665f.txt", 6)}
"""Lines that are to go because they stand twice: boilerplate rules may name them as well."""


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_seed(name: str) -> None:
    text = (SEEDS / name).read_text(encoding="utf-8")
    document = Document(text)
    removed = set()
    for found in LINTER.check(document):
        if found.fix and found.fix.safety == "safe":
            removed.update(range(found.line, found.end_line + 1))
    lines = text.split("\n")
    removed = {number for number in removed if lines[number - 1].strip()}
    expected = {int(number) for number in EXPECTED[name]["drop_lines"]}
    allowed = {number for file, number in REPEATED if file == name}
    assert removed - allowed == expected - allowed
