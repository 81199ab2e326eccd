"""What ftfy would decode anew in a text, as the fewest spans that say it.

Source of the method: Robyn Speer, ftfy (https://ftfy.readthedocs.io); its own judgement decides, here only spans are made of it.
"""

from __future__ import annotations

from collections.abc import Iterator

LONGEST_PIECE = 4096
"""Code points that ftfy is asked about at a time."""


def repairs(text: str) -> Iterator[tuple[int, int, str]]:
    """Spans of a text, code points, with what was meant there."""
    if text.isascii():
        return
    import ftfy
    from rapidfuzz.distance import Levenshtein

    for at, piece in _pieces(text):
        if piece.isascii() or not ftfy.badness.is_bad(piece):
            continue
        meant = ftfy.fix_encoding(piece)
        if meant == piece:
            continue
        start = end = 0
        replacement: list[str] = []
        for step in Levenshtein.opcodes(piece, meant):
            if step.tag == "equal":
                continue
            if replacement and step.src_start > end:
                yield at + start, at + end, "".join(replacement)
                replacement = []
            if not replacement:
                start = step.src_start
            end = step.src_end
            replacement.append(meant[step.dest_start : step.dest_end])
        if replacement:
            yield at + start, at + end, "".join(replacement)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines of the text, long ones parted at spaces, with where they start."""
    at = 0
    for line in text.splitlines(keepends=True):
        start = 0
        while start < len(line):
            stop = len(line) if len(line) - start <= LONGEST_PIECE else line.rfind(" ", start, start + LONGEST_PIECE) + 1
            stop = stop if stop > start else start + LONGEST_PIECE
            yield at + start, line[start:stop]
            start = stop
        at += len(line)
