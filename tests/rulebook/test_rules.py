"""Every shipped rule is right about its own examples, and no rule harms another rule's good examples."""

import pytest

import lintnews
from lintnews.document import Document
from lintnews.examples import problems
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules
from lintnews.rulebook.files import optional_families
from lintnews.rulebook.rule import Rule

RULES = load_rules()
EVERY = Linter(lintnews.rules())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule) -> None:
    assert list(problems([rule])) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert rule.message.endswith(".")
    assert len(rule.why) > 40
    assert len(rule.bad) >= 2
    assert len(rule.good) >= 2


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_harms_a_good_example(rule: Rule) -> None:
    for text in rule.good:
        cleaned = EVERY.clean(Document(text))
        assert cleaned.text == text, [(d.rule, d.text) for d in cleaned.diagnostics]


def test_optional_families_are_those_that_are_off() -> None:
    awake = {rule.family for rule in RULES if rule.default}
    assert optional_families() == {rule.family for rule in RULES} - awake


def test_optional_families_are_read_when_they_are_named() -> None:
    assert {rule.family for rule in load_rules(names=())}.isdisjoint(optional_families())
    assert {rule.id for rule in load_rules(names=["text/garbled"])} >= {"text/garbled", "boilerplate/byline"}
    assert len(load_rules(names=["ALL"])) == len(RULES)
