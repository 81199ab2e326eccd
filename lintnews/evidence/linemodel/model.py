"""How likely each block is not the article: the trained figures, and what they say of a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add
from pathlib import Path
from struct import iter_unpack
from typing import Any, NamedTuple

from lintnews.data import DATA
from lintnews.data.pack import packed
from lintnews.document import Document
from lintnews.document.blocks import Block
from lintnews.evidence.linemodel.measuring import rows
from lintnews.evidence.linemodel.trees import Trees
from lintnews.evidence.linemodel.wording import CLASSES, PLAIN, UNIT, edges, odds_against, tokens, unpacked, wordings
from lintnews.evidence.odds import logit, sigmoid
from lintnews.patterns.matcher import Words

MODEL = DATA / "line_model.json"
"""The model that is asked where a document is not given another one."""
LONGEST_ITEM = 100
"""An item of a list with more code points is running text."""
DOUBT = (-9.0, -3.0, -2.5, -2.5)
"""Log odds of the wording up to which a line with no, one or two neighbours of running text, and running text, is the article."""
DOUBT_AROUND = -2.5
"""Mean log odds of nine blocks below which one of them that is worded like the article is the article."""
LIKELY_FURNITURE = 0.5
"""The share from which a block is not counted as the article's own."""
SURELY_ARTICLE = 0.05
FEWEST_HEADLINE_WORDS = 4
FIRST_TREES, SURE = 15, -0.7
"""A block that so many trees together find this unlike boilerplate is not put before the others."""


class Combination(NamedTuple):
    """Factors of the log odds of a rule and of the model, and what is added: always, for running text, outside the body, and
    there for what ends as a sentence."""

    rule: float
    model: float
    added: float
    running_text: float
    outside: float
    outside_sentence: float


class LineModel(NamedTuple):
    """The trained figures.

    `words`: each token's scores of the eight classes, packed in one whole number so that they add up at once.
    `cues`: words for which running text is looked at. `trees`: they weigh the figures.
    `calibration`: factor of the trees' sum and what is added, which makes it log odds.
    `combination`: how a rule is weighed.
    """

    words: dict[str, int]
    bias: tuple[float, ...]
    cues: frozenset[str]
    trees: Trees
    calibration: tuple[float, float]
    combination: Combination

    def wording(self, blocks: Sequence[Block]) -> Iterator[list[float]]:
        """What blocks are worded like: for each a probability for each of `CLASSES`."""
        return wordings(self.words, self.bias, blocks)

    def telling(self, block: Block, kind: int) -> str:
        """The words that speak most for a kind and against the article, quoted."""
        weights: dict[str, int] = {}
        for token in next(tokens([block])):
            if token[0].isalpha() and token[-1].isalpha() and token.islower():
                values = unpacked(self.words.get(token, 0))
                if values[kind] - values[0] > 1 / UNIT:
                    weights[token] = values[kind] - values[0]
        return ", ".join(f"“{token}”" for token in sorted(weights, key=lambda token: (-weights[token], token))[:2])

    def shares(self, document: Document) -> list[float]:
        """The probability of each block that it is not the article. A headline with nothing but running text is not looked at."""
        blocks = document.blocks
        found = [SURELY_ARTICLE] * len(blocks)
        read = to_read(document, self.cues)
        if True not in read[1:]:
            return found
        worded = self.wording([block for block, wanted in zip(blocks, read, strict=True) if wanted])
        wording = [next(worded) if wanted else PLAIN for wanted in read]
        doubted = in_doubt(document, wording)
        if not doubted:
            return found
        slope, offset = self.calibration
        for index, row in zip(doubted, rows(document, wording, doubted), strict=True):
            found[index] = sigmoid(slope * self.trees.score(row) + offset)
        return found


def to_read(document: Document, cues: frozenset[str]) -> list[bool]:
    """Which blocks are read: lines, paragraphs out of the company of running text, those with a cue, and all outside the body."""
    body = document.body
    cued = bool(cues) and _finder(cues).may_stand_in(document.text)
    return [
        calm < _company(block) or block.index not in body or (cued and not cues.isdisjoint(edges(block.text).lower().split()))
        for block, calm in zip(document.blocks, _calm(document), strict=True)
    ]


