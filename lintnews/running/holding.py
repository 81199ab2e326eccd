"""What is held back in the files of a run: which silencings speak of a file, and what became of the baseline's entries.

Nothing of `silencing` is imported where there is nothing to hold back.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from lintnews.running.request import STDIN, Held
from lintnews.settings.settings import ConfigError

if TYPE_CHECKING:
    from lintnews.document import Markup
    from lintnews.rulebook.rule import Rule
    from lintnews.running.request import Job, RuleChoice
    from lintnews.running.tasks.task import Desk
    from lintnews.settings.settings import Settings
    from lintnews.silencing.allowing import Allow
    from lintnews.silencing.baseline import Baseline
    from lintnews.silencing.holding import Article, Asked, Holding, Spans
    from lintnews.sources.source import Record

SIDECAR = ".lintnews.toml"
MARK = "lintnews:"
"""What a comment that silences holds; as `silencing` has them, which is not imported for that."""


class Keeper:
    """Holds back what is to be held back in one file, or in a part of one."""

    def __init__(self, desk: Desk, job: Job, markup: Markup) -> None:
        self._desk = desk
        self._job = job
        self._markup = markup
        self._holding = self._made() if self._is_wanted() else None
        self._article: Article | None = None

    def known(self, record: Record) -> tuple[object, ...]:
        """What a document must know so that its findings are held back."""
        holding = self._holding
        if holding is None:
            if not self._reads_comments or record.text is None or MARK not in record.text:
                return ()
            from lintnews.silencing.holding import Holding

            holding = self._holding = Holding()
        asked = self._asked() if self._desk.request.silences and not self._desk.settings.is_narrowed else None
        field = record.ignored if self._desk.request.silences else None
        self._article = holding.article(field, record.row, asked, comments=self._reads_comments)
        return (self._article.filter,)

    def article_done(self) -> None:
        """Count what was held back in the article that was looked at last."""
        if self._article is not None:
            self._article.done()
            self._article = None

    def file_done(self) -> None:
        """Tell the run what was held back in the file."""
        holding = self._holding
        if holding is None:
            return
        outcome, job = self._desk.outcome, self._job
        outcome.totals.known += holding.known
        outcome.totals.silenced += holding.silenced
        if holding.pool or holding.allows:
            beside = frozenset(allow.origin for allow in holding.allows if allow.file == job.name + SIDECAR)
            outcome.held.append(Held(job.name, self._desk.number, holding.used, frozenset(holding.allowed), beside))

    @property
    def _reads_comments(self) -> bool:
        return self._markup == "markdown" and self._desk.request.silences

    def _is_wanted(self) -> bool:
        settings, request = self._desk.settings, self._desk.request
        if settings.baseline or request.changed is not None:
            return True
        return request.silences and bool(settings.allow or settings.ignore_field or os.path.isfile(self._job.name + SIDECAR))

    def _made(self) -> Holding:
        """Raises `ConfigError`."""
        request, name = self._desk.request, self._job.name
        lines = None if request.changed is None else request.changed.get(os.path.realpath(name), ())
        return holding(name, self._desk.settings, renamed(self._desk.rules), lines, silences=request.silences)

    def _asked(self) -> Asked:
        from lintnews.settings.linters import all_rules
        from lintnews.silencing.holding import Asked

        linter = self._desk.linter
        comparing = {rule.id for rule in linter.comparing}
        alone = {rule.id for rule in linter.rules} - comparing
        paths = self._desk.settings.rule_paths
        return Asked(alone, comparing, lambda: {name for rule in all_rules(paths) for name in (rule.id, *rule.was)})


def holding(
    name: str, settings: Settings, was: Mapping[str, str], lines: Spans | None = None, *, silences: bool = True
) -> Holding:
    """What is held back in a file; `was` leads from old ids of rules to present ones. Raises `ConfigError`."""
    from lintnews.silencing.holding import Holding

    path = os.path.abspath(name)
    allows = [allow for allow in settings.allow if allow.paths is None or allow.paths.match(path, False)]
    if os.path.isfile(name + SIDECAR):
        allows += _beside(name + SIDECAR)
    pool = None
    if settings.baseline and name != STDIN:
        baseline = read_baseline(settings.baseline)
        pool = baseline.pool(baseline.name(name), was)
    return Holding(allows if silences else (), pool, lines)


def renamed(rules: Mapping[str, Rule]) -> dict[str, str]:
    """From old ids of the rules to their present ones."""
    return {old: rule.id for rule in rules.values() for old in rule.was}


def forget() -> None:
    """Baselines and what stands beside articles may have changed: read them anew."""
    from lintnews.silencing.allowing import beside

    read_baseline.cache_clear()
    beside.cache_clear()


@lru_cache(maxsize=16)
def read_baseline(path: str) -> Baseline:
    """The baseline of this path. Raises `ConfigError`."""
    from lintnews.silencing.baseline import SilencingError, load

    try:
        return load(path)
    except SilencingError as error:
        raise ConfigError(str(error)) from None


def _beside(path: str) -> tuple[Allow, ...]:
    from lintnews.silencing.allowing import beside
    from lintnews.silencing.baseline import SilencingError

    try:
        return beside(path)
    except SilencingError as error:
        raise ConfigError(str(error)) from None


def check_baseline(choice: RuleChoice) -> None:
    """Raises `ConfigError` where the baseline for these files can't be used."""
    if choice.settings.baseline:
        read_baseline(choice.settings.baseline)
