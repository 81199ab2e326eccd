"""Count an article's lines for its site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.evidence.sitelines.counting import observe_lines
from lintnews.messages import raised
from lintnews.patterns.deadline import OutOfTimeError
from lintnews.running.reading import sites

if TYPE_CHECKING:
    from lintnews.document import Document
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Learn:
    """Reads for lines that stand in many articles of a site."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, _source: Source, record: Record, document: Document) -> None:
        """Count its lines."""
        try:
            lines = observe_lines(document)
        except OutOfTimeError:
            raise
        except Exception as error:
            self.desk.trouble(document.path, f"nothing learnt from it: {raised(error)}; exclude it")
        else:
            self.desk.outcome.lines.append((sites(job, record), lines))
