"""A patch that `check --diff` prints is one that `git apply` and `patch` take, whatever the file is made of and called."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import put, run, tree

TEXT = "The mill has closed.\n\nShare this article\n\nThe town met on Monday to talk about it.\n"
ROWS = "".join(json.dumps({"id": n, "text": TEXT if n in (1, 7, 20) else f"The mill {n} has closed."}) + "\n" for n in range(24))
FILES = {
    "plain.txt": TEXT.encode(),
    "bom.txt": b"\xef\xbb\xbf" + TEXT.encode(),
    "old.txt": TEXT.replace("mill", "café of Señor Núñez").encode("cp1252"),
    "wide.txt": TEXT.encode("utf-16"),
    "crlf.txt": TEXT.replace("\n", "\r\n").encode(),
    "feed.txt": TEXT.replace("closed.", "closed.\x0cOr so\x0bit\x1cis\u2028said.\x85").encode(),
    "open.txt": TEXT.rstrip().encode(),
    "my file.txt": TEXT.encode(),
    "in/döner.txt": TEXT.encode(),
    'in/a "quoted" \\ name.txt': TEXT.encode(),
    "in/a\tb\nc.txt": TEXT.encode(),
    "rows.jsonl": ROWS.encode(),
}
TOOLS = {"git": ["git", "apply", "-"], "patch": ["patch", "-p1", "--binary", "-s"]}


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("name", FILES, ids=lambda name: name.encode("unicode_escape").decode())
def test_a_patch_applies(tmp_path: Path, tool: str, name: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed")
    for folder in ("patched", "fixed"):
        put(tmp_path / folder / name, FILES[name])
    patch = run("check", "--isolated", "--diff", ".", cwd=tmp_path / "patched")
    assert patch.returncode == 1, patch.stderr
    done = subprocess.run(TOOLS[tool], input=patch.stdout, cwd=tmp_path / "patched", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + patch.stdout.decode(errors="replace")
    assert run("check", "--isolated", "--fix", ".", cwd=tmp_path / "fixed").returncode == 0
    assert tree(tmp_path / "patched") == tree(tmp_path / "fixed")
    assert tree(tmp_path / "fixed") != {name: FILES[name]}
