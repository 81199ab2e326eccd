"""Where a finding stands in the eyes of services that show it beside a file: path, lines, and columns if they are of use."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import NamedTuple

from lintnews.diagnostic import Diagnostic

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Environment variables that name the top of the repository; without one it is the working folder."""


HOME = "https://lintnews.github.io/lintnews/"
"""Where the project's pages are."""


class Place(NamedTuple):
    """A path below the top of the repository, lines from 1, columns in code points from 1 with the end exclusive.

    A row of a file stands on the line of its number; `inside` then says which line of its text is meant.
    """

    path: str
    line: int
    end_line: int
    column: int = 1
    end_column: int = 2
    inside: str = ""

    @property
    def is_row(self) -> bool:
        """Whether columns mean nothing, as the line is a row of many articles."""
        return bool(self.inside)


def place(diagnostic: Diagnostic) -> Place:
    """Where a finding stands."""
    path, mark, row = diagnostic.path.rpartition("#")
    if mark and row.isdecimal():
        return Place(_below(path), int(row), int(row), inside=f"row {row}, line {diagnostic.line}: ")
    d = diagnostic
    return Place(_below(d.path), d.line, d.end_line, d.column, d.end_column)


def fingerprints(diagnostics: list[Diagnostic]) -> list[str]:
    """A name for each finding of one article that stays when its lines move: of path, rule, text, and which of its like it is."""
    seen: dict[str, int] = {}
    names = []
    for d in diagnostics:
        like = "\0".join((_below(d.path), d.rule, " ".join(d.text.split())))
        seen[like] = seen.get(like, 0) + 1
        names.append(sha256(f"{like}\0{seen[like]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return names


def page(rule: str) -> str | None:
    """The address of the page about a rule that comes with the program; None for one of the house or of a plugin."""
    from lintnews.data import RULES

    return f"{HOME}rules/{rule}/" if (RULES / f"{rule}.toml").is_file() else None


def _below(path: str) -> str:
    root = next((os.environ[name] for name in _ROOTS if os.environ.get(name)), os.curdir)
    below = os.path.relpath(path, root)
    return (path if below.startswith("..") else below).replace(os.sep, "/")
