"""lintnews finds what in a news text is not the article, what is garbled and what stands twice, and cleans it with a ledger.

The flow, in the order of the modules: `document` splits a text into blocks; `matcher` and `detectors` look; `rule` and
`rulefiles` give what they find a name and words; `fixes` apply edits and keep the ledger; `linter` joins these. `config`,
`plugins`, `sources`, `reports` and `cli` stand around that core.

    >>> import lintnews
    >>> cleaned = lintnews.clean(text)
    >>> cleaned.text, cleaned.diagnostics, cleaned.ledger, cleaned.offsets
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Diagnostic, Edit, Finding, Fix, Related
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.linter import Cleaned, Linter, RuleError
from lintnews.plugins.hookspecs import hookimpl
from lintnews.rulebook.rule import Rule

if TYPE_CHECKING:
    from lintnews.document import Markup
    from lintnews.evidence.duplicates.fingerprint import signature as signature
    from lintnews.evidence.duplicates.likeness import compare as compare

__version__ = "0.1.0"

__all__ = [
    "Block",
    "Cleaned",
    "Detector",
    "Diagnostic",
    "Document",
    "Edit",
    "Finding",
    "Fix",
    "Linter",
    "Needs",
    "Related",
    "Rule",
    "RuleError",
    "check",
    "clean",
    "compare",
    "hookimpl",
    "rules",
    "signature",
]


_ON_DEMAND = {"compare": "lintnews.evidence.duplicates.likeness", "signature": "lintnews.evidence.duplicates.fingerprint"}
"""Imported when first asked for: a commit hook needs neither."""


def __getattr__(name: str) -> object:
    if name not in _ON_DEMAND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ON_DEMAND[name]), name)


def rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules of lintnews and of installed plugins: those on by default, or those that `select` names, less `ignore`.

    A name is a rule's id, a family such as `boilerplate`, or `ALL`. Raises `ValueError` for an unknown name.
    """
    from lintnews.plugins.registry import load_rules
    from lintnews.rulebook.selection import choose_rules

    return choose_rules(load_rules(), tuple(select), tuple(ignore))


@lru_cache(maxsize=16)
def _linter(select: tuple[str, ...], ignore: tuple[str, ...], min_confidence: float) -> Linter:
    return Linter(rules(select, ignore), min_confidence=min_confidence)


def check(
    text: str, *, select: Iterable[str] = (), ignore: Iterable[str] = (), min_confidence: float = 0.5, markup: Markup = "plain"
) -> list[Diagnostic]:
    """Diagnostics of a text, sorted by position; offsets are code points.

    Raises `RuleError` for a rule that fails, `ValueError` for an unknown rule.
    """
    return _linter(tuple(select), tuple(ignore), min_confidence).check(Document(text, markup=markup))


def clean(
    text: str,
    *,
    unsafe_fixes: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    min_confidence: float = 0.5,
    markup: Markup = "plain",
) -> Cleaned:
    """The text with its safe fixes applied, or all of them with `unsafe_fixes`; with diagnostics, ledger and offset map.

    Raises `RuleError` for a rule that fails, `ValueError` for an unknown rule.
    """
    linter = _linter(tuple(select), tuple(ignore), min_confidence)
    return linter.clean(Document(text, markup=markup), unsafe=unsafe_fixes)
