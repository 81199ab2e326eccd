"""What a detector returns is checked before an article is changed by it."""

from __future__ import annotations

from typing import Any

import pytest

from lintnews.diagnostic import Edit, Finding, Related
from lintnews.rulebook.findings import check_finding


@pytest.mark.parametrize(
    "finding",
    [
        Finding(0, 10),
        Finding(3, 3, (Edit(0, 4, "x"), Edit(9, 10)), 1, {"a": 1}, ("b",), (Related(0, 1, 1, "other.txt"),), "unsafe"),
    ],
)
def test_what_is_right_passes(finding: Finding) -> None:
    check_finding(finding, 10)


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        ((0, 1), "expected a lintnews.Finding"),
        (Finding(0, 11), "a finding spans 0 to 11 in a text of 10 code points"),
        (Finding(-1, 2), "expected a span inside it"),
        (Finding(5, 2), "expected a span inside it"),
        (Finding(0.5, 2), "expected whole numbers"),  # type: ignore[arg-type]
        (Finding(0, 2, (Edit(0, 99),)), "an edit spans 0 to 99"),
        (Finding(0, 2, (Edit(0, 1, None),)), "expected a lintnews.Edit with a string"),  # type: ignore[arg-type]
        (Finding(0, 2, ((0, 1, ""),)), "expected a lintnews.Edit"),  # type: ignore[arg-type]
        (Finding(0, 2, None), "edits are None; expected a tuple"),  # type: ignore[arg-type]
        (Finding(0, 2, confidence=7), "confidence is 7; expected a number from 0 to 1"),
        (Finding(0, 2, confidence=float("nan")), "expected a number from 0 to 1"),
        (Finding(0, 2, safety="maybe"), "safety is 'maybe'; expected safe or unsafe"),  # type: ignore[arg-type]
        (Finding(0, 2, suggestions=(1,)), "expected strings"),  # type: ignore[arg-type]
        (Finding(0, 2, related=("b.txt",)), "expected lintnews.Related"),  # type: ignore[arg-type]
    ],
)
def test_what_is_wrong_is_said(finding: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        check_finding(finding, 10)
