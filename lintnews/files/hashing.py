"""The hash by which a ledger knows bytes again."""

from __future__ import annotations


def digest(data: bytes) -> str:
    """The xxh3 hash of some bytes, 16 hexadecimal digits."""
    from xxhash import xxh3_64_hexdigest

    return str(xxh3_64_hexdigest(data))
