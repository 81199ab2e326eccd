"""`lintnews rules`: what rules there are, whether their examples hold, and new ones."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from lintnews.cli.launch import configuration, fail, say_problems, show
from lintnews.cli.options import add_configuration
from lintnews.messages import number
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import RuleFileError, load_file, rule_files, rule_id
from lintnews.rulebook.rule import Rule
from lintnews.settings.linters import all_rules, chosen_rules

_PLACEHOLDER = re.compile(r"\{\w+\}")
"""What a finding fills in."""


def arguments(command: ArgumentParser) -> None:
    """The options of `rules`."""
    command.add_argument("--output-format", choices=("text", "json"), default="text")
    add_configuration(command)
    deeds = command.add_subparsers(dest="deed", metavar="test|new")
    test = deeds.add_parser("test", help="run the examples of rule files", description="Run the examples of rule files.")
    new = deeds.add_parser("new", help="write a rule file from a line of an article", description="Write a rule from a line.")
    new.add_argument("id", metavar="ID", help="what the rule is to be called, such as house/scan-mark")
    new.add_argument("--from", dest="source", required=True, metavar="FILE:LINE", help="the line that it is to find")
    new.add_argument("--folder", metavar="DIR", help="where it goes (default: the first of rule-paths, or house-rules)")
    new.add_argument("--force", action="store_true", help="replace the file if it is there")
    test.add_argument("paths", nargs="+", metavar="PATH", help="rule files, or folders of them")


def run(options: Namespace) -> int:
    """List all rules, with a mark at those that the settings here choose; or run the examples of rule files."""
    if options.deed == "test":
        return _test(options.paths)
    if options.deed == "new":
        from lintnews.cli.rules_new import new

        return new(options)
    failed = say_problems()
    settings = configuration(options).settings_for(os.curdir)
    chosen = {rule.id: rule for rule in chosen_rules(settings)}
    listed = [chosen.get(rule.id, rule) for rule in all_rules(settings.rule_paths)]
    if options.output_format == "json":
        import json

        print(json.dumps([{**_facts(rule), "on": rule.id in chosen} for rule in listed], indent=1))
        return failed
    width = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        on = "on " if rule.id in chosen else "off"
        fix = "" if rule.fix == "none" else f"{rule.fix} fix"
        show(f"{rule.id:<{width}}  {on}  {rule.level:<7}  {fix:<10}  {_PLACEHOLDER.sub('…', rule.message)}")
    return failed


def _test(paths: list[str]) -> int:
    from lintnews.examples import problems, problems_in
    from lintnews.rulebook.languages import in_language, languages

    failed = say_problems()
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
    spoken = languages(tested)
    wrong = [*problems(tested), *(problem for code in spoken for problem in problems_in(tested, code))]
    for problem in wrong:
        show(problem)
    said = [*tested, *(rule for code in spoken for rule in in_language(tested, code))]
    examples = sum(len(rule.bad) + len(rule.good) for rule in said)
    also = f" in English and {number(len(spoken), 'language')} more" if spoken else ""
    show(f"{number(len(tested), 'rule')}{also}, {number(examples, 'example')}, {number(len(wrong), 'problem')}")
    return failed or (1 if wrong else 0)


def _facts(rule: Rule) -> dict[str, Any]:
    names = ("id", "family", "level", "fix", "confidence", "default", "message", "why", "reference", "path")
    return {name: getattr(rule, name) for name in names}
