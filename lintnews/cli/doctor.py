"""`lintnews doctor`: what is installed, and whether it works."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from lintnews.cli.config import speaks
from lintnews.cli.launch import configuration, fail, say_problems, show
from lintnews.cli.options import add_configuration
from lintnews.plugins.registry import registry
from lintnews.settings.linters import all_rules, chosen_rules
from lintnews.settings.settings import ConfigError


def arguments(command: ArgumentParser) -> None:
    """The options of `doctor`."""
    add_configuration(command)


def _grammar() -> str:
    """What grammar rules can ask here."""
    from importlib.util import find_spec

    from lintnews.running.languagetool import installed, java

    folder, program = installed(), java()
    there = [f"LanguageTool in {folder}" if folder else "no LanguageTool (lintnews grammar install)"]
    there.append(f"Java at {program}" if program else "no Java")
    there.append("Harper" if find_spec("harper") else "no Harper (pip install 'lintnews[grammar]')")
    return ", ".join(there)


def _is_for_developers(requirement: str) -> bool:
    """Whether it is needed only to work on lintnews itself."""
    return any(f"extra == {mark}{extra}{mark}" in requirement for extra in ("test", "docs") for mark in "'\"")


def run(options: Namespace) -> int:
    """Print versions, plugins, rules and settings; 2 when something of it does not work."""
    from importlib.metadata import PackageNotFoundError, requires, version

    import lintnews
    from lintnews.running.pool import cores

    found = registry()
    show(f"lintnews {lintnews.__version__} in {Path(lintnews.__file__).parent}")
    show(f"Python {sys.version.split()[0]} at {sys.executable}, {cores()} cores")
    try:
        needed = requires("lintnews") or []
    except PackageNotFoundError:
        needed = []
        show("not installed as a package: run from its folder")
    for requirement in needed:
        if _is_for_developers(requirement):
            continue
        name = requirement.split(";")[0].split("[")[0].strip()
        name = name[: next((i for i, c in enumerate(name) if c in " <>=!~("), len(name))]
        try:
            state = version(name)
        except PackageNotFoundError:
            state = "not installed (optional)" if "extra ==" in requirement else "MISSING"
        show(f"  {name} {state}")
    for folder in found.rules:
        show(f"rules from {folder}")
    for name in found.plugins:
        show(f"plugin {name}")
    show(f"detectors: {', '.join(sorted(found.detectors))}")
    show(f"file name endings: {', '.join(sorted(found.sources))}")
    show(f"output formats: {', '.join(sorted(found.reports))}")
    show(f"grammar: {_grammar()}")
    failed = say_problems()
    try:
        settings = configuration(options).settings_for(os.curdir)
        show(f"settings here: {speaks(options, os.curdir)}")
        show(f"{len(chosen_rules(settings))} of {len(all_rules(settings.rule_paths))} rules are on here")
    except ConfigError as error:
        return fail(str(error))
    return failed
