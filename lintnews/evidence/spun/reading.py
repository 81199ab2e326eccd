"""From the screen's suspicion and the encoder's reading to how likely a text is spun, and which words were put in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import mul

from lintnews.document.blocks import Span
from lintnews.evidence.spun.encoder import Reading, encoder
from lintnews.evidence.spun.screen import DATA, between
from lintnews.evidence.spun.spelling import respelt
from lintnews.evidence.spun.suggest import count_of, originals_of, suggest, thesaurus
from lintnews.evidence.spun.words import SPUN, OddWord, Spun, Word, closed, features, own_words, subjects, word_features

GLANCE, DULL = 2, 0.15
"""Of a long text so many stretches are read first; if the verdict on these is below `DULL`, the rest is left."""
LIFT = ((100, 2.0), (400, 0.9))
"""Words of a text and what a word's log odds gain where it counts as spun: a short text shows less of its density."""
SHORT = ((60, 4.5), (140, 0.0))
"""Words of a text and what the log odds of the verdict on it lose: a few sentences of an unusual subject look odd, too."""
DOUBT = 1.3
"""What they lose elsewhere: an odd word in a sound article is most likely the writer's own."""
FEWEST_ODD, UNPROVEN = 2, 0.45
"""Words odd by themselves that an article must have to count as spun, and the most confidence it gets without them."""
QUOTED = 1.5
"""What a word's log odds lose in a quotation: people say odd things."""
SUBJECT = 0.6
"""What a word's log odds lose in an article that counts as spun where another form of it occurs, too: a subject comes in all its
forms, and a spinner's map is one of single forms."""
SET = 1.0
"""What the log odds of a set phrase gain over those of its oddest word."""
FAINTEST = -0.4
"""Log odds below which a word is not reported at all."""


def _settled(odds: float) -> float:
    """Log odds without the last digits, in which the logarithms of one system differ from those of another."""
    return round(odds, 6)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


@cache
def _weights() -> dict[str, list[float]]:
    weights: dict[str, list[float]] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    return weights


def article_features(screened: float, odds: Sequence[float], whole: Sequence[float]) -> list[float]:
    """What the verdict on an article is made of: the screen, the share of odd words, the oddest ones, the encoder's view."""
    size = len(odds)
    chances = sorted(map(_logistic, odds), reverse=True)
    top = sorted(odds, reverse=True)[: max(4, size // 40)]
    expected = sum(chances)
    return [
        min(max(screened, -2.0), 4.0),
        math.log(expected / max(60, size) + 0.002),
        sum(top) / max(1, len(top)),
        math.log(1 + expected),
        sum(whole) / max(1, len(whole)),
    ]


def read_closely(text: str, screened: float, size: int, model: str = "") -> Spun:
    """What is known of a text of so many words that the screen suspects, see `lintnews.evidence.spun.read`."""
    stretches = encoder().read(text)
    readings = list(islice(stretches, GLANCE))
    confidence, weighed = weigh(text, readings, screened)
    if confidence >= DULL and (rest := list(stretches)):
        readings += rest
        confidence, weighed = weigh(text, readings, screened)
    spelling = respelt(w.word for w in weighed)
    better: dict[Span, tuple[str, ...]] = {}
    if model and confidence >= DULL:
        from lintnews.evidence.spun import deep

        better = deep.reweigh(text, [w for w in weighed if w.word not in closed()], spelling, deep.load(model))
        confidence = _confidence(weighed, readings, screened, deep.weights())
    elif confidence >= SPUN:
        _weigh_again(weighed)
    lift = between(LIFT, size) if confidence >= SPUN else -DOUBT
    phrases = (
        [part for part in _phrases(text, weighed) if max(w.odds for w in part) + lift + SET > 0] if confidence >= SPUN else []
    )
    words = [_odd_phrase(text, part, lift + SET, spelling) for part in phrases]
    covered = {w.span for part in phrases for w in part}
    marked = [w for w in weighed if w.odds + lift > FAINTEST and w.word not in closed() and w.span not in covered]
    listed = suggest([(text[slice(*w.span)], w.hidden) for w in marked], spelling)
    listed = [better.get(w.span, found) for w, found in zip(marked, listed, strict=True)]
    words += [
        OddWord(*w.span, _logistic(w.odds + lift), found, found[0] if count_of(found[0]) > count_of(w.word) else "")
        for w, found in zip(marked, listed, strict=True)
    ]
    return Spun(confidence, tuple(sorted(words, key=lambda w: w.start)))


def _weigh_again(words: Sequence[Word]) -> None:
    """Give the words of an article that counts as spun the log odds they have there: a program spares no quotation."""
    for word, subject in zip(words, subjects(words), strict=True):
        word.odds += (0 if word.own else QUOTED) - (SUBJECT if subject else 0)


def _phrases(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Runs of words that are together a set phrase of spinners, the longest at each place."""
    numbers, longest = thesaurus().numbers, _longest()
    at = 0
    while at < len(words):
        for size in range(longest.get(words[at].word, 0), 1, -1):
            part = list(words[at : at + size])
            phrase = " ".join(w.word for w in part)
            if len(part) == size and phrase in numbers and text[part[0].span[0] : part[-1].span[1]].lower() == phrase:
                yield part
                at += size - 1
                break
        at += 1


@cache
def _longest() -> dict[str, int]:
    """For each word that begins a set phrase the number of words of the longest."""
    found: dict[str, int] = {}
    for phrase in thesaurus().numbers:
        if " " in phrase:
            first = phrase.split(" ", 1)[0]
            found[first] = max(found.get(first, 0), phrase.count(" ") + 1)
    return found


def _odd_phrase(text: str, words: Sequence[Word], lift: float, spelling: Mapping[str, str]) -> OddWord:
    start, end = words[0].span[0], words[-1].span[1]
    found = originals_of(text[start:end], spelling)
    fix = found[0] if " " not in found[0] else ""
    return OddWord(start, end, _logistic(max(w.odds for w in words) + lift), found, fix)


def weigh(text: str, readings: Sequence[Reading], screened: float) -> tuple[float, list[Word]]:
    weights, found = _weights(), features(text, readings)
    for word in found:
        word.odds = _settled(sum(map(mul, word_features(word.features), weights["word"])) + weights["word_bias"][0])
    for word, word.own in zip(found, own_words(text, [w.span for w in found]), strict=True):
        word.odds -= 0 if word.own else QUOTED
    return _confidence(found, readings, screened, weights), found


def _confidence(
    found: Sequence[Word], readings: Sequence[Reading], screened: float, weights: Mapping[str, Sequence[float]]
) -> float:
    odds = [w.odds for w in found if w.own]
    figures = article_features(screened, odds, [r.whole for r in readings])
    certain = sum(map(mul, figures, weights["article"])) + weights["article_bias"][0] - between(SHORT, len(found))
    confidence = _logistic(_settled(certain))
    return confidence if sum(x > 0 for x in odds) >= FEWEST_ODD else min(confidence, UNPROVEN)
