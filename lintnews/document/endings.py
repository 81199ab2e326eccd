"""Where an article has ended: marks such as "3 comments", "Tags:" or "Related stories" with most of the prose before them.

The same words higher up prove nothing: each kind of mark counts from a share of the prose on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from lintnews.document.blocks import Block
from lintnews.patterns.matcher import SHORT, Matcher, holds

LONGEST = 160
"""Code points of a mark, an author's note excepted."""
UNBROKEN, UNBROKEN_TALK = 4, 10
"""Paragraphs of running text in a row behind a mark that show it to be none, and behind one that opens a discussion."""
_DISCUSSED, _CLOSED, _OFFERED = 0.35, 0.6, 0.85
"""Shares of the prose that stand before a block that opens a discussion, closes an article, or offers others."""

_CAPITAL = r"(?=(?-i:[A-Z\d(]))"
_DISCUSSION = (
    _CAPITAL + r"(?:\(?\d[\d,.]*k?\)? )?(?:(?:view|show|see|read|post|leave|add|write|load|join|start|user|reader|latest|all"
    r"|be the first to)(?: (?:an?|all|the|your|new|\d+))? )*(?:comments?|reply|replies)(?: ?[(:]? ?\d*\)?| cancel reply)?:?$",
    r"join the (?:conversation|discussion)\W*$",
    r"(?:you must be|please|log ?in|sign in|register) .{0,50}\bcomments?\b",
    r"(?:comments (?:are|powered|policy|closed)|leave a (?:comment|reply)|your e-?mail address will not be|no comments)\b",
    r"(?:blog comments|disqus)\b",
)
_NETWORK = r"(?:twitter|facebook|instagram|linkedin|google news|x|whatsapp|telegram|youtube)"
_CLOSING = (
    r"about (?:the |this )?(?:authors?|writers?|contributors?|reporters?)\b|(?:our )?contributors?:?$|author bio|meet the author",
    r"view all posts by|more (?:stories |articles |posts )?by .{2,50}$",
    r"(?:©|\(c\)|copyright\b).*\w|all rights reserved|.{0,120}\bcontributed to this (?:report|story|article)",
    _CAPITAL + r"(?:tags?|topics?|tagged(?: with| as| in)?|filed under|categories|category|keywords)(?: ?[:|]|$)",
    r"(?:related (?:topics|tags)|posted in|in this (?:article|story))(?: ?[:|]|$)",
    r"(?:follow|find|like) us\b|follow @|(?:follow|find|like|join) .{2,40} on " + _NETWORK + r"\b",
    r"\d[\d.,]*k? shares$|like this:",
    r"share(?:: |:$| (?:this|on|via|the)?(?: ?(?:article|story|post|page|entry|e-?mail|" + _NETWORK + r"))?\W*$)",
    r"click to (?:share|e-?mail|print)\b",
    r"(?=\S+ )(?-i:(?:[A-Z][\w’&-]*(?: [\w’&-]+){0,3}?(?<=[a-z]{3})(?=[A-Z]|$)){3,}$)",
)
_OTHERS = r"(?:stories|articles|posts|news|content|links|coverage|reading|videos?|story|headlines|topics)"
_OFFERS = (
    _CAPITAL + r"(?:share|tweet|e-?mail|print|facebook|twitter|whatsapp|linkedin|pinterest|reddit|copy link)$",
    r"(?:more |also )?(?:related|also read|read also|you (?:may|might)(?: also)? (?:like|be interested in|have missed|enjoy)"
    r"|recommended(?= ))(?: (?:for you|" + _OTHERS + r"))?\W*$",
    r"(?:the )?(?:most|top|latest|recent|popular|trending|more|featured|breaking|other|editor.?s.?|must|our|today.?s)"
    r"(?: (?:read|reads|popular|viewed|shared|commented|now|recent|picks?|watched|for you|choice|this week|of the (?:day|week)|"
    + _OTHERS
    + r"))+\W*$",
    r"(?:trending|headlines|popular|in other news)\W*$|(?:more|latest) (?:from|in|on|by|about)\b[^.!?]{0,40}$",
    r"[«‹←< ]*(?:previous|next|prev|older|newer) (?:post|article|story|page|entry)\W*$",
    _CAPITAL + r"(?:log ?in|sign ?in|sign ?up|register|subscribe|subscribe now|newsletters?|privacy policy|contact us|reprints)$",
    r"terms of (?:use|service)$|(?:sign up for|subscribe to|report an? (?:typo|error|problem)|got a (?:news )?tip)\b",
    r"(?:latest (?:news|articles|stories|posts)|related (?:articles|stories|news|posts))(?-i:[A-Z])",
    r"(?:(?:most|also) read|read next|recommended|trending)(?-i:[A-Z])",
    (
        r"(?:(?:staff|senior|chief|political|national|sports|business|freelance|contributing|associate|deputy|special|news|health"
        r"|science|tech|managing)[ ,-]+)*(?:reporter|writer|editor|journalist|correspondent|columnist|contributor)s?$"
    ),
)
_AUTHOR = (
    r"(?:By )?[A-ZÀ-Þ][\w.’'-]+(?: (?:[A-ZÀ-Þ][\w.’'-]*|de|van|von|al|bin|del|der))+,? (?:is|was|has been|joined|covers|writes"
    r"|reports|works|serves as|specializes)\b(?!.*\b(?:said|says|told|added)\b)[^“\"]{0,100}\b(?:reporter|writer|editor"
    r"|journalist|correspondent|columnist|contributor|critic|freelancer|blogger|producer|newsroom)\b[^“\"]*$"
)