def _company(block: Block) -> int:
    """With how many neighbours of running text a block is the article unread; a line never is, a long item always."""
    if block.kind == "item":
        return 3 if len(block.text) <= LONGEST_ITEM else 0
    return 3 if block.kind != "paragraph" else 1 if block.is_prose else 2


_finder = lru_cache(maxsize=8)(Words)


def in_doubt(document: Document, wording: Sequence[Sequence[float]]) -> list[int]:
    """Indices of the blocks for the trees: all but those in the body that are worded like the article, in company like it."""
    body = document.body
    odds = odds_against(wording)
    so_far = list(accumulate(odds, initial=0.0))
    found = []
    for index, (own, is_prose, calm) in enumerate(zip(odds, document.prose, _calm(document), strict=True)):
        if index in body:
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


@lru_cache(maxsize=8)
def load(path: Path) -> LineModel:
    """The model in a file, read once; the shipped one from the pack."""
    figures = (packed("line-model") if path == MODEL else None) or read(path)
    return LineModel(
        figures["words"],
        figures["bias"],
        figures["cues"],
        Trees(figures["trees"], FIRST_TREES, SURE, logit(SURELY_ARTICLE)),
        figures["calibration"],
        Combination(*figures["combination"]),
    )


def read(path: Path) -> dict[str, Any]:
    """The figures in a file."""
    import json
    from base64 import b64decode

    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scores = (high << 64 | low for low, high in iter_unpack("<Qq", b64decode(data.pop("scores"))))
    words = dict(zip(data.pop("tokens").split("\n"), scores, strict=True))
    return data | {
        "words": words,
        "bias": tuple(data["bias"]),
        "cues": frozenset(data["cues"]),
        "calibration": tuple(data["calibration"]),
    }


def model_for(document: Document) -> LineModel:
    """The model that the document was given, or the one that is shipped."""
    return document.given(LineModel) or load(MODEL)


def boilerplate_shares(document: Document) -> list[float]:
    """The probability of each block that it is not the article; ask by `document.evidence`, which looks once."""
    return model_for(document).shares(document)


def weigh(document: Document, start: int, end: int, prior: float) -> float:
    """The confidence of a finding `text[start:end]` that a rule makes with confidence `prior`, given the model's shares there.

    The blocks of the span count by their words. A finding inside a block keeps its prior: the model judges whole blocks.
    """
    blocks = document.blocks
    first = bisect_left(blocks, start, key=lambda block: block.start)
    stop = bisect_right(blocks, end, lo=first, key=lambda block: block.end)
    if first >= stop:
        return prior
    sizes = [len(block.words) for block in blocks[first:stop]]
    shares = document.evidence(boilerplate_shares)[first:stop]
    odds = sum(size * logit(share) for size, share in zip(sizes, shares, strict=True)) / sum(sizes)
    combined = model_for(document).combination
    added = combined.added + combined.running_text * any(document.prose[first:stop])
    if document.body and (stop <= document.body.start or first >= document.body.stop):
        ends_as_sentence = any(block.kind == "paragraph" for block in blocks[first:stop])
        added += combined.outside_sentence if ends_as_sentence else combined.outside
    return sigmoid(combined.rule * logit(prior) + combined.model * odds + added)


def reasons(document: Document, block: Block) -> str:
    """What speaks most against a block, in plain words: its wording, its place, its company."""
    model, shares, found = model_for(document), document.evidence(boilerplate_shares), []
    wording = next(model.wording([block]))
    likest = max(range(1, len(CLASSES)), key=wording.__getitem__)
    if wording[likest] > 0.2:
        telling = model.telling(block, likest)
        found.append(f"worded like {CLASSES[likest]}" + (f" ({telling})" if telling else ""))
    if block.index >= document.ending:
        found.append("stands after the end of the article")
    elif document.body and block.index >= document.body.stop:
        found.append("stands below the last paragraph")
    elif document.body and block.index < document.body.start:
        found.append("stands above the first paragraph")
    around = shares[max(0, block.index - 1) : block.index] + shares[block.index + 1 : block.index + 2]
    if around and min(around) > 0.5:
        found.append("stands among lines of that kind")
    return ", ".join(found) or "its shape and place are those of page furniture"
