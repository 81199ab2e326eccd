"""Note of an article what is needed to compare it with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.running.request import Observation

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Observe:
    """Reads ahead of a run that removes copies."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, _source: Source, record: Record, document: Document) -> None:
        """Note it, where rules compare and their fixes are wanted."""
        if self.desk.linter.comparing and self.desk.settings.unsafe_fixes:
            observe(self.desk, job, record, document, False)


def observe(desk: Desk, job: Job, record: Record, document: Document, affected: bool) -> None:
    """Add an article to those that are to be compared."""
    from lintnews.evidence.duplicates.observing import observe

    if job.is_stream:
        desk.trouble(job.name, "can't be read twice, and so is not compared with other articles; name a file", grave=False)
        return
    place = job.path, record.start, record.stop, record.row or 0
    desk.outcome.observations.append(Observation(*place, affected, observe(document)))
