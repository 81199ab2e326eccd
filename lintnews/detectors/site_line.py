"""Lines that stand in many articles of the document's site, when a run has counted them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lintnews.detectors.detector import Detector, Needs
from lintnews.diagnostic import Edit, Finding
from lintnews.document import Document


@dataclass(frozen=True, slots=True)
class SiteLineDetector(Detector):
    """Finds lines that many articles of one site have in common, each in every article; the fix deletes them.

    All articles are read once before, and their lines counted.
    """

    def needs(self) -> Needs:
        return Needs(site_lines=True)

    def find(self, document: Document) -> Iterator[Finding]:
        from lintnews.evidence.sitelines.lines import SiteLines, at_home, sight

        known = document.given(SiteLines)
        if known is None:
            return
        for block, text in sight(document, known.lines, known.templates):
            line = known.lines.get(text) or known.templates[text]
            if at_home(document, block, line.zones):
                values = {"articles": f"{line.articles:,}", "of": f"{line.of:,}", "site": line.site}
                edit = Edit(block.start, block.end)
                yield Finding(block.start, block.end, (edit,), line.confidence, values)
