"""Say what is wrong with an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lintnews.reports.report import Checked

if TYPE_CHECKING:
    from lintnews.diagnostic import Diagnostic
    from lintnews.document import Document
    from lintnews.linter import Failure
    from lintnews.running.request import Job
    from lintnews.running.tasks.task import Desk
    from lintnews.sources.source import Record, Source


class Check:
    """Reports diagnostics; the articles are compared once all were read."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def article(self, job: Job, _source: Source, record: Record, document: Document) -> None:
        """Report it."""
        desk = self.desk
        failures: list[Failure] = []
        diagnostics = _known(desk, job, document, failures) if desk.cache else desk.linter.check(document, failures)
        desk.say(Checked(document.path, diagnostics, document, desk.rules))
        if desk.linter.comparing:
            from lintnews.running.tasks.observe import observe

            observe(desk, job, record, document, bool(diagnostics))
        desk.failed(failures)


def _known(desk: Desk, job: Job, document: Document, failures: list[Failure]) -> list[Diagnostic]:
    """What was found the last time, if that is known, or is found now; then less what is held back."""
    from lintnews.document import Document as Bare
    from lintnews.linter import Filter
    from lintnews.running.cache import value_of

    assert desk.cache is not None, "asked for"
    rest = tuple(thing for thing in document.known if not isinstance(thing, Filter))
    if job.is_stream or desk.linter.site_aware or desk.checker is not None:
        return desk.linter.check(document, failures)
    key = desk.cache.key(document.text, document.markup, repr(rest))
    found = desk.cache.found(key, document.path)
    if found is None:
        found = desk.linter.check(Bare(document.text, document.path, document.markup, rest), failures)
        if not failures:
            desk.outcome.cached.append((key, value_of(found)))
    chosen = document.given(Filter)
    return chosen.kept(document, found) if chosen else found
