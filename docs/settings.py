"""Writes docs/settings.md anew, from the table of settings: `python docs/settings.py`."""

from __future__ import annotations

from pathlib import Path

from lintnews.settings.files import FILES
from lintnews.settings.keys import KEYS, Key

PAGE = Path(__file__).parent / "settings.md"
HEAD = f"""# Settings

Settings stand in {", ".join(f"`{name}`" for name in FILES[:-1])}, or in `{FILES[-1]}` under `[tool.lintnews]`.
The file closest to an article counts, alone: in its folder, or in the next one above that has one. It takes over another file's
settings with `extend`. Options of the command line come last; `--config FILE` names one file for all articles, and `--isolated`
uses none.

`lintnews config show FILE` prints what holds for a file, and where each value comes from. `lintnews config schema` prints a JSON
Schema of them all, for editors: put `#:schema lintnews.schema.json` on the first line of a `lintnews.toml` where yours reads it.

Paths and patterns are relative to the folder of the file that they stand in; on the command line, and in a file named with
`--config`, to the working folder. A configuration comes with other people's files, so `extend` and `rule-paths` must lie
in its project: the closest folder upwards with a `.git`, or else its own. What lies elsewhere is named on the command line.

| setting | what it may be | on the command line | what it does |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(map(_row, KEYS))


def _row(key: Key) -> str:
    option = f"`{key.option}{f' {key.metavar}' if key.metavar else ''}`" if key.option else ""
    words = key.shape.words if key.in_files else "not in a file, which others may have written"
    return f"| `{key.name}` | {words} | {option} | {key.help} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
