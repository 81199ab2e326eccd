"""What a site sets into many of its articles: lines counted by site, and what speaks for and against them.

In two halves: `observe_lines` boils an article down to its lines, `Learner` counts them. What it finds does not
depend on the order of the articles as long as all lines fit into its table. Beyond, it forgets the rare ones by lossy counting
(Manku and Motwani, Approximate frequency counts over data streams, 2002), so that memory does not grow with the articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lintnews.document import Document, Zone
from lintnews.evidence.linemodel.model import SURELY_ARTICLE, boilerplate_shares
from lintnews.evidence.odds import logit, sigmoid
from lintnews.evidence.sitelines.lines import SiteLine, form

MOST_LINES = 100_000
"""Different lines that are counted at once."""
LONGEST = 600
"""Code points of a line that is looked at."""
SHORT = 12
"""Words up to which a line is looked at although the line model is sure that it is the article."""
MIN_ARTICLES, MIN_SHARE = 5, 0.05
"""Articles of a site that hold a line, and their share of the site's articles, from which it is site-wide."""
SAFE, LEAST = 0.95, 0.75
"""Confidence from which a line may be removed without asking, and below which it is not reported."""
AT_HOME = 0.2
"""Share of a line's sightings in a zone from which it is at home there."""
_REPEATED, _STEADY, _LEADS = 2.0, 1.0, -2.0
"""Log odds of being no part of the article, for a line that many articles hold, that has a steady neighbour, and that most often
leads running text, as the article's own sub-headings do. Set by hand on labelled sites."""
_STEADY_SHARE = 0.34
_PLACES: tuple[tuple[Zone, ...], ...] = (("head",), ("body", "between"), ("tail",))
_LETTERS = re.compile(r"[^\W\d_]{3}")
_PLACEHOLDER = re.compile(r"\{(?:number|month|day)\}")


class Sighting(NamedTuple):
    """A line of one article, its `form`, and what can be told of it there.

    `share` is the line model's, in thousandths. `place` counts head, inside and tail. `before` and `after` have one of 64 bits
    set for the line's neighbours. `leads` is 1 where running text follows that is not in the tail.
    """

    text: str
    form: str
    share: int
    place: int
    before: int
    after: int
    leads: int


def observe_lines(document: Document) -> list[Sighting]:
    """The lines of an article that may be a site's, each once, where it stands first."""
    shares = document.evidence(boilerplate_shares)
    blocks = document.blocks
    forms = [form(block.text) if len(block.text) <= LONGEST else "" for block in blocks]
    bits = [_bit(general) for general in ("", *forms, "")]
    seen: set[str] = set()
    found: list[Sighting] = []
    for block in document.text_blocks:
        text, share, index = block.text, shares[block.index], block.index
        if block is document.headline:
            share = SURELY_ARTICLE  # a column may have the same headline every week
        if len(text) > LONGEST or (share <= SURELY_ARTICLE and text.count(" ") >= SHORT) or not _LETTERS.search(text):
            continue
        general = forms[index]
        if general in seen:
            continue
        seen.add(general)
        zone = document.zone(block)
        place = next(number for number, zones in enumerate(_PLACES) if zone in zones)
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        leads = following is not None and following.is_prose and place < 2
        found.append(Sighting(text, general, round(1000 * share), place, bits[index], bits[index + 2], int(leads)))
    return found


def _bit(general: str) -> int:
    """One of 64 bits by a block's form, so that a sum of them tells few neighbours from many (linear counting: Whang,
    Vander-Zanden and Taylor, A linear-time probabilistic counting algorithm, 1990)."""
    from xxhash import xxh3_64_intdigest

    return 1 << (xxh3_64_intdigest(general.encode("utf-8", "surrogatepass")) & 63)


class LineCount(NamedTuple):
    """The sightings of a line in the articles of a site, as a group-by gives them.

    `of` is how many articles the site has, `articles` how many of them hold the line, `first` and `last` the least and the
    greatest of its texts, `shares` and `leads` sums, `before` and `after` the bits of all put together (as signed numbers, too),
    `places` how often it stood in each place.
    """

    site: str
    form: str
    of: int
    articles: int
    first: str
    last: str
    shares: int
    leads: int
    before: int
    after: int
    places: tuple[int, int, int]


