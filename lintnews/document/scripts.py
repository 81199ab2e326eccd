"""How scripts differ: where words part, how a sentence ends, how much a character says.

An alphabet with spaces between its words is the measure; for it nothing here differs from counting code points and spaces.
"""

from __future__ import annotations

import re
from functools import lru_cache

_KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_UNPUNCTUATED = (
    "\u0e01-\u0e5b\u0e81-\u0edf\u0f00-\u0fda\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\ua980-\ua9df\uaa60-\uaadf"
)
"""Thai, Lao, Tibetan, Burmese, Khmer and their kin: no spaces between words, and few or no full stops."""
_WIDE_MARKS = "\u3001-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65"

_MAY_BE_UNSPACED = re.compile(rb"[\xe0\xe1\xe3-\xf0]|\xe2[\xba-\xbf]")
"""In UTF-8: rough, and made in no time. What is finer is made when a text needs it."""


def _may_be_unspaced(text: str) -> bool:
    return _MAY_BE_UNSPACED.search(text.encode("utf-8", "surrogatepass")) is not None


@lru_cache(maxsize=1)
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A character of a script without spaces, and a piece of a text about as long as a word."""
    return re.compile(f"[{_KANA}{_HAN}{_UNPUNCTUATED}]"), re.compile(
        rf"[{_KANA}{_HAN}]{{1,2}}[{_WIDE_MARKS}]*|[{_UNPUNCTUATED}]{{1,5}}|[^\s{_KANA}{_HAN}{_UNPUNCTUATED}]+"
    )


@lru_cache(maxsize=1)
def _syllables() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A Chinese character, and a syllable of kana or hangul."""
    return re.compile(f"[{_HAN}]"), re.compile(f"[{_KANA}\uac00-\ud7af]")


@lru_cache(maxsize=1)
def _unmarked_ends() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The end of a Greek question, and that of a text in a script without full stops."""
    return re.compile("[\u0370-\u03ff\u1f00-\u1fff]\\s?;$"), re.compile(f"[{_UNPUNCTUATED}][^\\w\\s]*$")


QUESTION_MARKS = frozenset("?？؟՞፧⸮﹖\u037e")
SENTENCE_ENDS = frozenset(".!…。｡．！։؞۔܀܁܂߹।॥၊။።፨᙮᜵᜶។៕᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿․‼‽⁇⁈⁉⸼꓿꘎꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒︕︖﹒﹗།༎𑁇𑁈𑅁𑅂") | QUESTION_MARKS
CLOSERS = "\"'”’»)]*」』）】》〉〕］｣"


def words(text: str) -> list[str]:
    """The words of a text, lower case, split at white space, punctuation left on.

    Where a script has no spaces between words, pieces about as long as its words are: two characters of Chinese or Japanese,
    five of Thai and its kin.
    """
    lowered = text.lower()
    if text.isascii() or not _may_be_unspaced(text):
        return lowered.split()
    unspaced, piece = _unspaced()
    return piece.findall(lowered) if unspaced.search(lowered) else lowered.split()


def is_long(text: str, least: int) -> bool:
    """Whether a text says as much as `least` code points of an alphabet do: a Chinese character says as much
    as three letters, a syllable of kana or hangul as two.
    """
    size = len(text)
    if size >= least or text.isascii() or 3 * size < least:
        return size >= least
    if not _may_be_unspaced(text):
        return False
    han, syllable = _syllables()
    return size + 2 * len(han.findall(text)) + len(syllable.findall(text)) >= least


def ends_sentence(text: str, unmarked: int = 80) -> bool:
    """Whether a text, not empty, ends as a sentence does; in scripts without full stops, one of `unmarked` code points does."""
    if text[-1] in SENTENCE_ENDS or text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS:
        return True
    if text.isascii():
        return False
    greek_question, unpunctuated = _unmarked_ends()
    return bool(greek_question.search(text) or (len(text) >= unmarked and unpunctuated.search(text)))
