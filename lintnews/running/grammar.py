"""Which grammar checker a run asks: an address, or Harper; a server is started once, when the first file needs it."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lintnews.evidence.grammar.checker import Grammar
from lintnews.files.finding import Trouble
from lintnews.running.languagetool import Server, ServerError, installed, java, probe, start
from lintnews.settings.settings import COMMAND_LINE

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from lintnews.settings.settings import Settings

INSTALL = "pip install 'lintnews[grammar]'"


class Checkers:
    """The grammar checkers of a run; with the end of it, its server is stopped.

    `required`: that grammar can't be checked is grave even where a configuration file asks for it.
    """

    def __init__(self, tell: Callable[[Trouble], None], required: bool) -> None:
        self._tell = tell
        self._required = required
        self._found: dict[tuple[str, str, str], Grammar | None] = {}
        self._server: Server | ServerError | None = None

    def __enter__(self) -> Checkers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if isinstance(self._server, Server):
            self._server.stop()

    def chosen(self, settings: Settings) -> Grammar | None:
        """The checker for files with these settings; None, which is told once, where there is none."""
        key = settings.grammar_backend, settings.languagetool_url, settings.languagetool_path
        is_grave = self._required or any(settings.from_where(field) == COMMAND_LINE for field in _naming(settings))
        if key not in self._found:
            try:
                self._found[key] = self._chosen(settings)
            except ServerError as error:
                self._found[key] = None
                self._tell(Trouble("", f"grammar is not checked: {error}", is_grave))
        found = self._found[key]
        return found and found._replace(english=settings.english, required=is_grave)

    def _chosen(self, settings: Settings) -> Grammar:
        """Raises `ServerError` where there is no checker."""
        has_client, has_harper = (find_spec(package) is not None for package in ("language_tool_python", "harper"))
        backend, url = settings.grammar_backend, settings.languagetool_url
        is_named = bool(url or settings.languagetool_path) or backend == "languagetool"
        if is_named and backend != "harper":
            if not has_client:
                raise ServerError(f"language-tool-python is not installed; {INSTALL}")
            return Grammar("languagetool", probe(url) if url else self._own(settings.languagetool_path))
        if backend == "auto" and has_client and installed() and java():
            try:
                return Grammar("languagetool", self._own(""))
            except ServerError as error:
                if not has_harper:
                    raise
                self._tell(Trouble("", f"Harper checks the grammar: {error}", False))
        if not has_harper:
            raise ServerError(f"harper-py is not installed; {INSTALL}")
        return Grammar("harper")

    def _own(self, folder: str) -> str:
        """The address of this run's own server, started when first asked for. Raises `ServerError`, each time the same."""
        if self._server is None:
            try:
                self._server = start(_found_in(folder))
            except ServerError as error:
                self._server = error
        if isinstance(self._server, ServerError):
            raise self._server
        return self._server.url


def _naming(settings: Settings) -> list[str]:
    """The settings that name grammar rules."""
    fields = ("select", "extend_select")
    return [field for field in fields if any(name.partition("/")[0] == "grammar" for name in getattr(settings, field))]


def _found_in(folder: str) -> Path:
    found = installed(folder)
    if found is None:
        where = f" in {folder}" if folder else ""
        instead = "run lintnews grammar install, or name a server with --languagetool-url"
        raise ServerError(f"LanguageTool is not installed{where}; {instead}")
    return found
