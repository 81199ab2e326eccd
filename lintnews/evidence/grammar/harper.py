"""Harper, in this process: English only, no Java, no server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

from lintnews.evidence.grammar.matches import GrammarError, Kind, Match

_KINDS: dict[str, Kind] = {
    "Agreement": "syntax",
    "BoundaryError": "compound",
    "Capitalization": "casing",
    "Eggcorn": "confused-word",
    "Enhancement": "style",
    "Formatting": "typography",
    "Grammar": "syntax",
    "Malapropism": "confused-word",
    "Nonstandard": "syntax",
    "Punctuation": "punctuation",
    "Readability": "style",
    "Redundancy": "style",
    "Regionalism": "regional-word",
    "Repetition": "repeated-word",
    "Spelling": "spelling",
    "Style": "style",
    "Typo": "confused-word",
    "Usage": "syntax",
    "WordChoice": "confused-word",
}
_BY_RULE: dict[str, Kind] = {
    "AnA": "syntax",
    "CommaFixes": "typography",
    "CompoundNouns": "compound",
    "DisjointPrefixes": "compound",
    "Everybody": "compound",
    "Months": "casing",
    "ItsContraction": "confused-word",
    "SplitWords": "compound",
    "ThenThan": "confused-word",
}
_DIALECTS = {"en-US": "AMERICAN", "en-GB": "BRITISH", "en-AU": "AUSTRALIAN", "en-CA": "CANADIAN", "en-NZ": "AUSTRALIAN"}
_lock = Lock()


class Harper:
    """Harper's linters, one for each dialect and task, made when they are first asked (about a second each)."""

    name = "Harper"

    def speaks(self, language: str) -> bool:
        return language == "en" or language.startswith("en-")

    def find(self, paragraphs: Sequence[str], language: str, spelling: bool) -> list[tuple[Match, ...]]:
        linter = _linter(language if spelling else "en", spelling)
        with _lock:  # a linter can't be asked by two threads at once
            return [tuple(_matches(linter, paragraph)) for paragraph in paragraphs]


@lru_cache(maxsize=8)
def _linter(language: str, spelling: bool) -> Any:
    """A linter of a dialect that looks words up, or one that does all the rest. Raises `GrammarError`."""
    try:
        from harper import Dialect, Linter
    except ImportError as error:
        raise GrammarError("harper-py is not installed; pip install 'lintnews[grammar]'") from error
    linter = Linter(getattr(Dialect, _DIALECTS.get(language, "AMERICAN")))
    config = linter.get_default_lint_config()
    mine: dict[str, bool | None] = {name: on and (name == "SpellCheck") == spelling for name, on in config.items()}
    linter.set_lint_config(mine)
    return linter


def _matches(linter: Any, paragraph: str) -> Iterator[Match]:
    found = linter.organized_lints(paragraph, language="plaintext")
    for rule in sorted(rule for rule, lints in found.items() if lints):
        for lint in found[rule]:
            span, kind = lint.span, _BY_RULE.get(rule) or _KINDS.get(lint.lint_kind, "other")
            yield Match(span.start, span.end, kind, rule, lint.message, tuple(_suggested(lint))[:5])


def _suggested(lint: Any) -> Iterator[str]:
    """What could stand in the place of what was found."""
    for suggestion in lint.suggestions:
        kind = suggestion.kind.name
        if kind == "REPLACE":
            yield suggestion.replacement_text
        elif kind == "INSERT_AFTER":
            yield lint.problem_text + suggestion.replacement_text
