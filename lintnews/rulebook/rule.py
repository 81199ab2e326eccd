"""A rule: what is wrong with a text, in words, options and examples. The looking is done by its detectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from lintnews.detectors.detector import Compared, Detector
from lintnews.diagnostic import Diagnostic, Finding, Fix, Level, Safety
from lintnews.document import Document
from lintnews.rulebook.findings import check_finding
from lintnews.rulebook.messages import filled
from lintnews.rulebook.options import RULE_OPTIONS, build_detector, made, rule_option


class Bad(NamedTuple):
    """An example that must be found: `text` holds what is found between ⟦ and ⟧; `fixed` is the text after the fix."""

    text: str
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule file. `confidence` (0 to 1) is the share of findings that are right where the detector does not say better.

    `safe_at` is the confidence from which a fix of a rule with `fix = "safe"` is safe; below, it is unsafe.
    With `alone`, neither its family nor `ALL` selects it. `weighed` says that each finding's confidence is weighed
    with the line model's shares of the blocks it spans. `was` are ids that it had before, which still name it.
    """

    id: str
    message: str
    why: str
    level: Level
    fix: Safety | Literal["none"]
    detect: str
    detectors: tuple[Detector, ...]
    confidence: float = 0.9
    safe_at: float = 0.9
    weighed: bool = False
    default: bool = True
    alone: bool = False
    reference: str = ""
    bad: tuple[Bad, ...] = ()
    good: tuple[str, ...] = ()
    options: tuple[Mapping[str, Any], ...] = ()
    path: str = ""
    was: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """What stands before the first slash of the id: boilerplate, duplicate, spun, structure, …"""
        return self.id.partition("/")[0]

    @property
    def asks_a_checker(self) -> bool:
        """Whether it asks a grammar checker, which is a package or a server of its own."""
        return any(detector.needs().grammar for detector in self.detectors)

    def with_options(self, **changes: Any) -> Rule:
        """A copy with another level, fix, confidence, or other detector options.

        Raises `ValueError` for an unknown one, and for a value that a rule file could not have.
        """
        changes = {key.replace("-", "_"): value for key, value in changes.items()}
        mine = {key: rule_option(key, value) for key, value in changes.items() if key in RULE_OPTIONS}
        options = {key: value for key, value in changes.items() if key not in RULE_OPTIONS}
        if not options:
            return replace(self, **mine)
        merged = tuple({**table, **options} for table in self.options)
        built = tuple(build_detector(type(made(d)), table) for d, table in zip(self.detectors, merged, strict=True))
        return replace(self, options=merged, detectors=built, **mine)

    def diagnose(self, document: Document, compared: Compared | None = None) -> Iterator[Diagnostic]:
        """The detectors' findings with this rule's words; with `compared`, those in what came of comparing it with others."""
        for detector in self.detectors:
            for finding in detector.find(document) if compared is None else detector.conclude(compared):
                yield self._diagnostic(document, finding)

    def _diagnostic(self, document: Document, finding: Finding) -> Diagnostic:
        check_finding(finding, len(document.text))
        confidence = self.confidence if finding.confidence is None else finding.confidence
        if self.weighed:
            from lintnews.evidence.linemodel.model import weigh

            confidence = weigh(document, finding.start, finding.end, confidence)
        line, column = document.position(finding.start)
        end_line, end_column = document.position(finding.end)
        return Diagnostic(
            path=document.path,
            rule=self.id,
            level=self.level,
            confidence=confidence,
            message=filled(self.message, finding.values),
            start=finding.start,
            end=finding.end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            text=document.text[finding.start : finding.end],
            suggestions=finding.suggestions,
            related=finding.related,
            fix=self._fix(finding, confidence),
        )

    def _fix(self, finding: Finding, confidence: float) -> Fix | None:
        if self.fix == "none" or not finding.edits:
            return None
        safe = self.fix == "safe" and finding.safety != "unsafe" and confidence >= self.safe_at
        return Fix("safe" if safe else "unsafe", finding.edits)
