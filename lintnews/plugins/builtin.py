"""What lintnews brings along, registered through the same hooks that plugins use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from lintnews.plugins.hookspecs import hookimpl

if TYPE_CHECKING:
    from lintnews.detectors import Detector


@hookimpl
def lintnews_rules() -> list[Path]:
    """The rule files: inside the package in a wheel, beside it in a checkout, an editable install and an sdist."""
    package = Path(__file__).parent.parent
    return [next((folder for folder in (package / "rules", package.parent / "rules") if folder.is_dir()), package / "rules")]


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
