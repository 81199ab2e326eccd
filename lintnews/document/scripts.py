"""How scripts differ: where words part, how a sentence ends, how much a character says.

An alphabet with spaces between its words is the measure; for it nothing here differs from counting code points and spaces.
"""

from __future__ import annotations

import re

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

_UNSPACED = re.compile(f"[{_KANA}{_HAN}{_UNPUNCTUATED}]")
_PIECE = re.compile(rf"[{_KANA}{_HAN}]{{1,2}}[{_WIDE_MARKS}]*|[{_UNPUNCTUATED}]{{1,5}}|[^\s{_KANA}{_HAN}{_UNPUNCTUATED}]+")
_HAN_CHAR, _SYLLABLE = re.compile(f"[{_HAN}]"), re.compile(f"[{_KANA}\uac00-\ud7af]")
_ENDS_UNPUNCTUATED = re.compile(f"[{_UNPUNCTUATED}][^\\w\\s]*$")

QUESTION_MARKS = frozenset("?？؟՞፧⸮﹖\u037e")
SENTENCE_ENDS = frozenset(".!…。｡．！։؞۔܀܁܂߹।॥၊။።፨᙮᜵᜶។៕᠃᠉᥄᥅᪨᪩᪪᪫᭚᭛᭞᭟᰻᰼᱾᱿․‼‽⁇⁈⁉⸼꓿꘎꛳꛷꡶꡷꣎꣏꤯꧈꧉꩝꩞꩟꫰꫱꯫︒︕︖﹒﹗།༎𑁇𑁈𑅁𑅂") | QUESTION_MARKS
CLOSERS = "\"'”’»)]*」』）】》〉〕］｣"
_GREEK_QUESTION = re.compile("[\u0370-\u03ff\u1f00-\u1fff]\\s?;$")


def words(text: str) -> list[str]:
    """The words of a text, lower case, split at white space, punctuation left on.

    Where a script has no spaces between words, pieces about as long as its words are: two characters of Chinese or Japanese,
    five of Thai and its kin.
    """
    lowered = text.lower()
    if text.isascii() or not _UNSPACED.search(lowered):
        return lowered.split()
    return _PIECE.findall(lowered)


def is_long(text: str, least: int) -> bool:
    """Whether a text says as much as `least` code points of an alphabet do: a Chinese character says as much
    as three letters, a syllable of kana or hangul as two.
    """
    size = len(text)
    if size >= least or text.isascii() or 3 * size < least:
        return size >= least
    return size + 2 * len(_HAN_CHAR.findall(text)) + len(_SYLLABLE.findall(text)) >= least


def ends_sentence(text: str, unmarked: int = 80) -> bool:
    """Whether a text, not empty, ends as a sentence does; in scripts without full stops, one of `unmarked` code points does."""
    if text[-1] in SENTENCE_ENDS or text.rstrip(CLOSERS)[-1:] in SENTENCE_ENDS:
        return True
    if text.isascii():
        return False
    return bool(_GREEK_QUESTION.search(text) or (len(text) >= unmarked and _ENDS_UNPUNCTUATED.search(text)))
