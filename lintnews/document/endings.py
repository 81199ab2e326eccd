"""Where an article has ended: marks such as "3 comments", "Tags:" or "Related stories" with most of the prose before them.

The same words higher up prove nothing: each kind of mark counts from a share of the prose on, and only where the article does
not go on behind it. How marks are worded stands in `data/english/endings.toml`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, islice

from lintnews.data import DATA
from lintnews.data.pack import packed
from lintnews.document.blocks import Block
from lintnews.patterns.matcher import SHORT, Matcher, holds

LONGEST = 160
"""Code points of a mark, an author's note excepted."""
TORN, LEAST_TORN = 4, 5
"""Lines of so many words behind a mark that begin amid a sentence, as wrapped text does and furniture does not, but for what
readers write."""
UNBROKEN, UNBROKEN_TALK = 4, 10
"""Paragraphs of running text in a row behind a mark that show it to be none, and behind one that opens a discussion."""
MOST_MARKS = 64
"""Marks that are judged; where so many prove to be none, the others are not looked at, and the article has not ended."""
_AUTHOR_NOTE, _DISCUSSION, _GLUED = "author-note", "discussion", "glued-links"
_INNER_CAPITAL = re.compile(r"\w*[a-z][A-Z]\w*")


Kind = tuple[str, float, int, int]
"""A kind of mark: name, share of the prose before one, points against the article going on behind it, how often it stands."""


def read() -> tuple[dict[str, Kind], dict[str, str]]:
    """The patterns of marks with their kinds, and the wording of running text behind them, from the data file."""
    import rtoml

    data = rtoml.loads((DATA / "english" / "endings.toml").read_text(encoding="utf-8"))
    pieces, behind = data.pop("pieces"), data.pop("behind")
    kinds = {
        f"(?i)^(?:{_pattern(written, pieces)})": (name, table["share"], table["against"], table.get("times", 1))
        for name, table in data.items()
        for written in table["patterns"]
    }
    return kinds, {sign: "(?i)" + _pattern(written, pieces) for sign, written in behind.items()}


def _pattern(written: str, pieces: dict[str, str]) -> str:
    joined = "".join(map(str.strip, written.splitlines()))
    for name, piece in pieces.items():
        joined = joined.replace("{" + name + "}", piece)
    return joined


_KINDS, _BEHIND = packed("endings") or read()

PATTERNS: dict[str, int | None] = {p: None if name == _AUTHOR_NOTE else SHORT for p, (name, *_) in _KINDS.items()}
"""Every pattern of a mark, with the most words of a block that it is for."""


Candidates = Callable[[str], Sequence[Block]]
"""The blocks that a pattern may match."""


def ending(blocks: Sequence[Block], candidates: Candidates | None = None) -> tuple[int, frozenset[int]]:
    """Where the article has ended: index of the first mark, or the number of blocks; and blocks behind it that may be article.

    A mark behind which running text goes on with the article is none.
    """
    prose = [len(block.text) if block.is_prose else 0 for block in blocks]
    before = list(accumulate(prose, initial=0))
    found = sorted(_marks(candidates or _candidates(blocks))) if before[-1] else []
    found = [(mark, kind) for mark, kind in found if before[mark] >= kind[1] * before[-1]]
    unbroken = {length: _last_unbroken(prose, length) for length in (UNBROKEN, UNBROKEN_TALK)} if found else {}
    torn = _last_torn(blocks) if found else -1
    for mark, (name, _, against, _) in found[:MOST_MARKS]:
        if unbroken[UNBROKEN_TALK if name == _DISCUSSION else UNBROKEN] >= mark or (torn > mark and name != _DISCUSSION):
            continue
        if name == _GLUED and _is_name(blocks, mark):
            continue
        from lintnews.document import resuming

        article = resuming.Prose("\n".join(block.text for block in blocks[:mark] if block.is_prose))
        if name != _AUTHOR_NOTE and resuming.is_sentence_of(blocks[mark], article):
            continue
        runs = resuming.runs(blocks, mark + 1)
        points = ((run, resuming.points(blocks, mark, run, article, _BEHIND) - against) for run in runs)
        first = list(islice(points, 1))
        if not first or first[0][1] < resuming.GOES_ON:
            doubted = (at for run, value in chain(first, points) if value >= resuming.DOUBTED for at in run)
            return mark, frozenset(doubted)
    return len(blocks), frozenset()


def _is_name(blocks: Sequence[Block], mark: int) -> bool:
    """Whether words glued in a mark, such as ComplexWordBench, stand elsewhere too, as the names of things do."""
    glued = _INNER_CAPITAL.findall(blocks[mark].text)
    return any(word in block.text for block in blocks if block.index != mark for word in glued)


def _last_unbroken(prose: list[int], length: int) -> int:
    """Where the last paragraphs of running text begin, so many that nothing interrupts, as they stand where an article goes on;
    -1 without any."""
    return next((at for at in range(len(prose) - length, -1, -1) if all(prose[at : at + length])), -1)


def _last_torn(blocks: Sequence[Block]) -> int:
    """Where the last lines of running text begin that were never joined; -1 without any."""
    torn = [b.index for b in blocks if b.text[0].islower() and b.kind != "item" and len(b.words) >= LEAST_TORN]
    return torn[-TORN] if len(torn) >= TORN else -1


def _marks(candidates: Candidates) -> Iterator[tuple[int, Kind]]:
    """Indices of marks, with their kinds."""
    for pattern, kind in _KINDS.items():
        if not (asked := candidates(pattern)):
            continue
        name, _, _, least = kind
        found = [block for block in asked if _may_be(block, name) and holds(pattern, block.text)]
        times = Counter(block.text for block in found)
        yield from ((block.index, kind) for block in found if times[block.text] >= least)


def _may_be(block: Block, name: str) -> bool:
    short = not block.is_prose and len(block.text) <= LONGEST and len(block.words) <= SHORT
    return block.kind != "item" and block.is_text and (short or name == _AUTHOR_NOTE)


def _candidates(blocks: Sequence[Block]) -> Candidates:
    """For a document that has not been through a linter whose rules have patterns."""
    found = _matcher().find([block.text for block in blocks])
    return lambda pattern: [blocks[number] for number in found.get(pattern, ())]


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    return Matcher(PATTERNS)
