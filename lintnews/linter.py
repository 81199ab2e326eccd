"""Rules and a document in, diagnostics or a cleaned text out. No input or output, no shared state: safe in threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lintnews.detectors.detector import Compared
from lintnews.diagnostic import Diagnostic
from lintnews.document import Document
from lintnews.document.endings import PATTERNS
from lintnews.messages import check_type, raised
from lintnews.patterns.deadline import OutOfTimeError, tick
from lintnews.patterns.matcher import Matcher
from lintnews.rulebook.rule import Rule

if TYPE_CHECKING:
    from lintnews.fixes.ledger import LedgerEntry, OffsetMap

ENGLISH = "en"
"""The language that rule files speak."""
MOST_PASSES = 20
"""Passes of check and fix after which a text that still changes is reported as a failure."""


class RuleError(Exception):
    """A rule raised or timed out on a document."""


class Failure(NamedTuple):
    """A rule that could not do its work on one document."""

    path: str
    rule: str
    error: str


class Filter(NamedTuple):
    """Known to a document: which of its diagnostics are kept, and not held back. Asked whenever it is checked."""

    kept: Callable[[Document, Sequence[Diagnostic]], list[Diagnostic]]


class Cleaned(NamedTuple):
    """A cleaned text, what was found in the original, and how to get back."""

    text: str
    diagnostics: tuple[Diagnostic, ...]
    ledger: tuple[LedgerEntry, ...]
    offsets: OffsetMap


class Dispatch:
    """Which rules are asked about a document: those without needs, and those whose patterns or phrases it may hold.

    With `endings`, the marks of an article's end are looked for in the same pass.
    """

    def __init__(self, rules: Sequence[Rule], *, endings: bool = True) -> None:
        self._rules = rules
        self._always: set[int] = set()
        self._by_pattern: dict[str, list[int]] = {}
        self._by_phrase: dict[str, list[int]] = {}
        most_words: dict[str, int | None] = {}
        for number, rule in enumerate(rules):
            for needs in (detector.needs() for detector in rule.detectors):
                if not needs.patterns and not needs.phrases and not needs.comparison:
                    self._always.add(number)
                for pattern in needs.patterns:
                    self._by_pattern.setdefault(pattern, []).append(number)
                    most_words[pattern] = _more(most_words.get(pattern, 0), needs.max_words)
                for phrase in needs.phrases:
                    self._by_phrase.setdefault(phrase, []).append(number)
        if endings and (most_words or any(rule.weighed for rule in rules)):  # they ask where the article ends
            most_words |= {p: _more(most_words.get(p, 0), most) for p, most in PATTERNS.items()}
        self.matches_blocks = bool(most_words)
        self._matcher = Matcher(most_words, self._by_phrase)

    def match(self, document: Document) -> None:
        """Look for all patterns and phrases at once, and tell the document."""
        if self.matches_blocks:
            document.matches = {**(document.matches or {}), **self._matcher.find([b.text for b in document.text_blocks])}
        document.phrases = {**document.phrases, **self._matcher.find_phrases(document.text)}

    def called(self, document: Document) -> list[Rule]:
        """The rules for a document that was told."""
        numbers = set(self._always)
        for pattern in document.matches or ():
            numbers.update(self._by_pattern.get(pattern, ()))
        for phrase in document.phrases:
            numbers.update(self._by_phrase[phrase])
        return [self._rules[number] for number in sorted(numbers)]


def _more(words: int | None, other: int | None) -> int | None:
    return None if words is None or other is None else max(words, other)


class Linter:
    """A set of rules, compiled once. `min_confidence` leaves out diagnostics below it. `comparing` are the rules that compare
    articles; `site_aware` those that want to know, as a document's `SiteLines`, what the articles of its site have in common.

    With `timings`, `seconds` adds up the CPU seconds that each rule took, and the shared pass under `(matcher)`.
    """

    def __init__(self, rules: Iterable[Rule], *, min_confidence: float = 0.0, timings: bool = False) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.id))
        self.comparing = tuple(rule for rule in self.rules if any(d.needs().comparison for d in rule.detectors))
        self.site_aware = tuple(rule for rule in self.rules if any(d.needs().site_lines for d in rule.detectors))
        self.min_confidence = min_confidence
        self.seconds: dict[str, float] | None = {} if timings else None
        self._dispatch = Dispatch(self.rules)
        self._in_language: dict[str, Dispatch | None] = {ENGLISH: None, "": None}

    def check(self, document: Document, failures: list[Failure] | None = None) -> list[Diagnostic]:
        """Diagnostics, sorted by position.

        A rule that fails is appended to `failures` and the others go on; without that list it raises `RuleError`.
        """
        check_type("document", document, Document, "write Document(text)")
        found: list[Diagnostic] = []
        started = time.thread_time() if self.seconds is not None else 0.0
        try:
            called = list(self._called(document))
        except OutOfTimeError:
            raise
        except Exception as error:
            _fail(Failure(document.path, "(matcher)", raised(error)), failures, error)
            return []
        if self.seconds is not None:
            started = self._clock("(matcher)", started)
        for rule in called:
            try:
                tick()
                found.extend(rule.diagnose(document))
            except OutOfTimeError as error:
                error.during = error.during or rule.id
                raise
            except Exception as error:
                _fail(Failure(document.path, rule.id, raised(error)), failures, error)
            if self.seconds is not None:
                started = self._clock(rule.id, started)
        kept = [d for d in found if d.confidence >= self.min_confidence]
        if any(d.rule.startswith("grammar/") for d in kept):
            kept = _without_grammar_of_furniture(kept)
        return _filtered(document, _without_moot(kept) if len(kept) > 1 else kept)

    def _called(self, document: Document) -> Iterator[Rule]:
        """The rules to ask about a document, those with something to say in its language twice: in English, and in it."""
        self._dispatch.match(document)
        yield from self._dispatch.called(document)
        code = document.language if self._dispatch.matches_blocks else ENGLISH  # without patterns no rule speaks any language
        if code not in self._in_language:
            from lintnews.rulebook.languages import in_language

            said = in_language(self.rules, code)
            self._in_language[code] = Dispatch(said, endings=False) if said else None
        dispatch = self._in_language[code]
        if dispatch is not None:
            dispatch.match(document)
            yield from dispatch.called(document)

    def compare(self, documents: Sequence[Document]) -> list[Diagnostic]:
        """What several documents of one site share, by the rules that look across articles; in the order of the documents.
        For more documents than memory holds, see `Corpus` and `Learner` in `evidence`.
        """
        from lintnews.detectors.shared import compared
        from lintnews.evidence.duplicates.observing import observe
        from lintnews.evidence.duplicates.shared import Corpus
        from lintnews.evidence.sitelines.counting import Learner, observe_lines
        from lintnews.evidence.sitelines.lines import Learnt

        for document in documents:
            check_type("document", document, Document, "write Document(text)")
        found: list[Diagnostic] = []
        if self.site_aware:
            learner = Learner()
            for document in documents:
                learner.add(("",), observe_lines(document))
            known = Learnt(learner.learnt()).known_to(("",))
            for document in documents:
                document = Document(document.text, document.path, document.markup, (known,))
                found += [d for rule in self.site_aware for d in rule.diagnose(document) if d.confidence >= self.min_confidence]
        if not self.comparing:
            return found
        with Corpus(documents.__getitem__) as corpus:
            for document in documents:
                corpus.add(observe(document))
            for number, shared in compared(corpus, lambda n: documents[n].path):
                found += self.conclude(documents[number], shared)
        return found

    def conclude(self, document: Document, compared: Compared) -> list[Diagnostic]:
        """What a document shares with others, once they have been compared; sorted by position."""
        found = [diagnostic for rule in self.comparing for diagnostic in rule.diagnose(document, compared)]
        kept = sorted((d for d in found if d.confidence >= self.min_confidence), key=lambda d: (d.start, d.rule))
        return _filtered(document, kept)

    def _clock(self, name: str, started: float) -> float:
        now = time.thread_time()
        assert self.seconds is not None
        self.seconds[name] = self.seconds.get(name, 0.0) + now - started
        return now

    def clean(
        self,
        document: Document,
        *,
        unsafe: bool = False,
        min_confidence: float = 0.0,
        failures: list[Failure] | None = None,
        compared: Compared | None = None,
    ) -> Cleaned:
        """Apply fixes until none is left: safe ones, or all with `unsafe`, of diagnostics at `min_confidence` or above.

        `compared` is what came of comparing the document with others, if it was.
        """
        from lintnews.fixes import Revision, choose
        from lintnews.fixes.ledger import offset_map

        first = found = self.check(document, failures)
        if compared:
            first = found = sorted([*found, *self.conclude(document, compared)], key=lambda d: (d.start, -d.end, d.rule))
        revision = Revision(document.text)
        for _ in range(MOST_PASSES):
            chosen = choose(found, unsafe, min_confidence)
            if not chosen:
                break
            before = revision.text
            revision.apply(chosen)
            if revision.text == before:
                break
            found = self.check(revised(document, revision.text), failures)
        else:
            rules = ", ".join(sorted({d.rule for d in choose(found, unsafe, min_confidence)}))
            error = RuleError(f"the text still changes after {MOST_PASSES} passes")
            _fail(Failure(document.path, rules, str(error)), failures, error)
        ledger = revision.ledger()
        return Cleaned(revision.text, tuple(first), ledger, offset_map(ledger))


def _filtered(document: Document, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    chosen = document.given(Filter) if document.known else None
    return chosen.kept(document, diagnostics) if chosen else diagnostics


def revised(document: Document, text: str) -> Document:
    """The document with another text, and what is known beside it."""
    return Document(text, document.path, document.markup, document.known)


def _fail(failure: Failure, failures: list[Failure] | None, error: Exception) -> None:
    if failures is None:
        raise RuleError(f"{failure.path}: rule {failure.rule} failed: {failure.error}") from error
    failures.append(failure)


def _without_moot(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Sorted by position, less those that lie inside another one of their family that is as sure and has as good a fix."""
    ordered = sorted(diagnostics, key=lambda d: (d.start, -d.end, -d.confidence, d.rule, d.message))
    kept: list[Diagnostic] = []
    covers: dict[str, Diagnostic] = {}
    for diagnostic in ordered:
        family = diagnostic.rule.partition("/")[0]
        cover = covers.get(family)
        if cover and diagnostic.end <= cover.end and _as_good(cover, diagnostic):
            continue
        if cover is None or diagnostic.end > cover.end:
            covers[family] = diagnostic
        kept.append(diagnostic)
    return kept


def _without_grammar_of_furniture(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Less what is wrong with the grammar of what goes anyway."""
    gone = [
        edit
        for d in diagnostics
        if d.fix and d.rule.startswith(("boilerplate/", "duplicate/"))
        for edit in d.fix.edits
        if not edit.replacement
    ]
    return [
        d
        for d in diagnostics
        if not d.rule.startswith("grammar/") or not any(edit.start <= d.start and d.end <= edit.end for edit in gone)
    ]


def _as_good(cover: Diagnostic, inner: Diagnostic) -> bool:
    if cover.rule == inner.rule:
        return (cover.start, cover.end) == (inner.start, inner.end)
    if cover.fix is None or any(edit.replacement for edit in cover.fix.edits):
        return False
    if inner.fix and inner.fix.safety == "safe" and inner.confidence > cover.confidence and "\n" not in cover.text:
        return (
            cover.fix.safety == "safe" and inner.end == cover.end
        )  # a credit closes the caption that it is of; a call opens text
    return cover.fix.safety == "safe" or inner.fix is None or inner.fix.safety == "unsafe"
