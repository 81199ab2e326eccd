"""From the screen's suspicion and the encoder's reading to a verdict on the article and on its words."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from operator import mul
from typing import Any

from lintnews.document.blocks import Span
from lintnews.evidence.spun import SPUN, OddWord, Verdict
from lintnews.evidence.spun.encoder import Reading, encoder
from lintnews.evidence.spun.screen import DATA, between, word_odds
from lintnews.evidence.spun.spelling import respelt
from lintnews.evidence.spun.suggest import count_of, originals_of, suggest, thesaurus

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
QUOTATION = re.compile(r"“[^“”\n]{3,}[”\n]|\"[^\"\n]{3,}[\"\n]")
SUBJECT = 0.6
"""What a word's log odds lose in an article that counts as spun where another form of it occurs, too: a subject comes in all its
forms, and a spinner's map is one of single forms."""
HONEST = re.compile(r"(?i)\b(?:at this point not|(?:have|has|had) the option to|individuals who|in keeping with)\b")
"""What spinners write, and people too: "can at this point not" is how a German or a Dane may say "can't yet"."""
LIKELY, READ = 4.8, 7.9e6
"""Log odds from which a link counts where originals are looked for, and the number of words that counts were taken of."""
SET = 1.0
"""What the log odds of a set phrase gain over those of its oddest word."""
FAINTEST = -0.4
"""Log odds below which a word is not reported at all."""


@dataclass(slots=True)
class Word:
    """One occurrence of a word with what is known of it; `own` words are not quoted."""

    span: Span
    word: str
    odds: float
    features: list[float]
    hidden: Any
    own: bool = True


def features(text: str, readings: Sequence[Reading]) -> list[Word]:
    """Each alphabetic word of the readings with the figures that its final odds are made of."""
    book = thesaurus()
    found: list[Word] = []
    for reading in readings:
        for number, ((start, end), odds) in enumerate(zip(reading.spans, reading.odds, strict=True)):
            if text[start].isalpha() and end - start > 1:
                found.append(Word((start, end), text[start:end].lower(), odds, [], reading.hidden[number]))
    found = [w for w, honest in zip(found, _inside(text, [w.span for w in found], HONEST), strict=True) if not honest]
    alike: dict[str, list[float]] = {}
    for w in found:
        alike.setdefault(w.word, []).append(w.odds)
    present = book.present(alike)
    chances = [1 / (1 + math.exp(-w.odds)) for w in found]
    density = math.log(sum(chances) / max(40, len(chances)) + 0.002)
    kinds = {word: _kind(word, len(others), len(found), present) for word, others in alike.items()}
    for w in found:
        start = w.span[0]
        name = text[start].isupper() and start > 1 and text[start - 2] not in '.!?\n"“:”' and text[start - 1] != "\n"
        others = alike[w.word]
        elsewhere = (sum(others) - w.odds) / (len(others) - 1) if len(others) > 1 else w.odds
        w.features = [w.odds, float(name), elsewhere, density, *kinds[w.word]]
    return found


def _kind(word: str, count: int, size: int, present: Any) -> list[float]:
    """Figures of a word whatever its place."""
    book = thesaurus()
    rare = word_odds(word)
    number = book.numbers.get(word)
    entry = book.entry(word)
    seen = book.counts[number] if number is not None else 2.0
    absent = 0.0
    if entry is not None and count > 1:
        links, strength = book.row(entry)
        missing = links[(strength > LIKELY) & ~present[links]]
        absent = math.exp(float(book.seen[missing].max())) / READ * size if len(missing) else 0.0
    scarce = max(0.0, 4.0 - seen) if number is not None else 0.0
    return [rare or 0.0, float(rare is None), scarce, float(entry is None), math.log(count), min(absent, 4.0) * math.log(count)]


def _settled(odds: float) -> float:
    """Log odds without the last digits, in which the logarithms of one system differ from those of another."""
    return round(odds, 6)


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


