"""The GitHub action's check runs as it stands, and the workflow of docs/ci.md names inputs that it has."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, put

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
DIRTY = "By Ana Duarte\n\nThe second dry summer in a row has emptied the silos along the river, and millers can't go on.\n"


@pytest.mark.skipif(os.name == "nt", reason="bash")
def test_it_annotates_writes_sarif_and_fails(tmp_path: Path) -> None:
    put(tmp_path / "articles" / "a b.txt", DIRTY)
    put(tmp_path / "bin" / "lintnews", f'#!/bin/sh\nexec "{sys.executable}" -m lintnews "$@"\n').chmod(0o755)
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    places = {"RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_WORKSPACE": str(tmp_path)}
    given = {"PATHS": "articles/a b.txt\n\n", "ARGS": "--select\nboilerplate\n"}
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={**os.environ, **places, **given, "PATH": path, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "::warning title=boilerplate/byline,file=articles/a b.txt,line=1" in done.stdout
    sarif = Path((tmp_path / "output").read_text().strip().removeprefix("sarif="))
    assert len(json.loads(sarif.read_text())["runs"][0]["results"]) == 1


def test_its_actions_are_pinned_and_inputs_reach_no_script_but_by_the_environment() -> None:
    for step in ACTION["runs"]["steps"]:
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step.get("uses", "a@" + "0" * 40))
        assert "${{" not in step.get("run", "")


def test_the_workflow_of_the_docs_gives_it_inputs_that_it_has() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    workflow = yaml.safe_load(page.partition("```yaml\n")[2].partition("```")[0])
    steps = workflow["jobs"]["lintnews"]["steps"]
    (ours,) = [step for step in steps if step["uses"].startswith("lintnews/")]
    assert ours["with"].keys() <= ACTION["inputs"].keys()
