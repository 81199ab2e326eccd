"""LanguageTool, a server that is asked over HTTP through language-tool-python.

The package is GPL-3.0 and an extra, so it is imported when the first article is checked. Here it is a client only: the server is
the user's own, or one that `running` starts and stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from lintnews.evidence.grammar.matches import GrammarError, Kind, Match, NotCheckedError
from lintnews.messages import quoted

TIMEOUT_S = 60
MOST_TOGETHER = 4000
"""Code points of paragraphs that go into one request."""
BETWEEN = "\n\n"
SPELLING = tuple(f"MORFOLOGIK_RULE_EN_{country}" for country in ("AU", "CA", "GB", "NZ", "US", "ZA"))
"""The rules that look words up; other rules of the category TYPOS see that a word is not the one that was meant."""
_SPELLING = re.compile("MORFOLOGIK|HUNSPELL|SPELLER|SPELLING_RULE|^EN_DIACRITICS_")
ACROSS = (
    "ENGLISH_WORD_REPEAT_BEGINNING_RULE",
    "EN_UNPAIRED_BRACKETS",
    "EN_UNPAIRED_QUOTES",
    "EN_WORD_COHERENCY",
    "UNPAIRED_BRACKETS",
    "WORD_REPEAT_BEGINNING_RULE",
)
"""Rules that look from one paragraph into the next: what they say would depend on what goes into a request with it."""
_SENTENCE_START = "UPPERCASE_SENTENCE_START"
_KINDS: dict[str, Kind] = {
    "AMERICAN_ENGLISH": "regional-word",
    "AMERICAN_ENGLISH_STYLE": "regional-word",
    "BRE_STYLE_OXFORD_SPELLING": "regional-word",
    "BRITISH_ENGLISH": "regional-word",
    "CASING": "casing",
    "COLLOCATIONS": "syntax",
    "COLLOQUIALISMS": "style",
    "COMPOUNDING": "compound",
    "CONFUSED_WORDS": "confused-word",
    "CREATIVE_WRITING": "style",
    "FALSE_FRIENDS": "confused-word",
    "GENDER_NEUTRALITY": "style",
    "GRAMMAR": "syntax",
    "MULTITOKEN_SPELLING": "spelling",
    "NONSTANDARD_PHRASES": "syntax",
    "PLAIN_ENGLISH": "style",
    "PROPER_NOUNS": "spelling",
    "PUNCTUATION": "punctuation",
    "REDUNDANCY": "style",
    "REGIONALISMS": "regional-word",
    "REPETITIONS": "repeated-word",
    "REPETITIONS_STYLE": "style",
    "SEMANTICS": "confused-word",
    "STYLE": "style",
    "TEXT_ANALYSIS": "style",
    "TYPOGRAPHY": "typography",
    "TYPOS": "confused-word",
    "WIKIPEDIA": "style",
    "WORDINESS": "style",
}
_BY_RULE: dict[str, Kind] = {
    "EN_A_VS_AN": "syntax",
    "ENGLISH_WORD_REPEAT_RULE": "repeated-word",
    "I_LOWERCASE": "casing",
    "LOWERCASE_MONTHS": "casing",
}
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})*")
_NEAR = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1])(?=[:/]|$)")
_SURROGATE = re.compile("[\ud800-\udfff]")


class LanguageTool:
    """A server at a URL, asked for several paragraphs at a time. It may be shared by threads: one at a time asks.

    It is given up when nothing answers there, or two requests in a row took too long.
    """

    name = "LanguageTool"

    def __init__(self, url: str) -> None:
        self._url = url
        self._clients: dict[str, Any] = {}
        self._languages: frozenset[str] = frozenset()
        self._unanswered = 0

    def speaks(self, language: str) -> bool:
        if not self._languages:
            self._languages = frozenset(map(str.lower, self._client("en").known_languages))
        return language.lower() in self._languages

    def find(self, paragraphs: Sequence[str], language: str, spelling: bool) -> list[tuple[Match, ...]]:
        found: list[tuple[Match, ...]] = []
        for some in _together(paragraphs):
            found += self._ask(some, language, spelling)
        return found

    def _ask(self, paragraphs: Sequence[str], language: str, spelling: bool) -> list[tuple[Match, ...]]:
        text = BETWEEN.join(_SURROGATE.sub("\ufffd", paragraph) for paragraph in paragraphs)
        client = self._client(language)
        with _LOCK:  # what the package makes of an answer passes through fields of its class
            client.enabled_rules_only = spelling
            client.enabled_categories = {"TYPOS", "MULTITOKEN_SPELLING", "PROPER_NOUNS"} if spelling else set()
            client.disabled_rules = set() if spelling else {*SPELLING, *ACROSS}
            answer = self._answer(lambda: client.check(text))
            is_incomplete = client.is_incomplete
        if is_incomplete:
            raise NotCheckedError("the server gave up before the end of the text: its result is incomplete")
        return list(_mapped(paragraphs, text, answer, spelling))

    def _client(self, language: str) -> Any:
        client = self._clients.get(language)
        if client is None:
            client = self._clients[language] = self._answer(lambda: _class()(language, self._url))
        return client

    def _answer(self, ask: Any) -> Any:
        """What the server answers. Raises `GrammarError` where it is not there, `NotCheckedError` where it has no good answer."""
        from language_tool_python.exceptions import LanguageToolError

        try:
            answer = ask()
        except (LanguageToolError, OSError) as error:
            cause = error.__cause__ or error
            if isinstance(cause, (ValueError, LanguageToolError)):  # an answer in words
                raise NotCheckedError(f"LanguageTool says: {quoted(' '.join(str(error).split()), 200)}") from error
            self._unanswered += 1
            if self._unanswered < 2 and "Timeout" in type(cause).__name__:
                raise NotCheckedError(f"the LanguageTool server took longer than {TIMEOUT_S} seconds") from error
            problem = f"the LanguageTool server at {self._url} does not answer any more"
            raise GrammarError(f"{problem}; see whether it still runs, and run again") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problem = f"what answers at {self._url} does not speak as LanguageTool does"
            raise GrammarError(f"{problem}; correct the address") from error
        self._unanswered = 0
        return answer


_LOCK = Lock()


def _class() -> type[Any]:
    """The package's client with one try, a time-out that suits paragraphs, and what it keeps to itself. Raises `GrammarError`."""
    try:
        from language_tool_python import LanguageTool as Client
    except ImportError as error:
        raise GrammarError("language-tool-python is not installed; pip install 'lintnews[grammar]'") from error

    class OneTry(Client):  # type: ignore[misc]
        _TIMEOUT = TIMEOUT_S
        is_incomplete = False
        known_languages: frozenset[str] = frozenset()

        def __init__(self, language: str, url: str) -> None:
            no_proxy: Any = {"http": None, "https": None, "all": None}
            super().__init__(language, remote_server=url, proxies=no_proxy if _NEAR.match(url) else None)

        def _get_languages(self) -> set[str]:
            if not self.known_languages:
                self.known_languages = frozenset(code for code in super()._get_languages() if _CODE.fullmatch(code))
            return set(self.known_languages)

        def _query_server(self, url: str, params: Any = None, num_tries: int = 1, method: Any = "get") -> Any:
            answer = super()._query_server(url, params, min(num_tries, 1), method)
            if isinstance(answer, dict):
                self.is_incomplete = bool((answer.get("warnings") or {}).get("incompleteResults"))
            return answer

    return OneTry


