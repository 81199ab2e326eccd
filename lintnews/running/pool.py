"""Batches over processes: results in the order of the batches, only a few batches on their way at any time."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from lintnews.running.request import Batch, Outcome, Request
from lintnews.running.worker import Worker

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from lintnews.evidence.sitelines.lines import Learnt

FEWEST = 3
"""Batchs from which starting processes gains more than it costs."""

_worker: Worker | None = None


class WorkerDiedError(Exception):
    """A worker process ended before its work was done, for want of memory, say."""


def results(worker: Worker, batches: Iterable[Batch], jobs: int) -> Iterator[tuple[Batch, Outcome]]:
    """Each batch with what came of it, in order. Raises `WorkerDiedError`."""
    batches = iter(batches)
    first = list(islice(batches, FEWEST if jobs > 1 else 0))
    if len(first) < FEWEST:
        for batch in chain(first, batches):
            yield batch, worker.work(batch)
        return
    worker.warm(first[0])  # a forked process then has this linter already
    yield from _in_processes(worker, chain(first, batches), jobs)


def _in_processes(worker: Worker, batches: Iterable[Batch], jobs: int) -> Iterator[tuple[Batch, Outcome]]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _worker
    _worker = worker
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(worker.request, worker.site_lines))
    waiting: deque[tuple[Batch, Future[Outcome]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(_work, batch)))
            if len(waiting) >= 2 * jobs + 2:
                yield _taken(waiting)
        while waiting:
            yield _taken(waiting)
    except BrokenProcessPool:
        raise WorkerDiedError("a worker process died, perhaps for want of memory; run again with a lower --jobs") from None
    finally:
        _worker = None
        _stop(pool)


def _taken(waiting: deque[tuple[Batch, Future[Outcome]]]) -> tuple[Batch, Outcome]:
    batch, future = waiting.popleft()
    return batch, future.result()


def _stop(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=True, cancel_futures=True)


def _start(request: Request, site_lines: Learnt | None) -> None:
    """In a new process: leave Ctrl-C to the parent, which then stops handing out batches."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _worker is None:
        _worker = Worker(request, site_lines)


def _work(batch: Batch) -> Outcome:
    assert _worker is not None, "_start ran first"
    return _worker.work(batch)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
