"""The pack says what the text files say, and spares a start the reading."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS, put

from lintnews import packing
from lintnews.data import RULES, pack
from lintnews.document import endings
from lintnews.evidence.linemodel import model, page
from lintnews.evidence.spun import screen
from lintnews.evidence.spun.wordlist import places
from lintnews.patterns.dialect import narrowed, wide
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import read
from lintnews.rulebook.options import made
from lintnews.rulebook.packed import unpacked
from lintnews.rulebook.rule import Rule

READ = {rule.id: rule for rule in read(RULES, registry().detectors)}


@pytest.fixture(autouse=True)
def no_pack_remembered() -> Iterator[None]:
    pack._parts.cache_clear()
    yield
    pack._parts.cache_clear()


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack of now."""
    return put(tmp_path_factory.mktemp("pack") / "pack.bin", pack.made(packing.parts(), for_good=True))


@pytest.fixture
def packed(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A part of that pack."""
    monkeypatch.setattr(pack, "PACK", str(fresh))
    return pack.packed


@pytest.fixture
def rules(packed: Callable[[str], Any]) -> dict[str, Rule]:
    rules = unpacked(registry().detectors)
    assert rules is not None
    assert len(rules) == len(packed("rules"))
    return {rule.id: rule for rule in rules}


def test_a_packed_rule_is_the_rule_of_its_file(rules: dict[str, Rule]) -> None:
    assert rules.keys() == READ.keys()
    for name, rule in rules.items():
        assert [detector.needs() for detector in rule.detectors] == [detector.needs() for detector in READ[name].detectors]
        assert replace(rule, detectors=tuple(map(made, rule.detectors))) == READ[name]


def test_families_are_left_out_of_the_pack_as_of_the_files(rules: dict[str, Rule]) -> None:
    some = unpacked(registry().detectors, {"spun", "text"})
    assert some is not None
    assert {rule.id for rule in some} == {name for name in rules if not name.startswith(("spun/", "text/"))}


def test_a_packed_rule_takes_other_options_as_one_of_a_file_does(rules: dict[str, Rule]) -> None:
    changed, expected = (known["duplicate/near"].with_options(level="error", forms=["line"]) for known in (rules, READ))
    assert changed == expected


def test_every_part_is_what_its_file_holds(packed: Callable[[str], Any]) -> None:
    assert packed("endings") == endings.read()
    assert packed("english") == page.read()
    assert packed("line-model") == model.read(model.MODEL)
    assert packed("screen") == places(screen.SCREEN.read_bytes())
    needed = {p for rule in READ.values() for detector in rule.detectors for p in detector.needs().patterns}
    assert packed("wide") == {p: wide(p) for p in needed | endings.PATTERNS.keys()}
    assert packed("narrow").keys() >= packed("wide").keys()
    assert packed("narrow") == {pattern: narrowed(pattern) for pattern in packed("narrow")}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True, check=False)
    if "hatchling" in done.stderr:
        pytest.skip("hatchling is not installed, and the test installs nothing from the network")
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("*.whl")
    zipfile.ZipFile(archive).extractall(folder / "site")
    return folder / "site"


PLAIN_CHECK = """
import sys
sys.path.insert(0, sys.argv[1])
from lintnews.cli import main
main(["check", "--isolated", sys.argv[2]])
print("\\n".join(sys.modules), file=sys.stderr)
"""
MOST_MODULES = 100
"""Modules of lintnews that a plain check may load; each costs the start of every commit hook some .2 milliseconds."""
UNWANTED = (
    *("lintnews.patterns.dialect", "lintnews.running.ledger", "lintnews.evidence.duplicates.likeness", "lintnews.reports.json"),
    *(
        "rtoml",
        "json",
        "pathspec",
        "numpy",
        "onnxruntime",
        "rapidfuzz",
        "xxhash",
        "ftfy",
        "charset_normalizer",
        "tqdm",
        "textstat",
    ),
    *("difflib", "shutil", "tempfile", "subprocess", "socket", "logging", "random", "traceback", "importlib.metadata"),
    *("multiprocessing", "concurrent.futures", "decimal", "statistics", "html"),
)
"""Modules that no plain check needs."""


def test_a_plain_check_reads_the_pack_and_loads_little_else(wheel: Path) -> None:
    seed = next(SEEDS.glob("000*"))
    done = subprocess.run(
        [sys.executable, "-c", PLAIN_CHECK, wheel, seed], capture_output=True, text=True, check=False, cwd=wheel
    )
    loaded = done.stderr.split()
    ours = [name for name in loaded if name.startswith("lintnews.")]
    assert "lintnews.evidence.linemodel.model" in ours, done.stderr
    assert len(ours) <= MOST_MODULES, ours
    assert [name for name in UNWANTED if name in loaded] == []
