"""What is installed: built-ins and plugins, found through pluggy hooks, each failure told with the plugin's name."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pluggy

from lintnews.messages import nearest, raised
from lintnews.plugins import builtin, hookspecs
from lintnews.plugins.loading import WhenAsked, load, when_called

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from lintnews.detectors.detector import Detector
    from lintnews.reports.report import Report
    from lintnews.rulebook.rule import Rule
    from lintnews.sources.source import Source

NAME = "lintnews"
"""The pluggy project, the entry-point group and the name of the built-in plugin."""
DISABLE = "LINTNEWS_DISABLE_PLUGIN_AUTOLOAD"
"""Set this environment variable to anything, and no installed plugin is loaded."""


class Registry(NamedTuple):
    """Everything that hooks registered. `problems` has one line for each plugin, or name, that was left out."""

    rules: tuple[Path, ...]
    detectors: Mapping[str, type[Detector]]
    sources: Mapping[str, Callable[..., Source]]
    reports: Mapping[str, Callable[..., Report]]
    plugins: tuple[str, ...]
    problems: tuple[str, ...]


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The built-ins and the installed plugins. A plugin that fails is left out and named in `problems`."""
    problems: list[str] = []
    manager = pluggy.PluginManager(NAME)
    manager.add_hookspecs(hookspecs)
    manager.register(builtin, NAME)
    for point in sorted(entry_points(), key=lambda point: point.name):
        with redirect_stdout(sys.stderr):  # what a plugin prints is no part of what was asked for
            problem = _register(manager, point)
        if problem:
            problems.append(problem)
    return Registry(
        rules=tuple(Path(folder) for _, folders in _results(manager, "lintnews_rules", problems) for folder in folders),
        detectors=WhenAsked(_merged(manager, "lintnews_detectors", "detector", load, problems)),
        sources=_merged(manager, "lintnews_sources", "source", when_called, problems),
        reports=_merged(manager, "lintnews_reports", "report", when_called, problems),
        plugins=tuple(name for name, _ in manager.list_name_plugin() if name != NAME),
        problems=tuple(problems),
    )


def load_rules(folders: Iterable[str] = (), names: Iterable[str] | None = None) -> list[Rule]:
    """All rules: built-in ones, those of plugins, and those below `folders`. Raises `RuleFileError`.

    With the `names` of all rules and families that are spoken of, optional families that none of them means are left out.
    """
    from lintnews.rulebook.files import load as load_files
    from lintnews.rulebook.files import optional_families

    found = registry()
    unspoken = frozenset() if names is None else _unspoken(optional_families(), names)
    return load_files([*found.rules, *(Path(folder) for folder in folders)], found.detectors, unspoken)


def _unspoken(families: frozenset[str], names: Iterable[str]) -> frozenset[str]:
    spoken = {name.partition("/")[0] for name in names}
    return frozenset() if "ALL" in spoken else families - spoken


def entry_points() -> Iterable[EntryPoint]:
    """The installed plugins' entry points; none where `LINTNEWS_DISABLE_PLUGIN_AUTOLOAD` is set.

    `importlib.metadata` takes longer to import than a small file takes to check, so it is only asked when some
    installed distribution has such an entry point.
    """
    if os.environ.get(DISABLE) or not any(_may_have_plugins(path) for path in sys.path):
        return ()
    from importlib.metadata import entry_points

    return entry_points(group=NAME)


def _may_have_plugins(path: str) -> bool:
    """Whether a place on the import path has a distribution with a `[lintnews]` section, or is no folder that we can tell by."""
    try:
        with os.scandir(path or os.curdir) as scan:
            return any(
                _declares(entry.path) for entry in scan if entry.name.endswith((".dist-info", ".egg-info", ".egg", ".egg-link"))
            )
    except NotADirectoryError:
        return True
    except OSError:
        return False


def _declares(distribution: str) -> bool:
    if distribution.endswith((".egg", ".egg-link")):
        return True
    try:
        with open(os.path.join(distribution, "entry_points.txt"), "rb", buffering=0) as file:
            return b"[lintnews]" in file.read().replace(b" ", b"")
    except OSError:
        return False


def _register(manager: pluggy.PluginManager, point: EntryPoint) -> str | None:
    """Import and register one plugin; a line that says why it could not be, or None."""
    who = f"plugin {point.name}"
    if point.dist is not None:
        who += f" ({point.dist.name} {point.dist.version})"
    try:
        plugin = point.load()
        manager.register(plugin, point.name)
    except Exception as error:
        manager.unregister(name=point.name) if manager.has_plugin(point.name) else None
        return f"{who} can't be loaded: {raised(error)}; correct, update or uninstall it"
    known = {name for name in vars(hookspecs) if name.startswith("lintnews_")}
    for name in dir(plugin):
        if (name.startswith("lintnews_") or hasattr(getattr(plugin, name, None), "lintnews_impl")) and name not in known:
            manager.unregister(plugin)
            return f"{who} has an unknown hook {name}{nearest(name, known)}; correct, update or uninstall it"
    return None


def _results(manager: pluggy.PluginManager, hook: str, problems: list[str]) -> Iterator[tuple[str, Any]]:
    """What each plugin returns, built-ins first, then by name, so that the order of loading decides nothing."""
    impls = getattr(manager.hook, hook).get_hookimpls()
    for impl in sorted(impls, key=lambda impl: (impl.plugin_name != NAME, impl.plugin_name)):
        try:
            result = impl.function()
            yield impl.plugin_name, list(result) if hook == "lintnews_rules" else dict(result)
        except Exception as error:
            problems.append(f"plugin {impl.plugin_name}: {hook} failed: {raised(error)}; correct, update or uninstall it")


def _merged(
    manager: pluggy.PluginManager, hook: str, thing: str, resolve: Callable[[str], Any], problems: list[str]
) -> dict[str, Any]:
    """By name what all plugins registered under a hook; what stands as `"module:Name"` is resolved, built-in classes later."""
    merged: dict[str, Any] = {}
    owner: dict[str, str] = {}
    for plugin, registered in _results(manager, hook, problems):
        for name, value in registered.items():
            if name in merged:
                problems.append(
                    f"plugin {plugin}: the {thing} {name!r} is already there, from {owner[name]}; rename one of the two"
                )
                continue
            try:
                later = plugin == NAME and resolve is load  # a test loads each of them
                merged[name] = resolve(value) if isinstance(value, str) and not later else value
                owner[name] = plugin
            except Exception as error:
                problems.append(f"plugin {plugin}: the {thing} {name!r} can't be loaded: {raised(error)}; correct the plugin")
    return merged
