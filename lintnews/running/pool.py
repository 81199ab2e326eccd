"""Chunks over processes: results in the order of the chunks, only a few chunks on their way at any time."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from lintnews.running.worker import Chunk, Outcome, Plan, Worker

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FEWEST = 3
"""Chunks from which starting processes gains more than it costs."""

_worker: Worker | None = None


class WorkerDiedError(Exception):
    """A worker process ended before its work was done, for want of memory, say."""


def run(plan: Plan, worker: Worker, chunks: Iterable[Chunk], jobs: int) -> Iterator[tuple[Chunk, Outcome]]:
    """Each chunk with what came of it, in order. Raises `WorkerDiedError`."""
    chunks = iter(chunks)
    first = list(islice(chunks, FEWEST if jobs > 1 else 0))
    if len(first) < FEWEST:
        for chunk in chain(first, chunks):
            yield chunk, worker.run(chunk)
        return
    worker.warm(first[0])  # a forked process then has this linter already
    yield from _run_in_processes(plan, worker, chain(first, chunks), jobs)


def _run_in_processes(plan: Plan, worker: Worker, chunks: Iterable[Chunk], jobs: int) -> Iterator[tuple[Chunk, Outcome]]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _worker
    _worker = worker
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_start, initargs=(plan,))
    waiting: deque[tuple[Chunk, Future[Outcome]]] = deque()
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(_work, chunk)))
            if len(waiting) >= 2 * jobs + 2:
                yield _taken(waiting)
        while waiting:
            yield _taken(waiting)
    except BrokenProcessPool:
        raise WorkerDiedError("a worker process died, perhaps for want of memory; run again with a lower --jobs") from None
    finally:
        _worker = None
        _stop(pool)


def _taken(waiting: deque[tuple[Chunk, Future[Outcome]]]) -> tuple[Chunk, Outcome]:
    chunk, future = waiting.popleft()
    return chunk, future.result()


def _stop(pool: ProcessPoolExecutor) -> None:
    pool.shutdown(wait=True, cancel_futures=True)


def _start(plan: Plan) -> None:
    """In a new process: leave Ctrl-C to the parent, which then stops handing out chunks."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _worker is None:
        _worker = Worker(plan)


def _work(chunk: Chunk) -> Outcome:
    assert _worker is not None, "_start ran first"
    return _worker.run(chunk)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
