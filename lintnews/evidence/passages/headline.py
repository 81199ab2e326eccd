"""Where a headline ends that the text runs on from, told by case, quotation marks and words that begin sentences.

Texts are of blocks: white space is a space, and offsets are code points of the block. Where it can't be told, nothing is said: a
headline left in the text costs less than a sentence lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lintnews.evidence.passages.seams import OUTSIDE, TOKEN, goes_on, sentence_end
from lintnews.evidence.passages.words import COMMON, LINKING, NO_SUBJECT, OPENERS, SMALL, TELLS

LONGEST_HEADLINE = 24
"""Words of a headline, at most."""
MOST_CAPITALS = 14
"""Words of a headline in capitals, at most."""
LEAST_LEFT = 3
"""Words that a sentence has at least which is left behind a headline."""
MOST_LEFT = 8
"""Words behind a capital from which on the end of a text may be a line of its own, though nothing ends before it."""


def headline_end(text: str, at: int, least: int) -> int | None:
    """Where what begins at an offset ends: a headline, or a call that may lack its full stop, and the text that follows.

    `least`: words that it has at least; with none, what begins there is the rest of a call. None where it can't be told: then
    the text may be the article's.
    """
    stop = sentence_end(text, at)
    tokens = list(TOKEN.finditer(text, at, stop))
    if len(tokens) < least:
        return None
    if not tokens or (not least and not tokens[0][0].strip(OUTSIDE)):
        return stop
    words = [token[0] for token in tokens]
    capitals = _capitals(words)
    if least and capitals >= max(least, 2):
        return _end_of_capitals(text, tokens, capitals, stop)
    titled = least > 0 and _is_titled(words)
    if titled and any(word[-1] == ":" for word in words[least:]):
        return None  # a speaker or a heading of the text
    seam = _seam_in_title(words, least) if titled else _seam(text, tokens, least)
    mark = text[at:stop].rstrip("\"'”’»)]*")[-1:]
    if seam is not None and mark in ".!?…":
        fits = seam <= LONGEST_HEADLINE and len(words) - seam >= LEAST_LEFT and not _is_heading(text, words, seam - 1)
        return tokens[seam].start() if fits else None
    if len(words) > LONGEST_HEADLINE or (least and mark == "."):
        return None
    if titled and mark not in ".!?…":
        return stop
    left = LEAST_LEFT if not least else 1 if mark in ".!?…" else MOST_LEFT
    return None if any(_may_open(words, i) for i in range(least, len(words) - left + 1)) else stop


def _capitals(words: Sequence[str]) -> int:
    """How many words from the first on have no small letter."""
    for number, word in enumerate(words):
        if word != word.upper() or not (word.isupper() or number) or word[0] in '“"':
            return number - 1 if number and words[number - 1] in ("A", "I") else number
    return len(words)


def _end_of_capitals(text: str, tokens: Sequence[re.Match[str]], count: int, stop: int) -> int | None:
    if count > MOST_CAPITALS or any(token[0][-1] == ":" for token in tokens[2:count]):
        return None
    end = tokens[count - 1].end()
    if count == len(tokens):
        return stop
    last = tokens[count - 1][0].strip(OUTSIDE)
    if not goes_on(text, end, surely=False) or len(last) == 1:
        return None
    rest = text[: tokens[0].start()] + text[tokens[count].start() :]
    if last.isalpha() and len(last) <= 5 and text[end - 1] not in ".!?" and re.search(rf"\b{last}\b", rest):
        return None  # the text may go on with an abbreviation
    return end


def _is_titled(words: Sequence[str]) -> bool:
    """Whether the words are those of a headline that writes nearly all with a capital."""
    long = [word.strip(OUTSIDE) for word in words[:9]]
    long = [word for word in long if len(word) > 2 and word[0].isalpha() and word.lower() not in SMALL]
    return len(long) >= 3 and sum(word != word.lower() for word in long[:4]) >= min(4, len(long))


def _is_title_word(word: str) -> bool:
    bare = word.strip(OUTSIDE)
    return not bare or not bare[0].islower() or bare in SMALL


def _seam_in_title(words: Sequence[str], least: int) -> int | None:
    """The word with which the next sentence begins behind a headline in title case."""
    number = next((n for n in range(least, len(words)) if not _is_title_word(words[n])), None)
    if number is None:
        return None
    at = number - 1
    while at > least and words[at].strip(OUTSIDE) in SMALL:
        at -= 1
    return at if at >= least and words[at].strip(OUTSIDE) in OPENERS else None


def _seam(text: str, tokens: Sequence[re.Match[str]], least: int) -> int | None:
    """The word with which the next sentence begins behind a headline in the case of a sentence, or behind a call.

    None where an earlier word may begin one, too.
    """
    words = [token[0] for token in tokens]
    for number in range(least, len(words)):
        if number and not _may_end(words[number - 1]):
            continue
        bare = words[number].strip(OUTSIDE)
        apart = not number or words[number - 1][0].islower() or not _may_open(words, number - 1)
        if bare in COMMON:
            return number if apart or bare in OPENERS else None
        if words[number][0] in '“"' and _is_spoken(text, tokens[number].start()):
            return number
        if not _may_open(words, number):
            continue
        if not number or words[number][0].isdigit():
            return None
        is_common = _is_common(text, words, number)
        if words[number - 1][0].islower() and (is_common or _tells(words, number)):
            return number
        if is_common or _is_subject(words, number):
            return None
    return None


def _may_end(word: str) -> bool:
    """Whether a headline may end with a word."""
    return word[-1] not in ":|–—-" and word.strip(OUTSIDE) not in LINKING


def _may_open(words: Sequence[str], number: int) -> bool:
    """Whether a sentence may begin with a word: it has a capital or is a number, and one may end before it."""
    bare = words[number].strip(OUTSIDE)
    opens = bare[:1].isupper() or bare[:1].isdigit()
    return opens and (not number or _may_end(words[number - 1]))


def _tells(words: Sequence[str], number: int) -> bool:
    """Whether a verb of saying follows the names from a word on: "Berg said"."""
    return _after_capitals(words, number) in TELLS


def _is_subject(words: Sequence[str], number: int) -> bool:
    """Whether a sentence may begin with the capitals from a word on: a verb may follow, a comma as in "Berg, a miller,", or the
    colon of a speaker.
    """
    after = _after_capitals(words, number)
    if after == ":":
        return True
    return words[number - 1][0].islower() and (after == "," or (after[:1].islower() and after not in NO_SUBJECT))


def _after_capitals(words: Sequence[str], number: int) -> str:
    """The first word without a capital behind one, bare, or a comma or colon that stands before it."""
    for word in words[number:]:
        bare = word.strip(OUTSIDE)
        if not bare[:1].isupper():
            return bare
        if bare in COMMON:
            return ""
        if word[-1] in ",:":
            return word[-1]
    return ""


def _is_common(text: str, words: Sequence[str], number: int) -> bool:
    """Whether the article has the word elsewhere with a small letter: no name, so that its capital begins a sentence."""
    bare = words[number].strip(OUTSIDE)
    if len(bare) < 4 or not bare[1:].islower():
        return False
    return words[number + 1 : number + 2] != [] and words[number + 1][0].islower() and f" {bare.lower()} " in text


def _is_heading(text: str, words: Sequence[str], last: int) -> bool:
    """Whether the last word before a sentence may be a heading of the text, which has it with a small letter elsewhere."""
    bare = words[last].strip(OUTSIDE) if last > 0 else ""
    return len(bare) > 3 and bare[1:].islower() and _may_open(words, last) and f" {bare.lower()}" in text


def _is_spoken(text: str, at: int) -> bool:
    """Whether a quotation that opens here closes as speech does: behind a comma or the end of a sentence."""
    closing = text.find("”" if text[at] == "“" else '"', at + 1)
    return closing > 0 and text[closing - 1] in ".,!?…"
