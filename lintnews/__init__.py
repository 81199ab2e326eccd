"""lintnews finds what in a news text is not the article, what is garbled and what stands twice, and cleans it with a ledger.

The way of an article: `document` splits a text into blocks; `detectors` look, and ask `evidence` and `patterns`; `rulebook` gives
what they find a name and words; `linter` joins these, and `fixes` apply edits and keep the ledger. `settings`, `plugins`,
`sources`, `reports`, `running` and `cli` stand around that core.

    >>> import lintnews
    >>> cleaned = lintnews.clean(text)
    >>> cleaned.text, cleaned.diagnostics, cleaned.ledger, cleaned.offsets
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lintnews.detectors.detector import Detector, Needs
    from lintnews.diagnostic import Diagnostic, Edit, Finding, Fix, Related
    from lintnews.document import Document, Markup
    from lintnews.document.blocks import Block
    from lintnews.engines.cleaner import Cleaner, clean_table
    from lintnews.evidence.duplicates.fingerprint import signature
    from lintnews.evidence.duplicates.observing import observe
    from lintnews.evidence.duplicates.shared import Corpus
    from lintnews.evidence.duplicates.stories import compare
    from lintnews.evidence.sitelines.counting import Learner, observe_lines
    from lintnews.linter import Cleaned, Linter, RuleError
    from lintnews.plugins.hookspecs import hookimpl
    from lintnews.rulebook.rule import Rule
    from lintnews.running.many import clean_many
    from lintnews.settings.linters import linter_for
    from lintnews.settings.settings import ConfigError, Settings
    from lintnews.verdict import Assessment, Metrics

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Block",
    "Cleaned",
    "Cleaner",
    "ConfigError",
    "Corpus",
    "Detector",
    "Diagnostic",
    "Document",
    "Edit",
    "Finding",
    "Fix",
    "Learner",
    "Linter",
    "Metrics",
    "Needs",
    "Related",
    "Rule",
    "RuleError",
    "Settings",
    "assess",
    "check",
    "clean",
    "clean_many",
    "clean_table",
    "compare",
    "hookimpl",
    "linter_for",
    "observe",
    "observe_lines",
    "rules",
    "signature",
]

_ON_DEMAND = {
    "Assessment": "lintnews.verdict",
    "Block": "lintnews.document.blocks",
    "Cleaned": "lintnews.linter",
    "Cleaner": "lintnews.engines.cleaner",
    "ConfigError": "lintnews.settings.settings",
    "Corpus": "lintnews.evidence.duplicates.shared",
    "Detector": "lintnews.detectors.detector",
    "Diagnostic": "lintnews.diagnostic",
    "Document": "lintnews.document",
    "Edit": "lintnews.diagnostic",
    "Finding": "lintnews.diagnostic",
    "Fix": "lintnews.diagnostic",
    "Learner": "lintnews.evidence.sitelines.counting",
    "Linter": "lintnews.linter",
    "Metrics": "lintnews.verdict",
    "Needs": "lintnews.detectors.detector",
    "Related": "lintnews.diagnostic",
    "Rule": "lintnews.rulebook.rule",
    "RuleError": "lintnews.linter",
    "Settings": "lintnews.settings.settings",
    "clean_many": "lintnews.running.many",
    "clean_table": "lintnews.engines.cleaner",
    "compare": "lintnews.evidence.duplicates.stories",
    "hookimpl": "lintnews.plugins.hookspecs",
    "linter_for": "lintnews.settings.linters",
    "observe": "lintnews.evidence.duplicates.observing",
    "observe_lines": "lintnews.evidence.sitelines.counting",
    "signature": "lintnews.evidence.duplicates.fingerprint",
}
"""Where each name comes from, imported when it is first asked for."""


def __getattr__(name: str) -> object:
    if name not in _ON_DEMAND:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_ON_DEMAND[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted(globals().keys() | _ON_DEMAND.keys())


def rules(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules of lintnews and of installed plugins: those on by default, or those that `select` names, less `ignore`.

    A name is a rule's id, a family such as `boilerplate`, or `ALL`. Raises `ValueError` for an unknown name.
    """
    from lintnews.plugins.registry import load_rules
    from lintnews.rulebook.selection import choose_rules

    return choose_rules(load_rules(), _names("select", select), _names("ignore", ignore))


def check(
    text: str, *, select: Iterable[str] = (), ignore: Iterable[str] = (), min_confidence: float = 0.5, markup: Markup = "plain"
) -> list[Diagnostic]:
    """Diagnostics of a text, sorted by position; offsets are code points.

    Raises `RuleError` for a rule that fails, `ValueError` for an unknown rule, `TypeError` for what is no text.
    """
    document = _document(text, markup)
    return _linter(_names("select", select), _names("ignore", ignore), _share(min_confidence)).check(document)


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

    Raises `RuleError` for a rule that fails, `ValueError` for an unknown rule, `TypeError` for what is no text.
    """
    document = _document(text, markup)
    if not isinstance(unsafe_fixes, bool):
        raise TypeError(f"unsafe_fixes is {unsafe_fixes!r}; expected True or False")
    linter = _linter(_names("select", select), _names("ignore", ignore), _share(min_confidence))
    return linter.clean(document, unsafe=unsafe_fixes)


def assess(
    text: str, *, select: Iterable[str] = (), ignore: Iterable[str] = (), min_confidence: float = 0.5, markup: Markup = "plain"
) -> Assessment:
    """A verdict on a text, `keep`, `clean`, `review` or `drop`, with the reasons and the figures that led to it.

    Raises `RuleError` for a rule that fails, `ValueError` for an unknown rule, `TypeError` for what is no text.
    """
    from lintnews.verdict import assess as assessed

    document = _document(text, markup)
    needed = _with_needed(_names("select", select), _names("ignore", ignore))
    return assessed(document, _linter(needed, (), _share(min_confidence)).check(document))


@lru_cache(maxsize=16)
def _with_needed(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the rules that are asked for, and of those that a verdict needs."""
    from lintnews.verdict import NEEDED

    return tuple(sorted({rule.id for rule in rules(select, ignore)}.union(NEEDED)))


@lru_cache(maxsize=16)
def _linter(select: tuple[str, ...], ignore: tuple[str, ...], min_confidence: float) -> Linter:
    from lintnews.linter import Linter

    return Linter(rules(select, ignore), min_confidence=min_confidence)


def _document(text: str, markup: Markup) -> Document:
    from lintnews.document import Document

    if markup not in ("plain", "markdown"):
        raise ValueError(f"markup is {markup!r}; expected 'plain' or 'markdown'")
    return Document(text, markup=markup)


def _names(option: str, names: Iterable[str]) -> tuple[str, ...]:
    if isinstance(names, str):
        return (names,)
    found = tuple(names) if isinstance(names, Iterable) else (None,)
    if not all(isinstance(name, str) for name in found):
        raise TypeError(f"{option} is {names!r}; expected names of rules or families, such as ['boilerplate']")
    return found


def _share(min_confidence: float) -> float:
    if isinstance(min_confidence, bool) or not isinstance(min_confidence, (int, float)):
        raise TypeError(f"min_confidence is {min_confidence!r}; expected a number from 0 to 1")
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence!r}; expected a number from 0 to 1")
    return min_confidence
