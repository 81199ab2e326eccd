"""`check --watch`: the check again whenever an article, a configuration or a rule file changes, until Ctrl-C."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from lintnews.cli.launch import INTERRUPTED, fail, say
from lintnews.files.finding import BASELINE, LEDGER, SKIPPED, ending
from lintnews.files.replacing import TEMPORARY
from lintnews.messages import number
from lintnews.plugins.registry import registry
from lintnews.settings.files import closest

_DEBOUNCE_MS = 100
"""How long changes are gathered that come one after the other."""


def watch(paths: Sequence[str], rule_paths: Iterable[str], ours: Collection[str], check: Callable[[Sequence[str]], int]) -> int:
    """Check all paths, then again what changes; `ours` are files that lintnews itself writes. Ends with Ctrl-C.

    What is changed is checked by itself; where a setting or a rule changes, everything is.
    """
    try:
        import watchfiles
    except ImportError:
        return fail("--watch needs a package: pip install 'lintnews[watch]'")
    if (code := check(paths)) >= INTERRUPTED:
        return code
    ours = {os.path.realpath(path) for path in ours}
    folders = {os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path)) for path in paths}
    settings = {found for folder in folders if (found := closest(folder))}
    places = dict.fromkeys([*paths, *(path for path in rule_paths if os.path.exists(path)), *sorted(settings)])
    try:
        say("watching for changes; Ctrl-C ends it")
        for changes in watchfiles.watch(*places, debounce=_DEBOUNCE_MS, watch_filter=None, raise_interrupt=True):
            touched = [path for _, path in changes if os.path.realpath(path) not in ours]
            articles = sorted(set(_articles(touched, paths)))
            if any(_is_setting(path) for path in touched):
                forget()
                articles = list(paths)
            if articles:
                say(f"{number(len(articles), 'path')} checked anew")
                if (code := check(articles)) >= INTERRUPTED:
                    return code
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def forget() -> None:
    """Read settings, rules and baselines again when they are asked for next."""
    from lintnews.running.holding import read_baseline
    from lintnews.settings import files, linters

    for remembered in (files.closest, files.load, files.project, linters._load, read_baseline):
        remembered.cache_clear()


def _is_setting(path: str) -> bool:
    name = os.path.basename(path)
    return name.endswith((".toml", ".tsv")) or name in (BASELINE, ".gitignore")


def _articles(touched: Iterable[str], paths: Sequence[str]) -> Iterator[str]:
    """Those that are there, below the paths, and of a kind that is read; written as the paths are."""
    endings = registry().sources
    for path in touched:
        name = os.path.basename(path)
        parts = set(path.split(os.sep))
        if name in (LEDGER, BASELINE) or name.startswith(TEMPORARY) or parts & SKIPPED or not os.path.isfile(path):
            continue
        if ending(path) in endings:
            yield from (
                _below(path, top) for top in paths if f"{path}{os.sep}".startswith(os.path.join(os.path.abspath(top), ""))
            )


def _below(path: str, top: str) -> str:
    relative = os.path.relpath(path, os.path.abspath(top))
    return top if relative == os.curdir else os.path.normpath(os.path.join(top, relative))