def _together(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    """The paragraphs, as many at a time as go into one request."""
    some: list[str] = []
    size = 0
    for paragraph in paragraphs:
        if some and size + len(paragraph) > MOST_TOGETHER:
            yield some
            some, size = [], 0
        some.append(paragraph)
        size += len(paragraph)
    if some:
        yield some


def _mapped(paragraphs: Sequence[str], text: str, answer: Sequence[Any], spelling: bool) -> Iterator[tuple[Match, ...]]:
    """The matches of each paragraph; those that reach into another one are left out.

    The package makes code points of UTF-16 units where a match starts, and leaves its length in these units.
    """
    start = 0
    for paragraph in paragraphs:
        end = start + len(paragraph)
        inside = [(m, _after(text, m.offset, m.error_length)) for m in answer if start <= m.offset < end]
        yield tuple(
            Match(m.offset - start, stop - start, kind, m.rule_id, m.message, tuple(m.replacements[:5]))
            for m, stop in inside
            if stop <= end and (kind := kind_of(m.category, m.rule_id)) and (kind == "spelling") == spelling
            if not (m.rule_id == _SENTENCE_START and m.offset == start)  # it goes by how the paragraph before ends
        )
        start = end + len(BETWEEN)


def _after(text: str, start: int, units: int) -> int:
    """Where so many UTF-16 units from `start` on end, in code points."""
    at = start
    while units > 0 and at < len(text):
        units -= 1 + (text[at] > "\uffff")
        at += 1
    return at


def kind_of(category: str, rule: str) -> Kind:
    """The kind of what LanguageTool's rule of that category finds."""
    if _SPELLING.search(rule):
        return "spelling"
    if rule.startswith("EN_COMPOUNDS_"):
        return "compound"
    return _BY_RULE.get(rule) or _KINDS.get(category, "other")
