"""Work that takes too long ends, in any thread, and says so."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import lintnews
from lintnews.document import Document
from lintnews.evidence.spun.encoder import readings
from lintnews.linter import Linter
from lintnews.patterns.deadline import OutOfTimeError, in_time, tick
from lintnews.patterns.matcher import Matcher, holds, matches, search


def spin(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_it_is_over_when_the_time_is() -> None:
    with in_time(0.02):
        tick()
        spin(0.03)
        with pytest.raises(OutOfTimeError, match=r"took longer than 0\.02 s"):
            tick()
    tick()


def test_waiting_costs_no_time() -> None:
    with in_time(0.02):
        time.sleep(0.05)
        tick()


def test_without_a_number_there_is_no_end() -> None:
    with in_time(0.0):
        spin(0.01)
        tick()


def test_each_thread_has_its_own_time() -> None:
    with in_time(0.01), ThreadPoolExecutor(1) as threads:
        spin(0.02)
        threads.submit(tick).result()
        with pytest.raises(OutOfTimeError):
            tick()


@pytest.mark.parametrize(
    "work",
    [
        lambda: search("a", "b"),
        lambda: holds("a", "b"),
        lambda: list(matches("a", "b")),
        lambda: Matcher({"a": None}).find(["b"]),
        lambda: Document("x", markup="markdown").blocks,
        lambda: Linter(lintnews.rules("quality")).check(Document("x")),
        lambda: readings("It passed."),
    ],
)
def test_whoever_works_long_looks_at_the_clock(work: object) -> None:
    assert callable(work)
    work()
    with in_time(1e-9):
        spin(0.001)
        with pytest.raises(OutOfTimeError):
            work()
