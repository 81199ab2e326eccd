"""Writes the table of packages in CONTRIBUTING.md anew, from their docstrings and imports: `python docs/packages.py`."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "CONTRIBUTING.md"
START, STOP = "<!-- packages -->\n", "<!-- end of packages -->\n"


def rows() -> list[tuple[str, str, tuple[str, ...]]]:
    """Each package or module of `lintnews/` in the order of the contract: its name, what is done there, what it imports."""
    graph = grimp.build_graph("lintnews", exclude_type_checking_imports=False)
    order = _order()
    found = []
    for name in order:
        if f"lintnews.{name}" in graph.modules:
            uses = tuple(
                other
                for other in order
                if other != name
                and f"lintnews.{other}" in graph.modules
                and graph.direct_import_exists(importer=f"lintnews.{name}", imported=f"lintnews.{other}", as_packages=True)
            )
            found.append((name, _done_in(name), uses))
    return found


def table() -> str:
    """The rows as a Markdown table."""
    lines = [f"| `{name}` | {done} | {', '.join(uses)} |\n" for name, done, uses in rows()]
    return "".join(["| what | what is done there | imports |\n", "|---|---|---|\n", *lines])


def page() -> str:
    """CONTRIBUTING.md with the table as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    return before + START + table() + STOP + rest.split(STOP)[1]


def _order() -> list[str]:
    """Packages and modules from the highest to the lowest, as the contract has them."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    return [name.strip(" ()") for row in contract["layers"] for name in row.split("|")]


def _done_in(name: str) -> str:
    """The first sentence of a package's or module's docstring."""
    path = ROOT / "lintnews" / name
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
