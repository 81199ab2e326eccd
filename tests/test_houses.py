"""The settings that the docs give for three houses do what is said of them."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "boilerplate.md").read_text(encoding="utf-8")
HOUSES = dict(re.findall(r"```toml\n# lintnews.toml of an? ([\w ]+)\n(.*?)```", PAGE, re.DOTALL))
BYLINE, CAPTION, SHARE = (
    "By Lena Holt",
    "A tractor crosses the river on Monday. Photo: Ana Duarte/Valley Post",
    "Share this article",
)
DATELINE, CORRECTION = "ALDER, May 4 (Reuters) - ", "Correction: An earlier version of this article misspelled the river."
HELP = "The Associated Press contributed to this report."
TEXT = f"""{BYLINE}

{DATELINE}The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.

{CAPTION}

Farmers had warned of this outcome since May, when the first wells ran dry and the seedlings in the north died.

{SHARE}

{HELP}

{CORRECTION}
"""
KEPT = {
    "archive": {BYLINE, CAPTION, DATELINE, CORRECTION, HELP},
    "corpus": set(),
    "reading view": {BYLINE, CAPTION, DATELINE, CORRECTION},
}


@pytest.mark.parametrize("house", KEPT)
def test_a_house_keeps_what_it_wants(house: str, tmp_path: Path) -> None:
    (tmp_path / "lintnews.toml").write_text(HOUSES[house], encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "lintnews", "clean", "a.txt", "-o", "out"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cleaned = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert {part for part in (BYLINE, CAPTION, SHARE, DATELINE, CORRECTION, HELP) if part in cleaned} == KEPT[house]
