"""Messages hold plain names: nothing of a rule file is evaluated, and no name stays unfilled."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import put

from lintnews.plugins.registry import registry
from lintnews.rulebook.files import RuleFileError, load
from lintnews.rulebook.messages import filled

RULE = """
message = '''{message}'''
why = "So."
detect = "block"
[with]
patterns = ["^x$"]
"""


@pytest.mark.parametrize("message", ["{evidence.__class__}", "{x:>999999999}", "{x!r}", "{0[0]}", "{}", "a } b", "{ {x} }", "{x"])
def test_braces_hold_names_only(tmp_path: Path, message: str) -> None:
    put(tmp_path / "a" / "b.toml", RULE.replace("{message}", message))
    with pytest.raises(RuleFileError, match="expected braces around plain names only"):
        load([tmp_path], registry().detectors)


def test_values_are_put_in_as_they_are() -> None:
    assert filled("“{a}” and {b}", {"a": "{b}", "b": 3}) == "“{b}” and 3"
    with pytest.raises(ValueError, match=r"asks for \{c\}, which the detector does not give; it gives a, b"):
        filled("{c}", {"a": 1, "b": 2})
