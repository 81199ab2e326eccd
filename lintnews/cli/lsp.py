"""`lintnews lsp`: the server of editors, over standard input and output."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from lintnews.cli.launch import fail, say_problems


def arguments(command: ArgumentParser) -> None:
    """Editors add `--stdio`, which says what is done anyway."""
    command.description = "Serve an editor over standard input and output; docs/editors.md says how editors start it."
    command.add_argument("--stdio", action="store_true", help="over standard input and output, as it is done anyway")


def run(_options: Namespace) -> int:
    """Serve until the editor ends it."""
    say_problems()
    try:
        from lintnews.lsp.server import made
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        return fail("lsp: pygls is not installed; install it with: pip install 'lintnews[lsp]'")
    made().start_io()
    return 0
