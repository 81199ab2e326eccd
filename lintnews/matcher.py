"""Many patterns in about one pass: RE2 sets say which blocks a pattern may match, `regex` then finds the exact spans.

The sets read Windows-1252, one byte a character, with a question mark for every other character, and patterns are widened so
that they never miss what `regex` would find; that keeps RE2's automata small. Phrases are looked up in an Aho-Corasick automaton
(daachorse).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lintnews.document import Block, Document, Span

TIMEOUT = 1.0
"""Seconds that one pattern may spend on one block."""
LONGEST = 4000
"""Code points of a block that patterns see; the rest of a longer block is prose."""
SHORT = 40
"""Words up to which a block is short. Patterns for such blocks only are kept from the longer ones, where most bytes are."""
SET_MEMORY = 64 << 20

_LOOKAROUND = re.compile(r"\(\?(?:=|!|<=|<!)")
_BOUNDED = re.compile(r"\{(\d+)(,?)(\d*)\}")
_POSSESSIVE = re.compile(r"(?<!\\)([*+?]|\{\d+,?\d*\})\+")
MOST_REPEATS = 3
"""A part repeated up to this often is counted; more repeats are taken as any number, since counting blows up an automaton."""
_OPEN_START = re.compile(r"^((?:\(\?[a-z]+\))?)\^?\.[*+]\??")
_OPEN_END = re.compile(r"(?<!\\)\.[*+]\??\$?$")
_ANCHORED = re.compile(r"^(?:\(\?[a-z]+\))?\^(?!\.[*+])")
_POSIX = r"\[:\^?\w+:\]"
_CLASS = rf"\[\^?\]?(?:{_POSIX}|[^\]\\]|\\.)*\]"
_ESCAPE = r"\\u[0-9a-fA-F]{4}|\\[pP](?:\{\^?\w+\}|\w)|\\x[0-9a-fA-F]{2}|\\."
_TOKEN = re.compile(rf"{_CLASS}|{_ESCAPE}|[^\\\[\x80-\U0010ffff]+|.", re.DOTALL)
_PARENTHESIS = re.compile(rf"{_CLASS}|\\.|[()|]", re.DOTALL)
_MEMBER = re.compile(rf"{_POSIX}|{_ESCAPE}|.", re.DOTALL)

ENCODING = "cp1252"
ANY = r"\x00-\xff"
_KNOWN = {
    r"\w": r"A-Za-z0-9_\x83\x88\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xff",
    r"\d": "0-9",
    r"\s": r"\s\x0b\x1c-\x1f\xa0",
    r"\p{L}": r"A-Za-z\x83\x88\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xaa\xb5\xba\xc0-\xff",
    r"\p{Lu}": r"A-Z\x8a\x8c\x8e\x9f\xc0-\xde",
    r"\p{Ll}": r"a-z\x83\x9a\x9c\x9e\xaa\xb5\xba\xdf-\xff",
    r"\p{N}": r"0-9\xb2\xb3\xb9\xbc-\xbe",
    r"\p{Nd}": "0-9",
}
"""What of a class lies in Windows-1252; a question mark, for the rest of it, is added where the class is not negated."""


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


def search(pattern: str, text: str) -> Any:
    """First match of a pattern in a text, or None. Raises `PatternTimeoutError`."""
    try:
        return compiled(pattern).search(text[:LONGEST], timeout=TIMEOUT)
    except TimeoutError:
        raise PatternTimeoutError(f"pattern {pattern!r} ran longer than {TIMEOUT} s on {text[:60]!r}") from None


def seen(texts: Sequence[str]) -> list[bytes]:
    """The texts of blocks, which hold no line feed, as the sets read them."""
    joined = "\n".join([text if len(text) <= LONGEST else text[:LONGEST] for text in texts])
    return (joined.encode("ascii") if joined.isascii() else joined.encode(ENCODING, "replace")).split(b"\n")


def widened(pattern: str) -> bytes:
    """The pattern in RE2's dialect over `seen` text, matching at least what it matches under `regex`.

    Look-arounds and word boundaries are dropped, `.{m,n}` becomes `.*` (bounded repeats blow up an automaton), and what is not
    Windows-1252 becomes a question mark. Only `(?i)` for ſ, K and their like, which fold to ASCII, is not followed. What
    RE2 can't express, such as a back reference, is left for RE2 to refuse.
    """
    while m := _LOOKAROUND.search(pattern):
        end = _closing(pattern, m.start())
        pattern = pattern[: m.start()] + pattern[end + 1 :]
    parts = [token if token[0] not in "\\[" and token.isascii() else _known(token) for token in _TOKEN.findall(pattern)]
    wide = _POSSESSIVE.sub(r"\1", "".join(parts).replace("{,", "{0,").replace("(?>", "(?:"))
    wide = _BOUNDED.sub(_uncounted, wide)
    return _OPEN_END.sub("", _OPEN_START.sub(r"\1", wide)).encode("latin-1")


def _uncounted(repeat: re.Match[str]) -> str:
    least, comma, most = repeat.groups()
    if (most or not comma) and int(most or least) <= MOST_REPEATS:
        return repeat[0]
    return "*" if int(least or 0) == 0 else "+"


@lru_cache(maxsize=1024)
def _known(token: str) -> str:
    """A class, an escape or a character beyond ASCII, as the sets read it."""
    if token[0] == "[" and len(token) > 1:
        return _known_class(token)
    if token in (r"\b", r"\B"):
        return ""
    if token in (r"\W", r"\D", r"\S") or token.startswith(r"\P"):
        return f"[{ANY}]"
    if token in _KNOWN or token.startswith(r"\p"):
        return f"[{_KNOWN.get(token, ANY)}?]"
    char = _character(token)
    if char is None or (len(token) == 1 and char < "\x80"):
        return token
    return f"[{''.join(_cases(char))}]"


def _known_class(token: str) -> str:
    negated = token[1] == "^"
    members = _MEMBER.findall(token[1 + negated : -1])
    body, at = [], 0
    other = False  # whether the class may hold characters beyond the encoding
    while at < len(members):
        member = members[at]
        low = _character(member)
        if member in _KNOWN or member.startswith(r"\p"):
            body.append(_KNOWN.get(member, "" if negated else ANY))
            other = True
        elif member in (r"\W", r"\D", r"\S") or member.startswith((r"\P", "[:")):
            body.append("" if negated else ANY)
        elif low is None:
            body.append(member)
        else:
            high = _character(members[at + 2]) if members[at + 1 : at + 2] == ["-"] and at + 2 < len(members) else None
            if high is None:
                body += [case for case in _cases(low) if not (negated and case == r"\x3f")]
            else:
                body += _range(low, high)
                other = other or high > "\xff"
                at += 2
        at += 1
    if negated:
        return f"[^{''.join(body)}]" if any(body) else f"[{ANY}]"
    return f"[{''.join(body)}{'?' if other else ''}]"


def _cases(char: str) -> list[str]:
    """A character in both cases, as the sets read it; RE2 ignores case in ASCII only."""
    both = sorted({char, char.lower(), char.upper()}) if char.isalpha() and char > "\x7f" else [char]
    return [f"\\x{_byte(case):02x}" for case in both]


def _range(low: str, high: str) -> list[str]:
    """The characters from one to another, those beyond ASCII in both cases."""
    parts = [f"\\x{ord(low):02x}-\\x{min(ord(high), 127):02x}"] if low <= "\x7f" else []
    for char in bytes(range(128, 256)).decode(ENCODING, "ignore"):
        if low <= char <= high:
            parts += _cases(char)
    return parts


def _byte(char: str) -> int:
    return char.encode(ENCODING, "replace")[0]


def _character(token: str) -> str | None:
    """The one character that a token stands for, or None for a class or an assertion."""
    if len(token) == 1:
        return token
    if token[1] in "ux":
        return chr(int(token[2:], 16))
    return None if token[1].isascii() and token[1].isalnum() else token[1]


def _closing(pattern: str, start: int) -> int:
    """Index of the parenthesis that closes the one at `start`, or the end of the pattern."""
    depth = 0
    for found in _PARENTHESIS.finditer(pattern, start):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0 and found[0] == ")":
            return found.start()
    return len(pattern)


def _has_alternatives(pattern: str) -> bool:
    """Whether a pattern is several paths outside its groups, so that an anchor at its start holds for the first one only."""
    depth = 0
    for found in _PARENTHESIS.finditer(pattern):
        if found[0] == "|" and depth == 0:
            return True
        depth += (found[0] == "(") - (found[0] == ")")
    return False


class _Set:
    """An RE2 set, and the patterns that it holds, by the numbers that its `Match` gives."""

    def __init__(self, anchored: bool) -> None:
        import re2

        options = re2.Options()
        options.max_mem = SET_MEMORY
        options.log_errors = False
        options.encoding = re2.Options.Encoding.LATIN1
        self._set = re2.Set.MatchSet(options) if anchored else re2.Set.SearchSet(options)
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


class Words:
    """Tells whether a text may hold one of some words, given in lower case, as `text.lower().split()` would show them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._set = _Set(False)
        spoken = b"|".join(re.escape(word).encode(ENCODING, "replace") for word in sorted(words))
        self._set.add("", rb"(?i)(?:^|[\s\x1c-\x1f\xa0?])(?:" + spoken + rb")(?:[\s\x1c-\x1f\xa0?]|$)")
        self._match, _ = self._set.ready()

    def may_stand_in(self, text: str) -> bool:
        """False only where none of the words stands in the text."""
        return bool(self._match(text.encode(ENCODING, "replace")))


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
            most, wide = patterns[pattern], widened(pattern)
            if not _ANCHORED.match(wide.decode("latin-1")) or _has_alternatives(pattern):
                fitting = anywhere
            else:
                fitting = at_start if most is None or most > SHORT else at_start_of_short
            if not fitting.add(pattern, wide):
                compiled(pattern)
                self._always.append(pattern)
        self._for_any = [found.ready() for found in (anywhere, at_start) if found.patterns]
        self._for_short = [*self._for_any, *(found.ready() for found in (at_start_of_short,) if found.patterns)]

    def match(self, document: Document) -> None:
        """Fill `document.matches` (candidate blocks by pattern, if there are patterns) and `document.phrases` (spans)."""
        if self._for_short or self._always:
            document.matches = self.find_blocks(judged(document))
        if self._automaton is not None:
            document.phrases = self._find_phrases(document.text)

    def find_blocks(self, blocks: Sequence[Block]) -> dict[str, list[Block]]:
        """The blocks that each pattern may match, in order; patterns without any are left out."""
        matches: dict[str, list[Block]] = {}
        for block, text in zip(blocks, seen([block.text for block in blocks]), strict=False):
            for match, patterns in self._for_short if _is_short(text) else self._for_any:
                for index in match(text) or ():
                    matches.setdefault(patterns[index], []).append(block)
        for pattern in self._always:
            if hit := [block for block in blocks if search(pattern, block.text)]:
                matches[pattern] = hit
        return matches

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


def _is_short(text: bytes) -> bool:
    return text.count(b" ") < SHORT or (b"  " in text and len(text.split()) <= SHORT)


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
