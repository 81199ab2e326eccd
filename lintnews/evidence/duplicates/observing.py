"""An article in a few bytes a paragraph, from which is told what it may share with others."""

from __future__ import annotations

from heapq import nsmallest

from lintnews.document import Document
from lintnews.evidence.duplicates.fingerprint import ANCHORS, SHORTEST_KEY, SIGNATURE, anchors, chunks_of, keys_of, packed
from lintnews.messages import check_type

ARTICLE_ANCHORS = 16
ARTICLE = 8 + 4 * ARTICLE_ANCHORS
"""Bytes of an article's signature."""
SHORTEST_ARTICLE = 200
"""Bytes of key: shorter articles are notices and tables."""


def observe(document: Document) -> bytes:
    """An article in 72 bytes, and 24 more a paragraph (its `signature`, or zeros where it is too short to tell)."""
    check_type("document", document, Document, "write Document(text)")
    signatures: list[bytes] = []
    least: set[int] = set()
    keys = keys_of([block.text for block in document.text_blocks])
    for key in keys:
        if len(key) < SHORTEST_KEY:
            signatures.append(bytes(SIGNATURE))
        else:
            chosen = anchors(chunks_of(key), ANCHORS)
            least.update(chosen)
            signatures.append(packed(key, chosen, ANCHORS))
    article = b"".join(keys)
    short = len(article) < SHORTEST_ARTICLE
    whole = bytes(ARTICLE) if short else packed(article, nsmallest(ARTICLE_ANCHORS, least), ARTICLE_ANCHORS)
    return b"".join((whole, *signatures))
