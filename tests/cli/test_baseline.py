"""`lintnews baseline`, and how `check`, `--fix`, `--diff` and `clean` hold back what it knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import put, run, tree

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
DIRTY = f"By Ana Duarte\n\n{PROSE}\nSign up for our daily newsletter.\n"
NEW = f"River town loses its mill\n\nBy Ben Okafor\n\n{PROSE}"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    put(tmp_path / "lintnews.toml", "")
    put(tmp_path / "articles" / "old.txt", DIRTY)
    put(tmp_path / "articles" / "rows.jsonl", json.dumps({"text": DIRTY}) + "\n")
    created = run("baseline", "create", "articles", cwd=tmp_path)
    assert created.stdout == b"lintnews-baseline.jsonl: 4 findings in 2 files\n", created.stderr
    return tmp_path


def test_what_is_known_fails_no_check_and_what_is_new_does(repository: Path) -> None:
    done = run("check", cwd=repository)
    assert (done.returncode, done.stdout) == (0, b"Nothing new found in 2 articles. Held back: 4 in the baseline.\n")
    put(repository / "articles" / "new.txt", NEW)
    done = run("check", "--output-format", "concise", cwd=repository)
    assert done.returncode == 1
    assert [line.split(b":")[0] for line in done.stdout.splitlines()[:-1]] == [b"articles/new.txt"]


def test_it_is_found_from_everywhere_and_by_the_hook_is_no_article(repository: Path) -> None:
    assert run("check", "old.txt", "rows.jsonl", cwd=repository / "articles").returncode == 0
    given = ["--force-exclude", "lintnews-baseline.jsonl", "articles/rows.jsonl"]
    assert run("check", *given, cwd=repository).returncode == 0


def test_what_is_known_is_not_mended(repository: Path) -> None:
    before = tree(repository / "articles")
    assert run("check", "--fix", "articles", cwd=repository).returncode == 0
    assert run("check", "--diff", "articles", cwd=repository).stdout == b""
    assert run("clean", "articles", "-o", "out", "--no-ledger", cwd=repository).returncode == 0
    assert tree(repository / "articles") == before == tree(repository / "out")
    run("check", "--fix", "--no-baseline", "articles", cwd=repository)
    assert (repository / "articles" / "old.txt").read_text() == PROSE


def test_what_is_not_found_any_more_is_told_and_taken_out(repository: Path) -> None:
    put(repository / "articles" / "old.txt", PROSE)
    done = run("check", cwd=repository)
    told = b"lintnews: lintnews-baseline.jsonl: 2 known findings not found any more (articles/old.txt)"
    assert (done.returncode, told in done.stderr) == (0, True)
    assert run("check", "--fail-on-unused", "--quiet", cwd=repository).returncode == 1
    assert (
        run("check", "articles/rows.jsonl", "--fail-on-unused", cwd=repository).returncode == 0
    )  # nothing is said of the others
    assert (
        run("check", "--select", "spun", "--fail-on-unused", cwd=repository).returncode == 0
    )  # nor of rules that were not asked
    assert b"2 findings in 1 file" in run("baseline", "show", "--unused", cwd=repository).stdout
    pruned = run("baseline", "update", "--prune", cwd=repository)
    assert pruned.stdout == b"lintnews-baseline.jsonl: 2 findings in 1 file (2 kept, 2 removed)\n"
    assert run("check", "--fail-on-unused", cwd=repository).returncode == 0


def test_an_update_follows_a_file_that_was_moved(repository: Path) -> None:
    baseline = repository / "lintnews-baseline.jsonl"
    baseline.write_text(baseline.read_text().replace('"times"', '"reason": "archive", "times"'))
    (repository / "articles" / "old.txt").rename(repository / "articles" / "older.txt")
    assert run("check", cwd=repository).returncode == 1
    moved = run("baseline", "update", cwd=repository)
    assert b"(2 kept, 2 moved)" in moved.stdout
    assert baseline.read_text().count('"reason": "archive"') == 4
    assert run("check", "--fail-on-unused", cwd=repository).returncode == 0


def test_it_is_not_written_over_unasked(repository: Path) -> None:
    done = run("baseline", "create", cwd=repository)
    assert (done.returncode, b"is there already" in done.stderr) == (2, True)
    assert run("baseline", "create", "--force", cwd=repository).returncode == 0


def test_a_damaged_one_is_refused_with_its_line(repository: Path) -> None:
    with (repository / "lintnews-baseline.jsonl").open("a") as file:
        file.write("=======\n")
    done = run("check", cwd=repository)
    assert done.returncode == 2
    assert b"lintnews-baseline.jsonl:6: is not JSON; restore the line, or make the file anew" in done.stderr


def test_a_rule_that_was_renamed_is_followed_and_one_that_is_gone_is_named(tmp_path: Path) -> None:
    rule = """
        message = "Scan mark."
        why = "Our scanner writes it."
        detect = "block"
        with = { patterns = ['^\\[sheet \\d+\\]$'] }
    """
    put(tmp_path / "rules" / "house" / "mark.toml", rule)
    put(tmp_path / "lintnews.toml", 'rule-paths = ["rules"]\n')
    put(tmp_path / "a.txt", f"{PROSE}\n[sheet 12]\n\n{PROSE}")
    run("baseline", "create", cwd=tmp_path)
    (tmp_path / "rules" / "house" / "mark.toml").unlink()
    put(tmp_path / "rules" / "scans" / "sheet.toml", rule + 'was = ["house/mark"]\n')
    assert run("check", "--fail-on-unused", cwd=tmp_path).returncode == 0
    assert b"scans/sheet" in run("check", "--no-baseline", "--select", "house/mark", cwd=tmp_path).stdout
    put(tmp_path / "rules" / "scans" / "sheet.toml", rule.replace("sheet", "leaf"))
    assert b"1 known finding of rules that are no more (house/mark)" in run("check", cwd=tmp_path).stderr


def test_text_is_withheld_where_it_may_not_be_copied(tmp_path: Path) -> None:
    put(tmp_path / "lintnews.toml", "withhold-text = true\n")
    put(tmp_path / "a.txt", DIRTY + "\n" + DIRTY)
    for form in ("full", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"):
        done = run("check", "--output-format", form, cwd=tmp_path)
        assert done.returncode == 1
        assert b"Duarte" not in done.stdout
        assert b"daily" not in done.stdout
    run("baseline", "create", cwd=tmp_path)
    assert b"Duarte" not in (tmp_path / "lintnews-baseline.jsonl").read_bytes()
    assert run("check", cwd=tmp_path).returncode == 0


def test_allowances_and_a_baseline_go_together(repository: Path) -> None:
    put(repository / "lintnews.toml", '[[allow]]\nrule = "boilerplate/byline"\ntext = "Ben Okafor"\nreason = "house style"\n')
    put(repository / "articles" / "new.txt", NEW)
    done = run("check", cwd=repository)
    held = b"Nothing new found in 3 articles. Held back: 4 in the baseline, 1 silenced.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, held, b"")
    put(repository / "articles" / "new.txt", PROSE)
    assert b"lintnews.toml: allow 1: nothing is found that it allows; remove it" in run("check", cwd=repository).stderr
    assert run("check", "articles/new.txt", cwd=repository).stderr == b""


def test_a_file_beside_an_article_speaks_for_it_alone(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", NEW)
    put(tmp_path / "b.txt", NEW)
    put(tmp_path / "a.txt.lintnews.toml", '[[allow]]\nrule = "boilerplate"\nreason = "house style"\n')
    done = run("check", "--output-format", "concise", "-q", cwd=tmp_path)
    assert [line.split(b":")[0] for line in done.stdout.splitlines()] == [b"b.txt"]
    put(tmp_path / "a.txt.lintnews.toml", "[[allow]]\n")
    done = run("check", cwd=tmp_path)
    assert done.returncode == 2
    assert b"a.txt.lintnews.toml: allow 1 has no reason" in done.stderr
