"""How likely each block is not the article: a small model of wording, shape, place and company.

Two steps. A linear model of words tells what a block is worded like (the article, a headline list, a comment, …). Trees then
weigh that together with the block's shape, its place, and what the blocks around it are worded like. All figures stand in
`data/line_model.json`, written by `benchmarks/train_line_model.py`; nothing here needs more than the standard library.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, groupby, pairwise, repeat
from math import exp, log, sqrt
from operator import add
from pathlib import Path
from struct import iter_unpack, unpack
from typing import NamedTuple, cast

from lintnews.data import DATA
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.linemodel.trees import Trees
from lintnews.patterns.matcher import Words

CLASSES = (
    "the article",
    "a list of headlines",
    "the heading of a list",
    "a comment",
    "a caption or photo credit",
    "a byline, time stamp or tag",
    "a promotion or notice",
    "a menu or button",
)
"""What a block can be worded like."""

LONGEST, OPENING, CLOSING = 200, 110, 80
"""A block longer than the first is judged by that many code points of its start and end."""
LONGEST_ITEM = 100
"""An item of a list with more code points is running text."""
DOUBT = (-9.0, -2.0, -1.0, -2.5)
"""Log odds of the wording up to which a line with no, one or two neighbours of running text, and running text, is the article."""
DOUBT_AROUND = -1.5
"""Mean log odds of nine blocks below which one of them that is worded like the article is the article."""
SURELY_ARTICLE = 0.05
FEWEST_HEADLINE_WORDS = 4
OFTEN = 3
"""A line that stands so often is a mark of the page: who looks for the company of a block looks past it."""
FIRST_TREES, SURE = 15, -0.7
"""A block that so many trees together find this unlike boilerplate is not put before the others."""

_APART = (
    *((char, f" {char} ") for char in ".,:;!?…()[]|/•·»©@#-–—*"),
    *((char, ' " ') for char in '"“”'),
    ("’", "'"),
    *((digit, "0") for digit in "123456789"),
)
"""What parts words, and how it is written alike."""
_SENTENCE_ENDS = (". ", "? ", "! ", ".” ", "?” ", "!” ", '." ', '?" ', '!" ')
_GLUED = re.compile(r"[a-z.!?…)][A-Z][a-z]")
_SEPARATORS = "|•·»›→▸►/"
_STOP = frozenset(
    """a an the and or but of to in on at for from by with as is are was were be been it its this that he she they his her
    their we our you your i not no has have had do did will would can could should may who which what how when if so than
    into about after""".split()  # noqa: SIM905
)


def tokens(texts: Sequence[str]) -> Iterator[set[str]]:
    """What the linear model reads in each block's text: words, their pairs, how it opens and closes, its length and capitals."""
    ends = list(map(edges, texts))
    lowered = "\n".join(ends).lower()
    for char, spaced in _APART:
        lowered = lowered.replace(char, spaced)
    sizes = [text.count(" ") + 1 for text in texts]
    return map(_tokens, ends, map(str.split, lowered.split("\n")), sizes)


def _tokens(text: str, words: list[str], size: int) -> set[str]:
    if not words:
        return set()
    pairs = list(map(" ".join, pairwise(words)))
    found = {*words, *pairs, "^" + words[0], words[-1] + "$"}
    if pairs:
        found.update(("^" + pairs[0], pairs[-1] + "$", "^" + " ".join(words[:3])))
    if len(words) <= 5:
        found.add("=" + " ".join(words))
    if size >= 40:
        found.add(f"L{min(size, 200) // 40}0")
        return found
    written = text.split()
    kind = "s" if size < 6 else "m" if size < 15 else "l"
    capitals = sum(map(str.isupper, [word[0] for word in written])) * 4 // size
    last = text[-1]
    found.update(
        (
            f"L{size if size < 8 else 8 + size // 8}",
            "S" + "".join(map(_case, written[:4])),
            f"E{'a' if last.isalpha() else '0' if last.isdigit() else last}{kind}",
            f"T{capitals}{kind}",
        )
    )
    return found


def edges(text: str) -> str:
    """The text, or the start and end of a long one."""
    return f"{text[:OPENING]} … {text[-CLOSING:]}" if len(text) > LONGEST else text


