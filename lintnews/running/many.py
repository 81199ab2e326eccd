"""Many texts cleaned, over processes: in their order, and only a few read ahead of those that are asked for."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import lintnews
from lintnews.running.pool import cores

if TYPE_CHECKING:
    from concurrent.futures import Future

    from lintnews.document import Markup
    from lintnews.linter import Cleaned

AT_ONCE = 16
"""Texts that a process gets at once."""


def clean_many(
    texts: Iterable[str],
    *,
    jobs: int | None = None,
    unsafe_fixes: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    min_confidence: float = 0.5,
    markup: Markup = "plain",
) -> Iterator[Cleaned]:
    """Each text as `clean` gives it, in order and as it is asked for, over `jobs` processes (by default one a core).

    At most 48 texts a process are read ahead. What `clean` raises is raised where its text stands, and ends the work.
    Texts are cleaned one by one: what several have in common is a matter of `Corpus`.
    """
    if isinstance(texts, (str, bytes)) or not isinstance(texts, Iterable):
        raise TypeError(f"texts is {type(texts).__name__}; expected several texts, such as a list of str")
    if jobs is not None and (isinstance(jobs, bool) or not isinstance(jobs, int) or jobs < 1):
        raise ValueError(f"jobs is {jobs!r}; expected a whole number from 1")
    names = [(names,) if isinstance(names, str) else tuple(names) for names in (select, ignore)]
    clean = partial(
        lintnews.clean,
        unsafe_fixes=unsafe_fixes,
        select=names[0],
        ignore=names[1],
        min_confidence=min_confidence,
        markup=markup,
    )
    jobs = cores() if jobs is None else jobs
    return map(clean, texts) if jobs <= 1 else _in_processes(clean, iter(texts), jobs)


def _in_processes(clean: Callable[[str], Cleaned], texts: Iterator[str], jobs: int) -> Iterator[Cleaned]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    waiting: deque[Future[list[Cleaned]]] = deque()
    pool = ProcessPoolExecutor(jobs, get_context("fork" if sys.platform == "linux" else "spawn"))
    try:
        while True:
            while len(waiting) < 3 * jobs and (some := list(islice(texts, AT_ONCE))):
                waiting.append(pool.submit(_each, clean, some))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _each(clean: Callable[[str], Cleaned], texts: list[str]) -> list[Cleaned]:
    return [clean(text) for text in texts]
