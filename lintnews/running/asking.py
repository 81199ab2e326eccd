"""Whether the rules of a choice have a grammar checker to ask; where they have none, they are left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lintnews.files.finding import Trouble

if TYPE_CHECKING:
    from lintnews.evidence.grammar.checker import Grammar
    from lintnews.running.request import Request, RuleChoice
    from lintnews.settings.settings import Settings

GRAMMAR = "grammar"


def naming_grammar(settings: Settings) -> list[str]:
    """The settings that name grammar rules; `ALL` does not mean them."""
    fields = ("select", "extend_select")
    return [field for field in fields if any(name.partition("/")[0] == GRAMMAR for name in getattr(settings, field))]


def with_grammar(
    choice: RuleChoice, request: Request, find: Callable[[Settings], Grammar | None] | None, met: list[Trouble]
) -> RuleChoice:
    """The choice with the checker that `find` has for its settings, or without the rules that ask one: where there is none, or
    nothing is reported, and so there is no `find`. What is amiss is added to `met`.
    """
    if not naming_grammar(choice.settings):
        if request.require_grammar and find is not None:
            met.append(Trouble("", "--require grammar: no grammar rule is selected; add --extend-select grammar"))
        return choice
    found = find(choice.settings) if find is not None and GRAMMAR not in choice.ignored else None
    return choice._replace(grammar=found) if found else choice._replace(ignored=(*choice.ignored, GRAMMAR))