def _case(word: str) -> str:
    first = word[0]
    if first.isupper():
        return "A" if len(word) > 1 and word.isupper() else "C"
    return "c" if first.isalpha() else "0" if first.isdigit() else "."


def shares(scores: Sequence[float]) -> list[float]:
    """Scores of the classes as probabilities."""
    top = max(scores)
    grown = [exp(score - top) for score in scores]
    total = sum(grown)
    return [value / total for value in grown]


FIGURES = """
    words length first caps stop digits shouted sentences separators glued commas gap gap_after group in_group blank_lines
    before_same after_same known known_caps headline position blocks words_after to_prose since_prose prose_before
    prose_after prose_share run run_position run_words unbroken_before unbroken_after past_ending body_start body_end
    next_words last_words odds odds-2 odds-1 odds+1 odds+2 own-1 own+1 own-4 own+4 mean-4 mean+4 mean-10 mean+10 mean9
    kept_before kept_after kept_words_after kept mean heading_ago kept_since_heading comment_ago sure_ago sure_ahead
    group_mean p1 p2 p3 p4 p5 p6 p7 p-1_1 p-1_2 p-1_5 p+1_1 p+1_4 p+1_5 headings6 comments6 lists_after6
    comments_after6
""".split()  # noqa: SIM905
"""What the trees know of a block, in this order."""


