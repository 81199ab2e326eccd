"""The plugin surface on one screen. Hooks register things; they never run rules, and their order decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from lintnews.detectors import Detector
    from lintnews.reports import Report
    from lintnews.sources.source import Source

hookspec = pluggy.HookspecMarker("lintnews")
hookimpl = pluggy.HookimplMarker("lintnews")


@hookspec
def lintnews_rules() -> Iterable[Path]:
    """Folders of rule files; a file's path below the folder, less `.toml`, is the rule's id."""
    raise NotImplementedError


@hookspec
def lintnews_detectors() -> Mapping[str, type[Detector]]:
    """Detector classes by the name that a rule file's `detect` uses."""
    raise NotImplementedError


@hookspec
def lintnews_sources() -> Mapping[str, str | Callable[..., Source]]:
    """Sources by file name ending, such as `.jsonl`: how to read the articles of a file, and to write them back.

    A class, or where it stands, as `"package.module:Name"`: it is then imported when a file first needs it.
    """
    raise NotImplementedError


@hookspec
def lintnews_reports() -> Mapping[str, Callable[..., Report]]:
    """Reports by the name that `--output-format` uses."""
    raise NotImplementedError
