"""`lintnews rules new`: a rule file from one line of an article."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from pathlib import Path

from lintnews.cli.launch import fail, here, show
from lintnews.document import Document
from lintnews.files.encoding import BinaryError, UndecodableError, decode
from lintnews.files.replacing import write
from lintnews.plugins.registry import registry
from lintnews.rulebook.drafting import draft
from lintnews.rulebook.files import RuleFileError, load_file

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")
FOLDER = "house-rules"
"""Where rule files go when the settings name no folder."""


def new(options: Namespace) -> int:
    """Write a rule file, and say whether its examples hold."""
    if not _ID.fullmatch(options.id):
        return fail(f"{options.id!r} is no id of a rule; give a family and a name, such as house/scan-mark")
    path, _, number = options.source.rpartition(":")
    if not path or not number.isdecimal():
        return fail(f"--from: {options.source!r} is not FILE:LINE, such as article.txt:12")
    folder = options.folder or next((path for path in here(options).rule_paths if os.path.isdir(path)), FOLDER)
    file = os.path.join(folder, *options.id.split("/")) + ".toml"
    if os.path.lexists(file) and not options.force:
        return fail(f"{file}: is there already; choose another id, or replace it with --force")
    try:
        text, _ = decode(Path(path).read_bytes(), "")
        rule = draft(_line(Document(text), int(number)))
    except OSError as error:
        return fail(f"{path}: can't be read: {error.strerror}; correct the path")
    except (BinaryError, UndecodableError, ValueError) as error:
        return fail(f"{options.source}: {error}")
    try:
        write(file, rule.encode())
    except OSError as error:
        return fail(f"{file}: can't be written: {error.strerror}; choose another place with --folder")
    return _tested(file, folder, options.id)


def _line(document: Document, number: int) -> str:
    """The block that stands on a line, which may go over several. Raises `ValueError`."""
    for block in document.blocks:
        if document.position(block.start)[0] <= number <= document.position(block.end)[0]:
            return block.text
    raise ValueError("there is no text on this line; name another")


def _tested(file: str, folder: str, id: str) -> int:
    from lintnews.examples import problems

    try:
        wrong = list(problems([load_file(Path(file), id, registry().detectors)]))
    except RuleFileError as error:
        return fail(str(error))
    for problem in wrong:
        show(problem)
    held = "its examples hold" if not wrong else "correct its examples"
    show(f'{file}: written; {held}. Read it, and use it with rule-paths = ["{os.path.relpath(folder)}"]')
    return 1 if wrong else 0
