"""`check --add-ignores REASON`: what is found is silenced, by comments in Markdown and by a file beside everything else."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lintnews.cli.launch import fail, show
from lintnews.cli.noting import noted
from lintnews.document import Document
from lintnews.files.encoding import decode
from lintnews.files.replacing import protection, write
from lintnews.messages import number
from lintnews.running.reading import source_for
from lintnews.silencing.allowing import SIDECAR
from lintnews.silencing.writing import allowances, commented
from lintnews.sources.source import Columns


def add_ignores(options: Namespace) -> int:
    """Silence what is found that is not held back yet."""
    reason = options.add_ignores.strip()
    if not reason or not reason.isprintable() or ">" in reason:
        return fail("--add-ignores: give a reason in a few plain words, on one line and without >")
    found = noted(options, known=False)
    by_file: dict[str, list[Mapping[str, Any]]] = {}
    for finding in found.findings:
        by_file.setdefault(finding["path"], []).append(finding)
    failed = found.failed
    for path, findings in by_file.items():
        try:
            _silence(path, findings, reason)
        except OSError as error:
            failed = fail(f"{path}: can't be silenced: {error.strerror or error}; change its permissions, or those of its folder")
    show(f"Silenced {number(len(found.findings), 'finding')} in {number(len(by_file), 'file')}.")
    return failed


def _silence(path: str, findings: Sequence[Mapping[str, Any]], reason: str) -> None:
    """Raises `OSError`."""
    left = list(findings)
    source = source_for(path, Columns())
    if source.markup == "markdown" and not source.many:
        if problem := protection(path):
            raise OSError(problem)
        text, encoding = decode(Path(path).read_bytes(), "")
        new, left = commented(Document(text, path, "markdown"), findings, reason)
        if new != text:
            write(path, encoding.encode(new))
    if left:
        beside = Path(path + SIDECAR)
        before = beside.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if beside.exists() else ""
        write(str(beside), (before + allowances(left, reason)).encode())
