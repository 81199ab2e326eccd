"""Hashes of all that the program says and writes over fixed texts; `python tests/pinned.py` writes them anew.

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


def texts(folder: Path) -> None:
    """The texts, written into a folder: samples, articles of the gate, and files that are awkward to read."""
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    for name in ("articles", "sound", "spun"):
        for number, text in enumerate((ROOT / "tests" / "gate" / f"{name}.txt").read_text(encoding="utf-8").split("\n====\n")):
            (folder / f"{name}{number}.txt").write_text(text, encoding="utf-8")
    for name, data in AWKWARD.items():
        (folder / name).write_bytes(data)


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
