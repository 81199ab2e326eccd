"""What an export says of an article besides its text: columns by name, each with one type whatever the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from lintnews.fixes.ledger import LedgerEntry
    from lintnews.linter import Cleaned
    from lintnews.verdict import Assessment

KINDS: Mapping[str, str] = {
    "boilerplate/agency": "agency",
    "boilerplate/byline": "byline",
    "boilerplate/caption": "caption",
    "boilerplate/contributors": "byline",
    "boilerplate/correction": "correction",
    "boilerplate/credited-caption": "caption",
    "boilerplate/date-stamp": "date",
    "boilerplate/dateline": "agency",
    "boilerplate/inside/agency": "agency",
    "boilerplate/inside/byline": "byline",
    "boilerplate/inside/credit": "caption",
    "boilerplate/photo-credit": "caption",
    "boilerplate/syndication": "agency",
    "boilerplate/tags": "tags",
}
"""What a rule removes, where somebody may want it: the rest is `other`."""
REMOVED = ("byline", "date", "caption", "tags", "agency", "correction", "other")


class Said(NamedTuple):
    """An article that was cleaned, and assessed if a column needs that."""

    cleaned: Cleaned
    assessment: Assessment | None


def _verdict(said: Said) -> Mapping[str, Any]:
    assert said.assessment is not None, "the column asks for it"
    return {"verdict": said.assessment.verdict, "reasons": list(said.assessment.reasons)}


def _metrics(said: Said) -> Mapping[str, Any]:
    assert said.assessment is not None, "the column asks for it"
    return {"metrics": said.assessment.metrics.to_dict()}


def _removed(said: Said) -> Mapping[str, Any]:
    return {"removed": removed_by_kind(said.cleaned.ledger)}


def _rules(said: Said) -> Mapping[str, Any]:
    return {"rules": dict(sorted(Counter(entry.rule for entry in said.cleaned.ledger).items()))}


def _offsets(said: Said) -> Mapping[str, Any]:
    return {"offsets": said.cleaned.offsets.to_dict()["edits"]}


def _ledger(said: Said) -> Mapping[str, Any]:
    return {"ledger": [entry.to_dict() for entry in said.cleaned.ledger]}


COLUMNS: Mapping[str, Callable[[Said], Mapping[str, Any]]] = {
    "verdict": _verdict,
    "metrics": _metrics,
    "removed": _removed,
    "rules": _rules,
    "offsets": _offsets,
    "ledger": _ledger,
}
"""The columns by the name that `--columns` uses, in the order in which an export has them."""
ASSESSED = ("verdict", "metrics")
"""Those that need a verdict."""


def columns_of(said: Said, wanted: Sequence[str]) -> dict[str, Any]:
    """The wanted columns of an article."""
    return {name: value for column in COLUMNS if column in wanted for name, value in COLUMNS[column](said).items()}


def removed_by_kind(ledger: Iterable[LedgerEntry]) -> dict[str, list[str]]:
    """What was taken out of an article, and not put elsewhere, by what it is."""
    found: dict[str, list[str]] = {kind: [] for kind in REMOVED}
    for entry in ledger:
        if not entry.inserted.strip() and (piece := entry.removed.strip()):
            found[KINDS.get(entry.rule, "other")].append(piece)
    return found


def arrow_types(wanted: Iterable[str]) -> dict[str, Any]:
    """The Arrow types of the wanted columns, by name. Needs pyarrow."""
    import pyarrow as pa

    texts, number, share = pa.list_(pa.string()), pa.int64(), pa.float64()
    whole = {"words", "own_words", "prose_words"}
    from lintnews.fixes.ledger import LedgerEntry
    from lintnews.verdict import Metrics

    metrics = [(name, number if name in whole else pa.string() if name == "language" else share) for name in Metrics._fields]
    entry = [(name, share if name == "confidence" else pa.string() if name in _TEXTS else number) for name in LedgerEntry._fields]
    types: dict[str, dict[str, Any]] = {
        "verdict": {"verdict": pa.string(), "reasons": texts},
        "metrics": {"metrics": pa.struct(metrics)},
        "removed": {"removed": pa.struct([(kind, texts) for kind in REMOVED])},
        "rules": {"rules": pa.list_(pa.struct([("rule", pa.string()), ("edits", number)]))},
        "offsets": {"offsets": pa.list_(pa.list_(number))},
        "ledger": {"ledger": pa.list_(pa.struct(entry))},
    }
    return {name: kind for column in COLUMNS if column in set(wanted) for name, kind in types[column].items()}


def arrow_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as they stand in a table, where counts by rule are a list, as few engines know maps."""
    counts = row.get("rules")
    return {**row} | ({} if counts is None else {"rules": [{"rule": rule, "edits": edits} for rule, edits in counts.items()]})


_TEXTS = ("rule", "reason", "removed", "inserted")
