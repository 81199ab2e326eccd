"""Silencings for findings that are there: comments in Markdown, `[[allow]]` tables for everything else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lintnews.document import Document
from lintnews.silencing.keys import normalised

LONGEST_QUOTED_CHARS = 80
"""Code points of a finding by which an allowance knows it again."""


def commented(document: Document, findings: Sequence[Mapping[str, Any]], reason: str) -> tuple[str, list[Mapping[str, Any]]]:
    """A Markdown text with comments before the blocks in which findings start, and the findings for which none could stand there.

    A comment between items or in a quotation would part them.
    """
    text = document.text
    rules: dict[int, set[str]] = {}
    left = []
    for finding in findings:
        block = next((b for b in document.blocks if b.start <= finding["start"] < b.end), None)
        if block is None or block.kind not in ("paragraph", "line", "heading"):
            left.append(finding)
        else:
            rules.setdefault(text.rfind("\n", 0, block.start) + 1, set()).add(finding["rule"])
    newline = "\r\n" if "\r\n" in text else "\n"
    for at in sorted(rules, reverse=True):
        apart = newline if at and text[:at].rstrip(" \t\r\n") and not text[:at].endswith(("\n\n", "\n\r\n")) else ""
        comment = f"<!-- lintnews: ignore[{', '.join(sorted(rules[at]))}] {reason} -->"
        text = f"{text[:at]}{apart}{comment}{newline}{newline}{text[at:]}"
    return text, left


def allowances(findings: Iterable[Mapping[str, Any]], reason: str, table: str = "allow", paths: Sequence[str] = ()) -> str:
    """Tables that allow these findings, each once. `paths` are where they hold, in a configuration."""
    seen = dict.fromkeys((finding["rule"], _words(finding["text"])) for finding in findings)
    return "".join(_table(rule, text, reason, table, paths) for rule, text in seen)


def _table(rule: str, text: str, reason: str, table: str, paths: Sequence[str]) -> str:
    lines = [f"[[{table}]]", f"rule = {_quoted(rule)}"]
    if normalised(text):
        lines.append(f"text = {_quoted(text)}")
    if paths:
        lines.append(f"paths = [{', '.join(map(_quoted, paths))}]")
    return "\n".join([*lines, f"reason = {_quoted(reason)}", "", ""])


def _words(text: str) -> str:
    """The beginning of a finding's text, up to the end of a word."""
    line = " ".join(text.split())
    if len(line) <= LONGEST_QUOTED_CHARS:
        return line
    return line[:LONGEST_QUOTED_CHARS].rpartition(" ")[0] or line


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
