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

    Look-arounds and word boundaries are dropped, the classes `\\w \\d \\s` become their Unicode forms, which RE2 reads as ASCII,
    and each path through the pattern ends where it would skip text of any kind (`.*`, `.{0,40}`): behind such places the
    automaton of many patterns grows without bound.
    """
    bare = _without_lookarounds(pattern)
    if bare is None:
        return None
    pattern = bare
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
    wide = re.sub(r"(?<!\\)([*+?]|\{\d+,?\d*\})\+", r"\1", "".join(parts)).replace("(?>", "(?:")
    return _cut(wide) or _BOUNDED_ANY.sub(".*", wide)


def _without_lookarounds(pattern: str) -> str | None:
    while m := _LOOKAROUND.search(pattern):
        end = _closing(pattern, m.start())
        if end is None:
            return None
        pattern = pattern[: m.start()] + pattern[end + 1 :]
    return pattern


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


_LEADING_ANY = re.compile(r"^((?:\(\?[a-z]+\))?)\^?\.(?:[*+]|\{\d+,\d*\})\??")
_REPEAT = re.compile(r"[*+?]\??|\{(\d+)(,?)(\d*)\}\??")
_GROUP = re.compile(r"\(\?P<\w+>|\(\?[a-z-]*:|\((?!\?)")
_FLAGS = re.compile(r"\(\?[a-z-]+\)")
MOST_REPEATS = 10
"""A class that may repeat more often than this is skipped as text of any kind."""

_Paths = tuple[str | None, str | None]
"""What the paths through a part of a pattern match: those cut short, and those to the end of the part; None where there is none."""


def _cut(pattern: str) -> str | None:
    """The pattern with each path ending where it skips text of any kind; None when nothing would be left, or it can't be read."""
    while m := _LEADING_ANY.match(pattern):
        pattern = m[1] + pattern[m.end() :]
    for at_classes in (True, False):
        try:
            paths, end = _alternation(pattern, 0, at_classes)
        except (IndexError, RecursionError):
            return None
        cut = _either(*paths)
        if end < len(pattern) or cut is None:
            return None
        if not _matches_nothing(cut):
            return cut
    return None


