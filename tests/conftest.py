"""What tests of several packages use: places of the project, files put and read, the program run as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
NODE = ROOT / "tests" / "node" / "node_modules"
"""Other people's programs that tests ask; `.ci/run` installs them, and without them those tests are skipped."""
GATE = ROOT / "tests" / "gate"


def put(path: Path, data: str | bytes) -> Path:
    """A file with these contents, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def run(*arguments: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """The program, run in a process of its own."""
    return subprocess.run([sys.executable, "-m", "lintnews", *arguments], input=stdin, capture_output=True, check=False, cwd=cwd)


def tree(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
