"""What a detector returns is checked: it may come from a plugin, and its spans are cut out of articles."""

from __future__ import annotations

from collections.abc import Sequence

from lintnews.diagnostic import Edit, Finding, Related


def check_finding(finding: object, length: int) -> None:
    """Raises `ValueError` or `TypeError` that says what is wrong with a finding in a text of so many code points."""
    if not isinstance(finding, Finding):
        raise TypeError(f"a finding is {finding!r}; expected a lintnews.Finding")
    _check_span("a finding", finding.start, finding.end, length)
    for edit in _each("edits", finding.edits):
        if not isinstance(edit, Edit) or not isinstance(edit.replacement, str):
            raise TypeError(f"an edit is {edit!r}; expected a lintnews.Edit with a string as its replacement")
        _check_span("an edit", edit.start, edit.end, length)
    confidence = finding.confidence
    if confidence is not None and (not isinstance(confidence, (int, float)) or not 0 <= confidence <= 1):
        raise ValueError(f"a finding's confidence is {confidence!r}; expected a number from 0 to 1")
    if finding.safety not in (None, "safe", "unsafe"):
        raise ValueError(f"a finding's safety is {finding.safety!r}; expected safe or unsafe")
    if not all(isinstance(one, str) for one in _each("suggestions", finding.suggestions)):
        raise TypeError(f"a finding's suggestions are {finding.suggestions!r}; expected strings")
    if not all(isinstance(one, Related) for one in _each("related", finding.related)):
        raise TypeError(f"a finding's related places are {finding.related!r}; expected lintnews.Related")


def _check_span(what: str, start: object, end: object, length: int) -> None:
    if not isinstance(start, int) or not isinstance(end, int):
        raise TypeError(f"{what} spans {start!r} to {end!r}; expected whole numbers")
    if not 0 <= start <= end <= length:
        raise ValueError(f"{what} spans {start} to {end} in a text of {length} code points; expected a span inside it")


def _each(field: str, values: object) -> Sequence[object]:
    if not isinstance(values, (tuple, list)):
        raise TypeError(f"a finding's {field} are {values!r}; expected a tuple")
    return values
