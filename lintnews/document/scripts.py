"""How scripts differ: where words part, how a sentence ends, how much a character says.

An alphabet with spaces between its words is the measure; for it nothing here differs from counting code points and spaces.
"""

from __future__ import annotations

import re
from functools import cache

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

_PATTERNS = {
    "unspaced": f"[{_KANA}{_HAN}{_UNPUNCTUATED}]",
    "piece": rf"[{_KANA}{_HAN}]{{1,2}}[{_WIDE_MARKS}]*|[{_UNPUNCTUATED}]{{1,5}}|[^\s{_KANA}{_HAN}{_UNPUNCTUATED}]+",
    "han": f"[{_HAN}]",
    "syllable": f"[{_KANA}\uac00-\ud7af]",
    "ends unpunctuated": f"[{_UNPUNCTUATED}][^\\w\\s]*$",
    "greek question": "[\u0370-\u03ff\u1f00-\u1fff]\\s?;$",
}

QUESTION_MARKS = frozenset("?？؟՞፧⸮﹖\u037e")
SENTENCE_ENDS = frozenset(".!…。｡．！։؞۔܀܁܂߹।॥၊။።፨᙮᜵᜶។៕᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿․‼‽⁇⁈⁉⸼꓿꘎꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒︕︖﹒﹗།༎𑁇𑁈𑅁𑅂") | QUESTION_MARKS
CLOSERS = "\"'”’»)]*」』）】》〉〕］｣"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A pattern, compiled when a text first needs it: such wide classes take milliseconds each."""
    return re.compile(_PATTERNS[name])


def _is_western(text: str) -> bool:
    """Whether Windows-1252 has all of its characters; it is then in an alphabet with spaces, and that is quickly said."""
    try:
        return text.isascii() or bool(text.encode("cp1252"))
    except UnicodeEncodeError:
        return False


def words(text: str) -> list[str]:
    """The words of a text, lower case, split at white space, punctuation left on.

    Where a script has no spaces between words, pieces about as long as its words are: two characters of Chinese or Japanese,
    five of Thai and its kin.
    """
    lowered = text.lower()
    if _is_western(text) or not _pattern("unspaced").search(lowered):
        return lowered.split()
    return _pattern("piece").findall(lowered)


def is_long(text: str, least: int) -> bool:
    """Whether a text says as much as `least` code points of an alphabet do: a Chinese character says as much
    as three letters, a syllable of kana or hangul as two.
    """
    size = len(text)
    if size >= least or 3 * size < least or _is_western(text):
        return size >= least
    return size + 2 * len(_pattern("han").findall(text)) + len(_pattern("syllable").findall(text)) >= least


def ends_sentence(text: str, unmarked: int = 80) -> bool:
    """Whether a text, not empty, ends as a sentence does; in scripts without full stops, one of `unmarked` code points does."""
    if text[-1] in SENTENCE_ENDS or text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS:
        return True
    if _is_western(text):
        return False
    return bool(_pattern("greek question").search(text) or (len(text) >= unmarked and _pattern("ends unpunctuated").search(text)))
