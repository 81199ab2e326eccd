"""What may stand twice on purpose: an answer under several headings, rows of lists and plans, code and output, refrains.

Nothing here looks at wording. What speaks for purpose is where the copies stand, and that they are no sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from lintnews.document import Document
from lintnews.document.blocks import HEADING_WORDS, Block
from lintnews.evidence.duplicates.fingerprint import keys_of
from lintnews.evidence.duplicates.repeats import Repeat

LONGEST_SECTION = 12
"""Blocks that are the same under two headings, up to which the headings are looked for."""
MOST_FIGURES = 0.3
"""Share of the words of a sentence that start with a digit."""
_CODE = re.compile(r"[={}<>\\^~`$|]|[;{]$|\(\)|--\w|\w_\w|::|->|\s/\w|\*\s")
_COLON, _QUESTION = (":", "："), ("?", "？")


def may_be_meant(document: Document, repeat: Repeat) -> bool:
    """Whether a repeat, in the same words, may well be meant."""
    blocks = document.text_blocks
    first = blocks[repeat.original.start]
    if len(first.words) > 2 * len(first.text.split()):  # a script without spaces, of which nothing here was tried
        return True
    if len(repeat.original) == 1 and (first.kind == "item" or not _is_writing(first.text)):
        return True
    keys, stands = document.evidence(_stands)
    times = max(stands[keys[i]] for i in repeat.original)
    if times == 1 or _follow_one_another(repeat):
        return False
    return (
        (times > 2 and len(repeat.original) == 1)
        or len(repeat.copies) > 1
        or any(
            _have_headings(document, *sorted((repeat.original.start, copy.start)))
            or blocks[copy.start - 1].text.endswith(_COLON)
            or _listed(document, repeat.original, copy)
            for copy in repeat.copies
        )
    )


def _stands(document: Document) -> tuple[list[bytes], Counter[bytes]]:
    """The keys of the blocks, and at how many places each stands; copies that follow one another stand at one."""
    keys = keys_of([block.text for block in document.text_blocks])
    return keys, Counter(key for key, _ in groupby(keys))


def _follow_one_another(repeat: Repeat) -> bool:
    places = sorted((repeat.original, *repeat.copies), key=lambda place: place.start)
    return all(place.stop == following.start for place, following in pairwise(places))


def _is_writing(text: str) -> bool:
    """Whether a text is no code, no program's output, no row of figures, and no question that is put to several people."""
    if text[0].islower() or text.endswith(_QUESTION) or _CODE.search(text):
        return False
    words = text.split()
    return sum(word[0].isdigit() for word in words) <= MOST_FIGURES * len(words)


def _have_headings(document: Document, earlier: int, later: int) -> bool:
    """Whether each of two stands under a heading of its own, as far up as both have the same above them."""
    blocks = document.text_blocks
    for step in range(1, min(LONGEST_SECTION, earlier, later - earlier - 1) + 1):
        above, below = blocks[earlier - step], blocks[later - step]
        if above.text != below.text:
            return _is_label(document, above) and _is_label(document, below)
    return False


def _is_label(document: Document, block: Block) -> bool:
    if block.is_prose or block.kind == "item" or block.index == 0 or block is document.headline:
        return False
    return len(block.words) <= HEADING_WORDS and not block.text.endswith(".")


def _listed(document: Document, original: range, copy: range) -> bool:
    """Whether both copies stand in lists, or a repeated passage is one."""
    blocks = document.text_blocks
    if len(original) > 1:
        prose = sum(len(blocks[i].text) for i in copy if blocks[i].is_prose)
        return 2 * prose < sum(len(blocks[i].text) for i in copy)
    places = original.start, copy.start
    return sum(_lines_around(document, blocks, i) for i in places) >= 3 or all(_close(document, blocks, i) for i in places)


def _lines_around(document: Document, blocks: Sequence[Block], i: int) -> int:
    """On how many sides of a line another one stands."""
    block = blocks[i]
    if block.is_prose or block.index < document.body.start:
        return 0
    around = [*blocks[max(0, i - 1) : i], *blocks[i + 1 : i + 2]]
    return 2 - sum(b.is_prose for b in around)


def _close(document: Document, blocks: Sequence[Block], i: int) -> bool:
    """Whether a block is set close to another one, in a text of parted paragraphs."""
    if blocks[i].index < document.body.start or not document.evidence(_is_parted):
        return False
    return blocks[i].gap == 0 or (i + 1 < len(blocks) and blocks[i + 1].gap == 0)


def _is_parted(document: Document) -> bool:
    """Whether most blocks stand behind a blank line."""
    return 2 * sum(block.gap > 0 for block in document.blocks) > len(document.blocks)
