"""Texts made to be slow: twice the length takes about twice the time, whatever it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from conftest import GATE

import lintnews
from lintnews.diagnostic import Diagnostic
from lintnews.document import Document, Markup
from lintnews.linter import Failure, Linter

FEWEST = 0.25
"""CPU seconds that the longer text takes at least, for the ratio to mean something."""
MOST = 3.2
"""Of a ratio of doubling: 2 is linear, 4 quadratic."""
TRIES = 4
"""Measurements, as other work on the machine disturbs them; one that is good enough will do."""


def _prose(number: int) -> str:
    return (
        f"The committee met on day {number} and agreed to send bill number {number} to the full Senate, said the chairman there."
    )


def _lines(*lines: str) -> Callable[[int], str]:
    """As many lines, taking turns, and a paragraph of prose where one is empty."""
    return lambda n: "\n\n".join(lines[i % len(lines)].replace("N", str(i)) or _prose(i) for i in range(n)) + "\n"


def _rows(line: str, head: str = "") -> Callable[[int], str]:
    return lambda n: head + "".join(line.replace("N", str(i)) + "\n" for i in range(n))


def _times(part: str) -> Callable[[int], str]:
    return lambda n: part * n


FAMILIES: dict[str, tuple[Callable[[int], str], Markup]] = {
    "combining marks": (lambda n: "a" + "\u0301" * 40 * n, "plain"),
    "combining marks in words": (_times("e" + "\u0301\u0323" * 20 + " "), "plain"),
    "tags between prose": (_lines("Tags: alphaN, beta", ""), "plain"),
    "comments between prose": (_lines("N Comments", ""), "plain"),
    "related between prose": (_lines("Related stories", ""), "plain"),
    "share between prose": (_lines("Share this article", ""), "plain"),
    "newsletter between prose": (_lines("Sign up for our daily newsletter", ""), "plain"),
    "read more": (_lines("Read more: The story N of the year", "", ""), "plain"),
    "a phrase after one other letter": (
        lambda n: "é " + "It was a very good idea and at the end of the day they did it. " * n,
        "plain",
    ),
    "bylines": (_lines("By Ann Lee"), "plain"),
    "bylines between prose": (_lines("By Ann Lee", ""), "plain"),
    "headings": (_lines("## Heading N", ""), "markdown"),
    "items": (_rows("- item N"), "markdown"),
    "quotes": (_lines("> quote N"), "markdown"),
    "table rows": (_rows("| N | x |", "| a | b |\n|---|---|\n"), "markdown"),
    "fences": (_lines("```\ncode\n```"), "markdown"),
    "brackets": (_times("[a](b) ["), "markdown"),
    "nested quotes": (lambda n: "\n".join(">" * (i % 30) + " x" for i in range(n)), "markdown"),
    "fields without an end": (_rows("#", "---\n"), "markdown"),
    "one line": (_times("The committee met on Monday and agreed to send the bill to the Senate, said the chairman. "), "plain"),
    "one word": (_times("abcdefghijklmnopqrstuvwxyz" * 4), "plain"),
    "paragraphs again": (lambda n: "\n\n".join(_prose(i % 10) for i in range(n)), "plain"),
    "paragraphs nearly again": (_lines(""), "plain"),
    "dates": (_lines("12 March 2019", ""), "plain"),
    "addresses": (_rows("https://example.org/N"), "plain"),
    "comment thread": (_lines("John SmithN", "3 hours ago", "That is what I think about it, and I mean it.", "Reply"), "plain"),
    "returns": (_times("a\r" * 4), "plain"),
    "empty lines": (lambda n: "a" + "\n" * 40 * n + "b", "plain"),
    "spaces": (lambda n: "a" + " " * 40 * n + "b", "plain"),
    "quotation marks": (_times('"a '), "plain"),
    "full stops": (_times("x" + "." * 60), "plain"),
    "only full stops": (_times("." * 60), "plain"),
    "other full stops": (_times("।" * 40), "plain"),
    "exclamations": (_times("!?" * 30), "plain"),
    "entities": (_times("&amp;amp; "), "plain"),
    "tags": (_times("<p><a href='x"), "plain"),
    "broken encoding": (_times("â€™Ã© "), "plain"),
    "initials": (_times("A. B. "), "plain"),
    "Chinese": (_times("市长在会上说今天的议案已经通过。"), "plain"),
    "emoji": (_times("\U0001f468\u200d\U0001f469"), "plain"),
}


def took(linter: Linter, text: str, markup: Markup) -> float:
    """CPU seconds of one look at the text and at what is left of it; how many looks a text takes is bounded."""
    looks = 0

    def check(document: Document, failures: list[Failure] | None = None) -> list[Diagnostic]:
        nonlocal looks
        looks += 1
        return Linter.check(linter, document, failures)

    failures: list[Failure] = []
    started = time.thread_time()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linter, "check", check)
        linter.clean(Document(text, markup=markup), unsafe=True, failures=failures)
    return (time.thread_time() - started) / looks


@pytest.fixture(scope="module")
def linter() -> Linter:
    """Rules that run in this process, less those for spun text: these read closely only what the screen suspects."""
    families = {rule.family for rule in lintnews.rules(["ALL"])} - {"spun", "grammar"}
    linter = Linter(lintnews.rules(families))
    linter.clean(Document(_prose(1)))
    return linter


@pytest.mark.long
@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_length_takes_about_twice_the_time(family: str, linter: Linter) -> None:
    grows(linter, *FAMILIES[family])


@pytest.mark.long
def test_spun_text_too() -> None:
    text = (GATE / "spun.txt").read_text(encoding="utf-8")
    grows(Linter(lintnews.rules("spun")), _times(text), size=1)


def grows(linter: Linter, make: Callable[[int], str], markup: Markup = "plain", size: int = 200) -> None:
    """Fails where twice the size takes much more than twice the time."""
    while (longer := took(linter, make(2 * size), markup)) < FEWEST and size < 12_800:
        size *= 2
    ratios = []
    for _ in range(TRIES):
        ratios.append(longer / took(linter, make(size), markup))
        if longer < FEWEST or ratios[-1] < MOST:
            return
        longer = took(linter, make(2 * size), markup)
    pytest.fail(f"{2 * size}: {longer:.2f} s, ratios {ratios}")
