"""Makes the pictures of docs/gallery.md from the seeds: `python docs/pictures.py`. Some need Chromium and tests/node."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = {"1;31": "#ff8a80", "1;33": "#ffd166", "1;36": "#7fd8e8", "1": "#ffffff", "2": "#9aa3ad"}
LINE, LEFT, CHARACTER = 19, 18, 8.1
_PAINTED = re.compile(r"\x1b\[([0-9;]*)m")


def terminal(command: str, most: int = 34) -> str:
    """What a command prints on a terminal, as SVG with text that stays text."""
    words = [sys.executable, "-m", "lintnews", *command.split()[1:]]
    done = subprocess.run(
        words, capture_output=True, text=True, cwd=ROOT, env={"FORCE_COLOR": "1", "PATH": "/usr/bin"}, check=False
    )
    lines = [f"$ {command}", *done.stdout.splitlines()]
    shown = lines if len(lines) <= most else [*lines[: most - 2], "…", lines[-1]]
    wide = max(len(_PAINTED.sub("", line)) for line in shown)
    rows = "".join(
        f'<text x="{LEFT}" y="{LINE * (at + 2)}" xml:space="preserve">{_spans(line)}</text>' for at, line in enumerate(shown)
    )
    width, height = LEFT * 2 + CHARACTER * wide, LINE * (len(shown) + 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" aria-label="{escape(command)}">'
        f'<rect width="100%" height="100%" rx="8" fill="#16191d"/><g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" '
        f'font-size="13.4" fill="#d7dce2">{rows}</g></svg>\n'
    )


def _spans(line: str) -> str:
    out, colour = [], ""
    for at, part in enumerate(_PAINTED.split(line)):
        if at % 2:
            colour = COLOURS.get(part, "")
        elif part:
            out.append(f'<tspan fill="{colour}">{escape(part)}</tspan>' if colour else escape(part))
    return "".join(out)


def report() -> None:
    """The pages of a report, where there is a browser."""
    browser, modules = shutil.which("chromium"), ROOT / "tests" / "node" / "node_modules"
    if browser is None or not modules.is_dir():
        print("no Chromium, or no driver for it: the pictures of the report stay as they are")
        return
    with tempfile.TemporaryDirectory() as folder:
        check = [sys.executable, "-m", "lintnews", "check", "--isolated", "seeds", "--report", f"html={folder}/report"]
        subprocess.run(check, capture_output=True, cwd=ROOT, check=False)
        driver = ROOT / "tests" / "reports" / "browse.cjs"
        subprocess.run(
            ["node", driver, modules, browser, f"{folder}/report", "pictures", PICTURES], check=True, capture_output=True
        )


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    name = "check seeds/000_d0846e0fadaeca7c.txt seeds/002_3f478e1f98d6665f.txt"
    (PICTURES / "terminal.svg").write_text(terminal(f"lintnews {name}"), encoding="utf-8")
    report()