def figures(document: Document, wording: Sequence[Sequence[float]], wanted: Iterable[int]) -> Iterator[list[float]]:
    """The figures of the wanted blocks; `wording` has the classes' probabilities of every block."""
    blocks = document.blocks
    n = len(blocks)
    odds = _odds(wording)
    sizes = [block.text.count(" ") + 1 for block in blocks]
    prose = document.prose
    total = sum(sizes) or 1
    so_far = list(accumulate(sizes, initial=0))
    odds_so_far = list(accumulate(odds, initial=0.0))
    kept = list(accumulate((size * p[0] for size, p in zip(sizes, wording, strict=True)), initial=0.0))
    all_kept = kept[-1] + 1e-9
    prose_so_far = list(accumulate(prose, initial=0))
    lists, headings, comments = ([0.0, *accumulate(p[c] for p in wording)] for c in (1, 2, 3))
    lowered = [block.text.lower() for block in blocks]
    article = "\n".join(text for text, is_prose in zip(lowered, prose, strict=True) if is_prose)
    times = Counter(lowered)
    own = [i for i, text in enumerate(lowered) if times[text] < OFTEN]
    own_odds = list(accumulate((odds[i] for i in own), initial=0.0))
    groups = list(accumulate((int(block.gap > 0) for block in blocks), initial=0))[1:]
    group_odds: dict[int, float] = {}
    for group, value in zip(groups, odds, strict=True):
        group_odds[group] = group_odds.get(group, 0.0) + value
    group_sizes = Counter(groups)
    since_prose, since_sure = (
        _since(prose),
        _since(sure := [p[0] > 0.9 and size >= 10 for p, size in zip(wording, sizes, strict=True)]),
    )
    to_prose, to_sure = _since(prose[::-1])[::-1], _since(sure[::-1])[::-1]
    unbroken_before, unbroken_after = _unbroken(prose), _unbroken(prose[::-1])[::-1]
    heads = [p[2] > 0.5 for p in wording]
    since_head, since_comment = _since(heads), _since([p[3] > 0.5 for p in wording])
    run_of: list[tuple[int, int, float]] = []
    for _, run in groupby(range(n), key=prose.__getitem__):
        members = list(run)
        words_each = (so_far[members[-1] + 1] - so_far[members[0]]) / len(members)
        run_of.extend((len(members), at, words_each) for at in range(len(members)))
    headline = document.headline
    title = {word for word in headline.words if len(word) > 3} if headline else set()
    body, ending = document.body, document.ending
    blank_lines = float(groups[-1] if groups else 0) > 2
    prose_share = sum(size for size, is_prose in zip(sizes, prose, strict=True) if is_prose) / total
    mean_odds = odds_so_far[-1] / n

    def mean(first: int, stop: int) -> float:
        first, stop = first if first > 0 else 0, stop if stop < n else n
        return (odds_so_far[stop] - odds_so_far[first]) / (stop - first) if first < stop else -99.0

    for i in wanted:
        block, text, low, size, p = blocks[i], blocks[i].text, lowered[i], sizes[i], wording[i]
        written, words = text.split(), blocks[i].words
        content = [word for word in words if len(word) > 3 and word.isalpha()][:12]
        named = [word.lower() for word in written[1:40] if len(word) > 3 and word[0].isupper() and word.isalpha()][:8]
        if prose[i]:  # it is part of the article itself
            known = [word for word in content if article.count(word) > 1]
            known_names = [word for word in named if article.count(word) > 1]
        else:
            known = [word for word in content if word in article]
            known_names = [word for word in named if word in article]
        start, stop = i, i + 1
        while start > 0 and groups[start - 1] == groups[i] and i - start < 20:
            start -= 1
        last, ahead = bisect_left(own, i), bisect_right(own, i)
        first_own, stop_own = max(0, last - 4), min(len(own), ahead + 4)
        before_same = lowered[:i].count(low) if times[low] > 1 else 0
        before, after = (wording[i - 1] if i else None), (wording[i + 1] if stop < n else None)
        yield [
            size,
            len(text) / size,
            _first(text),
            sum(map(str.isupper, [word[0] for word in written])) / size,
            sum(map(_STOP.__contains__, words)) / size,
            sum(map(str.isdigit, [word[0] for word in words])) / size,
            sum(map(str.isupper, written)) / size,
            sum(map(text.count, _SENTENCE_ENDS)),
            sum(map(text.count, _SEPARATORS)),
            len(_GLUED.findall(text)),
            text.count(","),
            min(block.gap, 3),
            min(blocks[stop].gap, 3) if stop < n else 1,
            group_sizes[groups[i]],
            i - start,
            blank_lines,
            before_same,
            times[low] - 1 - before_same,
            len(known) / len(content) if content else -1,
            len(known_names) / len(named) if named else -1,
            len(title.intersection(content)) / len(title) if title and block is not headline else -1,
            i / n,
            n,
            1 - so_far[stop] / total,
            to_prose[i],
            since_prose[i],
            prose_so_far[i],
            prose_so_far[-1] - prose_so_far[stop],
            prose_share,
            *run_of[i],
            unbroken_before[i],
            unbroken_after[i],
            max(-20, min(20, i - ending)),
            max(-20, min(20, i - body.start)),
            max(-20, min(20, i - body.stop)),
            sizes[stop] if stop < n else -1,
            sizes[i - 1] if i else -1,
            odds[i],
            odds[i - 2] if i > 1 else -99,
            odds[i - 1] if i else -99,
            odds[stop] if stop < n else -99,
            odds[i + 2] if i + 2 < n else -99,
            odds[own[last - 1]] if last else -99,
            odds[own[ahead]] if ahead < len(own) else -99,
            (own_odds[last] - own_odds[first_own]) / (last - first_own) if last else -99,
            (own_odds[stop_own] - own_odds[ahead]) / (stop_own - ahead) if ahead < stop_own else -99,
            mean(i - 4, i),
            mean(stop, i + 5),
            mean(i - 10, i),
            mean(stop, i + 11),
            mean(i - 4, i + 5),
            kept[i] / all_kept,
            1 - kept[stop] / all_kept,
            min(all_kept - kept[stop], 400),
            all_kept / total,
            mean_odds,
            since_head[i],
            min(kept[i] - kept[i - since_head[i] + 1], 999) if since_head[i] < 99 else 999,
            since_comment[i],
            since_sure[i],
            to_sure[i],
            group_odds[groups[i]] / group_sizes[groups[i]],
            *p[1:],
            *((before[1], before[2], before[5]) if before else (-1, -1, -1)),
            *((after[1], after[4], after[5]) if after else (-1, -1, -1)),
            headings[i] - headings[max(0, i - 6)],
            comments[i] - comments[max(0, i - 6)],
            lists[min(n, i + 7)] - lists[stop],
            comments[min(n, i + 7)] - comments[stop],
        ]


def _odds(wording: Sequence[Sequence[float]]) -> list[float]:
    """Of each block the log odds that it is not worded like the article."""
    return [PLAIN_ODDS if p is PLAIN else max(-8.0, min(8.0, log((1 - p[0] + 1e-6) / (p[0] + 1e-6)))) for p in wording]


def _first(text: str) -> int:
    first = text[0]
    return 0 if first.isupper() else 1 if first.islower() else 2 if first.isdigit() else 3 if first in "\"“‘'" else 4


