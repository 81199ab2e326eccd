"""Which old encoding some bytes are in: the one in which the letters and marks that aren't ASCII make words.

English and other western text in Windows-1252 is by far the most common of what isn't UTF-8, so that is tried first, and kept
unless it reads badly. What no table of single bytes explains is left to `charset_normalizer`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

SAMPLE_BYTES = 1 << 20
"""Bytes from which an encoding is guessed."""
SURE, WELL = 0.95, 0.85
"""Share of words and marks that must read well for a guess not to be doubtful, and for Windows-1252 to be kept."""
_CLOSE = 0.02
"""Difference in that share within which two encodings are as likely."""
_FOREIGN = 0.25
"""Share of bytes that aren't ASCII from which a text is in another script."""
_MOST_LOOKED_AT = 5000
"""Words and marks that are looked at."""
_TABLES = (
    "cp1252",
    "mac_roman",
    "cp1251",
    "koi8_r",
    "cp866",
    "iso8859_5",
    "cp1253",
    "cp1250",
    "iso8859_2",
    "cp1254",
)
_CYRILLIC = "\u0400", "\u052f"
_ALPHABETS = {
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp866": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp1253": ("\u0370", "\u03ff"),
}
"""The letters, from and to, for which an encoding is there."""
_MULTIBYTE = ("big5", "cp932", "cp949", "cp950", "euc_", "gb", "shift_jis", "johab")
_WORD = re.compile(r"[^\W\d_]+|[^\x00-\x7f]")
_SINGLE = frozenset("àèéìòóôöùåæøаявоиксуыηо")
_QUOTES = frozenset("“”«»„‹›‚")
_MARKS = frozenset("’‘–—…•·©®™°\xa0\xad½¼¾²³§×−¿¡")
_MONEY = frozenset("£€¥¢")


class Guess(NamedTuple):
    """An encoding by Python's name, and whether it may well be another one."""

    name: str
    is_doubtful: bool


def guess(data: bytes) -> Guess | None:
    """The likeliest encoding of bytes that aren't UTF-8, in which they can be read and written back; None if there is none."""
    sample = data[:SAMPLE_BYTES]
    is_foreign = sum(byte > 0x7F for byte in sample) > _FOREIGN * len(sample)
    western = _decoded(data, "cp1252")
    if western is not None and _share_that_reads(western) >= WELL:
        return Guess("cp1252", False)
    read = {name: text for name in _TABLES if (text := _decoded(data, name)) is not None and _is_in_its_alphabet(text, name)}
    shares = {name: _share_that_reads(text) for name, text in read.items()}
    best = max(shares, key=lambda name: shares[name], default=None)
    if best is not None and shares[best] >= SURE:
        return Guess(best, any(shares[name] >= shares[best] - _CLOSE and read[name] != read[best] for name in shares))
    if is_foreign and (name := _multibyte(data)) is not None:
        return Guess(name, False)
    if "cp1252" in read and not is_foreign:
        best = "cp1252"
    return None if best is None else Guess(best, True)


def guess_wide(data: bytes) -> Guess | None:
    """UTF-16 without a byte order mark, by its zero bytes: every other one in English text."""
    half = len(data[:SAMPLE_BYTES]) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = data[: 2 * half : 2].count(0), data[1 : 2 * half : 2].count(0)
    for name, zero, other in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zero > 0.5 * half and other == 0 and (text := _decoded(data, name)) is not None:
            odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and not c.isspace() for c in text[:_MOST_LOOKED_AT])
            return Guess(name, False) if odd <= 0.01 * len(text) else None
    return None


def _decoded(data: bytes, name: str) -> str | None:
    """The text, if it gives the bytes back."""
    try:
        text = data.decode(name)
        return text if text.encode(name) == data else None
    except UnicodeError:
        return None


def _is_in_its_alphabet(text: str, name: str) -> bool:
    """Whether most of what isn't ASCII are letters of the alphabet that an encoding is for; one for many is for any."""
    first, last = _ALPHABETS.get(name, ("", ""))
    foreign = [c for c in text[:SAMPLE_BYTES] if not c.isascii()]
    return not first or 2 * sum(first <= c <= last for c in foreign) >= len(foreign)


def _multibyte(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    for match in list(from_bytes(data[:SAMPLE_BYTES]))[:3]:
        if match.encoding.startswith(_MULTIBYTE) and _decoded(data, match.encoding) is not None:
            return match.encoding
    return None


def _share_that_reads(text: str) -> float:
    """Of the words and marks with a character that isn't ASCII, those that such a text may have."""
    looked_at = list(_looked_at(text))
    return sum(looked_at) / len(looked_at) if looked_at else 1.0


def _looked_at(text: str) -> Iterator[bool]:
    count = 0
    for match in _WORD.finditer(text):
        found = match[0]
        if found.isascii():
            continue
        count += 1
        if count > _MOST_LOOKED_AT:
            return
        yield _is_word(found) if found[0].isalpha() else _is_in_place(text, match.start())


def _is_word(word: str) -> bool:
    """Whether letters and capitals go together as in a word, and a Latin one has some plain letters."""
    if len(word) == 1:
        return word in _SINGLE
    scripts = {"LATIN" if c.isascii() else unicodedata.name(c, "?").partition(" ")[0] for c in word}
    plain = sum(map(str.isascii, word))
    return (
        (word[1:].islower() or word.isupper())
        and len(scripts) == 1
        and ("LATIN" not in scripts or len(word) < 3 or 2 * plain >= len(word))
    )


def _is_in_place(text: str, at: int) -> bool:
    c, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if c in _QUOTES:
        return not (before.isalpha() and after.isalpha())
    if c in _MONEY:
        return before.isdigit() or after.isdigit()
    return c in _MARKS
