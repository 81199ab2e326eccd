"""The same articles give the same report and bytes, whatever the hash seed, the jobs, the order of files and the locale."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import put, tree

FILES = 270
"""Enough for three batches, from which on processes are used."""
AWKWARD = {
    "bom.txt": "\ufeffThe mill closed.\r\n\r\nShare this article\r\n\r\nIt had stood for two centuries.\r\n".encode(),
    "latin.txt": "The café closed on Monday, said its owner’s brother.\n\nRead more: Café news\n".encode("cp1252"),
    "utf16.txt": "The mill closed.\n\n5 Comments\n\nGood riddance.\n".encode("utf-16"),
    "cr.txt": b"One line.\rAnother line.\rAnother line.\r",
    "empty.txt": b"",
    "blank.txt": b"\n\n \n",
    "binary.txt": b"\x00\x01\x02",
    "wrapped.txt": "\n".join(
        ["The river rose by a metre in the night and carried the", "footbridge away, said the council."] * 6
    ).encode(),
    "astral.txt": "😀 By Ann Lee 😀\n\nThe band played 😀 for an hour, and the crowd sang along until dawn.\n".encode(),
    "page.md": b"---\ntitle: Mill\n---\n\n# Mill\n\nIt closed.\n\n```\nBy Ann Lee\n```\n\n## Related articles\n\n- One\n- Two\n",
    "rows.jsonl": b'{"text": "It closed.\\n\\n5 Comments\\n\\nGood."}\n\n{"id": 2}\nnot json\n{"text": "\\u00e9 \\ud83d\\ude00"}',
}
"""Files that are awkward to read."""
VARIANTS: dict[str, tuple[list[str], dict[str, str]]] = {
    "hash seed 1": (["-j1"], {"PYTHONHASHSEED": "1"}),
    "hash seed 2": (["-j1"], {"PYTHONHASHSEED": "2"}),
    "two jobs": (["-j2"], {}),
    "eight jobs": (["-j8"], {}),
    "locale": (["-j1"], {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}),
    "threads": (["-j1"], {"OPENBLAS_NUM_THREADS": "3", "OMP_NUM_THREADS": "3"}),
    "files named the other way round": (["-j1"], {}),
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of many short articles, each with something to find, and some that are awkward to read."""
    folder = tmp_path_factory.mktemp("articles")
    for name, data in AWKWARD.items():
        put(folder / name, data)
    for n in range(FILES):
        put(
            folder / f"{n % 7}" / f"{n}.txt",
            f"By Ann Lee\n\nThe mill {n} has closed.\n\nShare this article\n\nThe mill {n} has closed.\n",
        )
    return folder


def outcome(articles: Path, place: Path, options: list[str], environment: dict[str, str], backwards: bool) -> list[list[bytes]]:
    """The lines that are reported, said and kept in the ledger, and the files that are written."""
    said = []
    for command in (["check", "--output-format", "jsonl"], ["clean", "-o", str(place / "out"), "--unsafe-fixes"]):
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "lintnews",
                *command,
                "--isolated",
                *options,
                *sorted(os.listdir(articles), reverse=backwards),
            ],
            cwd=articles,
            capture_output=True,
            check=False,
            env={**os.environ, **environment},
        )
        said.append((done.stdout + done.stderr + bytes([done.returncode])).replace(os.fsencode(place), b"").splitlines())
    written = tree(place / "out")
    ledger = written.pop("lintnews-ledger.jsonl").splitlines()
    return [*said, ledger, [os.fsencode(name) + b"\0" + data for name, data in written.items()]]


@pytest.fixture(scope="module")
def expected(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[bytes]]:
    return outcome(articles, tmp_path_factory.mktemp("expected"), ["-j1"], {"PYTHONHASHSEED": "0"}, False)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_outcome_is_the_same(variant: str, articles: Path, expected: list[list[bytes]], tmp_path: Path) -> None:
    options, environment = VARIANTS[variant]
    backwards = "way round" in variant
    found = outcome(articles, tmp_path, options, environment, backwards)
    if backwards:  # all that differs is the order in which it is said
        found, expected = [sorted(lines) for lines in found], [sorted(lines) for lines in expected]
    assert found == expected
