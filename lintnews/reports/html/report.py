"""An article for the HTML report: a row of the table, and an entry with its text, what was found and what would go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lintnews.diagnostic import Diagnostic
from lintnews.reports.html.folder import FolderSheet
from lintnews.reports.html.scripts import script
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals

if TYPE_CHECKING:
    from lintnews.fixes.ledger import LedgerEntry
    from lintnews.linter import Cleaned

TITLE_CHARS, FEWEST_TITLE_CHARS = 110, 30


class HtmlReport:
    """A folder with pages; see `FolderSheet`. Of each article it wants to know all: its verdict, and what `clean` makes of it."""

    separator = ""
    whole = True

    def __init__(self, terminal: Terminal) -> None:
        pass

    def sheet(self, path: str) -> FolderSheet:
        """Where the parts come together."""
        return FolderSheet(path)

    def head(self) -> str:
        """Nothing: the folder has it."""
        return ""

    def article(self, checked: Checked) -> str:
        """Two lines: the row, and the entry. What is found in an article once it was compared has no text with it."""
        cleaned = checked.cleaned
        if cleaned is None:
            row, entry = _counts(checked), [_found(d, False) for d in checked.diagnostics]
            return f"{script({'path': checked.path, **row})}\n{script(entry)}\n"
        text = checked.document.text if checked.document else None  # withheld, as the settings want it
        return f"{script(_row(checked, text, cleaned))}\n{script(_entry(checked, text, cleaned))}\n"

    def foot(self, totals: Totals) -> str:
        """Nothing: the folder has it."""
        return ""


def _row(checked: Checked, text: str | None, cleaned: Cleaned) -> dict[str, Any]:
    assessment = checked.assessment
    gone = sum(len(entry.removed) - len(entry.inserted) for entry in cleaned.ledger)
    return {
        "path": checked.path,
        "title": checked.path if text is None else _title(cleaned.text) or _title(text),
        "source": checked.source,
        "chars": len(cleaned.text) + gone,
        "gone": max(0, gone),
        "edits": len(cleaned.ledger),
        "verdict": assessment.verdict if assessment else "",
        "spun": round(assessment.metrics.spun, 2) if assessment else 0,
        "words": assessment.metrics.words if assessment else 0,
        **_counts(checked),
    }


def _counts(checked: Checked) -> dict[str, Any]:
    """What the plots count: by rule how many with no, an unsafe and a safe fix; confidences in percent; places that are alike."""
    rules: dict[str, list[int]] = {}
    alike = []
    for d in checked.diagnostics:
        rules.setdefault(d.rule, [0, 0, 0])[0 if d.fix is None else 1 if d.fix.safety == "unsafe" else 2] += 1
        text = " ".join(d.text[: 2 * TITLE_CHARS].split())[:TITLE_CHARS]
        alike += [(d.start, related.path, related.start, text) for related in d.related]
    return {"rules": rules, "sure": [round(100 * d.confidence) for d in checked.diagnostics], "alike": alike}


def _title(text: str) -> str:
    lines = [line.strip() for line in text[:5000].split("\n") if line.strip()]
    title = next((line for line in lines if len(line) >= FEWEST_TITLE_CHARS), lines[0] if lines else "")
    return title if len(title) <= TITLE_CHARS else f"{title[:TITLE_CHARS].rsplit(' ', 1)[0]}…"


def _entry(checked: Checked, text: str | None, cleaned: Cleaned) -> dict[str, Any]:
    assessment = checked.assessment
    edits = cleaned.ledger if text is not None else ()
    reasons = (
        assessment.reasons if assessment and assessment.verdict != "clean" and text is not None else ()
    )  # those are the findings
    return {
        "text": text,
        "found": [_found(d, _is_made(d, cleaned.ledger)) for d in checked.diagnostics],
        "edits": [[e.start, e.end, e.inserted, e.rule, round(100 * e.confidence), e.reason] for e in edits],
        "reasons": reasons,
        "figures": _figures(assessment.metrics.to_dict()) if assessment else [],
    }


def _found(d: Diagnostic, is_made: bool) -> list[Any]:
    """A finding: span, rule, confidence, message, level, fix (2: made, 1: not made, 0: none), suggestions, places, line."""
    fix = 2 if is_made else 1 if d.fix else 0
    places = [[r.path or "", r.start, r.line] for r in d.related]
    return [d.start, d.end, d.rule, round(100 * d.confidence), d.message, d.level, fix, d.suggestions[:3], places, d.line]


def _is_made(d: Diagnostic, ledger: tuple[LedgerEntry, ...]) -> bool:
    edits = d.fix.edits if d.fix else ()
    return any(e.rule == d.rule and e.start <= edit.end and edit.start <= e.end for edit in edits for e in ledger)


def _figures(metrics: dict[str, Any]) -> list[list[str]]:
    """The figures that mean something to a reader, as words."""
    shares = ("furniture", "repeated", "spun", "garbled")
    told = [[name, f"{metrics[name]:.0%}"] for name in shares if metrics[name] >= 0.005]
    told.insert(0, ["words", f"{metrics['words']:,}"])
    if metrics["grade"] is not None:
        told.append(["school grade", f"{metrics['grade']:.0f}"])
    return [*told, ["language", metrics["language"] or "not told"]]
