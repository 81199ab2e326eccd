"""Many patterns in about one pass: RE2 sets say which blocks a pattern may match, `regex` then finds the exact spans.

Patterns are widened for the sets (`dialect`), so that they never miss what `regex` would find. Phrases are looked up in an
Aho-Corasick automaton (daachorse).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from lintnews.data.pack import packed
from lintnews.patterns.deadline import tick
from lintnews.patterns.encoded import LONGEST, plain, seen

TIMEOUT = 1.0
"""Seconds that one pattern may spend on one block."""
LONGEST_QUOTED = 200
"""Characters of a pattern that a message quotes."""
SHORT = 40
"""Words up to which a block is short. Patterns for such blocks only are kept from the longer ones, where most bytes are."""
SET_MEMORY, MEMORY = 64 << 20, 1 << 20
"""Bytes that the automaton of a set, and of a single pattern, may take."""


class PatternTimeoutError(Exception):
    """A pattern ran longer than `TIMEOUT` on one block."""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """The pattern compiled by `regex`; raises `ValueError` that quotes it when it is no valid pattern."""
    import regex

    try:
        return regex.compile(pattern)
    except regex.error as error:
        problem = str(error)
    except RecursionError:
        problem = "it is nested too deep"
    raise ValueError(f"not a valid pattern: {pattern[:LONGEST_QUOTED]!r}: {problem}")


def search(pattern: str, text: str) -> Any:
    """First match of a pattern in a text, or None. Raises `PatternTimeoutError`."""
    tick()
    try:
        return compiled(pattern).search(text[:LONGEST], timeout=TIMEOUT)
    except TimeoutError:
        raise PatternTimeoutError(f"pattern {pattern!r} ran longer than {TIMEOUT} s on {text[:60]!r}") from None


def matches(pattern: str, text: str, start: int = 0, stop: int | None = None) -> Iterator[Any]:
    """Every match of a pattern in a text, however long, or a part of it, in order. Raises `PatternTimeoutError`."""
    tick()
    try:
        yield from compiled(pattern).finditer(
            text, start, len(text) if stop is None else stop, timeout=TIMEOUT * (1 + len(text) / LONGEST)
        )
    except TimeoutError:
        raise PatternTimeoutError(f"pattern {pattern!r} ran too long on {text[:60]!r}") from None


def holds(pattern: str, text: str) -> bool:
    """Whether a pattern matches in a block's text, as `search` would say; in plain text RE2 says it. Raises the same."""
    tick()
    quick = _quick(pattern)
    if quick is not None and (encoded := plain(text[:LONGEST])) is not None:
        found = quick.search(encoded) is not None
        if quick.is_exact or not found:
            return found
    return search(pattern, text) is not None


def match_at(pattern: str, text: str, start: int, stop: int) -> Any:
    """The match of a pattern that begins at `start` and ends at `stop` at most, or None. Raises `PatternTimeoutError`."""
    quick, before = _quick(pattern), max(start - 1, 0)  # what stands before it tells where a word begins
    if quick is not None and (encoded := plain(text[before:stop])) is not None and not quick.match(encoded, start - before):
        return None
    try:
        return compiled(pattern).match(text, start, stop, timeout=TIMEOUT)
    except TimeoutError:
        raise PatternTimeoutError(f"pattern {pattern!r} ran longer than {TIMEOUT} s on {text[start:][:60]!r}") from None


def starts(pattern: str, text: str, start: int, stop: int) -> list[int]:
    """The places where the matches of a pattern between two places begin, in order. Raises `PatternTimeoutError`."""
    quick, before = _quick(pattern), max(start - 1, 0)
    if quick is not None and (encoded := plain(text[before:stop])) is not None:
        spans = [match.span() for match in quick.finditer(encoded, start - before)]
        if not spans or (quick.is_exact and all(first < last for first, last in spans)):  # of empty ones it gives others
            return [before + first for first, _ in spans]
    return [match.start() for match in matches(pattern, text, start, stop)]


class Quick(NamedTuple):
    """Searches by RE2 over `plain` text, which are there in a third of the time that `regex` takes to compile.

    Where they find nothing, neither does the pattern; where they find something, it does if they are exact.
    """

    search: Callable[..., Any]
    match: Callable[..., Any]
    finditer: Callable[..., Iterator[Any]]
    is_exact: bool


@lru_cache(maxsize=4096)
def _quick(pattern: str) -> Quick | None:
    import re2

    known = _packed("narrow")
    if pattern in known:
        narrow = known[pattern]
    else:
        from lintnews.patterns.dialect import narrowed

        narrow = narrowed(pattern)
    if narrow is None:
        return None
    in_dialect, is_exact = narrow
    try:
        found = re2.compile(in_dialect, _options(MEMORY))
    except re2.error:
        return None
    return Quick(found.search, found.match, found.finditer, is_exact)


@lru_cache(maxsize=2)
def _packed(form: str) -> Mapping[str, Any]:
    """Patterns of shipped rules in a form that RE2 reads, `narrow` or `wide`, by how they are written."""
    return packed(form) or {}


@lru_cache(maxsize=2)
def _options(memory: int) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = memory
    options.log_errors = False
    options.encoding = re2.Options.Encoding.LATIN1
    return options


