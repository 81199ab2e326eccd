"""Plugins: one that works, installed and used, and each way in which one can be broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, put

from lintnews.plugins.registry import DISABLE

SAMPLE = Path(__file__).parent / "sample_plugin"
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
MODULES = dict(re.findall(r"<!-- module: (\w+) -->\n```python\n(.*?)```", PAGE, re.DOTALL))
RULES = dict(re.findall(r"<!-- rule: ([\w/-]+) -->\n```toml\n(.*?)```", PAGE, re.DOTALL))
PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"


def lintnews(*arguments: str | Path, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    search = os.pathsep.join([str(path), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-m", "lintnews", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=path,
        env={**os.environ, "PYTHONPATH": search, **environment},
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample plugin installed in it, as pip does."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "--target", str(target), str(SAMPLE)], capture_output=True, text=True, check=False)
    if "hatchling" in done.stderr:
        pytest.skip("hatchling is not installed, and the test installs nothing from the network")
    assert done.returncode == 0, done.stderr
    return target


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text("THE MILL HAS CLOSED.\n")
    return file


def broken(site: Path, code: str, name: str = "faulty") -> Path:
    """A folder with an installed plugin made of this code."""
    (site / f"{name}.py").write_text(code)
    info = site / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[lintnews]\n{name} = {name}\n")
    return site


def test_the_sample_plugins_detector_rule_and_report_are_used(installed: Path, article: Path) -> None:
    done = lintnews(
        "check", "--isolated", "--select", "sample", "--output-format", "jsonl", "--fail-on", "info", article, path=installed
    )
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["rule"] == "sample/shouting"
    assert lintnews("check", "--select", "sample", "--output-format", "dots", article, path=installed).stdout == "dots: . (1)\n"
    assert lintnews("check", "--select", "sample", "--fix", article, path=installed).returncode == 0
    assert article.read_text() == "The mill has closed.\n"


def test_the_sample_plugins_examples_hold(installed: Path) -> None:
    done = lintnews("rules", "test", installed / "lintnews_sample" / "rules", path=installed)
    assert (done.returncode, done.stdout) == (0, "1 rule, 4 examples, 0 problems\n")
    assert "plugin sample" in lintnews("doctor", path=installed).stdout


def test_plugins_can_be_switched_off(installed: Path, article: Path) -> None:
    done = lintnews("check", "--select", "sample", article, path=installed, **{DISABLE: "1"})
    assert done.returncode == 2
    assert "'sample'" in done.stderr


HOOK = "from lintnews import hookimpl\n"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import nothing_of_the_name\n", ["plugin faulty (faulty 1.0) can't be loaded", "nothing_of_the_name"]),
        (
            HOOK + "@hookimpl\ndef lintnews_rule(): return []\n",
            ["plugin faulty", "unknown hook lintnews_rule", "'lintnews_rules'"],
        ),
        (
            HOOK + "@hookimpl\ndef lintnews_rules(): raise ValueError('no')\n",
            ["plugin faulty", "lintnews_rules failed: ValueError: no"],
        ),
        (
            HOOK + "@hookimpl\ndef lintnews_reports(): return {'full': None}\n",
            ["plugin faulty", "report 'full' is already there, from lintnews"],
        ),
        (
            HOOK + "@hookimpl\ndef lintnews_detectors(): return {'block': None}\n",
            ["plugin faulty", "detector 'block' is already there"],
        ),
        (HOOK + "@hookimpl\ndef lintnews_rules(unknown): return []\n", ["plugin faulty", "unknown"]),
    ],
)
def test_a_broken_plugin_is_named_and_the_others_go_on(tmp_path: Path, article: Path, code: str, words: list[str]) -> None:
    (tmp_path / "site").mkdir()
    done = lintnews("check", "--isolated", "--output-format", "concise", article, path=broken(tmp_path / "site", code))
    assert done.returncode == 2
    assert done.stdout.endswith("in 1 article.\n")
    line = next(line for line in done.stderr.splitlines() if "faulty" in line)
    for word in words:
        assert word in line


def test_two_rules_of_one_name_are_refused(tmp_path: Path, article: Path) -> None:
    site = tmp_path / "site"
    rule = site / "rules" / "boilerplate" / "byline.toml"
    rule.parent.mkdir(parents=True)
    rule.write_text((ROOT / "rules" / "boilerplate" / "byline.toml").read_text(encoding="utf-8"), encoding="utf-8")
    code = HOOK + f"from pathlib import Path\n@hookimpl\ndef lintnews_rules(): return [Path({str(site / 'rules')!r})]\n"
    done = lintnews("check", "--isolated", article, path=broken(site, code))
    assert done.returncode == 2
    assert "boilerplate/byline is already defined" in done.stderr


BOXED = '''
import json, zlib
from lintnews import hookimpl
from lintnews.sources.source import Part, Record


class Rows:
    def __init__(self):
        self.rows = []

    def write(self, record, new):
        self.rows.append((record.raw if new is None else new).decode())

    def piece(self):
        return json.dumps(self.rows).encode()


class Box:
    def __init__(self, target):
        self.target, self.rows = target, []

    def add(self, piece):
        self.rows += json.loads(piece)

    def close(self):
        self.target.write(zlib.compress(json.dumps({"rows": self.rows, "count": len(self.rows)}).encode()))


class BoxedSource:
    """Rows that are squeezed as one, with their number behind them: no row has bytes of its own in the file."""

    markup, many, guess = "plain", True, ""

    def __init__(self, path, columns):
        pass

    def _rows(self, file):
        return json.loads(zlib.decompress(file.read()))["rows"]

    def parts(self, file, size):
        count = len(self._rows(file))
        for start in range(0, count, 2):
            yield Part(start, min(start + 2, count), start + 1, size)

    def records(self, file, part):
        rows = self._rows(file)
        for number in range(*(part[:2] if part else (0, len(rows)))):
            yield Record(rows[number].encode(), rows[number], number + 1, start=number, stop=number + 1)

    def encoded(self, record, text, moved):
        return text.encode()

    def writer(self):
        return Rows()

    def joined(self, file, target):
        return Box(target)

    def trace(self, record, cleaned):
        return {}


@hookimpl
def lintnews_sources():
    return {".box": "boxed:BoxedSource"}
'''


@pytest.mark.parametrize("padding", [0, 1 << 20], ids=["in one piece", "part by part"])
def test_a_format_whose_rows_have_no_bytes_of_their_own_is_cleaned(tmp_path: Path, padding: int) -> None:
    import random
    import zlib

    noise = random.Random(0).randbytes(padding).hex()  # so that the file is long enough to be read in parts
    texts = [f"The mill closed on day {number}.\n\nShare this article\n\nIt had stood for years." for number in range(5)]
    (tmp_path / "a.box").write_bytes(zlib.compress(json.dumps({"rows": [*texts, noise], "count": 6}).encode()))
    site = broken(tmp_path, BOXED, "boxed")
    done = lintnews("clean", "--isolated", "a.box", "-o", "out", "--jobs", "2", path=site)
    assert done.returncode == 0, done.stderr
    box = json.loads(zlib.decompress((tmp_path / "out" / "a.box").read_bytes()))
    assert box == {"rows": [*(text.replace("Share this article\n\n", "") for text in texts), noise], "count": 6}


WRONG = """
from dataclasses import dataclass
from pathlib import Path
from lintnews import Detector, Finding, hookimpl
print("loud when imported")

