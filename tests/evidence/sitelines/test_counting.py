"""What many articles of a source hold is learnt, whatever their order; what is the articles' own is not."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from conftest import put, run
from hypothesis import given, settings
from hypothesis import strategies as st

from lintnews.cli import main
from lintnews.detectors.line import LineDetector
from lintnews.document import Document
from lintnews.evidence.sitelines.counting import LEAST, SAFE, Learner, Sighting, observe_lines
from lintnews.evidence.sitelines.lines import Learnt, SiteLine, form
from lintnews.examples import problems
from lintnews.plugins.registry import registry
from lintnews.rulebook.files import load_file
from lintnews.rulebook.writing import rule_file, unique

FIRST = [
    "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.",
    "The county closed the old bridge over the Marsh on Friday after divers found cracks in two of its piers below the water.",
    "Most of the shops on the far bank have agreed to open an hour later until the work is done in the autumn, the guild said.",
    "Nurses at the district hospital said that the new rota leaves them with one free weekend in five and no time for handovers.",
    "A ferry with ninety people on board lost power off the northern islands and was towed to safety by a fishing boat.",
    "The library will lend seeds from March on, after a winter in which volunteers sorted four thousand paper bags by hand.",
]
THEN = [
    "Farmers had warned of this outcome since May, when the first wells ran dry and the seedlings in the north died.",
    "Traffic is led over the new road by the station, which takes a quarter of an hour longer in the morning, drivers say.",
    "Her grandfather built the first boats here with his own hands, and with those of forty men from around the bay.",
    "Nobody has yet said who is to pay for the repair, which the engineers put at more than two million in all.",
    "The weather was calm, and nobody was hurt; the engine has been looked at, and the boat goes back into service.",
    "Whoever borrows a bag brings two back in the autumn, and so far nearly all have kept to that, the librarian said.",
]
FURNITURE = "Share this story on Facebook"
LEARNT = [FURNITURE, "Sign up for our newsletter", "{number} shares of this story"]
BARE = [f"{first}\n\nWhat happens next\n\n{then}\n" for first, then in zip(FIRST, THEN, strict=True)]
PAGES = [f"{bare}\n{FURNITURE}\n{n + 4} shares of this story\n{LEARNT[1]}\n" for n, bare in enumerate(BARE)]


def learn(articles: Iterable[str], source: str = "") -> list[SiteLine]:
    learner = Learner()
    for article in articles:
        learner.add((source,), observe_lines(Document(article)))
    return list(learner.learnt())


def sighting(text: str, share: int = 900, place: int = 2, leads: int = 0, around: int = 1) -> Sighting:
    return Sighting(text, form(text), share, place, around, around, leads)


def learnt(sightings: Sequence[Sequence[Sighting]], **options: float) -> list[SiteLine]:
    learner = Learner()
    for lines in sightings:
        learner.add(("",), lines)
    return list(learner.learnt(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published 12 May 2024, 10:30", "Published {number} {month} {number}, {number}"),
        ("SUNDAY, SEPT 3", "{day}, {month} {number}"),
        ("Mayor Sunder marched on", "Mayor Sunder marched on"),
        ("1,204 comments", "{number} comments"),
        ("word " * 40 + "1", "word " * 40 + "1"),
    ],
)
def test_numbers_months_and_days_may_differ(text: str, expected: str) -> None:
    assert form(text) == expected


def test_what_the_site_sets_is_learnt_and_the_articles_own_headings_are_not() -> None:
    found = learn(PAGES)
    assert sorted(line.text for line in found) == sorted(LEARNT)
    assert all((line.articles, line.of, line.zones) == (6, 6, ("tail",)) for line in found)
    assert [line.text for line in found if line.is_template] == LEARNT[2:]


def test_speakers_and_set_phrases_of_transcripts_are_not_learnt() -> None:
    talks = [
        f"THE MAYOR:\n\n{a}\n\nQ\n\n{b}\n\nTHE MAYOR:\n\nThank you all very much. (Applause.)\n"
        for a, b in zip(FIRST, THEN, strict=True)
    ]
    assert learn(talks) == []


def test_a_column_may_have_one_headline_every_week() -> None:
    assert learn(f"Letters from our readers\n\n{a}\n\n{b}\n" for a, b in zip(FIRST, THEN, strict=True)) == []


def test_the_line_models_share_company_and_place_are_weighed() -> None:
    def confidence(**signs: int) -> float:
        found = learnt([[sighting("Read our story", **{"around": 1 << n, **signs})] for n in range(20)])
        return found[0].confidence if found else 0

    assert confidence() > confidence(share=700) > confidence(share=500)
    assert confidence(share=500, around=1) > confidence(share=500)
    assert confidence(share=900, leads=1, place=1) < confidence(share=900)
    assert confidence(share=50) == 0
    assert confidence() >= SAFE > confidence(share=500) >= LEAST


def test_a_line_must_stand_in_enough_articles_and_in_a_share_of_them() -> None:
    pages = [[sighting("Sign in")] if n < 6 else [] for n in range(100)]
    assert [line.articles for line in learnt(pages)] == [6]
    assert learnt(pages, min_articles=7) == []
    assert learnt(pages, min_share=0.1) == []


def test_nothing_but_numbers_or_signs_is_no_line() -> None:
    dates = [[sighting(f"{n} May {n + 2000}")] for n in range(1, 20)]
    assert learnt(dates) == []
    assert observe_lines(Document(f"{FIRST[0]}\n\n* * *\n\n17\n\n___\n")) == observe_lines(Document(FIRST[0]))


def test_sources_are_apart_and_a_folder_has_what_is_below() -> None:
    learner = Learner()
    for n in range(4):
        learner.add(("a/b", "a"), [sighting("Sign in")])
        learner.add((f"a/{n}", "a"), [sighting("Sign in"), sighting("Log in")])
    found = {(line.site, line.text): (line.articles, line.of) for line in learner.learnt(min_articles=4)}
    assert found == {("a", "Log in"): (4, 8), ("a", "Sign in"): (8, 8), ("a/b", "Sign in"): (4, 4)}


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_makes_no_difference(chance: random.Random) -> None:
    articles = [(f"{n % 3}", [sighting(f"Line {chr(65 + k)}{'abc'[k % 3]} {n % 2}", 700 + 7 * k + n, k % 3, n % 2, 1 << n % 9)
                              for k in range(n % 7)]) for n in range(60)]  # fmt: skip
    shuffled = articles[:]
    chance.shuffle(shuffled)
    first, second = Learner(), Learner()
    for source, lines in articles:
        first.add((source, ""), lines)
    for source, lines in shuffled:
        second.add((source, ""), lines)
    found = list(first.learnt())
    assert found
    assert list(second.learnt()) == found


@settings(max_examples=25, deadline=None)
@given(st.integers(), st.integers(100, 300))
def test_memory_is_bounded_and_what_is_frequent_is_not_lost(seed: int, most: int) -> None:
    chance = random.Random(seed)
    learner = Learner(most)
    true: Counter[str] = Counter()
    words = [f"word{chr(97 + a)}{chr(97 + b)}" for a in range(26) for b in range(26)]
    for n in range(600):
        lines = {chance.choice(words) for _ in range(8)} | ({"Sign in here"} if n % 4 == 0 else set())
        true.update(lines)
        learner.add(("",), [sighting(line) for line in sorted(lines)])
        assert learner.size <= most
    assert learner.forgotten > 0
    found = {line.text: line.articles for line in learner.learnt(min_articles=1, min_share=0)}
    assert all(true[line] - learner.forgotten <= count <= true[line] for line, count in found.items())
    assert all(line in found for line, count in true.items() if count > learner.forgotten)
    assert found["Sign in here"] > 0
    assert {line.of for line in learner.learnt(1, 0)} == {600}


NASTY = [
    'He said "no" \\ and {number}',
    "Bell \x7f and \x01",
    "⟦Sign in⟧",
    "# Log in",
    "'''Read'''",
    "Ünïcode – “quotes” 😀",
    "\\u0041bc",
]


@pytest.mark.parametrize(
    "zones", [("head",), ("tail",), ("body", "between"), ("head", "tail"), ("head", "body", "between", "tail")]
)
@pytest.mark.parametrize("confidence", [0.99, 0.8])
def test_the_rule_file_has_the_lines_to_the_letter(tmp_path: Path, zones: tuple[str, ...], confidence: float) -> None:
    lines = [SiteLine("the \n site", text, False, 9 - n, 20, zones, confidence) for n, text in enumerate(NASTY)]  # type: ignore[arg-type]
    lines.append(SiteLine("", "{number} min read", True, 1, 20, zones, confidence))  # type: ignore[arg-type]
    path = tmp_path / "site" / "lines.toml"
    path.parent.mkdir()
    path.write_text(rule_file(lines, 20), encoding="utf-8")
    rule = load_file(path, "site/lines", registry().detectors)
    (detector,) = rule.detectors
    assert isinstance(detector, LineDetector)
    assert (set(detector.lines), detector.templates, detector.zone) == (set(NASTY), ("{number} min read",), zones)
    assert list(problems([rule])) == []
    assert len(rule.bad) >= 2
    text = f"{FIRST[0]}\n\n{THEN[0]}\n\n7 min read"
    assert [d.text for d in rule.diagnose(Document(text))] == (["7 min read"] if "tail" in zones else [])
    assert all((d.fix and d.fix.safety) == ("safe" if confidence >= SAFE else "unsafe") for d in rule.diagnose(Document(text)))


def test_each_line_is_written_once_most_frequent_first() -> None:
    lines = [SiteLine(source, "Sign in", False, n, 20, ("tail",), 0.99) for source, n in (("a", 5), ("b", 9))]
    lines.append(SiteLine("a", "Log in", False, 9, 20, ("tail",), 0.99))
    assert [(line.text, line.site) for line in unique(lines)] == [("Log in", "a"), ("Sign in", "b")]


def test_a_line_of_a_list_is_the_headline_of_its_own_article() -> None:
    title = "Mill town waits for rain and hopes"
    known = LineDetector(lines=(title,), zone=("head", "tail"))
    assert [f.start for f in known.find(Document(f"{FIRST[1]}\n\n{THEN[1]}\n\n{title}"))] == [len(FIRST[1]) + len(THEN[1]) + 4]
    assert list(known.find(Document(f"{title}\n\n{FIRST[0]}\n\n{THEN[0]}"))) == []
    alone = LineDetector(lines=(title,), zone=("head",))
    assert len(list(alone.find(Document(f"{title}\n\n{FIRST[0]}\n\n{THEN[0]}")))) == 1


def test_of_two_sources_the_closer_one_is_believed() -> None:
    lines = [SiteLine(source, "Sign in", False, n, 20, ("tail",), 0.99) for source, n in (("a", 9), ("a/b", 5))]
    lines.append(SiteLine("a", "{number} shares", True, 9, 20, ("tail",), 0.99))
    learnt = Learnt(lines)
    known = learnt.known_to(("a/b", "a"))
    assert (known.lines["Sign in"].articles, list(known.templates)) == (5, ["{number} shares"])
    assert learnt.known_to(("a/c", "a")).lines["Sign in"].articles == 9
    assert learnt.known_to(("b",)) == learnt.known_to(()) == ({}, {})


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for n, page in enumerate(PAGES):
        put(tmp_path / "echo" / str(n % 2) / f"{n}.txt", page)
        put(tmp_path / "plain" / f"{n}.txt", BARE[n])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_was_learnt_is_found_in_new_articles(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "echo", "-o", "house/site/echo.toml"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Learnt 3 lines from 6 articles: 3 with a safe fix, 0 with an unsafe one."
    assert said[1] == f"  6 of 6  {FURNITURE}"
    assert "house/site/echo.toml" in said[-1]
    assert main(["rules", "test", "house"]) == 0
    put(work / "new.txt", f"{FIRST[0]} {THEN[1]}\n\n{THEN[2]}\n\n12 shares of this story\n")
    capsys.readouterr()
    assert main(["check", "--rule-path", "house", "--select", "site", "--output-format", "concise", "new.txt", "plain"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("new.txt:5:1")
    assert "1 problem" in out


def test_a_rule_file_that_is_there_is_not_replaced_unasked(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "mine.toml", "# read by me\n")
    assert main(["learn", "echo", "-o", "mine.toml"]) == 2
    assert "--force" in capsys.readouterr().err
    assert (work / "mine.toml").read_text() == "# read by me\n"
    assert main(["learn", "echo", "-o", "mine.toml", "--force"]) == 0
    assert FURNITURE in (work / "mine.toml").read_text()
    assert main(["learn", "echo", "-o", "mine.txt"]) == 2
    assert main(["learn", "echo", "-o", "mine.toml/x.toml"]) == 2
    assert not list(work.glob(".*lintnews"))


def test_nothing_learnt_writes_nothing(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "plain", "-o", "none.toml"]) == 0
    assert "no line is site-wide in 6 articles" in capsys.readouterr().err
    assert not (work / "none.toml").exists()
    assert main(["learn", "echo", "--min-articles", "7"]) == 0
    assert main(["learn", "nowhere"]) == 2


def test_one_bad_file_is_told_and_the_rest_is_learnt(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "echo" / "bad.txt").write_bytes("Grüße, Grüße, Grüße ".encode() + b"\xff\xfe\xff")
    assert main(["learn", "echo", "-o", "echo.toml"]) == 2
    assert "bad.txt" in capsys.readouterr().err
    assert FURNITURE in (work / "echo.toml").read_text()


def test_settings_and_exclude_hold_for_learning(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "lintnews.toml", 'exclude = ["echo/1/**"]\n')
    assert main(["learn", "echo", "--min-articles", "3"]) == 0
    assert "3 of 3 articles" in capsys.readouterr().out


def rows(sites: Sequence[str]) -> str:
    return "".join(
        json.dumps({"url": f"https://{site}/{n}", "text": page}) + "\n" for site in sites for n, page in enumerate(PAGES)
    )


def test_rows_are_told_apart_by_their_site(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(
        work / "all.jsonl",
        rows(["www.echo.example", "echo.example:8080"]) + "".join(json.dumps({"text": t}) + "\n" for t in BARE),
    )
    assert main(["learn", "all.jsonl", "--site-field", "none"]) == 0
    assert "12 of 18 articles" in capsys.readouterr().out
    for options in ([], ["--site-field", "url"]):  # a field of that name is the site's unless another is named
        assert main(["learn", "all.jsonl", *options]) == 0
        assert "12 of 12 articles of echo.example" in capsys.readouterr().out


def test_neither_jobs_nor_the_order_of_paths_nor_standard_input_make_a_difference(work: Path) -> None:
    # more than three chunks of a megabyte, so that processes are started
    put(work / "many.jsonl", "".join(json.dumps({"text": f"{PAGES[n % 6]}\n{'More. ' * 700}{n}"}) + "\n" for n in range(900)))
    paths = ["many.jsonl", "echo/0", "plain"]
    one = run("learn", "-j1", *paths)
    assert (one.returncode, FURNITURE.encode() in one.stdout) == (0, True)
    assert run("learn", "-j2", *paths[::-1]).stdout == one.stdout
    piped = run("learn", "-", "--stdin-filename", "many.jsonl", stdin=(work / "many.jsonl").read_bytes())
    assert piped.stdout == run("learn", "-j1", "many.jsonl").stdout


SITE_LINES = ("--isolated", "--select", "boilerplate/site-line")


def test_a_folder_is_cleaned_of_its_site_lines_and_restored(work: Path) -> None:
    done = run("clean", *SITE_LINES, "echo", "plain", "-o", "cleaned")
    assert done.returncode == 0, done.stderr
    for n, page in enumerate(PAGES):
        cleaned = (work / "cleaned" / str(n % 2) / f"{n}.txt").read_text()
        assert cleaned == page[: page.index(FURNITURE)].rstrip("\n") + "\n"
        assert (work / "cleaned" / f"{n}.txt").read_text() == BARE[n]
    *entries, mark = map(json.loads, (work / "cleaned" / "lintnews-ledger.jsonl").read_text().splitlines())
    assert mark == {"mark": "end", "articles": 6, "edits": len(entries)}
    assert {entry["rule"] for entry in entries} == {"boilerplate/site-line"}
    assert run("restore", "cleaned", "-o", "back").returncode == 0
    assert (work / "back" / "1" / "1.txt").read_text() == PAGES[1]
    assert run("clean", *SITE_LINES, "cleaned", "-o", "again").stdout.startswith(b"Cleaned 12 articles: 0 edits")


@pytest.mark.usefixtures("work")
def test_each_site_line_is_reported_where_it_stands() -> None:
    done = run("check", *SITE_LINES, "--output-format", "jsonl", "echo", "plain")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert len(found) == 18
    assert found[0]["message"] == "Line that stands in 6 of 6 articles of this site, not part of the article."
    assert [d["path"] for d in found] == sorted(d["path"] for d in found)
    assert run("check", *SITE_LINES, "--output-format", "jsonl", "-j2", "plain", "echo").stdout == done.stdout


def test_fixing_in_place(work: Path) -> None:
    assert main(["check", *SITE_LINES, "--fix", "--output-format", "concise", "echo"]) == 0
    assert [(work / "echo" / str(n % 2) / f"{n}.txt").read_text() for n in range(6)] == BARE


def test_what_is_unsafe_is_still_reported_when_the_rest_is_fixed(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "lintnews.toml", 'select = ["boilerplate/site-line"]\n[rules."boilerplate/site-line"]\nfix = "unsafe"\n')
    assert main(["check", "--fix", "--output-format", "concise", "echo"]) == 1
    assert "18 problems" in capsys.readouterr().out
    assert main(["check", "--fix", "--unsafe-fixes", "echo"]) == 0


def test_rows_are_cleaned_by_their_own_site_alone(work: Path) -> None:
    other = "".join(json.dumps({"url": f"https://{n}.example/", "text": PAGES[0]}) + "\n" for n in range(5))
    put(work / "all.jsonl", rows(["echo.example"]) + other)
    done = run("check", *SITE_LINES, "--site-field", "url", "--output-format", "jsonl", "all.jsonl")
    assert {json.loads(line)["path"] for line in done.stdout.splitlines()} == {f"all.jsonl#{n}" for n in range(1, 7)}


@pytest.mark.usefixtures("work")
def test_standard_input_can_not_be_read_twice() -> None:
    done = run("check", *SITE_LINES, "-", stdin=PAGES[0].encode())
    assert (done.returncode, b"can't be read twice" in done.stderr) == (0, True)
