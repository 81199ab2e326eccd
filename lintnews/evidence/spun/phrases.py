"""Set phrases that spinners write: found in a text, and which of them people do not write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from lintnews.document.blocks import Span
from lintnews.evidence.spun.screen import DATA, lowered
from lintnews.evidence.spun.suggest import thesaurus

WORD = re.compile(r"[a-z]+(?:['’\-][a-z]+)*")


def set_phrases(text: str) -> list[Span]:
    """Where set phrases stand, in order, the longest at each place."""
    numbers, longest = thesaurus().numbers, _longest()
    low = lowered(text)
    spans = [match.span() for match in WORD.finditer(low)]
    found: list[Span] = []
    at = 0
    while at < len(spans):
        start = spans[at][0]
        for last in range(min(at + longest.get(low[slice(*spans[at])], 0), len(spans)) - 1, at, -1):
            if low[start : spans[last][1]] in numbers:
                found.append((start, spans[last][1]))
                at = last
                break
        at += 1
    return found


def telling(text: str, spans: Sequence[Span]) -> int:
    """How many different phrases among these are such as people do not write."""
    return len({text[start:end].lower() for start, end in spans} - _usual())


@cache
def _usual() -> frozenset[str]:
    return frozenset((DATA / "usual.txt").read_text(encoding="utf-8").split("\n"))


@cache
def _longest() -> dict[str, int]:
    """For each word that begins a set phrase the number of words of the longest."""
    found: dict[str, int] = {}
    for phrase in thesaurus().numbers:
        if " " in phrase:
            first = phrase.split(" ", 1)[0]
            found[first] = max(found.get(first, 0), phrase.count(" ") + 1)
    return found
