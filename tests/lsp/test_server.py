"""The server over its standard input and output, asked by a client that others made."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from conftest import put, run
from lsprotocol import types
from pytest_lsp import LanguageClient, make_test_lsp_client

PARAGRAPH = "The council voted on Tuesday to close the mill, which had stood by the river for two hundred years, the mayor said."
LINE = "Sign up for our daily newsletter 🙂"
MORE = "The mill employed sixty people at the end, and most of them have found other work by now, one of them said."
NONE = "Nobody else spoke at the meeting of the council on Tuesday, which lasted for less than an hour and was open to all."
TEXT = "\r\n\r\n".join([f"{PARAGRAPH} 🙂", NONE, LINE, MORE, PARAGRAPH]) + "\r\n"
MOST_SECONDS = 60


@asynccontextmanager
async def editor(folder: Path, unit: str = "utf-16", pulls: bool = False) -> AsyncIterator[LanguageClient]:
    """An editor that counts in a unit, and asks for diagnostics or waits for them."""
    client = make_test_lsp_client()
    async with asyncio.timeout(MOST_SECONDS):
        await client.start_io(sys.executable, "-m", "lintnews", "lsp", cwd=str(folder))
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind(unit)]),
            text_document=types.TextDocumentClientCapabilities(
                publish_diagnostics=types.PublishDiagnosticsClientCapabilities(),
                diagnostic=types.DiagnosticClientCapabilities() if pulls else None,
            ),
        )
        await client.initialize_session(types.InitializeParams(capabilities, root_uri=folder.as_uri()))
        yield client
        await client.shutdown_session()
        await client.stop()


async def opened(client: LanguageClient, path: Path, text: str, language: str = "plaintext") -> Sequence[types.Diagnostic]:
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(path.as_uri(), language, 1, text)))
    await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return client.diagnostics[path.as_uri()]


async def actions(client: LanguageClient, path: Path, at: types.Range, *only: str) -> list[types.CodeAction]:
    context = types.CodeActionContext([], list(only) or None)
    given = types.CodeActionParams(types.TextDocumentIdentifier(path.as_uri()), at, context)
    found = await client.text_document_code_action_async(given)
    return [action for action in found or () if isinstance(action, types.CodeAction)]


def applied(text: str, action: types.CodeAction) -> str:
    """The text after an edit in UTF-32, whose lines are those of `\\r\\n`."""
    assert action.edit
    assert action.edit.document_changes
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    spans = [
        (starts[e.range.start.line] + e.range.start.character, starts[e.range.end.line] + e.range.end.character, e.new_text)
        for e in change.edits
        if isinstance(e, types.TextEdit)
    ]
    for start, end, put_there in sorted(spans, reverse=True):
        text = text[:start] + put_there + text[end:]
    return text


@pytest.mark.asyncio
@pytest.mark.parametrize(("unit", "end"), [("utf-8", 37), ("utf-16", 35), ("utf-32", 34)])
async def test_findings_come_as_one_writes_in_the_unit_of_the_editor(tmp_path: Path, unit: str, end: int) -> None:
    path = tmp_path / "a.txt"
    async with editor(tmp_path, unit) as client:
        found = {d.code: d for d in await opened(client, path, TEXT)}
        line, twice = found["boilerplate/newsletter"], found["duplicate/line"]
        assert line.range.end == types.Position(4, end)
        assert list(line.tags or ()) == [types.DiagnosticTag.Unnecessary]
        assert line.severity == types.DiagnosticSeverity.Warning
        assert line.code_description
        assert line.code_description.href.endswith("/rules/boilerplate/newsletter/")
        assert twice.related_information
        assert twice.related_information[0].location.range.start.line in (0, 8)
        whole = types.TextDocumentContentChangeWholeDocument("The mill has closed.\n")
        identifier = types.VersionedTextDocumentIdentifier(2, path.as_uri())
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        assert client.diagnostics[path.as_uri()] == ()


@pytest.mark.asyncio
async def test_the_reason_comes_on_hover_and_shows_what_the_article_says_as_it_is(tmp_path: Path) -> None:
    async with editor(tmp_path) as client:
        path = tmp_path / "a.txt"
        await opened(client, path, TEXT)
        identifier = types.TextDocumentIdentifier(path.as_uri())
        hover = await client.text_document_hover_async(types.HoverParams(identifier, types.Position(4, 5)))
        assert hover
        assert isinstance(hover.contents, types.MarkupContent)
        assert "**boilerplate/newsletter**, " in hover.contents.value
        assert "safe fix" in hover.contents.value
        assert await client.text_document_hover_async(types.HoverParams(identifier, types.Position(6, 5))) is None


@pytest.mark.asyncio
async def test_fixes_are_those_of_the_command_line(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", TEXT)
    async with editor(tmp_path, "utf-32") as client:
        await opened(client, path, TEXT)
        here = types.Range(types.Position(4, 3), types.Position(4, 3))
        (quick,) = await actions(client, path, here, "quickfix")
        assert quick.is_preferred
        assert applied(TEXT, quick) == TEXT.replace(f"{LINE}\r\n\r\n", "")
        for only in ("source.fixAll.lintnews", "source.fixAll", "source"):
            (everything,) = await actions(client, path, here, only)
            assert everything.kind == "source.fixAll.lintnews"
        assert await actions(client, path, here, "source.organizeImports") == []
        assert {action.kind for action in await actions(client, path, here)} == {"quickfix", "source.fixAll.lintnews"}
    run("check", "--fix", "a.txt", cwd=tmp_path)
    assert applied(TEXT, everything) == path.read_bytes().decode()


@pytest.mark.asyncio
async def test_an_editor_that_asks_is_answered_and_sent_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    async with editor(tmp_path, pulls=True) as client:
        item = types.TextDocumentItem(path.as_uri(), "markdown", 1, TEXT)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(path.as_uri()))
        full = await client.text_document_diagnostic_async(asked)
        assert isinstance(full, types.RelatedFullDocumentDiagnosticReport)
        assert full.items
        again = types.DocumentDiagnosticParams(asked.text_document, previous_result_id=full.result_id)
        assert isinstance(await client.text_document_diagnostic_async(again), types.RelatedUnchangedDocumentDiagnosticReport)
        assert not client.diagnostics


@pytest.mark.asyncio
async def test_settings_hold_as_on_the_command_line_and_are_read_again_when_they_are_saved(tmp_path: Path) -> None:
    config = put(tmp_path / "lintnews.toml", 'ignore = ["boilerplate/newsletter"]\nexclude = ["drafts/"]\n')
    async with editor(tmp_path) as client:
        assert "boilerplate/newsletter" not in {d.code for d in await opened(client, tmp_path / "a.txt", TEXT)}
        assert await opened(client, tmp_path / "drafts" / "a.txt", TEXT) == ()
        assert await opened(client, tmp_path / "rows.jsonl", '{"text": "Share this article"}\n') == ()
        put(config, 'ignore = ["boilerplate/newsleter"]\n')
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(config.as_uri()))
        client.text_document_did_save(saved)
        message = await client.wait_for_notification(types.WINDOW_SHOW_MESSAGE)
        assert "did you mean 'boilerplate/newsletter'?" in message.message
        put(config, "")
        client.text_document_did_save(saved)
        while "boilerplate/newsletter" not in {d.code for d in client.diagnostics[(tmp_path / "a.txt").as_uri()]}:
            await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


@pytest.mark.asyncio
async def test_what_is_silenced_or_allowed_is_not_shown_and_can_be_silenced_from_the_editor(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    async with editor(tmp_path, "utf-32") as client:
        assert "boilerplate/newsletter" in {d.code for d in await opened(client, path, TEXT, "markdown")}
        here = types.Range(types.Position(4, 3), types.Position(4, 3))
        (silence,) = [one for one in await actions(client, path, here, "quickfix") if one.title.startswith("Silence")]
        silenced = applied(TEXT, silence)
        assert silenced.index("<!-- lintnews: ignore[boilerplate/newsletter]") < silenced.index(LINE)
        codes = {d.code for d in await opened(client, tmp_path / "b.md", silenced, "markdown")}
        assert codes == {"duplicate/line"}
        put(tmp_path / "c.txt.lintnews.toml", '[[allow]]\nrule = "boilerplate"\nreason = "as it was printed"\n')
        assert {d.code for d in await opened(client, tmp_path / "c.txt", TEXT)} == {"duplicate/line"}


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    put(tmp_path / "pygls.py", "raise ModuleNotFoundError('no', name='pygls')\n")
    done = run("lsp", cwd=tmp_path)
    assert done.returncode == 2
    assert "pip install 'lintnews[lsp]'" in done.stderr.decode()