class _Set:
    """An RE2 set, and the patterns that it holds, by the numbers that its `Match` gives."""

    def __init__(self, anchored: bool) -> None:
        import re2

        self._set = (re2.Set.MatchSet if anchored else re2.Set.SearchSet)(_options(SET_MEMORY))
        self.patterns: list[str] = []

    def add(self, pattern: str, wide: bytes) -> bool:
        """Take a pattern in; False when RE2 refuses it."""
        import re2

        try:
            self._set.Add(wide)
        except re2.error:
            return False
        self.patterns.append(pattern)
        return True

    def ready(self) -> tuple[Callable[[bytes], Sequence[int] | None], list[str]]:
        """The compiled set's look-up, which gives the numbers of the patterns that may match, and the patterns."""
        self._set.Compile()
        return self._set.Match, self.patterns


def _widened(pattern: str) -> tuple[bytes, bool]:
    from lintnews.patterns.dialect import wide

    return wide(pattern)


class Words:
    """Tells whether a text may hold one of some words, given in lower case, as `text.lower().split()` would show them."""

    def __init__(self, words: Iterable[str]) -> None:
        # Looked for in UTF-8, which is quick to make; a byte beyond ASCII counts as white space, too.
        spoken = b"|".join(b"".join(map(_utf8, word)) for word in sorted(words))
        parted = rb"[\s\x0b\x1c-\x1f\x80-\xff]"
        self._set = _Set(False)
        self._set.add("", b"(?i)(?:^|" + parted + b")(?:" + spoken + b")(?:" + parted + b"|$)")
        self._match, _ = self._set.ready()

    def may_stand_in(self, text: str) -> bool:
        """False only where none of the words stands in the text."""
        return bool(self._match(text.encode("utf-8", "surrogatepass")))


def _utf8(char: str) -> bytes:
    """A pattern for a lower-case character in UTF-8, whatever its case; RE2 ignores case in ASCII only."""
    return rb"[\x80-\xff]+" if not char.isascii() and char.upper() != char else re.escape(char.encode("utf-8", "surrogatepass"))


class Matcher:
    """All patterns and phrases of the selected rules, compiled once, matched together against one document at a time.

    `patterns` come with the most words that a block may have for them, None for any number.
    """

    def __init__(self, patterns: Mapping[str, int | None], phrases: Iterable[str] = ()) -> None:
        self._always: list[str] = []
        self._fill(patterns)
        self._phrases = sorted(set(phrases))
        self._automaton: Any = None
        if self._phrases:
            import daachorse

            folded = [b" " + _fold(phrase) + b" " for phrase in self._phrases]
            self._automaton = daachorse.DoubleArrayAhoCorasick(folded)

    def _fill(self, patterns: Mapping[str, int | None]) -> None:
        anywhere, at_start, at_start_of_short = _Set(False), _Set(True), _Set(True)
        for pattern in sorted(patterns):
            most, (in_dialect, anchored) = patterns[pattern], _packed("wide").get(pattern) or _widened(pattern)
            for_start = at_start if most is None or most > SHORT else at_start_of_short
            fitting = for_start if anchored else anywhere
            if not fitting.add(pattern, in_dialect):
                compiled(pattern)
                self._always.append(pattern)
        self._for_any = [found.ready() for found in (anywhere, at_start) if found.patterns]
        self._for_short = [*self._for_any, *(found.ready() for found in (at_start_of_short,) if found.patterns)]

    def find(self, texts: Sequence[str]) -> dict[str, list[int]]:
        """The numbers of the texts that each pattern may match, in order; patterns without any are left out."""
        matches: dict[str, list[int]] = {}
        for number, text in enumerate(seen(texts)):
            tick()
            for match, patterns in self._for_short if len(text) < 2 * SHORT or _is_short(text) else self._for_any:
                if found := match(text):
                    for index in found:
                        matches.setdefault(patterns[index], []).append(number)
        for pattern in self._always:
            if hit := [number for number, text in enumerate(texts) if search(pattern, text)]:
                matches[pattern] = hit
        return matches

    def find_phrases(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """The spans of each phrase that stands in a text, in code points."""
        if self._automaton is None:
            return {}
        folded = b" " + _fold(text) + b" "
        found = self._automaton.find_overlapping(folded)
        if len(folded) > len(text) + 2:
            places = _characters(folded, {at for start, end, _ in found for at in (start + 1, end - 1)})
            found = [(places[start + 1] - 1, places[end - 1] + 1, index) for start, end, index in found]
        spans: dict[str, list[tuple[int, int]]] = {}
        for start, end, index in found:
            spans.setdefault(self._phrases[index], []).append((start, end - 2))
        return spans


def _is_short(text: bytes) -> bool:
    return text.count(b" ") < SHORT or (b"  " in text and len(text.split()) <= SHORT)


def _characters(text: bytes, offsets: Iterable[int]) -> dict[int, int]:
    """For offsets in UTF-8 how many characters stand before each."""
    found: dict[int, int] = {}
    at = characters = 0
    for offset in sorted(offsets):
        characters += len(text[at:offset].decode())
        found[offset], at = characters, offset
    return found


_TO_SPACE = bytes(b if chr(b).isalnum() or b >= 128 or chr(b) in "'-" else 32 for b in range(256))


def _fold(text: str) -> bytes:
    """Lower case, punctuation to spaces, one character for one."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as İ, grow when lowered
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.replace("’", "'").encode("utf-8", "replace").translate(_TO_SPACE)
