"""Batches over processes: results in the order of the batches, only a few batches on their way at any time.

A process that dies takes nothing with it: what was on its way is done again, a batch and then a job at a time, until the job
over which processes die is found; that one is named, and the others go on.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeAlias

from lintnews.files.finding import Trouble
from lintnews.running.request import Batch, Outcome, Request
from lintnews.running.worker import Worker

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from lintnews.evidence.sitelines.lines import Learnt

FEWEST = 3
"""Batches from which starting processes gains more than it costs."""

_worker: Worker | None = None
_Results: TypeAlias = "Generator[tuple[Batch, Outcome], None, list[Batch] | None]"


def results(worker: Worker, batches: Iterable[Batch], jobs: int) -> Iterator[tuple[Batch, Outcome]]:
    """Each batch with what came of it, in order."""
    batches = iter(batches)
    first = list(islice(batches, FEWEST if jobs > 1 else 0))
    if len(first) < FEWEST:
        for batch in chain(first, batches):
            yield batch, worker.work(batch)
        return
    worker.warm(first[0])  # a forked process then has this linter already
    batches = chain(first, batches)
    while (lost := (yield from _in_processes(worker, batches, jobs))) is not None:
        for batch in lost:
            yield from _one_by_one(worker, batch)


def _in_processes(worker: Worker, batches: Iterator[Batch], jobs: int) -> _Results:
    """Those that are done; at the end, as the value of the generator, those that were on their way when a process died."""
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(worker, jobs)
    waiting: deque[tuple[Batch, Future[Outcome]]] = deque()
    try:
        while True:
            while len(waiting) < 2 * jobs + 2 and (batch := next(batches, None)) is not None:
                waiting.append((batch, pool.submit(_work, batch)))
            if not waiting:
                return None
            yield waiting[0][0], waiting[0][1].result()
            del waiting[0]
    except BrokenProcessPool:
        return [batch for batch, _ in waiting]
    finally:
        _stop(pool)


def _one_by_one(worker: Worker, batch: Batch) -> Iterator[tuple[Batch, Outcome]]:
    """A batch in a process of its own; where that dies too, each of its jobs in one."""
    outcome = _alone(worker, batch)
    if outcome is not None:
        yield batch, outcome
        return
    if len(batch.jobs) == 1:
        yield batch, _lost(batch)
        return
    for number, job in enumerate(batch.jobs):
        single = batch._replace(jobs=(job,), troubles=batch.troubles if number == 0 else ())
        yield single, _alone(worker, single) or _lost(single)


def _alone(worker: Worker, batch: Batch) -> Outcome | None:
    from concurrent.futures.process import BrokenProcessPool

    pool = _pool(worker, 1)
    try:
        return pool.submit(_work, batch).result()
    except BrokenProcessPool:
        return None
    finally:
        _stop(pool)


def _lost(batch: Batch) -> Outcome:
    problem = "not done: the process that read it died, perhaps for want of memory; exclude it, or give it more memory"
    return Outcome(troubles=[Trouble(batch.jobs[0].name, problem)])


def _pool(worker: Worker, jobs: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _worker
    _worker = worker
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(worker.request, worker.site_lines))


def _stop(pool: ProcessPoolExecutor) -> None:
    global _worker
    _worker = None
    pool.shutdown(wait=True, cancel_futures=True)


def _start(request: Request, site_lines: Learnt | None) -> None:
    """In a new process: leave Ctrl-C to the parent, which then stops handing out batches, and end when the parent ends."""
    from threading import Thread

    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    if _worker is None:
        _worker = Worker(request, site_lines)


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(batch: Batch) -> Outcome:
    assert _worker is not None, "_start ran first"
    return _worker.work(batch)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
