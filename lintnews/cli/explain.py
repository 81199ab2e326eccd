"""`lintnews explain`: what a rule finds and why, its options and examples."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from textwrap import wrap

from lintnews.cli.launch import configuration, fail, say_problems, show
from lintnews.cli.options import add_configuration
from lintnews.messages import nearest
from lintnews.rulebook.files import LANGUAGES
from lintnews.rulebook.languages import in_language, languages
from lintnews.rulebook.options import made, option_fields
from lintnews.rulebook.rule import Rule
from lintnews.settings.linters import all_rules, chosen_rules


def arguments(command: ArgumentParser) -> None:
    """The options of `explain`."""
    command.add_argument("rule", metavar="RULE")
    add_configuration(command)


def run(options: Namespace) -> int:
    """Print what a rule finds and why, its options and examples."""
    failed = say_problems()
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
    for line in _explained(rule):
        show(line)
    return failed


def _explained(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.message}"
    yield ""
    yield from wrap(" ".join(rule.why.split()), 100)
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
    own = {f.name for detector in rule.detectors for f in option_fields(type(made(detector)))} - {"confidence"}
    yield f'Options, for [tool.lintnews.rules."{rule.id}"]: {", ".join(["level", "fix", "confidence", "safe_at", *sorted(own)])}'
    if spoken := [code for code in languages([rule]) if in_language([rule], code)]:
        yield f"Languages: {', '.join(['en', *spoken])}; what it says in others than English is in {LANGUAGES}/ beside the rules."
    for title, texts in (("Found, between ⟦ and ⟧", [bad.text for bad in rule.bad]), ("Left alone", rule.good)):
        for number, text in enumerate(texts, 1):
            yield ""
            yield f"{title} ({number}):"
            yield from (f"    {line}" for line in text.splitlines())
