"""Passages in another language than the article's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.document.language import language

NEAR = ({"da", "nb", "nn", "no"}, {"bs", "hr", "sl", "sr"}, {"cs", "sk"}, {"id", "ms"}, {"es", "gl"}, {"bg", "mk"})
"""Languages that a paragraph does not tell apart."""


@dataclass(frozen=True, slots=True)
class OtherLanguageDetector(Detector):
    """Finds paragraphs in a row, of `least_words` words or more each, both halves of which are in a language that is not the
    article's.
    """

    least_words: int = 20

    def find(self, document: Document) -> Iterator[Finding]:
        blocks = document.text_blocks
        own = document.language
        if not own or len(blocks) < 2:
            return
        spoken = [_language(block) if len(block.words) >= self.least_words else "" for block in blocks]
        if 2 * sum(code == own for code in spoken) < sum(map(bool, spoken)):
            return
        for code, some in groupby(zip(spoken, blocks, strict=True), key=lambda pair: pair[0]):
            if code and code != own and not any({code, own} <= alike for alike in NEAR):
                run = [block for _, block in some]
                yield Finding(run[0].start, run[-1].end, values={"language": code, "own": own})


def _language(block: Block) -> str:
    """The language of a block where both halves tell it."""
    middle = len(block.words) // 2
    first, second = (language(" ".join(half), half) for half in (block.words[:middle], block.words[middle:]))
    return first if first == second else ""
