"""Reports for services, held against the schema or a reader that others made, over articles with all that is awkward."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import NODE, SEEDS, put, run

NAME = "a 100%, odd: é🙂.txt"
TEXT = (
    "The mill has closed 🙂.\n\nShare this article\n\nThe town met \x1b[31m\x00 on Tuesday \ufffe.\n\n"
    "Read more: A <b>bold</b> ]]> headline & more\n\nShare this article\n\n5 Comments\n\nGreat!\n\nI agree.\n"
)
PARAGRAPH = (
    "The council voted on Tuesday to close the mill, which had stood by the river for two hundred years, the mayor said.\n\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reports")
    put(place / "in" / NAME, TEXT.replace("\x00", ""))  # with it, it is no text
    put(place / "in" / "twice.txt", PARAGRAPH * 2 + "Nobody spoke.\n\n" + PARAGRAPH)
    put(place / "in" / "rows.jsonl", json.dumps({"text": TEXT}) + "\n\n" + json.dumps({"text": PARAGRAPH * 2}) + "\nnot json\n")
    shutil.copytree(SEEDS, place / "in" / "seeds")
    names = ("sarif", "gitlab", "junit", "checkstyle", "rdjson", "jsonl")
    reports = [word for name in names for word in ("--report", f"{name}=out.{name}")]
    done = run("check", "--isolated", "--extend-select", "duplicate", *reports, "in", cwd=place)
    assert done.returncode == 2, done.stderr  # a row can't be read
    return place


def found(folder: Path) -> int:
    return len((folder / "out.jsonl").read_text().splitlines())


def node(*parts: str) -> Path:
    path = NODE.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{parts[0]}/{parts[1]} is not there; install it with: npm ci --prefix tests/node")
    return path


def test_sarif_is_valid_by_its_schema(folder: Path) -> None:
    from jsonschema import Draft4Validator

    schema = json.loads(node("@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json").read_text())
    log = json.loads((folder / "out.sarif").read_text())
    validator = Draft4Validator(schema)
    assert [error.message for error in validator.iter_errors(log)] == []
    results = log["runs"][0]["results"]
    assert len(results) == found(folder) > 20
    assert any(result.get("relatedLocations") for result in results)
    assert any(result.get("fixes") for result in results)
    results[0]["level"] = "info"  # the schema can fail
    assert list(validator.iter_errors(log))


def test_junit_is_valid_by_its_schema_and_read_by_a_reader(folder: Path) -> None:
    from junitparser import JUnitXml
    from xmlschema import XMLSchema

    assert [error.reason for error in XMLSchema(Path(__file__).parent / "junit-10.xsd").iter_errors(folder / "out.junit")] == []
    suites = list(JUnitXml.fromfile(str(folder / "out.junit")))
    assert sum(suite.failures for suite in suites) == found(folder)
    assert sum(suite.errors for suite in suites) == 1


def test_rdjson_is_valid_in_the_eyes_of_a_validator(folder: Path) -> None:
    program = node("@umbrelladocs", "rdformat-validator", "bin", "rdformat-validator.js")

    def judged(path: Path) -> int:
        return subprocess.run(
            ["node", program, "--strict", "--no-extra-fields", path], capture_output=True, check=False
        ).returncode

    report = json.loads((folder / "out.rdjson").read_text())
    assert len(report["diagnostics"]) == found(folder)
    assert any("suggestions" in diagnostic for diagnostic in report["diagnostics"])
    assert judged(shutil.copy(folder / "out.rdjson", folder / "good.rdjson")) == 0
    report["diagnostics"][0]["severity"] = "GRAVE"
    assert judged(put(folder / "bad.rdjson", json.dumps(report))) == 1


def test_gitlab_has_the_fields_that_its_documents_demand(folder: Path) -> None:
    issue = {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?![./])"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    }
    from jsonschema import validate

    issues = json.loads((folder / "out.gitlab").read_text())
    validate(issues, {"type": "array", "items": issue})
    assert len(issues) == found(folder) == len({issue["fingerprint"] for issue in issues})


def test_checkstyle_has_what_its_readers_ask_for(folder: Path) -> None:
    from xmlschema import XMLSchema

    text = (folder / "out.checkstyle").read_text()
    assert [error.reason for error in XMLSchema(Path(__file__).parent / "checkstyle.xsd").iter_errors(text)] == []
    assert text.count("<error ") == found(folder)
