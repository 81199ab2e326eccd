"""What must be known of all files before any is changed: a list of passes, each of which returns what it learnt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lintnews.running.batches import Batches, compares, learns_lines
from lintnews.running.pool import results
from lintnews.running.request import STDIN, Batch, Outcome, Request
from lintnews.running.worker import Worker

if TYPE_CHECKING:
    from lintnews.diagnostic import Finding
    from lintnews.evidence.sitelines.counting import Learner
    from lintnews.evidence.sitelines.lines import Learnt
    from lintnews.running.comparison import Comparison
    from lintnews.settings.files import Configuration


class Known(NamedTuple):
    """What earlier passes found out: lines of each site, and by path what stands in an earlier article too."""

    site_lines: Learnt | None = None
    copies: Mapping[str, Sequence[tuple[int, Finding]]] = {}


@dataclass(slots=True, eq=False)
class Walk:
    """Goes through the files of a request for one pass; what goes wrong there is told when they are read for good."""

    request: Request
    configuration: Configuration
    stopping: Callable[[], bool]
    progress: Callable[[int, int, int], None]
    files: int = field(default=0, init=False)
    size: int = field(default=0, init=False)

    def __call__(self, task: str) -> Iterator[tuple[Batch, Outcome]]:
        """Each batch with what came of it under another task. What the pass before found to be there is how much there is."""
        before, self.files, self.size = self.size, 0, 0
        named = [path for path in self.request.paths if path != STDIN]
        request = self.request._replace(paths=named, task=task, statistics=False, timings=False, out=None, ledger=None)
        worker = Worker(request)
        for batch, outcome in results(worker, Batches(request, self.configuration, worker, self.stopping), request.jobs):
            self.files += outcome.totals.files
            self.size += outcome.totals.read
            self.progress(self.files, self.size, before)
            yield batch, outcome


class Together:
    """What articles say only together: lines are counted, articles compared. Nothing is imported before there is one to take."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._learner: Learner | None = None
        self.comparison: Comparison | None = None

    @property
    def learner(self) -> Learner:
        """The lines of all articles, counted."""
        if self._learner is None:
            from lintnews.evidence.sitelines.counting import Learner

            self._learner = Learner()
        return self._learner

    def take(self, batch: Batch, outcome: Outcome) -> None:
        """Add what a batch gave."""
        for sites, lines in outcome.lines:
            self.learner.add(sites, lines)
        if batch.choice is not None and outcome.observations:
            if self.comparison is None:
                from lintnews.running.comparison import Comparison

                self.comparison = Comparison(self._worker)
            self.comparison.add(batch.choice, outcome.observations)

    def outcomes(self) -> Iterator[Outcome]:
        """What is to be reported of articles that share something."""
        return self.comparison.outcomes() if self.comparison else iter(())


def earlier(walk: Walk, batches: Batches) -> Known:
    """All passes that the task of these batches needs."""
    known = Known()
    for a_pass in PASSES:
        known = a_pass(walk, batches, known)
    return known


def _lines_of_sites(walk: Walk, batches: Batches, known: Known) -> Known:
    """For rules that want to know what the articles of a site have in common."""
    if batches.worker.facts.is_earlier or not batches.any_linter(learns_lines):
        return known
    together = Together(batches.worker)
    for batch, outcome in walk("learn"):
        together.take(batch, outcome)
    from lintnews.evidence.sitelines.lines import Learnt

    return known._replace(site_lines=Learnt(together.learner.learnt()))


def _copies_of_articles(walk: Walk, batches: Batches, known: Known) -> Known:
    """For fixes that remove what stands in an earlier article."""
    facts = batches.worker.facts
    if facts.is_earlier or facts.compares or not batches.any_linter(compares):
        return known
    together = Together(batches.worker)
    for batch, outcome in walk("observe"):
        together.take(batch, outcome)
    return known._replace(copies=together.comparison.copies() if together.comparison else {})


PASSES = (_lines_of_sites, _copies_of_articles)
