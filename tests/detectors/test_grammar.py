"""Grammar rules are asked for by name, leave quotations alone where that is set, and say nothing of what goes anyway."""

from __future__ import annotations

import pytest
from fake_languagetool import fake

import lintnews
from lintnews.document import Document
from lintnews.evidence.grammar.checker import Checker, Grammar
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules
from lintnews.rulebook.selection import choose_rules

RULES = {rule.id: rule for rule in load_rules()}
GRAMMAR = {name for name in RULES if name.startswith("grammar/")}
ALONE = {"grammar/other", "grammar/regional-word", "grammar/spelling", "grammar/style"}
PROSE = "The council met on Monday to talk about the bridge, which has been shut since the flood of last March, and it is safe."


def test_the_family_selects_all_but_what_is_for_its_own_name() -> None:
    chosen = {rule.id for rule in choose_rules(list(RULES.values()), ["grammar"], [])}
    assert chosen == GRAMMAR - ALONE
    assert {rule.id for rule in choose_rules(list(RULES.values()), ["grammar", "grammar/spelling"], [])} == chosen | {
        "grammar/spelling"
    }


@pytest.mark.parametrize("select", [[], ["ALL"], ["text", "ALL"]])
def test_nothing_else_selects_it(select: list[str]) -> None:
    assert GRAMMAR.isdisjoint(rule.id for rule in choose_rules(list(RULES.values()), select, []))


def test_quotations_are_left_alone_where_that_is_set() -> None:
    text = f'{PROSE}\n\n"I like teh bridge," the mayor said, and teh engineer who had come to the town said nothing.\n\n{PROSE}'
    with fake() as server:
        document = Document(text, known=[Checker(Grammar("languagetool", f"{server.url}/"))])
        rule = RULES["grammar/syntax"]
        assert len(Linter([rule]).check(document)) == 2
        (found,) = Linter([rule.with_options(quotes=False)]).check(document)
        assert found.start == text.rindex("teh")


def test_what_goes_anyway_is_not_corrected() -> None:
    text = f"{PROSE} It is teh end.\n\nSign up for teh newsletter of the town and get the news of the day.\n\n{PROSE}"
    with fake() as server:
        document = Document(text, known=[Checker(Grammar("languagetool", f"{server.url}/"))])
        rules = [*lintnews.rules(["boilerplate"]), RULES["grammar/syntax"]]
        found = [d for d in Linter(rules).check(document) if d.rule == "grammar/syntax"]
        assert [d.start for d in found] == [text.index("teh")]


def test_a_finding_says_what_where_and_by_which_rule() -> None:
    pytest.importorskip("harper", reason="harper-py is not installed")
    (found,) = lintnews.check("The council could of mended it.", select=["grammar"])
    assert (found.rule, found.text, found.suggestions, found.fix) == ("grammar/confused-word", "could of", ("could have",), None)
    assert found.message == "Wrong word: Use `have` rather than `of` here. Rule ModalOf."
