"""Lines that a site sets into many of its articles: what one is, and where a document has some."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lintnews.document import Document, Zone
from lintnews.document.blocks import Block

LONGEST_TEMPLATE = 150
"""Code points up to which lines count as one that differ in numbers and days only."""
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_NAMES = {
    written: f"{{{kind}}}"
    for kind, names in (("month", [*_MONTHS, "Sept"]), ("day", _DAYS))
    for name in names
    for written in (name, name.upper(), name[:3], name[:3].upper())
}
_VARIES = re.compile(rf"\d+(?:[.,:/]\d+)*|\b[JFMASONDTW](?:{'|'.join(sorted({name[1:3] for name in _NAMES}))})[A-Za-z]{{0,6}}\b")


def form(text: str) -> str:
    """The text with `{number}`, `{month}` and `{day}` in the place of numbers, months and days of the week; if it is short."""
    return text if len(text) > LONGEST_TEMPLATE else _VARIES.sub(_placeholder, text)


def _placeholder(match: re.Match[str]) -> str:
    found = match[0]
    return "{number}" if found[0].isdecimal() else _NAMES.get(found, found)


class SiteLine(NamedTuple):
    """A line that `articles` of the `of` articles of a site hold. A template has placeholders (`form`) where they differ.

    `zones` are those where it is at home; `confidence`, from 0 to 1, that it is no part of the article.
    """

    site: str
    text: str
    is_template: bool
    articles: int
    of: int
    zones: tuple[Zone, ...]
    confidence: float


class SiteLines(NamedTuple):
    """What is known of a site, to be given to its documents: its lines by their text, and its templates."""

    lines: Mapping[str, SiteLine]
    templates: Mapping[str, SiteLine]


class Learnt:
    """Lines that were learnt, by their site."""

    def __init__(self, found: Iterable[SiteLine]) -> None:
        self._by_site: dict[str, list[SiteLine]] = {}
        for line in found:
            self._by_site.setdefault(line.site, []).append(line)
        self._known: dict[tuple[str, ...], SiteLines] = {}

    def known_to(self, sites: Iterable[str]) -> SiteLines:
        """What is known of several sites; where two know the same line, the first one's word counts."""
        sites = tuple(site for site in sites if site in self._by_site)
        known = self._known.get(sites)
        if known is None:
            lines = [line for site in reversed(sites) for line in self._by_site.get(site, ())]
            literal, templates = ({line.text: line for line in lines if line.is_template is kind} for kind in (False, True))
            known = self._known[sites] = SiteLines(literal, templates)
        return known


def sight(document: Document, lines: Container[str], templates: Container[str]) -> Iterator[tuple[Block, str]]:
    """The blocks that are one of the lines, or have the form of one of the templates, each with that line or template."""
    for block in document.text_blocks:
        text = block.text
        if text in lines:
            yield block, text
        elif templates and (general := form(text)) in templates:
            yield block, general


def at_home(document: Document, block: Block, zones: Sequence[str]) -> bool:
    """Whether a block stands in one of the zones; an article's headline is at home above it alone."""
    return document.zone(block) in zones and (block is not document.headline or tuple(zones) == ("head",))
