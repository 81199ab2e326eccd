"""Reports for services: what each demands of a place, a fingerprint and a text that others wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from conftest import put, run

TEXT = (
    "The mill has closed 🙂.\n\nShare this article\n\nThe town met.\n\nShare this article\n\n5 Comments\n\nGreat!\n\nI agree.\n"
)
NAME = "a 100%, odd: é.txt"


@pytest.fixture
def found(tmp_path: Path) -> Path:
    put(tmp_path / "in" / NAME, TEXT)
    put(tmp_path / "in" / "clean.txt", "The mill has closed.\n")
    put(tmp_path / "in" / "rows.jsonl", json.dumps({"text": "x"}) + "\n\n" + json.dumps({"text": TEXT}) + "\nnot json\n")
    return tmp_path


def report(folder: Path, form: str) -> str:
    done = run("check", "--isolated", "--output-format", form, "in", cwd=folder)
    assert done.returncode == 2  # a row can't be read
    return done.stdout.decode()


def expected(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in report(folder, "jsonl").splitlines()]


def test_sarif_has_what_code_scanning_demands(found: Path) -> None:
    log = json.loads(report(found, "sarif"))
    assert (log["version"], "$schema" in log) == ("2.1.0", True)
    (ran,) = log["runs"]
    assert ran["columnKind"] == "unicodeCodePoints"
    assert ran["invocations"][0]["executionSuccessful"] is False
    rules = {rule["id"]: rule for rule in ran["tool"]["driver"]["rules"]}
    for rule in rules.values():
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    diagnostics = expected(found)
    assert len(ran["results"]) == len(diagnostics) > 4
    for result, diagnostic in zip(ran["results"], diagnostics, strict=True):
        assert result["ruleId"] == diagnostic["rule"]
        assert result["ruleId"] in rules
        assert result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith(("/", "./"))
        assert unquote(place["artifactLocation"]["uri"]) == str(diagnostic["path"]).partition("#")[0]
        region = place["region"]
        assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
        assert region["startLine"] == (3 if "#3" in str(diagnostic["path"]) else diagnostic["line"])
        assert ("fixes" in result) <= ("#" not in str(diagnostic["path"]))
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                for replacement in change["replacements"]:
                    deleted = replacement["deletedRegion"]
                    assert 0 <= deleted["charOffset"] <= deleted["charOffset"] + deleted["charLength"] <= len(TEXT)
    names = [result["partialFingerprints"]["lintnewsFinding/v1"] for result in ran["results"]]
    assert len(set(names)) == len(names)


def test_github_commands_are_escaped_and_one_a_line(found: Path) -> None:
    lines = report(found, "github").splitlines()
    told, lines = lines[: len(expected(found))], lines[len(expected(found)) :]
    assert not any(line.startswith("::") for line in told)
    assert len(lines) == len(told) + 1 < 21
    for line in lines:
        assert re.fullmatch(r"::(?:error|warning|notice) title=[^,:]+(?:,(?:file|line|endLine|col|endColumn)=[^,:]+)*::.+", line)
    assert any("file=in/a 100%25%2C odd%3A é.txt" in line for line in lines)
    assert any("file=in/rows.jsonl,line=3,endLine=3::row 3, line " in line for line in lines)


def test_gitlab_fingerprints_are_unique_and_stay_when_lines_move(found: Path) -> None:
    records = json.loads(report(found, "gitlab"))
    assert len(records) == len(expected(found))
    names = [record["fingerprint"] for record in records]
    assert len(set(names)) == len(names)
    for record in records:
        assert record["severity"] in ("info", "minor", "major")
        assert record["location"]["lines"]["begin"] >= 1
    put(found / "in" / NAME, "A new first paragraph.\n\n" + TEXT)
    moved = {record["fingerprint"] for record in json.loads(report(found, "gitlab"))}
    assert len(set(names) & moved) >= len(names) - 1


def test_nothing_found_is_an_empty_list(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", "The mill has closed.\n")
    for form, empty in (("gitlab", []), ("rdjson", {"source": {"name": "lintnews"}, "diagnostics": []})):
        assert json.loads(run("check", "--isolated", "--output-format", form, "a.txt", cwd=tmp_path).stdout) == empty


@pytest.mark.parametrize("form", ["junit", "checkstyle"])
def test_xml_can_be_read_whatever_a_file_is_called(found: Path, form: str) -> None:
    put(found / "in" / 'a\x1b"<&>]]>\n.txt', TEXT)
    root = ElementTree.fromstring(report(found, form))
    tag = {"junit": "failure", "checkstyle": "error"}[form]
    assert sum(element.get("message") is not None for element in root.iter(tag)) == len(expected(found))
    if form == "junit":
        assert {case.get("name") for case in root.iter("testcase")} >= {"in/clean.txt"}
        assert sum(1 for _ in root.iter("error")) == 1


def test_rdjson_counts_bytes(found: Path) -> None:
    put(found / "in" / NAME, "The mill 🙂 has closed.\n\n🙂 Share this article 🙂\n\nThe town met.\n")
    records = json.loads(report(found, "rdjson"))["diagnostics"]
    assert len(records) == len(expected(found))
    for record in records:
        assert record["severity"] in ("ERROR", "WARNING", "INFO")
        for suggestion in record.get("suggestions", ()):
            assert set(suggestion) == {"range", "text"}