def _unbroken(marks: Sequence[bool]) -> list[int]:
    """For each place how many marks in a row, up to twenty, stand right before it."""
    found, length = [], 0
    for mark in marks:
        found.append(length)
        length = min(length + 1, 20) if mark else 0
    return found


def _since(marks: Sequence[bool]) -> list[int]:
    """For each place how far back the last mark before it is; 99 where there is none."""
    found, distance = [], 99
    for mark in marks:
        found.append(distance)
        distance = 1 if mark else distance + 1 if distance < 99 else 99
    return found


class LineModel(NamedTuple):
    """The trained figures.

    `words`: each token's scores of the eight classes, packed in one whole number so that they add up at once.
    `cues`: words for which running text is looked at. `trees`: they weigh the figures.
    `calibration`: factor of the trees' sum and what is added, which makes it log odds.
    `combination`: factors of the log odds of a rule and of the model, and what is added.
    """

    words: dict[str, int]
    bias: tuple[float, ...]
    cues: frozenset[str]
    trees: Trees
    calibration: tuple[float, float]
    combination: tuple[float, float, float]

    def wording(self, texts: Sequence[str]) -> Iterator[list[float]]:
        """What the texts of blocks are worded like: for each a probability for each of `CLASSES`."""
        for found in tokens(texts):
            total = sum(map(self.words.get, found, repeat(0)))
            scale = UNIT / sqrt(len(found) + 1)
            values = unpack("<8H", (total + _MIDDLE).to_bytes(16, "little"))
            yield shares([bias + (value - 32768) * scale for bias, value in zip(self.bias, values, strict=True)])

    def telling(self, text: str, kind: int) -> str:
        """The words that speak most for a kind and against the article, quoted."""
        weights: dict[str, int] = {}
        for token in next(tokens([text])):
            if token[0].isalpha() and token[-1].isalpha() and token.islower():
                values = unpack("<8H", (self.words.get(token, 0) + _MIDDLE).to_bytes(16, "little"))
                if values[kind] - values[0] > 1 / UNIT:
                    weights[token] = values[kind] - values[0]
        return ", ".join(f"“{token}”" for token in sorted(weights, key=lambda token: (-weights[token], token))[:2])

    def verdicts(self, document: Document) -> list[float]:
        """The probability of each block that it is not the article. A headline with nothing but running text is not looked at."""
        blocks = document.blocks
        found = [SURELY_ARTICLE] * len(blocks)
        read = to_read(document, self.cues)
        if True not in read[1:]:
            return found
        worded = self.wording([block.text for block, wanted in zip(blocks, read, strict=True) if wanted])
        wording = [next(worded) if wanted else PLAIN for wanted in read]
        doubted = in_doubt(document, wording)
        if not doubted:
            return found
        slope, offset = self.calibration
        for index, row in zip(doubted, figures(document, wording, doubted), strict=True):
            found[index] = sigmoid(slope * self.trees.score(row) + offset)
        return found


PLAIN = (0.98, *repeat(0.02 / 7, 7))
PLAIN_ODDS = log((1 - PLAIN[0] + 1e-6) / (PLAIN[0] + 1e-6))
"""What is assumed of the wording of a block that is not read, and its log odds."""


def to_read(document: Document, cues: frozenset[str]) -> list[bool]:
    """Which blocks are read: lines, paragraphs out of the company of running text, and those with a cue or after the end."""
    ending = document.ending
    cued = bool(cues) and _finder(cues).may_stand_in(document.text)
    return [
        calm < _company(block) or block.index >= ending or (cued and not cues.isdisjoint(edges(block.text).lower().split()))
        for block, calm in zip(document.blocks, _calm(document), strict=True)
    ]


def _company(block: Block) -> int:
    """With how many neighbours of running text a block is the article unread; a line never is, a long item always."""
    if block.kind == "item":
        return 3 if len(block.text) <= LONGEST_ITEM else 0
    return 3 if block.kind != "paragraph" else 1 if block.is_prose else 2


_finder = lru_cache(maxsize=8)(Words)


