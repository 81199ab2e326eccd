"""The HTML report: what the folder promises, and, in a real browser where there is one, what a reader sees."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import NODE, SEEDS, put, run

import lintnews
from lintnews.reports.html import folder as folders
from lintnews.reports.html.folder import FolderSheet
from lintnews.reports.html.repeats import Repeats
from lintnews.reports.html.scripts import script
from lintnews.reports.totals import RuleCount, Totals

HOSTILE = (
    '</script><img src=x onerror="window.ran=1"><script>window.ran=1</script> \u202e evil \x1b[31m <b>bold</b> \x85 \u2028.\n\n'
    "Share this article\n\nThe council met on Tuesday and voted for the plan 🙂, the mayor said, and the vote was near.\n"
)
NAME = "0 <img src=x onerror=window.ran=1> &amp;.txt"
TEXT = "The mill has closed 🙂.\n\nShare this article\n\nThe town met.\n\n5 Comments\n\nGreat!\n\nI agree.\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("html")
    put(place / "in" / "0 .txt", TEXT)
    put(place / "in" / NAME, HOSTILE)
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, place / "in")
    put(place / "in" / "copy.txt", (SEEDS / "000_d0846e0fadaeca7c.txt").read_text())
    done = run("check", "--isolated", "--extend-select", "duplicate/shared-article", "--report", "html=report", "in", cwd=place)
    assert done.returncode == 1, done.stderr
    return place


def data(report: Path, name: str) -> Any:
    (path,) = report.glob(f"data-*/{name}.js")
    call = path.read_text("utf-8")
    assert "<" not in call
    return json.loads(call[call.index(",") + 1 : call.rindex(")")])


def test_the_folder_has_each_article_and_what_clean_makes_of_it(place: Path) -> None:
    rows, entries = data(place / "report", "index"), data(place / "report", "c00000")
    assert [row[0] for row in rows] == [str(path.relative_to(place)) for path in sorted((place / "in").iterdir())]
    assert rows[1][0] == f"in/{NAME}"
    for row, entry in zip(rows, entries, strict=True):
        text = (place / row[0]).read_bytes().decode()
        cleaned = lintnews.clean(text)
        assert entry["text"] == text
        made = text
        for start, end, put_there, *_ in reversed(entry["edits"]):
            made = made[:start] + put_there + made[end:]
        assert row[7] >= len(entry["found"])
        assert (len(made) == len(cleaned.text)) or "duplicate" in str(entry["edits"])
    assert data(place / "report", "late"), "what two articles share is told on a page"


def test_the_page_allows_its_own_script_and_style_and_nothing_else(place: Path) -> None:
    page = (place / "report" / "index.html").read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert f"'sha256-{base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()}'" in policy[1]
    assert " style=" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page.partition("<script>")[0])


def test_what_is_no_report_is_never_touched(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", TEXT)
    for name, data in (("mine/index.html", "<!doctype html><p>mine"), ("full/notes.txt", "mine")):
        put(tmp_path / name, data)
        done = run("check", "--isolated", "--report", f"html={Path(name).parent}", "a.txt", cwd=tmp_path)
        assert done.returncode == 2
        assert "holds something that is no report" in done.stderr.decode()
        assert (tmp_path / name).read_text() == data
        assert len(list((tmp_path / name).parent.iterdir())) == 1


def test_a_new_report_takes_the_place_of_an_old_one_and_is_the_same_from_any_number_of_processes(tmp_path: Path) -> None:
    for number in range(40):
        put(tmp_path / "in" / f"{number:02}.txt", TEXT * (number % 3 + 1))
    words = ("check", "--isolated", "--report", "html=out", "in")
    run(*words, "--jobs", "1", cwd=tmp_path)
    first = {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}
    run(*words, "--jobs", "2", cwd=tmp_path)
    assert {path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")} == first
    put(tmp_path / "in" / "00.txt", "Another text.\n")
    run(*words, cwd=tmp_path)
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "told"), [(["--output-format", "html"], "--report html=DIR"), (["--report", "html=x", "--fix"], "--fix")]
)
def test_what_can_not_be_is_told(tmp_path: Path, words: list[str], told: str) -> None:
    put(tmp_path / "a.txt", TEXT)
    done = run("check", "--isolated", *words, "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert told in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_text_that_is_withheld_is_nowhere_in_the_pages(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", "withhold-text = true\n")
    put(tmp_path / "in" / "a.txt", (SEEDS / "003_5f4908ddbc3df845.txt").read_text())
    put(tmp_path / "in" / "b.txt", "The mill has closed.\n\nBy Josephine Doolittle\n\nThe town met.\n\nShare this article\n")
    assert run("check", "--report", "html=out", "in", cwd=tmp_path).returncode == 1
    told = "".join(path.read_text() for path in (tmp_path / "out").rglob("*.*"))
    assert not [word for word in ("Doolittle", "mill has", "telescopic", "ramified") if word in told]
    assert [row[0] for row in data(tmp_path / "out", "index")] == ["in/a.txt", "in/b.txt"]


def test_what_else_is_reported_is_what_it_would_be_alone(place: Path) -> None:
    words = ("check", "--isolated", "--extend-select", "duplicate/shared-article", "--output-format", "json", "in")
    assert run(*words, "--report", "html=report", cwd=place).stdout == run(*words, cwd=place).stdout


def row(number: int, **given: object) -> dict[str, object]:
    found = {"rules": {"x/rare" if number == 77 else "x/often": [0, 0, 1]}, "sure": [90], "alike": []}
    told = {
        "path": f"{number:05}.txt",
        "title": f"Article number {number} of many",
        "source": f"site{number % 9}",
        "chars": 40,
        "gone": 4,
    }
    return {**told, "edits": 1, "verdict": "clean", "spun": 0.0, "words": number * 7919 % 10_007, **found, **given}


def filled(folder: Path, many: int) -> FolderSheet:
    sheet = FolderSheet(str(folder))
    finding = [4, 9, "x/often", 90, "It is often.", "warning", 2, [], [], 1]
    entry = script(
        {
            "text": "The mill has closed, the mayor said. 🙂",
            "found": [finding],
            "edits": [[4, 9, "", "x/often", 90, "It is often."]],
            "reasons": [],
            "figures": [],
        }
    )
    for number in range(many):
        sheet.add(f"{script(row(number))}\n{entry}\n")
    return sheet


def ended(sheet: FolderSheet) -> str:
    totals = Totals(articles=len(sheet.known.rows) + sheet.unpaged)
    totals.rules["x/often"] = RuleCount("warning", found=9, safe=9, why="It often is.")
    totals.rules["x/rare"] = RuleCount("info", found=1, safe=1)
    return sheet.end(totals)


def test_of_very_many_articles_the_first_have_pages_and_that_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "MOST_ARTICLES", 100)
    assert ended(filled(tmp_path / "out", 120)) == "the HTML report has pages for the first 100 articles of 120"
    assert "The HTML report has pages for the first 100 articles" in (tmp_path / "out" / "index.html").read_text()


def test_repeats_are_joined_to_clusters() -> None:
    repeats = Repeats()
    repeats.add("b", [(0, "a", 5, "words")])
    repeats.add("c", [(9, "b", 0, "words"), (50, None, 70, "others")])
    assert [(cluster.size, cluster.text, cluster.paths) for cluster in repeats.clusters()] == [
        (3, "words", ("a", "b", "c")),
        (2, "others", ("c",)),
    ]


def browse(folder: Path, what: str) -> Any:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None or not (NODE / "playwright-core").is_dir():
        pytest.skip("no Chromium, or no driver for it: apt-get install chromium, npm ci --prefix tests/node")
    driver = Path(__file__).parent / "browse.cjs"
    done = subprocess.run(["node", driver, NODE, browser, folder, what], capture_output=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_every_page_is_in_order_at_two_widths_light_and_dark(place: Path) -> None:
    for seen in browse(place / "report", "visit"):
        assert {name: seen[name] for name in ("axe", "log", "wide", "ran")} == {"axe": [], "log": [], "wide": 0, "ran": False}, (
            seen
        )


def test_both_sides_of_a_page_are_the_texts(place: Path) -> None:
    entries = data(place / "report", "c00000")
    for entry, (original, cleaned) in zip(entries, browse(place / "report", "texts"), strict=True):
        made = entry["text"]
        for start, end, put_there, *_ in reversed(entry["edits"]):
            made = made[:start] + put_there + made[end:]
        if "\x1b" not in made:  # which is shown as its number
            assert original == " ".join(entry["text"].split())
            assert cleaned == " ".join(made.split())


def test_ten_thousand_articles_sort_filter_and_are_searched(tmp_path: Path) -> None:
    ended(filled(tmp_path / "out", 10_000))
    seen = browse(tmp_path / "out", "table")
    assert seen.pop("nodes") < 1500
    assert "x/often" in seen.pop("reason")
    assert "It often is." in seen.pop("opened")
    assert seen == {
        "all": "10,000 articles",
        "first": "00000.txt",
        "most": f"{max(range(10_000), key=lambda n: n * 7919 % 10_007):05}.txt",
        "fewest": "00000.txt",
        "searched": "04711.txt",
        "filtered": "1 of 10,000 articles",
        "middle": True,
        "arrow": "1",
        "followed": "00001.txt",
        "help": True,
        "log": [],
    }


def test_a_plain_check_loads_nothing_of_it(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", TEXT)
    code = "import sys; from lintnews.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "check", "--isolated", path], capture_output=True, check=False)
    loaded = done.stderr.decode().split()
    assert "lintnews.reports.human" in loaded
    assert not [
        name for name in loaded if name.startswith(("lintnews.reports.html", "lintnews.lsp", "importlib.resources", "pygls"))
    ]
