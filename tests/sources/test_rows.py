"""Tables of rows, compressed or not, are cleaned where they have their text; every other byte stays, and restore gives all."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import put, run, tree
from hypothesis import given
from hypothesis import strategies as st

from lintnews.files.encoding import DamagedError
from lintnews.files.finding import ending, unreadable_kind
from lintnews.sources.csv import CsvSource
from lintnews.sources.fields import Field, fields_of, joined, parted
from lintnews.sources.json import JsonSource
from lintnews.sources.jsonl import JsonlSource
from lintnews.sources.source import Columns, File, NoTextError, Part, Source

NEWS = "The mill on the river closed in May.\n\nShare this article\n\nIt had stood there for eighty years, the owner said."
CLEAN = NEWS.replace("Share this article\n\n", "")
QUIET = "The council met on Monday and put the vote off until June, the mayor said."
if sys.version_info >= (3, 14):
    from compression import zstd
else:
    zstd = pytest.importorskip("backports.zstd", reason="needs lintnews[zstd]")


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


CSV = "\ufeffid,title,content,score\r\n" + "".join(
    f'00{number},"A ""big"" day; again",{quoted(text)}, 1.50 \r\n' for number, text in enumerate([NEWS, QUIET, NEWS])
)
FILES: dict[str, tuple[str, str]] = {
    "a.csv": (CSV, CSV.replace(quoted(NEWS), quoted(CLEAN))),
    "b.csv": (f"id;text\n1;{QUIET}\n2;{quoted(NEWS)}", f"id;text\n1;{QUIET}\n2;{quoted(CLEAN)}"),
    "c.tsv": (f"url\tbody\nhttps://a.example/1\t{quoted(NEWS)}\n", f"url\tbody\nhttps://a.example/1\t{quoted(CLEAN)}\n"),
    "d.json": tuple(json.dumps([{"id": 7, "maintext": text}, {"id": 8, "maintext": QUIET}], indent=4) for text in (NEWS, CLEAN)),
    "e.json": tuple(json.dumps({"title": "Mill closes", "text": f"{text}\n\n{QUIET * 2}"}) + "\n" for text in (NEWS, CLEAN)),
    "f.jsonl": tuple('{"n": 1e3,  "text": "' + text.replace("\n", "\\u000a") + '"}\r\n' for text in (NEWS, CLEAN)),
}
FILES["f.jsonl"] = (FILES["f.jsonl"][0], FILES["f.jsonl"][1].replace("\\u000a", "\\n"))
PACKINGS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "": (bytes, bytes),
    ".gz": (gzip.compress, gzip.decompress),
    ".zst": (zstd.compress, zstd.decompress),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_the_text_is_cleaned_and_nothing_else_and_restore_gives_it_back(tmp_path: Path, packing: str) -> None:
    pack, unpack = PACKINGS[packing]
    for name, (before, _) in FILES.items():
        put(tmp_path / "in" / f"{name}{packing}", pack(before.encode()))
    done = run("clean", "--isolated", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for name, (_, after) in FILES.items():
        assert unpack((tmp_path / "out" / f"{name}{packing}").read_bytes()).decode() == after, name
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert {name: unpack(data) for name, data in tree(tmp_path / "again").items()} == {
        f"{name}{packing}": before.encode() for name, (before, _) in FILES.items()
    }
    assert run("clean", "--isolated", "out", "-o", "twice", cwd=tmp_path).returncode == 0
    assert {name: data for name, data in tree(tmp_path / "twice").items() if "ledger" not in name} == {
        name: data for name, data in tree(tmp_path / "out").items() if "ledger" not in name
    }


@pytest.mark.parametrize("name", ["a.csv", "c.tsv", "d.json", "f.jsonl"])
@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("size", [1, 300, 1 << 20])
def test_parts_of_any_size_give_the_same_rows_and_each_can_be_read_again(
    tmp_path: Path, name: str, packing: str, size: int
) -> None:
    make: type[Source] = {"csv": CsvSource, "tsv": CsvSource, "son": JsonSource, "onl": JsonlSource}[name[-3:]]  # type: ignore
    data = FILES[name][0].encode()
    file = File(str(put(tmp_path / f"{name}{packing}", PACKINGS[packing][0](data))))
    records = [
        record
        for part in make(file.path, Columns()).parts(file, size)
        for record in make(file.path, Columns()).records(file, part)
    ]
    assert b"".join(record.raw for record in records) == data
    assert [record.row for record in records if record.text] == list(range(1, 1 + sum(bool(record.text) for record in records)))
    for record in records:
        again = list(make(file.path, Columns()).records(file, Part(record.start, record.stop, record.row or 0)))
        assert again == [record]


def test_a_table_from_standard_input_goes_to_standard_output() -> None:
    for packing, (pack, unpack) in PACKINGS.items():
        for name in ("a.csv", "d.json"):
            done = run("clean", "--isolated", "-", "--stdin-filename", name + packing, stdin=pack(FILES[name][0].encode()))
            assert unpack(done.stdout).decode() == FILES[name][1], done.stderr


def test_what_is_guessed_is_told_once(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"content": QUIET, "summary": "short"}) + "\n" for _ in range(3))
    for name in ("a.jsonl", "b.jsonl"):
        put(tmp_path / name, rows)
    done = run("check", "--isolated", ".", cwd=tmp_path)
    assert done.stderr.decode().count("note: the text is read from 'content' (--text-field names another)") == 1
    assert done.returncode == 0
    put(tmp_path / "c.jsonl", json.dumps({"text": QUIET}))
    assert b"read from" not in run("check", "--isolated", "c.jsonl", cwd=tmp_path).stderr


def test_paragraphs_in_a_list_and_several_fields_are_one_text(tmp_path: Path) -> None:
    paras = NEWS.split("\n\n")
    rows = [
        {"id": "x", "body": {"paras": paras}, "title": "The mill closes"},
        {"id": "y", "body": {"paras": [QUIET]}, "title": None},
    ]
    put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    assert run("clean", "--isolated", "a.jsonl", "--text-field", "title,body.paras[]", "-o", "out", cwd=tmp_path).returncode == 0
    cleaned = [json.loads(line) for line in (tmp_path / "out" / "a.jsonl").read_text().splitlines()]
    assert cleaned == [{**rows[0], "body": {"paras": [paras[0], paras[2]]}}, rows[1]]
    entry = json.loads((tmp_path / "out" / "lintnews-ledger.jsonl").read_text().splitlines()[0])
    assert (entry["id"], entry["field"]) == ("x", "title,body.paras[]")
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert (tmp_path / "again" / "a.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_rows_in_a_list_inside_a_document(tmp_path: Path) -> None:
    before = json.dumps({"count": 2, "articles": [{"content": NEWS}, {"content": QUIET}], "next": None}, indent=1)
    put(tmp_path / "a.json", before)
    assert run("clean", "--isolated", "a.json", "--text-field", "articles[].content", "-o", "o", cwd=tmp_path).returncode == 0
    assert (tmp_path / "o" / "a.json").read_text() == before.replace(json.dumps(NEWS), json.dumps(CLEAN))


def test_rows_without_a_header_are_read_by_number(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", f"7,{quoted(NEWS)}\n8,{quoted(QUIET)}\n")
    done = run("clean", "--isolated", "a.csv", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr.decode().count("by its number where no header is there")) == (2, 1)
    assert run("clean", "--isolated", "a.csv", "-o", "out", "--text-field", "2", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "a.csv").read_text() == f"7,{quoted(CLEAN)}\n8,{quoted(QUIET)}\n"


def test_rows_are_named_by_their_id_where_that_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path / "a.csv", f"id,text\nn-7,{quoted(NEWS)}\n")
    done = run("check", "--isolated", "a.csv", "--id-field", "id", "--output-format", "concise", cwd=tmp_path)
    assert b"a.csv#n-7:" in done.stdout


def test_data_that_is_met_in_a_folder_and_has_no_text_is_noted_and_named_it_is_refused(tmp_path: Path) -> None:
    put(tmp_path / "package.json", '{"name": "x", "version": "1"}')
    put(tmp_path / "sums.csv", "year,sum\n2020,3\n")
    done = run("check", "--isolated", ".", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count(b"note: ") == 1
    assert b"sums.csv: no field that a text is usually in (fields here: year, sum)" in done.stderr
    put(tmp_path / "words.json", '{"content": "Share this article"}')
    assert run("check", "--isolated", ".", cwd=tmp_path).stdout == done.stdout
    for name in ("package.json", "sums.csv", "words.json"):
        assert run("check", "--isolated", name, cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_of_a_file_that_is_cut_short_nothing_is_written_and_the_others_go_on(tmp_path: Path, packing: str) -> None:
    rows = "".join(json.dumps({"text": QUIET, "n": str(hash((number, 1)))}) + "\n" for number in range(20_000))
    data = PACKINGS[packing][0](rows.encode())
    put(tmp_path / "in" / f"a.jsonl{packing}", data[: 2 * len(data) // 3])
    put(tmp_path / "in" / "b.txt", NEWS)
    done = run("clean", "--isolated", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert f"a.jsonl{packing}: compressed, and ends early".encode() in done.stderr
    assert sorted(name for name in tree(tmp_path / "out") if "ledger" not in name) == ["b.txt"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jsonl.gz", b"no gzip at all", "is no .gz there"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "a"}\n') + b"garbage", "is no .gz there"),
        ("a.jsonl.zst", b"no zstd at all, this", "is no .zst there"),
        ("a.json", b'[{"text": "one"}, {"text": "tw', "not JSON at byte 18"),
        ("a.json", b'[{"text": "one"} {]', "not JSON at byte 17"),
        ("a.json", b'{"text": "one"}\n{"text": "two"}\n', "rows of JSON, one a line, are read with --as jsonl"),
        ("a.csv", b'text\n"one\ntwo\n', "a quotation mark opens a value, and none closes it"),
        ("a.csv", b'text,b\n"one "two" three",x\n', "has a quotation mark inside a quoted value"),
        ("a.csv", b"id,text\n1\n", "has 1 fields, fewer than the column of the text"),
        ("a.csv", "text\ncafé\n".encode("cp1252"), "not valid UTF-8 at byte 3 of a value; name another with --encoding"),
        ("a.gz", gzip.compress(b"x"), "its name does not say what it holds; say so with --as"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    put(tmp_path / name, data)
    done = run("check", "--isolated", name, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}" in done.stderr.decode()
    assert said in done.stderr.decode()


def test_compressed_articles_that_share_paragraphs_are_compared(tmp_path: Path) -> None:
    shared = "The company, which was founded in 1911 by two brothers from Leeds, makes cloth for the theatre and sells it abroad."
    rows = [json.dumps({"text": f"{QUIET} It was number {n}.\n\n{shared}\n\n{QUIET[::-1]} {n}"}) + "\n" for n in range(4)]
    put(tmp_path / "a.jsonl", "".join(rows))
    put(tmp_path / "b.jsonl.gz", gzip.compress("".join(rows).encode()))
    found = []
    for name in ("a.jsonl", "b.jsonl.gz"):
        done = run(
            "check", "--isolated", name, "--select", "duplicate/shared-paragraph", "--output-format", "concise", cwd=tmp_path
        )
        found.append(done.stdout.decode().replace(name, "x"))
    assert found[0] == found[1]
    assert "x#2" in found[0]


def test_a_compressed_text_that_is_one_article_is_packed_again(tmp_path: Path) -> None:
    put(tmp_path / "a.md.gz", gzip.compress(NEWS.encode()))
    assert run("clean", "--isolated", "a.md.gz", "--in-place", cwd=tmp_path).returncode == 0
    assert gzip.decompress((tmp_path / "a.md.gz").read_bytes()).decode() == CLEAN


def test_endings_of_compressed_files() -> None:
    assert [ending(name) for name in ("a.jsonl.gz", "a.JSONL.ZST", "a.gz", "a.tar.gz", "a.b")] == [
        ".jsonl",
        ".jsonl",
        ".gz",
        ".tar",
        ".b",
    ]
    assert unreadable_kind("a.tar.gz", (".jsonl",)) is not None
    assert unreadable_kind("a.jsonl.gz", (".jsonl",)) is None


def test_names_of_fields() -> None:
    assert fields_of('a."b.c",d[]') == (Field(("a", "b.c")), Field(("d",), True))
    assert fields_of("articles[].body.text") == (Field(("body", "text"), False, ("articles",)),)


def test_parts_of_a_text_are_what_is_left_of_each() -> None:
    text, pieces = joined(["One.", "", "Two.\n", "Three."])
    assert text == "One.\n\nTwo.\n\n\nThree."
    assert parted(text, pieces, text, lambda offset: offset) == ["One.", "", "Two.\n", "Three."]
    gone = text.replace("Two.\n\n\n", "")
    assert parted(text, pieces, gone, lambda offset: offset if offset < 7 else max(6, offset - 7)) == ["One.", "", "", "Three."]


def test_a_csv_without_a_text_says_which_fields_there_are() -> None:
    source = CsvSource("a.csv", Columns())
    with pytest.raises(NoTextError, match=r"fields here: year, sum"):
        list(source.records(File("a.csv"), Part(0, 9, 0, data=b"year,sum\n1,2\n")))


def test_a_long_value_is_no_reason_to_give_up(tmp_path: Path) -> None:
    long = QUIET * 20_000
    put(tmp_path / "a.csv", f"id,text\n1,{quoted(long)}\n2,{quoted(QUIET)}\n")
    put(tmp_path / "a.json", json.dumps([{"text": long}, {"text": QUIET}]))
    for source, name in ((CsvSource("a.csv"), "a.csv"), (JsonSource("a.json"), "a.json")):
        file = File(str(tmp_path / name))
        texts = [record.text for part in source.parts(file, 1 << 20) for record in source.records(file, part) if record.text]
        assert texts == [long, QUIET]


def test_a_document_that_never_ends_is_given_up() -> None:
    import lintnews.sources.json as module

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"[" * size

    before, module.LONGEST_CHARS = module.LONGEST_CHARS, 1 << 20
    try:
        with pytest.raises(DamagedError, match="not JSON at byte 1"):
            list(JsonSource("a.json").parts(File("a.json", Endless()), 1))  # type: ignore[arg-type]
    finally:
        module.LONGEST_CHARS = before


def test_what_is_missing_to_read_zst_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from lintnews.__main__ import main
    from lintnews.files import compression

    compression._zstd.cache_clear()
    for module in ("backports", "backports.zstd", "compression"):
        monkeypatch.setitem(sys.modules, module, None)
    put(tmp_path / "a.jsonl.zst", PACKINGS[".zst"][0](b'{"text": "a"}'))
    monkeypatch.chdir(tmp_path)
    assert main(["check", "--isolated", "a.jsonl.zst"]) == 2
    assert "a.jsonl.zst: compressed as .zst, which needs a package: pip install 'lintnews[zstd]'" in capsys.readouterr().err
    compression._zstd.cache_clear()


ANY = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=30)
LINE_ENDS = st.sampled_from(["\n", "\r\n"])


@given(st.lists(st.tuples(ANY, ANY), max_size=6), st.sampled_from(",;\t|"), LINE_ENDS, st.booleans(), st.integers(1, 200))
def test_any_csv_that_python_writes_is_read_as_python_reads_it(
    rows: list[tuple[str, str]], delimiter: str, line_end: str, all_quoted: bool, size: int
) -> None:
    buffer = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerows([("id", "text"), *rows])
    data = buffer.getvalue().encode()
    wanted = list(csv.reader(io.StringIO(buffer.getvalue(), newline=""), delimiter=delimiter))[1:]
    source = CsvSource("a.csv")
    stream = File("a.csv", io.BytesIO(data))
    records = [record for part in source.parts(stream, size) for record in CsvSource("a.csv").records(File("-"), part)]
    assert b"".join(record.raw for record in records) == data
    found = [
        record for record in records if record.row and record.text is not None
    ]  # a lone carriage return ends a row there, too
    assert [record.text for record in found] == [row[1] for row in wanted if len(row) > 1]
    for record in found:
        reader = CsvSource("a.csv")
        list(reader.records(File("-"), Part(0, len(data), 0, data=data)))
        new = reader.encoded(record, f"{record.text}, “new”\nline")
        assert next(csv.reader(io.StringIO(new.decode(), newline=""), delimiter=delimiter))[1] == f"{record.text}, “new”\nline"
        assert reader.restore(new, lambda _, text=record.text: text or "", reader.trace(record, new)) == record.raw  # type: ignore


JSON = st.recursive(st.none() | st.booleans() | st.integers() | ANY, lambda inner: st.lists(inner) | st.dictionaries(ANY, inner))


@given(st.lists(st.tuples(ANY, JSON), max_size=5), st.sampled_from([None, 1, 4]), st.booleans(), st.integers(1, 300))
def test_any_document_of_json_is_read_part_by_part(
    rows: list[tuple[str, object]], indent: int | None, is_ascii: bool, size: int
) -> None:
    data = json.dumps([{"more": more, "text": text} for text, more in rows], indent=indent, ensure_ascii=is_ascii).encode()
    source = JsonSource("a.json", Columns("text"))
    parts = list(source.parts(File("a.json", io.BytesIO(data)), size))
    records = [record for part in parts for record in JsonSource("a.json", Columns("text")).records(File("-"), part)]
    assert b"".join(record.raw for record in records) == data
    found = [record for record in records if record.row]
    assert [record.text for record in found] == [text for text, _ in rows]
    for record in found:
        new = source.encoded(record, "“new”\nline")
        assert json.loads(new.decode().lstrip("[, \n")) == {
            **json.loads(record.raw.decode().lstrip("[, \n")),
            "text": "“new”\nline",
        }
        assert source.restore(new, lambda _, text=record.text: text or "", source.trace(record, new)) == record.raw  # type: ignore


def test_a_row_behind_a_byte_order_mark_is_cleaned(tmp_path: Path) -> None:
    made = {"a.jsonl": json.dumps({"text": NEWS}), "b.json": json.dumps([{"text": NEWS}]), "c.csv": f"text\n{quoted(NEWS)}\n"}
    for name, data in made.items():
        put(tmp_path / name, "\ufeff" + data)
        assert run("clean", "--isolated", name, "-o", "out", cwd=tmp_path).returncode == 0
        assert (tmp_path / "out" / name).read_text().startswith("\ufeff")
        assert "Share this" not in (tmp_path / "out" / name).read_text()
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "again") == {name: (tmp_path / name).read_bytes() for name in ("a.jsonl", "b.json", "c.csv")}
