"""What lintnews brings along, registered through the same hooks that plugins use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lintnews.data import RULES
from lintnews.plugins.hookspecs import hookimpl

if TYPE_CHECKING:
    from lintnews.detectors import Detector


@hookimpl
def lintnews_rules() -> list[Path]:
    """The shipped rule files."""
    return [RULES]


@hookimpl
def lintnews_detectors() -> Mapping[str, type[Detector]]:
    """The built-in detectors."""
    from lintnews.detectors import builtin

    return builtin()


@hookimpl
def lintnews_sources() -> Mapping[str, str]:
    """The built-in sources."""
    from lintnews.sources import SOURCES

    return SOURCES


@hookimpl
def lintnews_reports() -> Mapping[str, str]:
    """The built-in reports."""
    from lintnews.reports import REPORTS

    return REPORTS
