"""Decides, in the one place where that is decided, which findings of an article are shown and mended, and which are held back.

In this order: what a change did not touch, comments and the row's own field, allowed texts, the baseline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lintnews.diagnostic import Diagnostic
from lintnews.linter import Filter
from lintnews.messages import nearest
from lintnews.silencing.baseline import Draw
from lintnews.silencing.comments import Silencer, comments
from lintnews.silencing.keys import names_rule

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.silencing.allowing import Allow
    from lintnews.silencing.baseline import Lines, Pool

Spans = Sequence[tuple[int, int]]
OWN = "silencing/"
UNUSED, UNKNOWN = f"{OWN}unused", f"{OWN}unknown"
"""By what findings about silencings themselves are known."""


class Asked(NamedTuple):
    """The rules that were asked of an article by itself, those that compare articles, and how to get the ids of all there are."""

    alone: Collection[str]
    comparing: Collection[str]
    known: Callable[[], Collection[str]]


class Holding:
    """What is held back in one file. `lines` are those that a change touched, from 1 and inclusive; None for all.

    What it counts, it counts when an article is done. `allowed` are those of `allows` that allowed something.
    """

    def __init__(self, allows: Sequence[Allow] = (), pool: Pool | None = None, lines: Spans | None = None) -> None:
        self.allows = allows
        self.pool = pool
        self.lines = lines
        self.silenced = self.known = 0
        self.allowed: set[str] = set()

    @property
    def used(self) -> Lines:
        """The lines of the baseline that were used up."""
        return self.pool.used if self.pool else Counter()

    def article(
        self, field: object = None, row: int | None = None, asked: Asked | None = None, *, comments: bool = True
    ) -> Article:
        """What decides for one of its articles. `field` is what its row says; where rules were `asked`, idle silencings are told.

        Without `comments`, none that stands in it counts.
        """
        return Article(self, field, row, asked, comments)


class Article:
    """Decides for one article, as often as it is looked at while it is mended; the last time counts."""

    def __init__(self, holding: Holding, field: object, row: int | None, asked: Asked | None, comments: bool) -> None:
        self._holding = holding
        self._field = field
        self._row = row
        self._asked = asked
        self._reads_comments = comments
        self._document: Document | None = None
        self._last = _Count(holding.pool)
        self.filter = Filter(self.kept)

    def kept(self, document: Document, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics that are not held back, and those of silencings that are idle or can't be understood."""
        holding, is_new = self._holding, document is not self._document
        count = _Count(holding.pool) if is_new else self._last  # compared with others, a document is asked about twice
        silencers = [*(comments(document) if self._reads_comments else ()), *_of_row(self._field, len(document.text))]
        shown, held = [], []
        for d in diagnostics:
            if not self._is_touched(d):
                continue
            silencer = next((s for s in silencers if s.silences(d)), None)
            if silencer is not None:
                count.silencers.add(silencer)
            elif allowed := next((allow for allow in holding.allows if allow.allows(d)), None):
                count.allowed.add(allowed.origin)
            elif count.draw is None or not count.draw.takes(d):
                shown.append(d)
                continue
            else:
                count.known += 1
                held.append((d.start, d.end))
                continue
            count.silenced += 1
            held.append((d.start, d.end))
        self._last, self._document = count, document
        kept = [_without_touching(d, held) for d in shown] if held else shown
        if self._asked is not None and silencers and is_new and holding.lines is None:
            kept += _told(document, silencers, count.silencers, self._asked)
            kept.sort(key=lambda d: (d.start, -d.end, d.rule))
        return kept

    def done(self) -> None:
        """Count what was held back the last time."""
        holding, count = self._holding, self._last
        if holding.pool and count.draw:
            holding.pool.take(count.draw.taken)
        holding.silenced += count.silenced
        holding.known += count.known
        holding.allowed |= count.allowed

    def _is_touched(self, d: Diagnostic) -> bool:
        lines = self._holding.lines
        if lines is None:
            return True
        first, last = (d.line, d.end_line) if self._row is None else (self._row, self._row)
        return any(start <= last and first <= end for start, end in lines)


class _Count:
    """What was held back in one look."""

    def __init__(self, pool: Pool | None) -> None:
        self.draw = Draw(pool) if pool else None
        self.silencers: set[Silencer] = set()
        self.allowed: set[str] = set()
        self.silenced = self.known = 0


def _of_row(field: object, end: int) -> list[Silencer]:
    """What the field of a row silences: a list of rules, or a table whose `ignore` is one."""
    if field is None:
        return []
    rules = field.get("ignore") if isinstance(field, Mapping) else field
    rules = [name for name in map(str.strip, rules.split(",")) if name] if isinstance(rules, str) else rules
    if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
        return [Silencer(0, 0, (), 0, 0, "is no list of rules, and no object with such a list as its ignore")]
    return [Silencer(0, 0, tuple(rules), 0, end + 1)] if rules else []


def _without_touching(d: Diagnostic, held: Spans) -> Diagnostic:
    """The diagnostic without its fix where that would touch what is held back."""
    if d.fix and any(edit.start < end and start < max(edit.end, edit.start + 1) for edit in d.fix.edits for start, end in held):
        return d._replace(fix=None)
    return d


def _told(document: Document, silencers: Iterable[Silencer], used: Collection[Silencer], asked: Asked) -> list[Diagnostic]:
    """What is wrong with silencings, or that they are of no use."""
    told = []
    asked_for = (*asked.alone, *asked.comparing)
    for silencer in silencers:
        if silencer.problem:
            told.append(_diagnostic(document, silencer, UNKNOWN, f"The silencing {silencer.problem}."))
            continue
        strange = [name for name in silencer.rules if not any(names_rule(name, rule) for rule in asked_for)]
        known = asked.known() if strange else ()
        wrong = [name for name in strange if not any(names_rule(name, rule) for rule in known)]
        for name in wrong:
            near = nearest(name, {*known, *(rule.partition("/")[0] for rule in known)})
            told.append(_diagnostic(document, silencer, UNKNOWN, f"No rule or family is called {name!r}{near or '.'}"))
        if silencer not in used and not strange and not _may_compare(silencer, asked):
            what = f" for {', '.join(silencer.rules)}" if silencer.rules else ""
            told.append(_diagnostic(document, silencer, UNUSED, f"Nothing is silenced here{what}; remove it."))
    return told


def _may_compare(silencer: Silencer, asked: Asked) -> bool:
    """Whether it names rules that are asked once all articles were read."""
    return any(names_rule(name, rule) for name in silencer.rules for rule in asked.comparing)


def _diagnostic(document: Document, at: Silencer, rule: str, message: str) -> Diagnostic:
    line, column = document.position(at.start)
    end_line, end_column = document.position(at.end)
    text = document.text[at.start : at.end]
    return Diagnostic(document.path, rule, "warning", 1.0, message, at.start, at.end, line, column, end_line, end_column, text)
