"""What was found in the words of the protocol: diagnostics, the reason on hover, edits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types

from lintnews.diagnostic import Diagnostic, Edit
from lintnews.lsp.looking import Looked
from lintnews.lsp.positions import Positions
from lintnews.messages import quoted
from lintnews.reports.places import page

SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
FIX_ALL = "source.fixAll.lintnews"
MOST_SUGGESTIONS = 3
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def diagnostics(uri: str, looked: Looked, positions: Positions) -> list[types.Diagnostic]:
    """All that was found."""
    return [_diagnostic(uri, d, positions) for d in looked.diagnostics]


def hover(looked: Looked, positions: Positions, at: int) -> types.Hover | None:
    """Which rules speak of this place, how sure they are and why; None where none does."""
    here = [d for d in looked.diagnostics if d.start <= at <= d.end]
    if not here:
        return None
    narrow = min(here, key=lambda d: d.end - d.start)
    told = "\n\n---\n\n".join(_told(d, looked) for d in sorted(here, key=lambda d: d.end - d.start))
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told), _range(narrow.start, narrow.end, positions))


def actions(
    uri: str, version: int | None, looked: Looked, positions: Positions, span: tuple[int, int], only: Sequence[str]
) -> list[types.CodeAction]:
    """Quick fixes for what stands in a span, and all safe fixes at once; of these `only` some kinds, if any are named."""
    found: list[types.CodeAction] = []
    if _is_wanted(types.CodeActionKind.QuickFix.value, only):
        for d in looked.diagnostics:
            if d.start <= span[1] and span[0] <= d.end:
                found += _fixes(uri, version, d, looked, positions)
    if _is_wanted(FIX_ALL, only) and (edits := looked.all_edits()):
        edit = _edit(uri, version, edits, positions)
        found.append(types.CodeAction("Apply all safe fixes of lintnews", FIX_ALL, edit=edit))
    return found


def _fixes(uri: str, version: int | None, d: Diagnostic, looked: Looked, positions: Positions) -> Iterator[types.CodeAction]:
    told = [_diagnostic(uri, d, positions)]

    def action(title: str, edits: Sequence[Edit], preferred: bool) -> types.CodeAction:
        edit = _edit(uri, version, edits, positions)
        return types.CodeAction(title, types.CodeActionKind.QuickFix, told, is_preferred=preferred, edit=edit)

    made = ""
    if d.fix:
        edits = looked.edits(d)
        made = edits[0].replacement if len(edits) == 1 else ""
        what = f"Put {quoted(made.strip())!r} there" if made.strip() else f"Remove {quoted(' '.join(d.text.split()))!r}"
        if len(edits) > 1:
            what = f"Fix {d.rule}"
        safe = d.fix.safety == "safe"
        yield action(what if safe else f"{what} (unsafe)", edits, safe)
    if looked.document.markup == "markdown":
        yield action(f"Silence {d.rule} here", [_silencing(d, looked)], False)
    for suggestion in d.suggestions[:MOST_SUGGESTIONS]:
        if suggestion != made:
            yield action(f"Put {quoted(suggestion)!r} there (unsafe)", [Edit(d.start, d.end, suggestion)], False)


def _silencing(d: Diagnostic, looked: Looked) -> Edit:
    """A comment before the block that a finding starts in."""
    block = next((block for block in looked.document.blocks if block.end > d.start), None)
    text = looked.document.text
    at = text.rfind("\n", 0, min(d.start, block.start) if block else d.start) + 1
    return Edit(at, at, f"<!-- lintnews: ignore[{d.rule}] right as it stands -->\n\n")


def _diagnostic(uri: str, d: Diagnostic, positions: Positions) -> types.Diagnostic:
    fades = d.fix is not None and d.fix.safety == "safe" and not any(edit.replacement for edit in d.fix.edits)
    address = page(d.rule)
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, _range(r.start, r.end, positions)), "The other place")
        for r in d.related
        if r.path is None
    ]
    return types.Diagnostic(
        _range(d.start, d.end, positions),
        d.message,
        SEVERITIES[d.level],
        code=d.rule,
        code_description=types.CodeDescription(address) if address else None,
        source="lintnews",
        tags=[types.DiagnosticTag.Unnecessary] if fades else None,
        related_information=related or None,
    )


def _told(d: Diagnostic, looked: Looked) -> str:
    lines = [f"**{d.rule}**, {d.confidence:.0%} sure", _plain(d.message)]
    if (rule := looked.rules.get(d.rule)) and rule.why:
        lines.append(_plain(" ".join(rule.why.split())))
    if d.suggestions:
        lines.append(f"Try: {_plain(', '.join(d.suggestions[:MOST_SUGGESTIONS]))}")
    if d.fix:
        lines.append(f"It has {'a safe' if d.fix.safety == 'safe' else 'an unsafe'} fix.")
    return "\n\n".join(lines)


def _plain(text: str) -> str:
    """Words that may quote the article, as Markdown that only shows them."""
    return _MARKS.sub(r"\\\1", text)


def _edit(uri: str, version: int | None, edits: Sequence[Edit], positions: Positions) -> types.WorkspaceEdit:
    changes = [types.TextEdit(_range(edit.start, edit.end, positions), edit.replacement) for edit in edits]
    document = types.OptionalVersionedTextDocumentIdentifier(uri, version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])


def _range(start: int, end: int, positions: Positions) -> types.Range:
    return types.Range(types.Position(*positions.position(start)), types.Position(*positions.position(end)))


def _is_wanted(kind: str, only: Sequence[str]) -> bool:
    return not only or any(kind == one or kind.startswith(f"{one}.") for one in only)