@cache
def _closed() -> frozenset[str]:
    """Words that are not marked alone: what a spinner does to them it does to the phrase they stand in."""
    return frozenset((DATA / "closed.txt").read_text(encoding="utf-8").split())


@cache
def _weights() -> dict[str, list[float]]:
    weights: dict[str, list[float]] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))
    return weights


def word_features(figures: Sequence[float]) -> list[float]:
    """A word's figures and the products of some with the density of odd words around."""
    odds, _, _, density, rarity, _, scarce, *_ = figures
    return [*figures, odds * density, max(rarity, 0.0), rarity * density, scarce * density]


def own_words(text: str, spans: Sequence[Span]) -> list[bool]:
    """For each span whether it counts for the verdict on the article: the writer's words do, quotations don't.

    Where most of the text is quotation, all of it counts.
    """
    counts = [not quoted for quoted in _inside(text, spans, QUOTATION)]
    return counts if 2 * sum(counts) >= len(counts) else [True] * len(counts)


def _inside(text: str, spans: Sequence[Span], pattern: re.Pattern[str]) -> list[bool]:
    """For each span whether it starts in a match of the pattern."""
    matches = [m.span() for m in pattern.finditer(text)]
    starts = [start for start, _ in matches]
    before = [bisect_right(starts, start) - 1 for start, _ in spans]
    return [at >= 0 and start < matches[at][1] for at, (start, _) in zip(before, spans, strict=True)]


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


def read(text: str, screened: float, size: int, model: str = "") -> Verdict:
    """The verdict on a text of so many words that the screen suspects, see `lintnews.evidence.spun.judge`."""
    stretches = encoder().read(text)
    readings = list(islice(stretches, GLANCE))
    confidence, weighed = _weigh(text, readings, screened)
    if confidence >= DULL and (rest := list(stretches)):
        readings += rest
        confidence, weighed = _weigh(text, readings, screened)
    spelling = respelt(w.word for w in weighed)
    better: dict[Span, tuple[str, ...]] = {}
    if model and confidence >= DULL:
        from lintnews.evidence.spun import deep

        better = deep.reweigh(text, [w for w in weighed if w.word not in _closed()], spelling, deep.load(model))
        confidence = _confidence(weighed, readings, screened, deep.weights())
    elif confidence >= SPUN:
        _weigh_again(weighed)
    lift = between(LIFT, size) if confidence >= SPUN else -DOUBT
    phrases = (
        [part for part in _phrases(text, weighed) if max(w.odds for w in part) + lift + SET > 0] if confidence >= SPUN else []
    )
    words = [_odd_phrase(text, part, lift + SET, spelling) for part in phrases]
    covered = {w.span for part in phrases for w in part}
    marked = [w for w in weighed if w.odds + lift > FAINTEST and w.word not in _closed() and w.span not in covered]
    listed = suggest([(text[slice(*w.span)], w.hidden) for w in marked], spelling)
    listed = [better.get(w.span, found) for w, found in zip(marked, listed, strict=True)]
    words += [
        OddWord(*w.span, _logistic(w.odds + lift), found, found[0] if count_of(found[0]) > count_of(w.word) else "")
        for w, found in zip(marked, listed, strict=True)
    ]
    return Verdict(confidence, tuple(sorted(words, key=lambda w: w.start)))


def _weigh_again(words: Sequence[Word]) -> None:
    """Give the words of an article that counts as spun the log odds they have there: a program spares no quotation."""
    for word, subject in zip(words, subjects(words), strict=True):
        word.odds += (0 if word.own else QUOTED) - (SUBJECT if subject else 0)


def subjects(words: Sequence[Word]) -> list[bool]:
    """For each word whether another form of it occurs."""
    lemma = thesaurus().lemma
    forms = {word: lemma(word) for word in {w.word for w in words}}
    counts = Counter(forms.values())
    return [counts[forms[w.word]] > 1 for w in words]


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


def _weigh(text: str, readings: Sequence[Reading], screened: float) -> tuple[float, list[Word]]:
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
