"""A text in an editor to diagnostics and fixes, under the settings that hold for its file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from lintnews.diagnostic import Diagnostic, Edit
from lintnews.document import Document
from lintnews.document.language import Language
from lintnews.files.finding import is_excluded
from lintnews.fixes import Revision
from lintnews.linter import Linter
from lintnews.rulebook.rule import Rule
from lintnews.running import holding
from lintnews.running.reading import columns, source_for
from lintnews.running.request import STDIN
from lintnews.settings import files as settings_files
from lintnews.settings import linters
from lintnews.settings.files import Configuration
from lintnews.settings.settings import Settings
from lintnews.sources.text import TextSource


class Looked(NamedTuple):
    """A text, what was found in it, and the linter and rules by which; without a linter it is not to be looked at."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    rules: Mapping[str, Rule] = {}
    linter: Linter | None = None

    def edits(self, diagnostic: Diagnostic) -> list[Edit]:
        """What one diagnostic's fix changes, with the white space that it would leave stray; none overlaps another."""
        revision = Revision(self.document.text)
        revision.apply([diagnostic])
        return [Edit(entry.start, entry.end, entry.inserted) for entry in revision.ledger()]

    def all_edits(self) -> list[Edit]:
        """What all safe fixes change, as `check --fix` would."""
        if self.linter is None or not any(d.fix and d.fix.safety == "safe" for d in self.diagnostics):
            return []
        ledger = self.linter.clean(self.document, failures=[]).ledger
        return [Edit(entry.start, entry.end, entry.inserted) for entry in ledger]


class Looking:
    """Looks at texts, and keeps the linters of their settings until `forget`."""

    def __init__(self) -> None:
        self._configuration = Configuration()
        self._linters: dict[tuple[int, tuple[str, ...]], tuple[Linter, dict[str, Rule]]] = {}

    def forget(self) -> None:
        """A configuration or rule file may have changed: read all of them anew."""
        settings_files.forget()
        linters.forget()
        holding.forget()
        self._configuration = Configuration()
        self._linters.clear()

    def look(self, text: str, path: str | None, is_markdown: bool = False) -> Looked:
        """What is wrong with a text; `path` is None for one that is no file. Raises `ConfigError`."""
        folder = os.path.dirname(path) if path else os.getcwd()
        settings = self._configuration.settings_for(folder)
        source = source_for(path, columns(settings)) if path else TextSource("", columns(settings))
        if not isinstance(source, TextSource) or (path and is_excluded(path, lambda _: settings.exclude)):
            return Looked(Document(text))
        linter, rules = self._linter(settings, settings.ignored_in(path) if path else ())
        held = holding.holding(path or STDIN, settings, holding.renamed(rules)).article()
        known = (held.filter, *([Language(settings.language)] if settings.language else []))
        document = Document(text, path or "", "markdown" if is_markdown else source.markup, known)
        found = linter.check(document, [])  # a rule that fails is told by check; here the others go on
        return Looked(document, tuple(found), rules, linter)

    def _linter(self, settings: Settings, ignored: tuple[str, ...]) -> tuple[Linter, dict[str, Rule]]:
        key = id(settings), ignored
        if key not in self._linters:
            self._linters[key] = linters.build_linter(settings, ignored)
        return self._linters[key]
