"""What CONTRIBUTING.md says of the packages is so, and they can be read."""

from __future__ import annotations

import ast
import re
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import packages

from lintnews.detectors import DETECTORS

MODULES = sorted((ROOT / "lintnews").rglob("*.py"))


def test_the_table_of_packages_says_what_they_do_and_import() -> None:
    assert packages.PAGE.read_text(encoding="utf-8") == packages.page(), "python docs/packages.py"


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.end_lineno is not None and node.end_lineno - node.lineno >= 50:
                long[f"{path.relative_to(ROOT)}:{node.name}"] = node.end_lineno - node.lineno + 1
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_children_import_nothing_that_is_in_the_face_of_their_own_package(path) -> None:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    if path.name == "__init__.py" or package == "lintnews":
        return
    modules = {child.stem for child in path.parent.iterdir()}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = [n for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == package for n in node.names]
    assert [name.name for name in imported if name.name not in modules] == []


@pytest.mark.parametrize("face", sorted((ROOT / "lintnews").rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_a_package_says_in_which_order_to_read_it(face) -> None:
    names = set(re.findall(r"`([a-z]\w*)`", ast.get_docstring(ast.parse(face.read_text(encoding="utf-8"))) or ""))
    children = {path.stem for path in face.parent.iterdir()}
    others = {path.stem for path in (ROOT / "lintnews").iterdir()}
    assert names & children
    assert names <= children | others, "no such module"


def test_whoever_writes_rules_is_told_of_every_detector() -> None:
    page = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \*\*([\w-]+)\*\*", page, re.MULTILINE)) == DETECTORS.keys()
