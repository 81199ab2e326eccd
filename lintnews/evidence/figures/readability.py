"""How hard a text is to read, by the formulas of textstat, without a network and without its start-up unless asked.

textstat looks words up in the CMU dictionary, which it fetches at run time, and counts syllables with pyphen's patterns where a
word is not there. Here it always counts with pyphen, so that the figures are the same with and without a network. Sources: the
formulas' papers, named in textstat's documentation (https://docs.textstat.org).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from types import SimpleNamespace
from typing import Any

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""
ENGLISH = "en_US"
_FORMULAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "flesch-reading-ease": ("flesch_reading_ease", ("en", "de", "es", "fr", "it", "nl", "ru", "hu")),
    "flesch-kincaid-grade": ("flesch_kincaid_grade", ("en",)),
    "gunning-fog": ("gunning_fog", ("en",)),
    "smog": ("smog_index", ("en",)),
    "dale-chall": ("dale_chall_readability_score", ("en",)),
    "automated-readability-index": ("automated_readability_index", ("en",)),
    "coleman-liau": ("coleman_liau_index", ("en",)),
    "lix": ("lix", ("en", "de", "nl", "sv", "da", "nb", "fr")),
    "gulpease": ("gulpease_index", ("it",)),
    "wiener-sachtextformel": ("wiener_sachtextformel", ("de",)),
    "fernandez-huerta": ("fernandez_huerta", ("es",)),
    "szigriszt-pazos": ("szigriszt_pazos", ("es",)),
}
"""By the figure's name: textstat's function, and the languages that the formula is for."""
FIGURES = tuple(_FORMULAS)
_LOCALES = {code: f"{code}_{code.upper()}" for code in ("de", "es", "fr", "it", "nl", "ru", "hu")} | {"en": ENGLISH}
_lock = Lock()


def readability(text: str, figure: str, language: str = "en") -> float | None:
    """One figure of a text; None for a language that the formula is not for, and for a text without words.

    `figure` is one of `FIGURES`, `language` a code of two letters. Raises `KeyError` for an unknown figure.
    """
    function, languages = _FORMULAS[figure]
    if language not in languages or not any(map(str.isalpha, text)):
        return None
    metrics = _metrics()
    formula: Callable[..., float] = getattr(metrics, function)
    with _lock:  # textstat keeps caches of its own that are not made for threads
        return float(formula(text, *_options(function, language)))


def reading_minutes(words: int) -> float:
    """How many minutes a text of so many words takes to read."""
    return words / WORDS_A_MINUTE


@lru_cache(maxsize=1)
def _metrics() -> Any:
    """textstat's formulas as functions without state, told to count syllables by pyphen alone."""
    from textstat.backend import metrics
    from textstat.backend.counts import _count_syllables

    _count_syllables.get_cmudict = lambda _language: None
    _count_syllables.get_pyphen = _hyphenation
    return metrics


@lru_cache(maxsize=16)
def _hyphenation(locale: str) -> Any:
    """pyphen's patterns of a language, as textstat asks for them; words that are asked for often are remembered."""
    from textstat.backend.utils._get_pyphen import get_pyphen

    return SimpleNamespace(positions=lru_cache(maxsize=1 << 15)(get_pyphen(locale).positions))


@lru_cache(maxsize=32)
def _options(function: str, language: str) -> tuple[Any, ...]:
    from inspect import signature

    wanted = list(signature(getattr(_metrics(), function)).parameters)[1:]
    given = {"lang": _LOCALES.get(language, language), "variant": 1}
    return tuple(given[name] for name in wanted if name in given)
