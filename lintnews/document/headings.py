"""Where a list ends below which running text begins: the last line may be the heading of that text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lintnews.document.blocks import Block

SHORT_WORDS = 5
"""A headline of another article has more words."""
_NUMBER = re.compile(r"(?:#|No\.? ?)?\d{1,3}[.:)]? (?=\D)")
_WORD = re.compile(r"[^\W\d_]{4,}")


def without_heading(blocks: Sequence[Block], first: int, last: int) -> int:
    """Index of the last of the lines `blocks[first : last + 1]` that belongs to their list; `first - 1` where none does.

    A line right above running text is its heading when it looks like one, is short, stands further off than the others, or has
    a word in common with the text. The only line with a number is one, too, and may have another line below it.
    """
    if last < first or last + 1 >= len(blocks) or not blocks[last + 1].is_prose:
        return last
    numbered = [at for at in range(first, last + 1) if _NUMBER.match(blocks[at].text)]
    if len(numbered) == 1 and last - numbered[0] < 2:
        return numbered[0] - 1
    line, text = blocks[last], blocks[last + 1].text.lower()
    is_heading = (
        line.kind == "heading"
        or len(line.words) <= SHORT_WORDS
        or (last > first + 1 and line.gap > max(block.gap for block in blocks[first + 1 : last]))
        or any(word in text for word in _WORD.findall(line.text.lower()))
    )
    return last - 1 if is_heading else last
