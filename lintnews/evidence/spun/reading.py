"""From the screen's suspicion and the encoder's reading to how likely a text is spun, and which words were put in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lintnews.document.blocks import Span
from lintnews.evidence.odds import sigmoid
from lintnews.evidence.spun.encoder import Reading, Stretch, encoder
from lintnews.evidence.spun.phrases import set_phrases, telling
from lintnews.evidence.spun.screen import between, word_odds
from lintnews.evidence.spun.spelling import respelt
from lintnews.evidence.spun.suggest import count_of, originals_of, suggest
from lintnews.evidence.spun.weighing import (
    UNPROVEN,
    Evidence,
    default_weights,
    likelihood,
    log_odds,
    weigh,
    weigh_again,
)
from lintnews.evidence.spun.words import SPUN, OddWord, Spun, Word, closed, known_pairs, strangeness

SHORT, SHORT_PHRASES, SHORT_PAIRS = 60, 2, 3
"""A text of fewer words than this counts as spun only where so many different set phrases of spinners stand in it, or so many odd
words of which a thesaurus says what they stand for."""
FEW_WORDS = 100
"""Of fewer lower-case words than this strange ones speak no louder for the writer."""
GARBLED = 0.12
"""The share of words that are none above which a text is of another language or badly scanned, and is not read."""
DULL_WHOLE, DULL_ODD = -1.0, 2.0
"""Where the encoder's log odds that the oddest stretch is spun are below the first, and fewer of its words than the second are to
be expected odd, the rest of the text is left unread."""
DULL = 0.15
"""Confidence below which the words are not shown to a language model."""
STEPS = ((0.0, 1), (0.001, 2), (0.003, 8), (DULL, None))
"""A text is read in steps, the stretches that look oddest first: from which confidence on there is one more, and how many
stretches are read then."""
LIFT = ((1.8, -0.25), (12.0, 1.25))
"""Log odds by which an article lies beyond the line, and what those of its words gain: the surer it is, the surer they are."""
LIFT_DEEP = ((100, 2.0), (400, 0.9))
"""Words of an article that a language model has looked at, and what the log odds of its words gain."""
DOUBT = 1.3
"""What they lose elsewhere: an odd word in a sound article is most likely the writer's own."""
SET = 1.0
"""What the log odds of a set phrase gain over those of its oddest word."""
FAINTEST = -0.4
"""Log odds below which a word is not reported at all."""


def read_closely(text: str, screened: float, size: int, model: str = "") -> Spun:
    """What is known of a text of so many words that the screen suspects, see `lintnews.evidence.spun.read`."""
    reader, stretches = encoder(), list(encoder().stretches(text))
    order = oddest_first(text, stretches)
    answers = {order[0]: reader.read(text, stretches[order[0]])}
    if is_dull(text, answers[order[0]]):
        return Spun(0.0)
    strange, lower = strangeness(text)
    if strange > GARBLED * lower:
        return Spun(0.0)
    phrases = set_phrases(text)
    evidence = Evidence(screened, telling(text, phrases), strange / max(lower, FEW_WORDS))
    confidence = 1.0
    weighed: list[Word] = []
    for least, count in STEPS:
        if confidence < least or (weighed and len(answers) == len(order)):
            break
        answers |= {n: reader.read(text, stretches[n]) for n in order[len(answers) : count]}
        readings = [answers[n] for n in sorted(answers)]
        evidence = evidence._replace(wholes=tuple(r.whole for r in readings))
        weighed = weigh(text, readings)
        confidence = likelihood(weighed, evidence, default_weights())
    if size < SHORT and confidence >= SPUN and evidence.phrases < SHORT_PHRASES and known_pairs(weighed, phrases) < SHORT_PAIRS:
        return Spun(UNPROVEN)
    spelling = respelt(w.word for w in weighed)
    better: dict[Span, tuple[str, ...]] = {}
    if model and confidence >= DULL:
        from lintnews.evidence.spun import deep

        better = deep.reweigh(text, [w for w in weighed if w.word not in closed()], spelling, deep.load(model))
        confidence = likelihood(weighed, evidence, deep.weights())
    elif confidence >= SPUN:
        weigh_again(weighed)
    lift = -DOUBT
    if confidence >= SPUN:
        lift = between(LIFT_DEEP, size) if model else between(LIFT, log_odds(confidence) - log_odds(SPUN))
    words = _odd_phrases(text, phrases, weighed, lift + SET, spelling) if confidence >= SPUN else []
    marked = [w for w in weighed if w.odds + lift > FAINTEST and w.word not in closed() and not _covered(w.span, words)]
    listed = suggest([(text[slice(*w.span)], w.hidden) for w in marked], spelling)
    listed = [better.get(w.span, found) for w, found in zip(marked, listed, strict=True)]
    words += [
        OddWord(*w.span, sigmoid(w.odds + lift), found, found[0] if count_of(found[0]) > count_of(w.word) else "")
        for w, found in zip(marked, listed, strict=True)
    ]
    return Spun(confidence, tuple(sorted(words, key=lambda w: w.start)))


def _odd_phrases(
    text: str, phrases: Sequence[Span], words: Sequence[Word], lift: float, spelling: Mapping[str, str]
) -> list[OddWord]:
    """Set phrases as odd as their oddest word."""
    found = []
    for start, end in phrases:
        odds = max((w.odds for w in words if start <= w.span[0] < end), default=FAINTEST) + lift
        if odds > 0:
            found.append(_odd_phrase(text, (start, end), sigmoid(odds), spelling))
    return found


def _odd_phrase(text: str, span: Span, probability: float, spelling: Mapping[str, str]) -> OddWord:
    found = originals_of(text[slice(*span)], spelling)
    return OddWord(*span, probability, found, found[0] if " " not in found[0] else "")


def _covered(span: Span, phrases: Sequence[OddWord]) -> bool:
    return any(phrase.start <= span[0] < phrase.end for phrase in phrases)


def oddest_first(text: str, stretches: Sequence[Stretch]) -> list[int]:
    """The numbers of the stretches, first those whose words look oddest to the screen."""
    odds = [sum(max(word_odds(text[start:end].lower()) or 0.0, 0.0) for start, end in spans) for spans, _ in stretches]
    return sorted(range(len(stretches)), key=lambda n: -odds[n])


def is_dull(text: str, reading: Reading) -> bool:
    """Whether the oddest stretch of a text leaves nothing to look for."""
    chances = (sigmoid(odds) for (at, _), odds in zip(reading.spans, reading.odds, strict=True) if text[at].isalpha())
    return reading.whole < DULL_WHOLE and sum(chances) < DULL_ODD
