"""What is done with one article: a task a module.

Read `task` (what a task has at hand), `check`, `assess`, `cleaning` (what the next two share), `fix`, `clean`, then `learn` and
`observe`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Facts(NamedTuple):
    """Where a task stands, and what a run must know of it.

    `writes`: files are replaced or written anew. `shows`: what they would become is printed, a whole file at a time.
    `compares`: articles are compared at the end of the run, where other tasks need to know copies beforehand. `learns`: lines
    are counted, and no rule is asked. `reports`: what is found is printed.
    `assesses`: the rules that a verdict needs are asked, too.
    """

    reference: str
    writes: bool = False
    shows: bool = False
    compares: bool = False
    learns: bool = False
    reports: bool = False
    assesses: bool = False

    @property
    def is_earlier(self) -> bool:
        """Whether it is what other tasks need to know beforehand, and so needs nothing itself."""
        return not self.writes and not self.reports


TASKS: Mapping[str, Facts] = {
    "assess": Facts("lintnews.running.tasks.assess:Assess", compares=True, reports=True, assesses=True),
    "check": Facts("lintnews.running.tasks.check:Check", compares=True, reports=True),
    "fix": Facts("lintnews.running.tasks.fix:Fix", writes=True, reports=True),
    "diff": Facts("lintnews.running.tasks.fix:Diff", shows=True, reports=True),
    "clean": Facts("lintnews.running.tasks.clean:Clean", writes=True),
    "learn": Facts("lintnews.running.tasks.learn:Learn", learns=True),
    "observe": Facts("lintnews.running.tasks.observe:Observe", compares=True),
}
