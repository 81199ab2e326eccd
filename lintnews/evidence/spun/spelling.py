"""British and American spelling: a suggestion is spelt as the text it is for spells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from lintnews.evidence.spun.screen import DATA


@cache
def _pairs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """British and American forms of lower-case words: those that differ in "s" for "z", and the others."""
    pairs = [tuple(line.split(" ")) for line in (DATA / "spellings.txt").read_text(encoding="utf-8").splitlines()]
    zed = [(b, a) for b, a in pairs if b.replace("s", "z") == a.replace("s", "z")]
    return zed, [pair for pair in pairs if pair not in zed]  # type: ignore[misc]


def respelt(words: Iterable[str]) -> dict[str, str]:
    """What to write instead of a lower-case word so that it is spelt as a text with these words spells.

    British writers may "organize"; so a text must show which of "s" and "z" it takes, unless it is American.
    """
    counts = Counter(words)
    zed, others = _pairs()
    lean = _lean(counts, others)
    return _instead(others, lean) | _instead(zed, _lean(counts, zed) or min(lean, 0))


def _lean(counts: Counter[str], pairs: Iterable[tuple[str, str]]) -> int:
    """Above 0 for British spelling, below for American."""
    return sum(counts[british] - counts[american] for british, american in pairs)


def _instead(pairs: Iterable[tuple[str, str]], lean: int) -> dict[str, str]:
    return {american: british for british, american in pairs} if lean > 0 else dict(pairs) if lean < 0 else {}
