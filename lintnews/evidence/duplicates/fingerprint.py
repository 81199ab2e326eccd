"""Keys, chunks and signatures: what texts that are alike have in common, and few others have.

Cheap and lossy on purpose, as they only find candidates; `stories.compare` then looks at the texts themselves.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from unicodedata import normalize

from lintnews.messages import check_type

# A key is the text as a stream of lower-case letters and digits in UTF-8. Bytes that typographic punctuation shares with rare
# letters go too. Chunks end at three letters and at a few continuation bytes, about one byte in ten of any script, so that an
# edit spoils only the chunks it touches (content-defined chunking: Muthitacharoen, Chen and Mazières, A low-bandwidth network
# file system, 2001).
_CUTS = b"cduCDU" + bytes.fromhex("81 85 8a a8 b2 b5 bd")
_FOLD = bytes(range(256)).lower().translate(bytes.maketrans(_CUTS, b" " * len(_CUTS)))
_TYPOGRAPHY = bytes.fromhex("c2 e2 80 8b 93 94 98 99 9c 9d 9e a0 a6 ab ad bb")
_DROPPED = bytes(c for c in range(128) if not chr(c).isalnum()) + _TYPOGRAPHY
_DROPPED_IN_LINE = _DROPPED.replace(b"\n", b"")
_SHORTEST_CHUNK = 9  # bytes
_SHORTEST_ANCHOR = 12  # bytes: across articles, shorter chunks meet by chance
_LONGEST_CHUNKED = 100_000  # bytes of a text from which chunks are taken
_PROBES = 12
SHORTEST_KEY = 24
"""Bytes; a key of eight words is longer, in any script."""
ANCHORS = 4
SIGNATURE = 8 + 4 * ANCHORS
"""Bytes of a signature."""


def key_of(text: str) -> bytes:
    """A key that is equal for texts of the same words."""
    key = text.encode("utf-8", "surrogatepass").translate(_FOLD, _DROPPED)
    if key.isascii():
        return key
    return normalize("NFC", text).casefold().encode("utf-8", "surrogatepass").translate(_FOLD, _DROPPED)


def keys_of(texts: Sequence[str]) -> list[bytes]:
    """The key of each of several texts, none of which holds a line feed."""
    joined = "\n".join(texts).encode("utf-8", "surrogatepass").translate(_FOLD, _DROPPED_IN_LINE)
    keys = joined.split(b"\n") if texts else []
    return keys if joined.isascii() else [k if k.isascii() else key_of(t) for k, t in zip(keys, texts, strict=True)]


def chunks_of(key: bytes) -> set[bytes]:
    """The chunks of a text's key, of which two alike texts share some."""
    return {c for c in key[:_LONGEST_CHUNKED].split() if len(c) >= _SHORTEST_CHUNK}


def may_overlap(a: bytes, b: bytes, least: float = 1 / 2) -> bool:
    """Whether that share of one key seems to stand in the other, the shorter in the longer, by a dozen probes."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    starts = range(0, max(1, len(short) - 11), max(1, (len(short) - 12) // _PROBES))
    misses = 0
    for start in starts:
        if short[start : start + 12] not in long:
            misses += 1
            if misses > (1 - least) * len(starts):
                return False
    return True


def signature(paragraph: str) -> bytes:
    """24 bytes by which an engine finds candidates for `compare`.

    Bytes 0 to 7 are equal for texts of the same words. Bytes 8 to 23 are four anchors of four bytes each, in ascending order
    (zero: none); texts that share an anchor may be near repeats. Anchors that many texts share are best skipped.
    """
    check_type("paragraph", paragraph, str)
    key = key_of(paragraph)
    return packed(key, anchors(chunks_of(key), ANCHORS), ANCHORS)


def anchors(chunks: Iterable[bytes], n: int) -> list[int]:
    """The `n` least hashes of 32 bits, a sample of which two alike texts share some (bottom-k sketch: Broder, On the resemblance
    and containment of documents, 1997)."""
    hashed, _ = _hashes()
    return sorted({hashed(c) >> 32 or 1 for c in chunks if len(c) >= _SHORTEST_ANCHOR})[:n]


def packed(key: bytes, anchors: Sequence[int], n: int) -> bytes:
    """The hash of a key, and the anchors filled up to `n`."""
    _, digest = _hashes()
    return digest(key) + struct.pack(f">{n}I", *anchors, *[0] * (n - len(anchors)))


@cache
def _hashes() -> tuple[Callable[[bytes], int], Callable[[bytes], bytes]]:
    """A hash of 64 bits as a number and as bytes; imported when first asked for, as one article alone needs none."""
    from xxhash import xxh3_64_digest, xxh3_64_intdigest

    return xxh3_64_intdigest, xxh3_64_digest
