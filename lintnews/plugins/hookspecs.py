"""The plugin surface on one screen. Hooks register things; they never run rules, and their order decides nothing.

Instead of a class or function, its reference `"package.module:Name"` may be given: it is then imported when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from lintnews.detectors.detector import Detector
    from lintnews.reports.report import Report
    from lintnews.sources.source import Source

hookspec = pluggy.HookspecMarker("lintnews")
hookimpl = pluggy.HookimplMarker("lintnews")


@hookspec
def lintnews_rules() -> Iterable[Path]:
    """Folders of rule files; a file's path below the folder, less `.toml`, is the rule's id."""
    raise NotImplementedError


@hookspec
def lintnews_detectors() -> Mapping[str, type[Detector] | str]:
    """Detector classes by the name that a rule file's `detect` uses."""
    raise NotImplementedError


@hookspec
def lintnews_sources() -> Mapping[str, Callable[..., Source] | str]:
    """Sources by file name ending, such as `.jsonl`: how to read the articles of a file, and to write them back."""
    raise NotImplementedError


@hookspec
def lintnews_reports() -> Mapping[str, Callable[..., Report] | str]:
    """Reports by the name that `--output-format` uses."""
    raise NotImplementedError