@dataclass(slots=True)
class _Count:
    """What is known of a line, or (the first two only) of a site: articles since it was taken in, and at most how many before.

    `first` and `last` are the least and the greatest of its texts.
    """

    articles: int = 0
    missed: int = 0
    first: str = ""
    last: str = ""
    shares: int = 0
    leads: int = 0
    before: int = 0
    after: int = 0
    places: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, sighting: Sighting) -> None:
        self.articles += 1
        self.first = min(self.first or sighting.text, sighting.text)
        self.last = max(self.last, sighting.text)
        self.shares += sighting.share
        self.leads += sighting.leads
        self.before |= sighting.before
        self.after |= sighting.after
        self.places[sighting.place] += 1

    @property
    def confidence(self) -> float:
        """How likely the line is no part of the article, given that many articles hold it."""
        steady = min(self.before.bit_count(), self.after.bit_count()) <= max(1, _STEADY_SHARE * min(self.articles, 64))
        odds = logit(self.shares / self.articles / 1000) + _REPEATED
        return sigmoid(odds + _STEADY * steady + _LEADS * (2 * self.leads > self.articles))


class Learner:
    """Counts the lines of many articles, by site. `forgotten` is in how many articles a line may have stood unnoticed."""

    def __init__(self, most_lines: int = MOST_LINES) -> None:
        self._most = most_lines
        self._sites: dict[str, tuple[_Count, dict[str, _Count]]] = {}
        self.size = 0
        self.articles = 0
        self.forgotten = 0

    @classmethod
    def of(cls, counts: Iterable[LineCount], articles: int) -> Learner:
        """What was counted elsewhere: each line of a site once, for `articles` in all. Nothing was forgotten there."""
        learner = cls()
        learner.articles = articles
        for count in counts:
            _, lines = learner._sites.setdefault(count.site, (_Count(articles=count.of), {}))
            before, after = (bits & 0xFFFF_FFFF_FFFF_FFFF for bits in (count.before, count.after))
            shares = (count.articles, 0, count.first, count.last, count.shares, count.leads)
            lines[count.form] = _Count(*shares, before, after, list(count.places))
            learner.size += 1
        return learner

    def add(self, sites: Iterable[str], sightings: Sequence[Sighting]) -> None:
        """Take in the lines of the next article, for each of the sites that it belongs to."""
        self.articles += 1
        for site in sites:
            known = self._sites.get(site)
            if known is None:
                known = self._sites[site] = _Count(missed=self.forgotten), {}
            whole, lines = known
            whole.articles += 1
            before = len(lines)
            for sighting in sightings:
                count = lines.get(sighting.form)
                if count is None:
                    count = lines[sighting.form] = _Count(missed=self.forgotten)
                count.add(sighting)
            self.size += len(lines) - before
        if self.size > self._most:
            self._forget()

    def _forget(self) -> None:
        """Drop what stood in the fewest articles, and half of all lines at least."""
        while 2 * self.size > self._most:
            self.forgotten += 1
            for site, (whole, lines) in list(self._sites.items()):
                rare = [line for line, count in lines.items() if count.articles + count.missed <= self.forgotten]
                for line in rare:
                    del lines[line]
                self.size -= len(rare)
                if not lines and whole.articles + whole.missed <= self.forgotten:
                    del self._sites[site]

    def learnt(self, min_articles: int = MIN_ARTICLES, min_share: float = MIN_SHARE) -> Iterator[SiteLine]:
        """The site-wide lines by site and text; articles are counted too low rather than too high."""
        for site, (whole, lines) in sorted(self._sites.items()):
            of = whole.articles + whole.missed
            for general, count in sorted(lines.items()):
                if count.articles < max(min_articles, min_share * of) or count.confidence < LEAST:
                    continue
                is_template = count.first != count.last
                if is_template and not _LETTERS.search(_PLACEHOLDER.sub("", general)):
                    continue
                zones = [
                    zone
                    for zones, n in zip(_PLACES, count.places, strict=True)
                    if n >= AT_HOME * count.articles
                    for zone in zones
                ]
                text = general if is_template else count.first
                yield SiteLine(site, text, is_template, count.articles, of, tuple(zones), count.confidence)