@dataclass(frozen=True)
class Faulty(Detector):
    what: str = ""

    def find(self, document):
        print("loud", flush=True)
        if self.what == "span":
            yield Finding(0, 10_000)
        if self.what == "tuple":
            yield (0, 1)

class Report:
    separator = ""
    def __init__(self, terminal): pass
    def head(self): return "" if WHERE != "head" else 1 / 0
    def article(self, checked): return "" if WHERE != "article" else 1 / 0
    def foot(self, totals): return "" if WHERE != "foot" else 1 / 0

class Source:
    markup, many, guess = "plain", False, ""
    def __init__(self, path, columns): pass
    def parts(self, file, size): raise KeyError("parts")
    def records(self, file, part): raise KeyError("no such thing")
    def writer(self): return None

@hookimpl
def lintnews_detectors(): return {"faulty": Faulty}
@hookimpl
def lintnews_reports(): return {"faulty": Report}
@hookimpl
def lintnews_sources(): return {".odd": Source}
@hookimpl
def lintnews_rules(): return [Path(__file__).parent / "rules"]
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A folder with a plugin whose detectors, source and report go wrong when they are used."""
    site = tmp_path / "site"
    for what in ("span", "tuple"):
        rule = site / "rules" / "faulty" / f"{what}.toml"
        rule.parent.mkdir(parents=True, exist_ok=True)
        rule.write_text(f'message = "x"\nwhy = "y"\nfix = "safe"\ndetect = "faulty"\n[with]\nwhat = "{what}"\n')
    return broken(site, WRONG)


@pytest.mark.parametrize("where", ["head", "article", "foot"])
def test_a_report_that_raises_is_named(faulty: Path, article: Path, where: str) -> None:
    (faulty / "faulty.py").write_text(f"WHERE = {where!r}\n{WRONG}")
    done = lintnews("check", "--isolated", "--select", "structure", "--output-format", "faulty", article, path=faulty)
    assert done.returncode == 2
    assert "the report faulty failed: ZeroDivisionError: division by zero; choose another --output-format" in done.stderr
    assert "Traceback" not in done.stderr
    assert (
        "Traceback" in lintnews("check", "--debug", "--output-format", "faulty", article, path=faulty).stderr
        or where == "article"
    )


def test_findings_that_are_none_are_named_with_their_rule_and_prints_stay_out_of_the_report(faulty: Path, article: Path) -> None:
    (faulty / "faulty.py").write_text("WHERE = ''\n" + WRONG)
    done = lintnews("check", "--isolated", "--select", "faulty", "--output-format", "json", article, path=faulty)
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert [error["error"].partition(";")[0] for error in report["errors"]] == [
        "rule faulty/span failed: ValueError: a finding spans 0 to 10000 in a text of 21 code points",
        "rule faulty/tuple failed: TypeError: a finding is (0, 1)",
    ]
    assert "loud" in done.stderr
    assert lintnews("check", "--isolated", "--select", "faulty", "--fix", article, path=faulty).returncode == 2
    assert article.read_text() == "THE MILL HAS CLOSED.\n"


def test_a_source_that_raises_is_named_with_its_file(faulty: Path, tmp_path: Path) -> None:
    (faulty / "faulty.py").write_text("WHERE = ''\n" + WRONG)
    odd = tmp_path / "a.odd"
    odd.write_text("x")
    done = lintnews("check", "--isolated", odd, path=faulty)
    assert done.returncode == 2
    assert "a.odd: Source failed: KeyError: 'no such thing'; exclude the file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with all of them installed."""
    folder = tmp_path / "site"
    folder.mkdir()
    for name, code in MODULES.items():
        broken(folder, code, name)
    for name, text in RULES.items():
        put(folder / "rules" / f"{name}.toml", text)
    return folder