def _matches_nothing(pattern: str) -> bool:
    """Whether an RE2 pattern matches the empty text, or can't be read."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options).search("") is not None
    except re2.error:
        return True


def _either(short: str | None, full: str | None) -> str | None:
    if short is None or full is None:
        return full if short is None else short
    return f"(?:{short}|{full})"


def _alternation(pattern: str, at: int, at_classes: bool) -> tuple[_Paths, int]:
    short: list[str] = []
    full: list[str] = []
    while True:
        paths, at = _sequence(pattern, at, at_classes)
        for part, found in zip(paths, (short, full), strict=True):
            if part is not None:
                found.append(part)
        if pattern[at : at + 1] != "|":
            break
        at += 1
    return ("|".join(short) if short else None, "|".join(full) if full else None), at


def _sequence(pattern: str, at: int, at_classes: bool) -> tuple[_Paths, int]:
    parts: list[_Paths] = []
    while at < len(pattern) and pattern[at] not in "|)":
        part, at = _part(pattern, at, at_classes)
        parts.append(part)
    short: str | None = None
    for cut, whole in reversed(parts):
        behind = None if short is None or whole is None else f"{whole}{short}"
        short = f"(?:{cut}|{behind})" if cut is not None and behind is not None else cut if behind is None else behind
    wholes = [whole for _, whole in parts]
    return (short, None if None in wholes else "".join(w for w in wholes if w)), at


def _part(pattern: str, at: int, at_classes: bool) -> tuple[_Paths, int]:
    """The paths through one element and its repeat."""
    start, cut, any_text = at, None, False
    if m := _FLAGS.match(pattern, at):
        return (None, m[0]), m.end()
    if m := _GROUP.match(pattern, at):
        (cut, whole), at = _alternation(pattern, m.end(), at_classes)
        opening = m[0] if m[0].endswith(":") else "(?:"
        cut, whole = (None if part is None else f"{opening}{part})" for part in (cut, whole))
        if pattern[at] != ")":
            raise IndexError
        at += 1
    else:
        if pattern[at] == "[":
            at = _class_end(pattern, at)
        elif pattern[at] == "\\":
            at += 2
            if pattern[at - 1] in "pP" and pattern[at] == "{":
                at = pattern.index("}", at)
            at += pattern[at - 1] in "pP" or pattern[at : at + 1] == "}"
        else:
            at += 1
        whole = pattern[start:at]
        any_text = whole == "."
    repeat = _REPEAT.match(pattern, at)
    if not repeat:
        return (cut, whole), at
    at = repeat.end()
    least, most = (
        (int(repeat[1]), int(repeat[3] or (repeat[1], 999)[bool(repeat[2])])) if repeat[1] else (int(repeat[0][0] == "+"), 0)
    )
    if (any_text and repeat[0] != "?") or (at_classes and most > MOST_REPEATS and pattern[start] == "["):
        return ("", None), at
    many = repeat[0] if most <= (1 if pattern[start] == "(" else 4) else "+" if least else "*"
    if cut is not None and repeat[0][0] != "?" and whole is not None:
        cut = f"{whole}*{cut}"
    return (cut, ("" if least == 0 else None) if whole is None else whole + many), at


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1] != "^" else 3
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


def _anchored(pattern: str) -> bool:
    """Whether the pattern, and what `widened` makes of it, matches at the start of a text only."""
    pattern = _without_lookarounds(pattern) or ""
    if not re.match(r"(?:\(\?[a-z]+\))?\^(?!\.[*+{])", pattern):
        return False
    depth = at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 1
        elif char == "[":
            at = _class_end(pattern, at) - 1
        elif char == "|" and not depth:
            return False
        depth += (char == "(") - (char == ")")
        at += 1
    return True


class Matcher:
    """All patterns and phrases of the selected rules, compiled once, matched together against one document at a time."""

    def __init__(self, patterns: Iterable[str], phrases: Iterable[str] = ()) -> None:
        self._always: list[str] = []
        self._phrases = sorted(set(phrases))
        self._sets = self._compile_sets(sorted(set(patterns)))
        self._automaton: Any = None
        if self._phrases:
            import daachorse

            folded = [b" " + _fold(phrase) + b" " for phrase in self._phrases]
            self._automaton = daachorse.DoubleArrayAhoCorasick(folded)

    def _compile_sets(self, patterns: Sequence[str]) -> list[tuple[Any, list[str]]]:
        """Sets of patterns with the patterns by number: those for the start of a block, where most blocks fail at once, and others."""
        import re2

        options = re2.Options()
        options.max_mem = SET_MEMORY
        options.log_errors = False
        sets: list[tuple[Any, list[str]]] = [(re2.Set.MatchSet(options), []), (re2.Set.SearchSet(options), [])]
        for pattern in patterns:
            wide = widened(pattern)
            pattern_set, members = sets[0 if wide and _anchored(pattern) else 1]
            try:
                if wide is None:
                    raise re2.error
                pattern_set.Add(wide)
                members.append(pattern)
            except re2.error:
                compiled(pattern)
                self._always.append(pattern)
        filled = [(pattern_set, members) for pattern_set, members in sets if members]
        for pattern_set, _ in filled:
            pattern_set.Compile()
        return filled

    def match(self, document: Document) -> None:
        """Fill `document.matches` (candidate blocks by pattern) and `document.phrases` (exact spans by phrase)."""
        matches: dict[str, list[Block]] = {}
        blocks = judged(document)
        texts = [(block, block.text[:LONGEST].encode("utf-8", "replace")) for block in blocks] if self._sets else []
        for pattern_set, patterns in self._sets:
            match = pattern_set.Match
            for block, text in texts:
                if found := match(text):
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
