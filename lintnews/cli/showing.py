"""`lintnews rules`, `explain`, `config show` and `doctor`: what there is, for people."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from lintnews.cli import fail, say
from lintnews.cli.checking import configuration
from lintnews.files.finding import Ignores
from lintnews.messages import nearest
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import RuleFileError, load_file, rule_files, rule_id
from lintnews.rulebook.options import option_fields
from lintnews.rulebook.rule import Rule
from lintnews.settings.files import DEFAULT, ConfigError, RuleOptions, Settings, closest
from lintnews.settings.linters import all_rules, chosen_rules

_PLACEHOLDER = re.compile(r"\{\w+\}")
"""What a finding fills in."""


def rules(options: Namespace) -> int:
    """List all rules, with a mark at those that the settings here choose; or run the examples of rule files."""
    if options.deed == "test":
        return _test(options.paths)
    failed = _say_problems()
    settings = configuration(options).settings_for(os.curdir)
    chosen = {rule.id: rule for rule in chosen_rules(settings)}
    listed = [chosen.get(rule.id, rule) for rule in all_rules(settings.rule_paths)]
    if options.output_format == "json":
        import json

        print(json.dumps([{**_facts(rule), "on": rule.id in chosen} for rule in listed], ensure_ascii=False, indent=1))
        return failed
    width = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        on = "on " if rule.id in chosen else "off"
        fix = "" if rule.fix == "none" else f"{rule.fix} fix"
        print(f"{rule.id:<{width}}  {on}  {rule.level:<7}  {fix:<10}  {_PLACEHOLDER.sub('…', rule.message)}")
    return failed


def explain(options: Namespace) -> int:
    """Print what a rule finds and why, its options and examples."""
    failed = _say_problems()
    settings = configuration(options).settings_for(os.curdir)
    known = {rule.id: rule for rule in all_rules(settings.rule_paths)}
    known.update((rule.id, rule) for rule in chosen_rules(settings))
    rule = known.get(options.rule)
    if rule is None:
        family = [name for name in known if name.startswith(options.rule + "/")]
        there = (
            f"; the family has {', '.join(family)}" if family else nearest(options.rule, known) or "; lintnews rules lists them"
        )
        return fail(f"no rule is called {options.rule!r}{there}")
    print("\n".join(_explained(rule)))
    return failed


def config(options: Namespace) -> int:
    """Print the settings for a file, each with where it came from."""
    path = options.path
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    settings = configuration(options).settings_for(folder)
    print(f"# {path}: {_speaks(options, folder)}")
    for f in fields(Settings):
        if f.name != "origin":
            where = settings.origin.get(f.name, DEFAULT)
            print(f"{f.name.replace('_', '-')} = {_shown(getattr(settings, f.name))}  # {where}")
    if off := settings.ignored_in(path):
        print(f"# per-file-ignores switches off here: {', '.join(off)}")
    return 0


def doctor(options: Namespace) -> int:
    """Print versions, plugins, rules and settings; 2 when something of it does not work."""
    from importlib.metadata import PackageNotFoundError, requires, version

    import lintnews
    from lintnews.running.pool import cores

    found = registry()
    print(f"lintnews {lintnews.__version__} in {Path(lintnews.__file__).parent}")
    print(f"Python {sys.version.split()[0]} at {sys.executable}, {cores()} cores")
    try:
        needed = requires("lintnews") or []
    except PackageNotFoundError:
        needed = []
        print("not installed as a package: run from its folder")
    for requirement in needed:
        name = requirement.split(";")[0].split("[")[0].strip()
        name = name[: next((i for i, c in enumerate(name) if c in " <>=!~("), len(name))]
        try:
            state = version(name)
        except PackageNotFoundError:
            state = "not installed (optional)" if "extra ==" in requirement else "MISSING"
        print(f"  {name} {state}")
    for folder in found.rules:
        print(f"rules from {folder}")
    for name in found.plugins:
        print(f"plugin {name}")
    print(f"detectors: {', '.join(sorted(found.detectors))}")
    print(f"file name endings: {', '.join(sorted(found.sources))}")
    print(f"output formats: {', '.join(sorted(found.reports))}")
    failed = _say_problems()
    try:
        settings = configuration(options).settings_for(os.curdir)
        print(f"settings here: {_speaks(options, os.curdir)}")
        print(f"{len(chosen_rules(settings))} of {len(all_rules(settings.rule_paths))} rules are on here")
    except ConfigError as error:
        return fail(str(error))
    return failed


def _say_problems() -> int:
    for problem in registry().problems:
        say(problem)
    return 2 if registry().problems else 0


def _test(paths: list[str]) -> int:
    from lintnews.examples import problems

    failed = _say_problems()
    tested: list[Rule] = []
    for path in paths:
        folder = Path(path)
        try:
            files = list(rule_files(folder))
        except RuleFileError as error:
            failed = fail(str(error))
            continue
        for file in files:
            try:
                tested.append(load_file(file, rule_id(file, folder), registry().detectors))
            except RuleFileError as error:
                failed = fail(str(error))
    wrong = list(problems(tested))
    for problem in wrong:
        print(problem)
    examples = sum(len(rule.bad) + len(rule.good) for rule in tested)
    print(f"{_many(len(tested), 'rule')}, {_many(examples, 'example')}, {_many(len(wrong), 'problem')}")
    return failed or (1 if wrong else 0)


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _facts(rule: Rule) -> dict[str, Any]:
    names = ("id", "family", "level", "fix", "confidence", "default", "message", "why", "reference", "path")
    return {name: getattr(rule, name) for name in names}


def _explained(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.message}"
    yield ""
    yield from _wrapped(rule.why)
    yield ""
    yield f"Level: {rule.level}. {'On' if rule.default else 'Off'} by default."
    yield f"Confidence: {rule.confidence:g}, where a finding does not say better."
    yield {
        "safe": f"Fix: safe from a confidence of {rule.safe_at:g} (--fix), unsafe below it (--unsafe-fixes).",
        "unsafe": "Fix: unsafe, applied with --unsafe-fixes.",
        "none": "Fix: none.",
    }[rule.fix]
    if rule.reference:
        yield f"Reference: {rule.reference}"
    yield f"Detector: {rule.detect}. File: {rule.path}"
    own = {f.name for detector in rule.detectors for f in option_fields(type(detector))} - {"confidence"}
    yield f'Options, for [tool.lintnews.rules."{rule.id}"]: {", ".join(["level", "fix", "confidence", "safe_at", *sorted(own)])}'
    for title, texts in (("Found, between ⟦ and ⟧", [bad.text for bad in rule.bad]), ("Left alone", rule.good)):
        for number, text in enumerate(texts, 1):
            yield ""
            yield f"{title} ({number}):"
            yield from (f"    {line}" for line in text.splitlines())


def _wrapped(text: str) -> list[str]:
    from textwrap import wrap

    return wrap(" ".join(text.split()), 100)


def _speaks(options: Namespace, folder: str) -> str:
    if options.isolated:
        return "no configuration file (--isolated)"
    return str(options.config or closest(os.path.abspath(folder)) or "no configuration file; defaults")


def _shown(value: object) -> str:
    import json

    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Ignores):
        return [*value.patterns, f"(below {value.folder})"]
    if isinstance(value, RuleOptions):
        return {value.rule: dict(value.options)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
