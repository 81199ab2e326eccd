"""How long work on an article may take: whoever works long looks at the clock now and then, and stops when time is over.

Time is that of the processor, so that a busy machine changes no result; it is no signal, so that it holds in threads, in worker
processes and on every system.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, thread_time


class OutOfTimeError(Exception):
    """An article took longer than it may. `during` says what it was that ran out, where that is known."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.during = ""

    def __str__(self) -> str:
        return f"took longer than {self.seconds:g} s{f' (at {self.during})' if self.during else ''}"


class _Clock:
    """When time is over, and when to look at it next: the processor's time runs no faster than that on the wall."""

    __slots__ = ("ends", "look", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.ends = thread_time() + seconds
        self.look = monotonic() + seconds

    def check(self) -> None:
        left = self.ends - thread_time()
        if left <= 0:
            raise OutOfTimeError(self.seconds)
        self.look = monotonic() + left


_clock: ContextVar[_Clock | None] = ContextVar("clock", default=None)


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Give the work in this block so many CPU seconds, or with 0 all it wants. What is over is told by `OutOfTimeError`."""
    before = _clock.set(_Clock(seconds) if seconds else None)
    try:
        yield
    finally:
        _clock.reset(before)


def tick() -> None:
    """Go on. Raises `OutOfTimeError` where the time is over."""
    clock = _clock.get()
    if clock is not None and monotonic() > clock.look:
        clock.check()
