"""What is found and how to mend it: Edit, Finding, Fix, Related, Diagnostic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Level = Literal["error", "warning", "info"]
Safety = Literal["safe", "unsafe"]

LEVELS: tuple[Level, ...] = ("info", "warning", "error")
"""From the mildest to the gravest."""


class Edit(NamedTuple):
    """Replace `text[start:end]` by `replacement`; code points, half open. No replacement: delete."""

    start: int
    end: int
    replacement: str = ""


class Related(NamedTuple):
    """Another place that a diagnostic speaks of: code points, half open, line from 1. `path` is None for the same document."""

    start: int
    end: int
    line: int
    path: str | None = None


class Finding(NamedTuple):
    """What a detector returns: a span of code points and the evidence; the rule adds words and level.

    `values` fill the placeholders of the rule's message. `confidence` (0 to 1) overrides the rule's own.
    `safety` caps the rule's `fix`: a finding may say "unsafe" where the rule says "safe", never the other way round.
    """

    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    confidence: float | None = None
    values: Mapping[str, object] = {}
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    safety: Safety | None = None


class Fix(NamedTuple):
    """The edits of one diagnostic, applied together or not at all."""

    safety: Safety
    edits: tuple[Edit, ...]


class Diagnostic(NamedTuple):
    """A finding with its rule's id, message, level and confidence.

    `start` and `end` are code points of the document's text, half open; lines and columns count from 1, `end_column` is
    one past the last character, columns count code points.
    """

    path: str
    rule: str
    level: Level
    confidence: float
    message: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    def to_dict(self) -> dict[str, Any]:
        """The record of the JSON and JSONL reports, see docs/json.md."""
        return {
            "path": self.path,
            "rule": self.rule,
            "level": self.level,
            "confidence": round(self.confidence, 4),
            "message": self.message,
            "start": self.start,
            "end": self.end,
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
            "text": self.text,
            "suggestions": list(self.suggestions),
            "related": [{"path": r.path or self.path, "start": r.start, "end": r.end, "line": r.line} for r in self.related],
            "fix": self.fix
            and {
                "safety": self.fix.safety,
                "edits": [{"start": e.start, "end": e.end, "replacement": e.replacement} for e in self.fix.edits],
            },
        }
