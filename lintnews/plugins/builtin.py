"""What lintnews brings along, registered through the same hooks that plugins use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lintnews.data import RULES
from lintnews.detectors import DETECTORS
from lintnews.plugins.hookspecs import hookimpl


@hookimpl
def lintnews_rules() -> list[Path]:
    """The shipped rule files."""
    return [RULES]


@hookimpl
def lintnews_detectors() -> Mapping[str, str]:
    """The built-in detectors."""
    return DETECTORS


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
