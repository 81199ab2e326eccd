"""Many patterns in about one pass: RE2's Set says which blocks a pattern may match, `regex` then finds the exact spans.

The set works on bytes in linear time, with patterns widened so that it never misses what `regex` would find. Phrases are
looked up in an Aho-Corasick automaton (daachorse).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lintnews.document import Block, Document, Span

TIMEOUT = 1.0
"""Seconds that one pattern may spend on one block."""
LONGEST = 4000
"""Code points of a block that the set reads; a longer block is prose, and patterns see its start only."""
SET_MEMORY = 64 << 20

_LOOKAROUND = re.compile(r"\(\?(?:=|!|<=|<!)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_BOUNDED_ANY = re.compile(r"\.\{\d+,\d*\}[?+]?")
_WIDER = {"w": r"\pL\pN\pM_", "d": r"\p{Nd}", "s": r"\s"}
_NARROW = {"W": r"[^\pL\pN\pM_]", "D": r"\P{Nd}", "S": r"\S"}


class PatternTimeoutError(Exception):
    """A pattern ran longer than `TIMEOUT` on one block."""


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> Any:
    """The pattern compiled by `regex`; raises `ValueError` that quotes it when it is no valid pattern."""
    import regex

    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise ValueError(f"not a valid pattern: {pattern!r}: {error}") from None


def search(pattern: str, text: str, full: bool = False) -> Any:
    """First match of a pattern in a text, or None; `full` asks for a match of the whole text. Raises `PatternTimeoutError`."""
    found = compiled(pattern)
    try:
        return (found.fullmatch if full else found.search)(text[:LONGEST], timeout=TIMEOUT)
    except TimeoutError:
        raise PatternTimeoutError(f"pattern {pattern!r} ran longer than {TIMEOUT} s on {text[:60]!r}") from None


def widened(pattern: str) -> str | None:
    """The pattern in RE2's dialect, matching at least what it matches under `regex`; None when that can't be done.

    Look-arounds and word boundaries are dropped, `.{m,n}` becomes `.*` (bounded repeats blow up RE2's automaton), and the
    classes `\\w \\d \\s` become their Unicode forms, which RE2 reads as ASCII.
    """
    while m := _LOOKAROUND.search(pattern):
        end = _closing(pattern, m.start())
        if end is None:
            return None
        pattern = pattern[: m.start()] + pattern[end + 1 :]
    parts, at, in_class = [], 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            kind = pattern[at + 1]
            if kind in _WIDER:
                parts.append(_WIDER[kind] if in_class or kind != "w" else f"[{_WIDER[kind]}]")
            elif kind in _NARROW:
                if in_class:
                    return None
                parts.append(_NARROW[kind])
            elif kind in "bB":
                if in_class:
                    return None
            elif kind.isdigit():
                return None
            else:
                parts.append(char + kind)
            at += 2
            continue
        if char == "[" and not in_class:
            in_class = True
        elif char == "]" and in_class and pattern[at - 1] != "[":
            in_class = False
        parts.append(char)
        at += 1
    wide = _BOUNDED_ANY.sub(".*", "".join(parts))
    return re.sub(r"([*+?}])\+", r"\1", wide).replace("(?>", "(?:")


def _closing(pattern: str, start: int) -> int | None:
    """Index of the parenthesis that closes the one at `start`."""
    depth, at, in_class = 0, start, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    return None


class Matcher:
    """All patterns and phrases of the selected rules, compiled once, matched together against one document at a time."""

    def __init__(self, patterns: Iterable[str], phrases: Iterable[str] = ()) -> None:
        self._patterns: list[str] = []
        self._always: list[str] = []
        self._phrases = sorted(set(phrases))
        self._set = self._compile_set(sorted(set(patterns)))
        self._automaton: Any = None
        if self._phrases:
            import daachorse

            folded = [b" " + _fold(phrase) + b" " for phrase in self._phrases]
            self._automaton = daachorse.DoubleArrayAhoCorasick(folded)

    def _compile_set(self, patterns: Sequence[str]) -> Any:
        import re2

        options = re2.Options()
        options.max_mem = SET_MEMORY
        options.log_errors = False
        pattern_set = re2.Set.SearchSet(options)
        for pattern in patterns:
            wide = widened(pattern)
            try:
                if wide is None:
                    raise re2.error
                pattern_set.Add(wide)
                self._patterns.append(pattern)
            except re2.error:
                compiled(pattern)
                self._always.append(pattern)
        if not self._patterns:
            return None
        pattern_set.Compile()
        return pattern_set

    def match(self, document: Document) -> None:
        """Fill `document.matches` (candidate blocks by pattern) and `document.phrases` (exact spans by phrase)."""
        matches: dict[str, list[Block]] = {}
        blocks = judged(document)
        if self._set is not None:
            match, patterns = self._set.Match, self._patterns
            for block in blocks:
                text = block.text
                found = match((text if len(text) <= LONGEST else text[:LONGEST]).encode("utf-8", "replace"))
                if found:
                    for index in found:
                        matches.setdefault(patterns[index], []).append(block)
        for pattern in self._always:
            if hit := [block for block in blocks if search(pattern, block.text)]:
                matches[pattern] = hit
        document.matches = matches
        if self._automaton is not None:
            document.phrases = self._find_phrases(document.text)

    def _find_phrases(self, text: str) -> dict[str, list[Span]]:
        folded = b" " + _fold(text) + b" "
        spans: dict[str, list[Span]] = {}
        ascii_only = len(folded) == len(text) + 2
        for start, end, index in self._automaton.find_overlapping(folded):
            if ascii_only:
                span = (start, end - 2)
            else:
                first = len(folded[1 : start + 1].decode("utf-8", "replace"))
                span = (first, first + len(folded[start + 1 : end - 1].decode("utf-8", "replace")))
            spans.setdefault(self._phrases[index], []).append(span)
        return spans


_TO_SPACE = bytes(b if chr(b).isalnum() or b >= 128 or chr(b) in "'-" else 32 for b in range(256))


def _fold(text: str) -> bytes:
    """Lower case, punctuation to spaces, one character for one."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as İ, grow when lowered
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.replace("’", "'").encode("utf-8", "replace").translate(_TO_SPACE)


def candidates(document: Document, pattern: str) -> Sequence[Block]:
    """Blocks that the pattern may match: those of the set matcher, or all where the document has not been through one."""
    if document.matches is None:
        return judged(document)
    return document.matches.get(pattern, ())


def judged(document: Document) -> list[Block]:
    """The blocks that patterns are for: all but code and front matter."""
    if document.markup == "plain":
        return document.blocks
    return [block for block in document.blocks if block.kind not in ("code", "front-matter")]
