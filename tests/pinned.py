"""Hashes of all that the program says and writes over the samples; `python tests/pinned.py` writes them anew.

A commit that changes no result leaves `pinned.json` as it is; one that does says why.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = Path(__file__).parent / "pinned.json"


def texts(folder: Path) -> None:
    """The samples, written into a folder."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())


def hashes() -> dict[str, str]:
    """By what was asked: the hash of what was said on both streams, of the exit code, and of every file written."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "in")
        folder.mkdir()
        texts(folder)
        asked = {
            "check": ["check", "--isolated", "--output-format", "jsonl", "in"],
            "check all": ["check", "--isolated", "--select", "ALL", "--output-format", "jsonl", "in"],
            "clean": ["clean", "--isolated", "in", "-o", "safe"],
            "clean unsafe": ["clean", "--isolated", "--unsafe-fixes", "in", "-o", "unsafe"],
        }
        return {name: _hash(Path(place), words) for name, words in asked.items()}


def _hash(place: Path, words: list[str]) -> str:
    done = subprocess.run([sys.executable, "-m", "lintnews", *words], capture_output=True, check=False, cwd=place)
    total = sha256(done.stdout + done.stderr + bytes([done.returncode]))
    for path in sorted((place / words[-1]).rglob("*")) if "-o" in words else ():
        if path.is_file():
            total.update(str(path.relative_to(place)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    FILE.write_text(json.dumps(hashes(), indent=2) + "\n", encoding="utf-8")
