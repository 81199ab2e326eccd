"""A figure of the whole text beyond what is usual: too few words, too many repeated lines, too hard to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector
from lintnews.diagnostic import Finding
from lintnews.document import Document
from lintnews.evidence.figures.names import NAMES, figure
from lintnews.messages import nearest


@dataclass(frozen=True, slots=True)
class FigureDetector(Detector):
    """Finds texts one of whose figures is below `at_least` or above `at_most`; there is no fix.

    `figure`: its name. A text without any block has no figures. `at_least_words`: shorter texts are left alone.
    """

    figure: str
    at_least: float = 0.0
    at_most: float = float("inf")
    at_least_words: int = 0

    def __post_init__(self) -> None:
        if self.figure not in NAMES:
            raise ValueError(f"no figure is called {self.figure!r}{nearest(self.figure, NAMES)}; there are {', '.join(NAMES)}")

    def find(self, document: Document) -> Iterator[Finding]:
        blocks = document.blocks
        if not blocks or (self.at_least_words and sum(len(block.words) for block in blocks) < self.at_least_words):
            return
        value = figure(document, self.figure)
        if value is not None and not self.at_least <= value <= self.at_most:
            bound = self.at_least if value < self.at_least else self.at_most
            yield Finding(blocks[0].start, blocks[-1].end, values={"value": f"{value:.3g}", "bound": f"{bound:g}"})