def test_the_page_shows_a_detector_a_source_and_a_report() -> None:
    assert MODULES.keys() == {"shouting", "sheets", "dots"}
    assert RULES.keys() == {"house/shouting"}


def test_the_documented_detector_and_its_rule_hold_their_examples_and_find(site: Path) -> None:
    tested = lintnews("rules", "test", site / "rules", path=site)
    assert (tested.returncode, tested.stdout) == (0, "1 rule, 4 examples, 0 problems\n"), tested.stderr
    put(site / "a.txt", "THE MILL HAS CLOSED.\n")
    found = lintnews("check", "a.txt", "--select", "house", "--output-format", "jsonl", path=site)
    assert json.loads(found.stdout)["fix"]["edits"] == [{"start": 0, "end": 20, "replacement": "The mill has closed."}]


def test_the_documented_source_is_read_cleaned_and_restored_byte_for_byte(site: Path) -> None:
    original = f"By Ana Duarte\n\n{PROSE}=====\n{PROSE}=====\n{PROSE}\nSign up for our daily newsletter.\n"
    put(site / "in" / "a.sheets", original)
    found = lintnews("check", "in", "--output-format", "concise", "-q", path=site)
    assert [line.split(": ")[0] for line in found.stdout.splitlines()] == ["in/a.sheets#1:1:1", "in/a.sheets#3:3:1"], found.stderr
    assert lintnews("clean", "in", "-o", "out", path=site).returncode == 0
    assert (site / "out" / "a.sheets").read_text() == f"{PROSE}=====\n{PROSE}=====\n{PROSE}"
    assert lintnews("restore", "out", "-o", "back", path=site).returncode == 0
    assert (site / "back" / "a.sheets").read_text() == original
    assert lintnews("check", "--fix", "in", path=site).returncode == 0
    assert (site / "in" / "a.sheets").read_text() == f"{PROSE}=====\n{PROSE}=====\n{PROSE}"


def test_the_documented_report_is_printed(site: Path) -> None:
    put(site / "a.txt", "By Ana Duarte\n\n" + PROSE)
    assert lintnews("check", "a.txt", "--output-format", "dots", path=site).stdout == "dots: . (1)\n"
