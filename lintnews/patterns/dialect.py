"""The patterns of rules, which are written for `regex`, in the dialect of RE2: widened for sets, or the same for plain texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lintnews.patterns.encoded import ENCODING

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
_TOKEN = re.compile(rf"{_CLASS}|{_ESCAPE}|[\x00-Z\]-\x7f]+|.", re.DOTALL)
_LOOKAROUND = re.compile(rf"{_CLASS}|\\.|(?P<around>\(\?<?[=!])", re.DOTALL)
_PARENTHESIS = re.compile(rf"{_CLASS}|\\.|[()|]", re.DOTALL)
_MEMBER = re.compile(rf"{_POSIX}|{_ESCAPE}|.", re.DOTALL)

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
_NEVER = r"\x81"
"""A byte that nothing is written as in Windows-1252."""
_SHARED_ESCAPES = frozenset([r"\w", r"\W", r"\d", r"\D", r"\s", r"\S", r"\b", r"\B", r"\t", r"\n", r"\r", r"\f", r"\v"])
_UNSHARED = re.compile(r"\{(?!\d+(?:,\d*)?\})|\((?:\?(?!:|P<\w+>|[ims-]+:)|\*)|\{\d+(?:,\d*)?\}[*+{]|[*+?]\+")
"""What RE2 reads otherwise or not at all: a brace that is no repeat, groups that only look or set flags, repeats of repeats."""
_FLAGS = re.compile(r"^\(\?[ims]+\)")


class Narrow(NamedTuple):
    """A pattern in RE2's dialect over `plain` text: it matches what it matches under `regex`, and if not `exact`, more."""

    pattern: bytes
    exact: bool


def narrowed(pattern: str) -> Narrow | None:
    """The pattern over plain text, exact if it has no look-arounds; None where in doubt."""
    flags = _FLAGS.match(pattern)
    parts = [flags[0] if flags else ""]
    freed = without_lookarounds(pattern)
    for token in _TOKEN.findall(freed, flags.end() if flags else 0):
        part = _same_class(token) if token[0] == "[" and len(token) > 1 else _same(token)
        if part is None or (token[0] not in "[\\" and _UNSHARED.search(token)):
            return None
        parts.append(f"[{part}]" if token.startswith(r"\p") else part)
    return Narrow("".join(parts).encode("ascii"), freed == pattern)


def without_lookarounds(pattern: str) -> str:
    """The pattern less what only looks, so that it matches more; where that is repeated it stays."""
    at = 0
    while found := _LOOKAROUND.search(pattern, at):
        at = found.end()
        if found["around"]:
            end = _closing(pattern, found.start()) + 1
            if pattern[end : end + 1] not in ("*", "+", "?", "{"):
                at = found.start()
                pattern = pattern[:at] + pattern[end:]
    return pattern


def _same_class(token: str) -> str | None:
    members = _MEMBER.findall(token[1:-1])
    for before, member, after in zip(members, members[1:], members[2:], strict=False):
        if member == "-" and not (before.isascii() and after.isascii() and before[:2] != r"\u" and after[:2] != r"\u"):
            return None
    same = [None if member.startswith("[:") else _same(member) for member in members]
    return None if None in same else f"[{''.join(map(str, same))}]"


def _same(token: str) -> str | None:
    """A character, an escape or a run of ASCII characters as RE2 has it over plain text."""
    if token.isascii() and token[0] != "\\":
        return token
    if token in _SHARED_ESCAPES:
        return token
    if token.startswith(r"\p"):
        return _KNOWN[token].partition("\\x")[0] if token in _KNOWN else None
    char = _character(token)
    if char is None or token == "\\":
        return None
    encoded = char.encode(ENCODING, "ignore")
    return f"\\x{encoded[0]:02x}" if encoded else _NEVER


def widened(pattern: str) -> bytes:
    """The pattern in RE2's dialect over `seen` text, matching at least what it matches under `regex`.

    Look-arounds and word boundaries are dropped, `.{m,n}` becomes `.*` (bounded repeats blow up an automaton), and what is not
    Windows-1252 becomes a question mark. Only `(?i)` for ſ, K and their like, which fold to ASCII, is not followed. What
    RE2 can't express, such as a back reference, is left for RE2 to refuse.
    """
    tokens = _TOKEN.findall(without_lookarounds(pattern))
    parts = [token if token[0] not in "\\[" and token.isascii() else _known(token) for token in tokens]
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


class Wide(NamedTuple):
    """A pattern in RE2's dialect, and whether it can match at the start only."""

    pattern: bytes
    anchored: bool


def wide(pattern: str) -> Wide:
    """The pattern as the sets take it."""
    widest = widened(pattern)
    return Wide(widest, bool(_ANCHORED.match(widest.decode("latin-1"))) and not _has_alternatives(pattern))


def _has_alternatives(pattern: str) -> bool:
    """Whether a pattern is several paths outside its groups, so that an anchor at its start holds for the first one only."""
    depth = 0
    for found in _PARENTHESIS.finditer(pattern):
        if found[0] == "|" and depth == 0:
            return True
        depth += (found[0] == "(") - (found[0] == ")")
    return False