def in_doubt(document: Document, wording: Sequence[Sequence[float]]) -> list[int]:
    """Indices of the blocks for the trees: all but those worded like the article, in a place where that says enough."""
    ending = document.ending
    odds = _odds(wording)
    so_far = list(accumulate(odds, initial=0.0))
    found = []
    for index, (own, is_prose, calm) in enumerate(zip(odds, document.prose, _calm(document), strict=True)):
        if index < ending:
            if own < (DOUBT[3] if is_prose else DOUBT[calm]):
                continue
            first, stop = max(0, index - 4), min(len(odds), index + 5)
            if own < 0 and so_far[stop] - so_far[first] < DOUBT_AROUND * (stop - first):
                continue
        found.append(index)
    return found


def _calm(document: Document) -> list[int]:
    """How many of each block's two neighbours are running text; the ends of the text and a first line of some words count."""
    blocks = document.blocks
    prose = [True, *document.prose, True]
    if blocks and len(blocks[0].words) >= FEWEST_HEADLINE_WORDS:
        prose[1] = True
    return list(map(add, prose, prose[2:]))


UNIT = 1 / 64
"""The step in which the words' scores are counted."""
_MIDDLE = sum(32768 << 16 * k for k in range(8))


def packed(scores: Sequence[int]) -> int:
    """Eight whole numbers in one, sixteen bits apart, the first lowest: a sum of such numbers holds the eight sums."""
    return sum(score << 16 * k for k, score in enumerate(scores))


MODEL = DATA / "line_model.json"
"""The file that `verdicts` reads."""


@lru_cache(maxsize=8)
def load(path: Path) -> LineModel:
    """The model in a file, read once."""
    data = json.loads(path.read_text(encoding="utf-8"))
    scores = (high << 64 | low for low, high in iter_unpack("<Qq", b64decode(data["scores"])))
    words = dict(zip(data["tokens"].split("\n"), scores, strict=True))
    return LineModel(
        words,
        tuple(data["bias"]),
        frozenset(data["cues"]),
        Trees(data["trees"], FIRST_TREES, SURE, logit(SURELY_ARTICLE)),
        tuple(data["calibration"]),
        tuple(data["combination"]),
    )


def verdicts(document: Document) -> list[float]:
    """The probability of each block that it is not the article; found once for a document."""
    found = document.memo.get("line model")
    if found is None:
        found = document.memo["line model"] = load(MODEL).verdicts(document)
    return cast("list[float]", found)


def weigh(document: Document, start: int, end: int, prior: float) -> float:
    """The confidence of a finding `text[start:end]` that a rule makes with confidence `prior`, given the model's verdicts there.

    The blocks of the span count by their words. A finding inside a block keeps its prior: the model judges whole blocks.
    """
    blocks = document.blocks
    first = bisect_left(blocks, start, key=lambda block: block.start)
    stop = bisect_right(blocks, end, lo=first, key=lambda block: block.end)
    if first >= stop:
        return prior
    sizes = [block.text.count(" ") + 1 for block in blocks[first:stop]]
    odds = sum(size * logit(share) for size, share in zip(sizes, verdicts(document)[first:stop], strict=True)) / sum(sizes)
    of_rule, of_model, added = load(MODEL).combination
    return sigmoid(of_rule * logit(prior) + of_model * odds + added)


def reasons(document: Document, block: Block) -> str:
    """What speaks most against a block, in plain words: its wording, its place, its company."""
    model, verdict, found = load(MODEL), verdicts(document), []
    wording = next(model.wording([block.text]))
    likest = max(range(1, len(CLASSES)), key=wording.__getitem__)
    if wording[likest] > 0.2:
        telling = model.telling(block.text, likest)
        found.append(f"worded like {CLASSES[likest]}" + (f" ({telling})" if telling else ""))
    if block.index >= document.ending:
        found.append("stands after the end of the article")
    elif document.body and block.index >= document.body.stop:
        found.append("stands below the last paragraph")
    elif document.body and block.index < document.body.start:
        found.append("stands above the first paragraph")
    around = verdict[max(0, block.index - 1) : block.index] + verdict[block.index + 1 : block.index + 2]
    if around and min(around) > 0.5:
        found.append("stands among lines of that kind")
    return ", ".join(found) or "its shape and place are those of page furniture"


def sigmoid(log_odds: float) -> float:
    """The probability with these log odds."""
    return 1 / (1 + exp(-log_odds))


def logit(share: float) -> float:
    """The log odds of a probability."""
    share = max(0.001, min(0.999, share))
    return log(share / (1 - share))
