"""The server: what an editor says and asks, and what it is told.

Diagnostics are given when they are asked for, by editors that ask, and sent to others; never both, or all is shown twice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import NamedTuple

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from lintnews import __version__
from lintnews.document import Document
from lintnews.lsp import answers
from lintnews.lsp.looking import Looked, Looking
from lintnews.lsp.positions import Positions, Unit
from lintnews.settings.settings import ConfigError

PATIENCE = 0.2
"""Seconds without a keystroke after which a text is looked at."""
SETTINGS = ("*.toml", "lintnews-baseline.jsonl")
"""Files on which it depends what is told: settings, rules, what is allowed beside an article, what was there already."""


class Seen(NamedTuple):
    """A text as it was last looked at."""

    version: int | None
    text: str
    looked: Looked
    positions: Positions


@dataclass(slots=True, eq=False)
class Desk:
    """The texts that are open, by their address. `round` grows with each change of the settings."""

    server: LanguageServer
    looking: Looking = field(default_factory=Looking)
    seen: dict[str, Seen] = field(default_factory=dict)
    timers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    round: int = 0

    @property
    def asks(self) -> bool:
        """Whether the editor asks for diagnostics, instead of waiting for them."""
        known = self.server.client_capabilities.text_document
        return bool(known and known.diagnostic)

    async def look(self, uri: str) -> Seen:
        """The text as it is now, looked at in a thread, so that keystrokes are heard meanwhile."""
        document = self.server.workspace.get_text_document(uri)
        version, text = document.version, document.source
        seen = self.seen.get(uri)
        if seen is None or (seen.version, seen.text) != (version, text):
            path = uris.to_fs_path(uri) if uri.startswith("file:") else None
            is_markdown = document.language_id == "markdown"
            looked = await asyncio.to_thread(self._looked, text, path, is_markdown)
            seen = self.seen[uri] = Seen(version, text, looked, Positions(text, self._unit()))
        return seen

    def _unit(self) -> Unit:
        agreed = self.server.workspace.position_encoding
        units: dict[object, Unit] = {types.PositionEncodingKind.Utf8: "utf-8", types.PositionEncodingKind.Utf32: "utf-32"}
        return units.get(agreed, "utf-16")

    def _looked(self, text: str, path: str | None, is_markdown: bool) -> Looked:
        try:
            return self.looking.look(text, path, is_markdown)
        except ConfigError as error:
            self.tell(str(error))
            return Looked(Document(text))

    def tell(self, problem: str) -> None:
        """Show the user what is wrong, once."""
        if problem not in self.told:
            self.told.add(problem)
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"lintnews: {problem}"))

    async def send(self, uri: str) -> None:
        """Send what was found."""
        seen = await self.look(uri)
        found = answers.diagnostics(uri, seen.looked, seen.positions)
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, seen.version))

    def send_soon(self, uri: str, wait: float = PATIENCE) -> None:
        """Send it after a while, unless the text changes before that."""

        async def later() -> None:
            await asyncio.sleep(wait)
            await self.send(uri)

        if timer := self.timers.pop(uri, None):
            timer.cancel()
        self.timers[uri] = asyncio.create_task(later())

    def settings_changed(self) -> Awaitable[None] | None:
        """Look at everything anew."""
        self.looking.forget()
        self.seen.clear()
        self.told.clear()
        self.round += 1
        if self.asks:
            return self.server.workspace_diagnostic_refresh_async(None)
        for uri in self.server.workspace.text_documents:
            self.send_soon(uri, 0)
        return None


def made() -> LanguageServer:
    """The server, with all that it answers."""
    server = LanguageServer("lintnews", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    desk = Desk(server)
    _hear(server, desk)
    _answer(server, desk)
    return server


def _hear(server: LanguageServer, desk: Desk) -> None:
    """What the editor says of its texts and files."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(given: types.DidOpenTextDocumentParams) -> None:
        if not desk.asks:
            desk.send_soon(given.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(given: types.DidChangeTextDocumentParams) -> None:
        if not desk.asks:
            desk.send_soon(given.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(given: types.DidCloseTextDocumentParams) -> None:
        uri = given.text_document.uri
        desk.seen.pop(uri, None)
        if timer := desk.timers.pop(uri, None):
            timer.cancel()
        if not desk.asks:
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(given: types.DidSaveTextDocumentParams) -> None:
        if given.text_document.uri.endswith(".toml") and (refreshed := desk.settings_changed()):
            await refreshed

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(_given: types.DidChangeWatchedFilesParams) -> None:
        if refreshed := desk.settings_changed():
            await refreshed

    @server.feature(types.INITIALIZED)
    def initialized(_given: types.InitializedParams) -> None:
        known = server.client_capabilities.workspace
        if known and known.did_change_watched_files and known.did_change_watched_files.dynamic_registration:
            watchers = [types.FileSystemWatcher(f"**/{name}") for name in SETTINGS]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("lintnews-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))


def _answer(server: LanguageServer, desk: Desk) -> None:
    """What the editor asks for."""
    pulled = types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier="lintnews")
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, answers.FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, pulled)
    async def asked(
        given: types.DocumentDiagnosticParams,
    ) -> types.RelatedFullDocumentDiagnosticReport | types.RelatedUnchangedDocumentDiagnosticReport:
        uri = given.text_document.uri
        seen = await desk.look(uri)
        name = f"{desk.round}:{seen.version}:{hash(seen.text)}"
        if given.previous_result_id == name:
            return types.RelatedUnchangedDocumentDiagnosticReport(name)
        found = answers.diagnostics(uri, seen.looked, seen.positions)
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=name)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(given: types.HoverParams) -> types.Hover | None:
        seen = await desk.look(given.text_document.uri)
        at = seen.positions.offset(given.position.line, given.position.character)
        return answers.hover(seen.looked, seen.positions, at)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    async def wanted(given: types.CodeActionParams) -> list[types.CodeAction]:
        uri = given.text_document.uri
        seen = await desk.look(uri)
        first, last = given.range.start, given.range.end
        span = seen.positions.offset(first.line, first.character), seen.positions.offset(last.line, last.character)
        only = [str(getattr(kind, "value", kind)) for kind in given.context.only or ()]
        return await asyncio.to_thread(answers.actions, uri, seen.version, seen.looked, seen.positions, span, only)