_KINDS = (
    (_DISCUSSED, tuple("(?i)^(?:" + pattern + ")" for pattern in _DISCUSSION)),
    (_CLOSED, tuple("(?i)^(?:" + pattern + ")" for pattern in _CLOSING)),
    (_OFFERED, tuple("(?i)^(?:" + pattern + ")" for pattern in _OFFERS)),
)
_AUTHORS = "^(?:" + _AUTHOR + ")"

PATTERNS: dict[str, int | None] = {**{p: SHORT for _, patterns in _KINDS for p in patterns}, _AUTHORS: None}
"""Every pattern of a mark, with the most words of a block that it is for."""


Candidates = Callable[[str], Sequence[Block]]
"""The blocks that a pattern may match."""


def ending(blocks: Sequence[Block], candidates: Candidates | None = None) -> int:
    """Index of the first mark that the article is over, or the number of blocks when there is none."""
    found = sorted(_marks(candidates or _candidates(blocks)))
    if found:
        prose = [len(block.text) if block.is_prose else 0 for block in blocks]
        total = sum(prose)
        for index, share in found:
            if (
                total
                and sum(prose[:index]) >= share * total
                and not _goes_on(prose[index:], UNBROKEN_TALK if share == _DISCUSSED else UNBROKEN)
            ):
                return index
    return len(blocks)


def _goes_on(prose: list[int], unbroken: int) -> bool:
    """Whether so many paragraphs of running text follow that nothing interrupts, as they do where an article goes on."""
    return any(all(prose[at : at + unbroken]) for at in range(len(prose) - unbroken + 1))


def _marks(candidates: Candidates) -> Iterator[tuple[int, float]]:
    """Indices of marks, with the share of the prose that must stand before each."""
    for share, patterns in _KINDS:
        for pattern in patterns:
            for block in candidates(pattern):
                short = not block.is_prose and len(block.text) <= LONGEST and block.kind not in ("item", "code", "front-matter")
                if short and len(block.words) <= SHORT and holds(pattern, block.text):
                    yield block.index, share
    for block in candidates(_AUTHORS):
        if block.kind not in ("item", "code", "front-matter") and holds(_AUTHORS, block.text):
            yield block.index, _OFFERED


def _candidates(blocks: Sequence[Block]) -> Candidates:
    """For a document that has not been through a linter whose rules have patterns."""
    found = _matcher().find([block.text for block in blocks])
    return lambda pattern: [blocks[number] for number in found.get(pattern, ())]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(PATTERNS)
