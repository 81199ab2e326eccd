"""What the trees know of a block, in six groups: shape, repetition, place, run, the wording around it, and its company."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """How a block is written and set."""

    words: float
    length: float
    first: float
    caps: float
    stop: float
    digits: float
    shouted: float
    sentences: float
    separators: float
    glued: float
    commas: float
    ending: float
    quotes: float
    title_words: float
    you: float
    asks: float
    finite: float
    says: float
    money: float
    period: float
    gap: float
    gap_after: float
    group: float
    in_group: float
    blank_lines: float


class Repetition(NamedTuple):
    """What of it stands elsewhere: its line, its words in the article, those of the headline in it."""

    before_same: float
    after_same: float
    known: float
    known_caps: float
    headline: float
    opening: float
    opening_leads: float
    with_next: float
    with_last: float


class Place(NamedTuple):
    """Where it stands in the text and to its running text."""

    position: float
    blocks: float
    words_after: float
    to_prose: float
    since_prose: float
    prose_before: float
    prose_after: float
    prose_share: float
    english: float


class Run(NamedTuple):
    """The blocks of its sort that it stands among, and where that is to the article's body and end."""

    run: float
    run_position: float
    run_words: float
    unbroken_before: float
    unbroken_after: float
    past_ending: float
    body_start: float
    body_end: float
    next_words: float
    last_words: float
    next_ending: float
    last_ending: float


class Around(NamedTuple):
    """Log odds against the wording of it and of its neighbours: single ones, those that stand once, and means."""

    odds: float
    odds_2_before: float
    odds_before: float
    odds_after: float
    odds_2_after: float
    own_before: float
    own_after: float
    own_4_before: float
    own_4_after: float
    mean_4_before: float
    mean_4_after: float
    mean_10_before: float
    mean_10_after: float
    mean_9: float


class Company(NamedTuple):
    """What it and its neighbours are worded like, and how much of the article stands before and after."""

    kept_before: float
    kept_after: float
    kept_words_after: float
    kept: float
    mean: float
    heading_ago: float
    kept_since_heading: float
    comment_ago: float
    sure_ago: float
    sure_ahead: float
    group_mean: float
    headlines: float
    heading: float
    comment: float
    caption: float
    byline: float
    promotion: float
    menu: float
    headlines_before: float
    heading_before: float
    byline_before: float
    headlines_after: float
    caption_after: float
    byline_after: float
    headings_6_before: float
    comments_6_before: float
    headlines_6_after: float
    comments_6_after: float


GROUPS: tuple[type[Shape | Repetition | Place | Run | Around | Company], ...] = (Shape, Repetition, Place, Run, Around, Company)
FIGURES: tuple[str, ...] = tuple(name for group in GROUPS for name in group._fields)
"""What the trees know of a block, in this order."""
