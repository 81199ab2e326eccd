"""The command line: what is printed and written, and the exit code, for good input and bad."""

from __future__ import annotations

import builtins
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import put, run, tree

from lintnews.cli import main

ADVERT = """
message = "An advertisement."
why = "It is paid for. It tells nothing."
level = "{level}"
fix = "{fix}"
detect = "block"
[with]
patterns = ['''^BUY\\b.*''']
[[bad]]
text = "⟦BUY THIS⟧"
[[bad]]
text = "⟦BUY THAT⟧"
[[good]]
text = "Buy this"
[[good]]
text = "They BUY"
"""
TEXT = "The mill has closed.\n\nBUY NOW\n\nThe town met on Monday to talk about it.\n"
CLEANED = "The mill has closed.\n\nThe town met on Monday to talk about it.\n"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with rules of its own and a configuration that uses them alone."""
    rules = tmp_path / "house" / "ads"
    rules.mkdir(parents=True)
    (rules / "buy.toml").write_text(ADVERT.format(level="warning", fix="safe"), encoding="utf-8")
    (tmp_path / "lintnews.toml").write_text('rule-paths = ["house"]\nselect = ["ads"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_found_something_found(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "good.txt", CLEANED)
    assert main(["check", "in"]) == 0
    assert capsys.readouterr().out == "Nothing found in 1 article.\n"
    put(work / "in" / "bad.txt", TEXT)
    assert main(["check", "in", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "in/bad.txt:3:1: warning ads/buy [safe fix] An advertisement."
    assert main(["check", "in", "--exit-zero"]) == 0
    assert main(["check", "in", "--fail-on", "error"]) == 0
    assert main(["check", "in", "--fail-on", "warning"]) == 1
    assert main(["check", "in", "--min-confidence", "0.99"]) == 0
    assert main(["check", "in", "--ignore", "ads/buy"]) == 0


def test_fix_writes_what_diff_shows(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(work / "a.txt", TEXT)
    assert main(["check", "a.txt", "--diff"]) == 1
    assert "-BUY NOW\n" in capsys.readouterr().out
    assert file.read_text() == TEXT
    assert main(["check", "a.txt", "--fix"]) == 0
    assert capsys.readouterr().out == "Made 1 edit in 1 article. Nothing left in 1 article.\n"
    assert file.read_text() == CLEANED
    put(file, TEXT)
    assert main(["check", "a.txt", "--fix", "--exit-non-zero-on-fix"]) == 1
    assert main(["check", "a.txt", "--diff"]) == 0


def test_unsafe_fixes_are_asked_for(work: Path) -> None:
    (work / "house" / "ads" / "buy.toml").write_text(ADVERT.format(level="error", fix="unsafe"), encoding="utf-8")
    file = put(work / "a.txt", TEXT)
    assert main(["check", "a.txt", "--fix"]) == 1
    assert file.read_text() == TEXT
    assert main(["check", "a.txt", "--fix", "--unsafe-fixes"]) == 0
    assert file.read_text() == CLEANED


def test_standard_input(work: Path) -> None:
    assert run("check", "-", "--stdin-filename", "x.txt", stdin=TEXT.encode()).stdout.startswith(b"x.txt:3:1 warning")
    done = run("check", "--fix", "-", stdin=TEXT.encode())
    assert (done.returncode, done.stdout) == (0, CLEANED.encode())
    assert b"Made 1 edit" in done.stderr
    done = run("clean", "-", "--ledger", "l.jsonl", stdin=b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert done.stdout == b"\xef\xbb\xbf" + CLEANED.replace("\n", "\r\n").encode()
    record, mark = map(json.loads, (work / "l.jsonl").read_text().splitlines())
    assert (record["encoding"], mark) == ("utf-8+bom", {"mark": "end", "articles": 1, "edits": 1})
    row = json.dumps({"id": 1, "text": TEXT}).encode() + b"\n"
    done = run("clean", "-", "--stdin-filename", "a.jsonl", stdin=row * 3)
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [CLEANED] * 3


def test_clean_mirrors_the_tree_and_restore_gives_it_back(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = work / "in"
    put(source / "a" / "b.txt", TEXT)
    put(source / "a" / "crlf.txt", TEXT.replace("\n", "\r\n"))
    put(source / "bom.txt", b"\xef\xbb\xbf" + TEXT.encode())
    put(source / "wide.txt", TEXT.encode("utf-16"))
    put(source / "old.txt", TEXT.replace("mill", "café of Señor Núñez").encode("cp1252"))
    put(source / "empty.txt", b"")
    put(source / "same.md", "# A\n\nText without an advertisement.\n")
    rows = [
        json.dumps({"id": 1, "text": TEXT, "n": 1.50}),
        '{"text": "caf\\u00e9 \\/ bar.\\n\\nBUY NOW\\n\\nThe town met on Monday.", "z": [1,2 ]}',
        "not json",
        '{"id": 4}',
        '{"text":"unchanged \\/"}',
    ]
    put(source / "rows.jsonl", "\n".join(rows))
    assert main(["clean", "in", "-o", "out"]) == 2  # two rows could not be read
    captured = capsys.readouterr()
    assert "in/rows.jsonl:3: not JSON" in captured.err
    assert "in/rows.jsonl:4: no field 'text' (fields here: id)" in captured.err
    out = tree(work / "out")
    assert out.keys() == {*tree(source), "lintnews-ledger.jsonl"}
    assert out["a/b.txt"] == CLEANED.encode()
    assert out["a/crlf.txt"] == CLEANED.replace("\n", "\r\n").encode()
    assert out["bom.txt"] == b"\xef\xbb\xbf" + CLEANED.encode()
    assert out["wide.txt"] == CLEANED.encode("utf-16")
    assert out["empty.txt"] == b""
    kept = out["rows.jsonl"].decode().split("\n")
    assert kept[0] == rows[0].replace("BUY NOW\\n\\n", "")
    assert kept[2:] == rows[2:]
    ledger = [json.loads(line) for line in out["lintnews-ledger.jsonl"].splitlines()]
    assert {
        "path",
        "rule",
        "reason",
        "start",
        "end",
        "cleaned_start",
        "cleaned_end",
        "removed",
        "inserted",
        "confidence",
    } <= ledger[0].keys()
    assert main(["restore", "out", "-o", "back"]) == 0
    assert tree(work / "back") == tree(source)
    assert main(["restore", "out", "--in-place"]) == 0
    assert tree(work / "out").keys() - {"lintnews-ledger.jsonl"} == tree(source).keys()
    assert (work / "out" / "rows.jsonl").read_bytes() == (source / "rows.jsonl").read_bytes()


def test_clean_of_clean_text_changes_nothing(work: Path) -> None:
    put(work / "in" / "a.txt", TEXT)
    assert main(["clean", "in", "-o", "one"]) == 0
    assert main(["clean", "one", "-o", "two", "--no-ledger"]) == 0
    assert (work / "two" / "a.txt").read_bytes() == (work / "one" / "a.txt").read_bytes()
    assert not (work / "two" / "lintnews-ledger.jsonl").exists()


def test_restore_refuses_what_was_changed_since(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "a.txt", TEXT)
    main(["clean", "in", "-o", "out"])
    put(work / "out" / "a.txt", CLEANED + "More.\n")
    assert main(["restore", "out", "-o", "back"]) == 2
    assert "was changed after it was cleaned" in capsys.readouterr().err
    assert not (work / "back" / "a.txt").exists()
    put(work / "out" / "lintnews-ledger.jsonl", "{}\n")
    assert main(["restore", "out", "-o", "back"]) == 2
    assert "lintnews-ledger.jsonl:1: not a ledger record" in capsys.readouterr().err


def test_restore_writes_over_no_other_file(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "a.txt", TEXT)
    main(["clean", "in", "-o", "out"])
    put(work / "back" / "a.txt", "Notes of my own.\n")
    assert main(["restore", "out", "-o", "back"]) == 2
    assert "a.txt: is there already, with other content; restore into another folder" in capsys.readouterr().err
    assert tree(work / "back") == {"a.txt": b"Notes of my own.\n"}
    put(work / "back" / "a.txt", TEXT)
    assert main(["restore", "out", "-o", "back"]) == 0


def test_clean_in_place_and_back(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = put(work / "in" / "a.txt", TEXT)
    file.chmod(0o600)
    assert main(["clean", "in", "--in-place"]) == 0
    assert file.read_text() == CLEANED
    assert file.stat().st_mode & 0o777 == 0o600
    put(work / "more" / "a.txt", TEXT + "More.\n")
    assert main(["clean", "in", "more", "--in-place"]) == 0  # goes on in the same ledger
    assert main(["restore", "in", "--in-place", "--ledger", "lintnews-ledger.jsonl"]) == 0
    assert main(["restore", "more", "--in-place"]) == 0
    assert file.read_text() == TEXT
    assert (work / "more" / "a.txt").read_text() == TEXT + "More.\n"
    assert capsys.readouterr().err == ""


def test_formats(work: Path) -> None:
    put(work / "in" / "a.txt", TEXT)
    put(work / "in" / "b.jsonl", json.dumps({"text": TEXT}) + "\n")
    assert main(["clean", "in", "-o", "rows", "--format", "jsonl"]) == 0
    assert json.loads((work / "rows" / "articles.jsonl").read_text()) == {"path": "a.txt", "text": CLEANED}
    assert json.loads((work / "rows" / "b.jsonl").read_text()) == {"text": CLEANED}
    assert main(["clean", "in", "-o", "files", "--format", "txt"]) == 0
    assert tree(work / "files").keys() == {"a.txt", "b.jsonl/000001.txt", "lintnews-ledger.jsonl"}
    assert main(["restore", "files", "-o", "back"]) == 0
    assert (work / "back" / "b.jsonl" / "000001.txt").read_text() == TEXT


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["clean", "in", "-o", "in"], "lies inside the input in"),
        (["clean", "in", "-o", "in/out"], "lies inside the input in"),
        (["clean", "in/a.txt", "-o", "in"], "would be written over itself"),
        (["clean", "in"], "no place to write to"),
        (["clean", "in", "-o", "in/a.txt"], "is not a folder"),
        (["clean", "in", "-o", "file/out"], "can't be written"),
        (["clean", "-", "in", "-o", "out"], "goes to standard output"),
        (["check", "missing"], "missing: no such file"),
        (["check", "in", "--select", "adz"], "'adz'; did you mean 'ads'?"),
        (["check", "in", "--config", "none.toml"], "none.toml: can't be read"),
        (["check", "in", "--output-format", "sariff"], "'sariff'"),
        (["check", "in", "-o", "no/such/folder"], "can't be written"),
        (["explain", "ads/bye"], "did you mean 'ads/buy'?"),
        (["explain", "ads"], "the family has ads/buy"),
        (["restore", "in", "-o", "out"], "can't be read"),
    ],
)
def test_what_can_not_be_done_is_one_clear_line(
    work: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    put(work / "in" / "a.txt", TEXT)
    put(work / "file", "x")
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.count("\n") == 1
    assert (work / "in" / "a.txt").read_text() == TEXT


def test_one_bad_file_does_not_stop_the_others(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "a.txt", b"\xef\xbb\xbfBroken \xff")
    put(work / "in" / "b.txt", b"PK\0\0")
    put(work / "in" / "c.txt", TEXT)
    put(work / "in" / "empty.txt", "")
    (work / "in" / "loop").symlink_to(work / "in")
    assert main(["check", "in", "missing", "--output-format", "json"]) == 2
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert [d["path"] for d in report["diagnostics"]] == ["in/c.txt"]
    assert [e["path"] for e in report["errors"]] == ["in/a.txt", "in/b.txt", "missing"]
    assert "in/b.txt: binary file (it holds NUL bytes)" in captured.err
    assert main(["clean", "in", "-o", "out", "--no-ledger"]) == 2
    assert tree(work / "out") == {
        "a.txt": b"\xef\xbb\xbfBroken \xff",
        "b.txt": b"PK\0\0",
        "c.txt": CLEANED.encode(),
        "empty.txt": b"",
    }


KINDS = [
    (
        "table.ods",
        b"id,text\n1,x\n",
        "is of a kind (.ods) that is not read; if it is plain text",
    ),
    ("x.jsonl.bz2", b"BZh9", "is compressed (.bz2), and is not read; unpack it first"),
    ("photo", b"\x89PNG\0", "binary file"),
    ("app.py", b"# Copyright 2020\n", "is of a kind (.py)"),
]


@pytest.mark.parametrize(("name", "data", "problem"), KINDS, ids=[name for name, _, _ in KINDS])
@pytest.mark.parametrize("command", [["check"], ["check", "--fix"], ["clean", "--in-place"], ["clean", "-o", "out"], ["learn"]])
def test_a_file_of_another_kind_is_refused_by_name(
    work: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str, data: bytes, problem: str
) -> None:
    put(work / name, data)
    assert main([*command, name]) == 2
    assert f"{name}: {problem}" in capsys.readouterr().err
    assert (work / name).read_bytes() == data
    assert name == "photo" or not (work / "out" / name).exists()


def test_a_file_that_is_too_long_for_an_article_is_refused_by_name(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open(work / "long.txt", "wb") as file:
        file.truncate(65 << 20)
    assert main(["clean", "long.txt", "-o", "out"]) == 2
    assert "long.txt: is longer than 64 MB, and is not read as one article" in capsys.readouterr().err
    assert not (work / "out" / "long.txt").exists()


def test_what_is_no_file_is_refused_by_name(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(work / "pipe.txt")
    assert main(["check", "pipe.txt"]) == 2
    assert "pipe.txt: is no regular file; give what it holds to standard input" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["README", "No. 10", "Version 3.5", "St. Louis", "a.TEXT", "a.text", ".txt"])
def test_text_is_known_by_its_ending_or_by_having_none(work: Path, name: str) -> None:
    put(work / name, TEXT)
    assert main(["check", "--fix", name]) == 0
    assert (work / name).read_text() == CLEANED


def test_a_file_is_read_as_what_the_user_says(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "a.story", TEXT)
    put(work / "rows.dat", json.dumps({"text": TEXT}) + "\n")
    assert main(["check", "--fix", "--as", "txt", "a.story"]) == 0
    assert (work / "a.story").read_text() == CLEANED
    assert main(["clean", "--as", "jsonl", "rows.dat", "-o", "out"]) == 0
    assert json.loads((work / "out" / "rows.dat").read_text())["text"] == CLEANED
    assert main(["restore", "out", "-o", "back"]) == 0
    assert (work / "back" / "rows.dat").read_bytes() == (work / "rows.dat").read_bytes()
    capsys.readouterr()
    assert main(["check", "--as", "docx", "a.story"]) == 2
    assert "--as: nothing is read as 'docx'; there are" in capsys.readouterr().err


def test_a_guessed_encoding_is_told_once_and_a_doubtful_one_is_not_converted(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(3):
        put(work / "in" / f"{number}.txt", f"{TEXT}It isn’t {number}.\n".encode("cp1252"))
    mixed = TEXT.encode() + "It isn’t so, “Ann” said. ".encode("cp1252") + "A café.\n".encode()
    put(work / "in" / "x.txt", mixed)
    assert main(["clean", "in", "-o", "same"]) == 0
    said = capsys.readouterr().err
    assert said.count("4 articles in no UTF-8, read in the likeliest encoding: cp1252 (4); --encoding names another") == 1
    assert "note: in/x.txt: is not UTF-8, and read as cp1252, which is doubtful" in said
    assert main(["restore", "same", "-o", "back"]) == 0
    assert (work / "back" / "x.txt").read_bytes() == mixed
    assert main(["clean", "in", "-o", "rows", "--format", "jsonl"]) == 2
    assert "in/x.txt: is not converted, as its encoding is doubtful" in capsys.readouterr().err
    rows = [json.loads(line) for line in (work / "rows" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["path"] for row in rows] == ["0.txt", "1.txt", "2.txt"]
    assert all("isn’t" in row["text"] for row in rows)
    assert main(["clean", "in/x.txt", "-o", "named", "--format", "jsonl", "--encoding", "cp1252"]) == 0
    with pytest.raises(SystemExit):
        main(["check", "in", "--encoding", "klingon"])
    assert "'klingon' is no encoding that Python knows" in capsys.readouterr().err


def test_an_excluded_name_of_standard_input_is_honoured(work: Path) -> None:
    put(work / "lintnews.toml", (work / "lintnews.toml").read_text() + 'exclude = ["drafts"]\n')
    done = run("check", "--fix", "-", "--stdin-filename", "drafts/a.txt", stdin=TEXT.encode())
    assert (done.returncode, done.stdout) == (0, TEXT.encode())
    assert b"note: drafts/a.txt: is excluded" in done.stderr
    assert run("check", "-", "--stdin-filename", "a.csv", stdin=b"x").returncode == 2


def test_a_ledger_of_other_files_is_kept(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "a.txt", TEXT)
    put(work / "more" / "b.txt", TEXT)
    assert main(["clean", "in", "-o", "out"]) == 0
    ledger = (work / "out" / "lintnews-ledger.jsonl").read_bytes()
    assert main(["clean", "in", "-o", "out"]) == 0
    assert (work / "out" / "lintnews-ledger.jsonl").read_bytes() == ledger
    assert main(["clean", "more", "-o", "out"]) == 0
    assert main(["restore", "out", "-o", "all"]) == 0
    assert (work / "all" / "a.txt").read_text() == (work / "all" / "b.txt").read_text() == TEXT
    (work / "out" / "a.txt").unlink()
    assert main(["restore", "out", "-o", "back"]) == 2
    assert "a.txt: the ledger speaks of it, and it is not there" in capsys.readouterr().err


def test_an_unreadable_file(work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    put(work / "in" / "a.txt", TEXT).chmod(0)
    if os.geteuid() == 0:  # root may read everything
        opened = builtins.open

        def refuse(file: object, *args: object, **options: object) -> object:
            if str(file).endswith("a.txt"):
                raise PermissionError(errno.EACCES, "Permission denied", str(file))
            return opened(file, *args, **options)  # type: ignore[call-overload]

        monkeypatch.setattr(builtins, "open", refuse)
    put(work / "in" / "b.txt", TEXT)
    assert main(["check", "in", "--output-format", "concise"]) == 2
    captured = capsys.readouterr()
    assert "in/b.txt:3:1" in captured.out
    assert "in/a.txt: can't be read: Permission denied" in captured.err


def test_a_rule_that_fails_is_named(work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from lintnews.detectors.block import BlockDetector

    def fail(_self: object, _document: object) -> object:
        raise ZeroDivisionError("by naught")

    monkeypatch.setattr(BlockDetector, "find", fail)
    put(work / "a.txt", TEXT)
    assert main(["check", "a.txt"]) == 2
    assert "a.txt: rule ads/buy failed: ZeroDivisionError: by naught" in capsys.readouterr().err


def test_broken_settings_and_rules_stop_only_their_files(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "in" / "a.txt", TEXT)
    put(work / "in" / "sub" / "lintnews.toml", "select = [\n")
    put(work / "in" / "sub" / "b.txt", TEXT)
    put(work / "in" / "rules" / "lintnews.toml", 'rule-paths = ["r"]\n')
    put(work / "in" / "rules" / "r" / "x" / "y.toml", "message = \n")
    put(work / "in" / "rules" / "c.txt", TEXT)
    assert main(["check", "in", "--output-format", "concise"]) == 2
    captured = capsys.readouterr()
    assert captured.out.splitlines()[0].startswith("in/a.txt:3:1")
    assert [
        line.count("sub/lintnews.toml: not valid TOML") + line.count("y.toml: can't be read as TOML")
        for line in captured.err.splitlines()
    ] == [1, 1]


def test_a_folder_without_articles_is_a_note(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "in").mkdir()
    assert main(["check", "in"]) == 0
    assert "note: no article found" in capsys.readouterr().err


def corpus(folder: Path, files: int, rows: int) -> None:
    for n in range(files):
        put(folder / f"{n % 7}" / f"{n:04}.txt", f"Article {n}.\n\n" + (TEXT if n % 3 else CLEANED) * (n % 5))
    body = "".join(json.dumps({"id": n, "text": CLEANED * 30 + TEXT + str(n)}) + "\n" for n in range(rows))
    put(folder / "rows.jsonl", body + "broken\n" + body)


def test_the_number_of_jobs_changes_nothing(work: Path) -> None:
    corpus(work / "in", 300, 600)
    outputs = []
    for jobs in ("1", "3", "8"):
        check = run("check", "in", "--jobs", jobs, "--output-format", "jsonl")
        clean = run("clean", "in", "-o", f"out{jobs}", "--jobs", jobs)
        assert (check.returncode, clean.returncode) == (2, 2), clean.stderr
        outputs.append((check.stdout, check.stderr, clean.stderr, tree(work / f"out{jobs}")))
    assert outputs[0] == outputs[1] == outputs[2]
    assert outputs[0][0].count(b"\n") > 1000
    assert b"in/rows.jsonl:601: not JSON" in outputs[0][1]
    assert run("restore", "out3", "-o", "back").returncode == 0
    assert tree(work / "back") == tree(work / "in")


def test_a_long_jsonl_is_fixed_in_place(work: Path) -> None:
    file = put(
        work / "rows.jsonl", "".join(json.dumps({"id": n, "text": CLEANED * 30 + TEXT + str(n)}) + "\n" for n in range(1500))
    )
    expected = file.read_text().replace("BUY NOW\\n\\n", "")
    assert run("check", "rows.jsonl", "--fix", "--jobs", "2").returncode == 0
    assert file.read_text() == expected
    assert sorted(os.listdir(work)) == ["house", "lintnews.toml", "rows.jsonl"]


def test_a_reader_that_goes_away_is_no_traceback(work: Path) -> None:
    corpus(work / "in", 300, 0)
    process = subprocess.Popen(
        [sys.executable, "-m", "lintnews", "check", "in", "--output-format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_in_place_cleaning_can_be_undone(work: Path, jobs: str) -> None:
    corpus(work / "in", 5000, 0)  # more than a fast machine cleans before it is interrupted
    before = tree(work / "in")
    process = subprocess.Popen(
        [sys.executable, "-m", "lintnews", "clean", "in", "--in-place", "--jobs", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    errors = process.communicate()[1]
    assert process.returncode in (130, 0), errors
    assert b"Traceback" not in errors
    assert run("restore", "in", "--in-place", "--ledger", "lintnews-ledger.jsonl").returncode == 0
    assert tree(work / "in") == before


def test_statistics_timings_and_a_report_in_a_file(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "a.txt", TEXT)
    assert main(["check", "a.txt", "--statistics", "--timings", "-o", "report.txt"]) == 1
    assert (work / "report.txt").read_text().split()[:3] == ["1", "ads/buy", "warning"]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "ads/buy" in captured.err


def test_the_offsets_of_fixes_are_in_the_json_report(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "a.txt", TEXT)
    assert main(["check", "a.txt", "--fix", "--output-format", "json"]) == 0
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert (file["path"], file["edits"]) == ("a.txt", 1)
    assert file["offsets"]["edits"]


def test_rules_explain_config_and_doctor(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    assert "ads/buy" in capsys.readouterr().out
    assert main(["rules", "--output-format", "json"]) == 0
    assert {r["id"]: r["on"] for r in json.loads(capsys.readouterr().out)}["ads/buy"] is True
    assert main(["rules", "test", "house"]) == 0
    assert main(["explain", "ads/buy"]) == 0
    explained = capsys.readouterr().out
    assert "It is paid for." in explained
    assert "⟦BUY THIS⟧" in explained
    put(work / "a.txt", TEXT)
    assert main(["config", "show", "a.txt"]) == 0
    assert f'select = ["ads"]  # {work / "lintnews.toml"}' in capsys.readouterr().out
    assert main(["doctor"]) == 0
    assert "rules are on here" in capsys.readouterr().out


def test_rule_examples_that_fail_are_told(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(work / "house" / "ads" / "buy.toml", ADVERT.format(level="info", fix="none").replace("They BUY", "BUY ME"))
    assert main(["rules", "test", "house/ads"]) == 1
    assert "[[good]] 2" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["check", "--help"]])
def test_help_and_version(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0


@pytest.mark.parametrize(
    "arguments", [[], ["chekc"], ["check", "--jobs", "0"], ["check", "--min-confidence", "2"], ["check", "--fail-on", "x"]]
)
def test_wrong_arguments(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_huge_line(work: Path) -> None:
    put(work / "in" / "a.txt", "word " * 2_000_000 + "\n\nBUY NOW\n")
    put(work / "in" / "b.jsonl", json.dumps({"text": "word " * 1_000_000 + "\n\nBUY NOW\n"}) + "\n" + json.dumps({"text": TEXT}))
    started = time.monotonic()
    assert main(["clean", "in", "-o", "out"]) == 0
    assert time.monotonic() - started < 60
    assert (work / "out" / "a.txt").read_text().endswith("word\n")
    assert json.loads((work / "out" / "b.jsonl").read_text().splitlines()[1])["text"] == CLEANED
