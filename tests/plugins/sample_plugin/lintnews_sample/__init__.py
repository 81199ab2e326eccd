"""A plugin as small as can be: a detector, a rule that uses it, and a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lintnews import Detector, Document, Edit, Finding, hookimpl
from lintnews.reports.report import Checked
from lintnews.reports.terminal import Terminal
from lintnews.reports.totals import Totals


@dataclass(frozen=True, slots=True)
class ShoutingDetector(Detector):
    """Blocks that are written in capitals."""

    min_letters: int = 10

    def find(self, document: Document) -> Iterator[Finding]:
        for block in document.blocks:
            if block.text.isupper() and len(block.text) >= self.min_letters:
                yield Finding(block.start, block.end, (Edit(block.start, block.end, block.text.capitalize()),))


class DotReport:
    """A dot a diagnostic."""

    separator = ""

    def __init__(self, terminal: Terminal) -> None:
        pass

    def head(self) -> str:
        return "dots: "

    def article(self, checked: Checked) -> str:
        return "." * len(checked.diagnostics)

    def foot(self, totals: Totals) -> str:
        return f" ({totals.found})\n"


@hookimpl
def lintnews_detectors() -> dict[str, type[ShoutingDetector]]:
    return {"shouting": ShoutingDetector}


@hookimpl
def lintnews_rules() -> list[Path]:
    return [Path(__file__).parent / "rules"]


@hookimpl
def lintnews_reports() -> dict[str, type[DotReport]]:
    return {"dots": DotReport}
