"""Parquet and Arrow files are cleaned in the text's column; all else in them is as it was, and restore gives every value back."""

from __future__ import annotations

import datetime
import decimal
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run

pa = pytest.importorskip("pyarrow", reason="needs lintnews[parquet]")
pq = pytest.importorskip("pyarrow.parquet")

from lintnews.sources.source import Columns, File, Part  # noqa: E402
from lintnews.sources.table import TableSource  # noqa: E402

NEWS = "The mill on the river closed in May.\n\nShare this article\n\nIt had stood there for eighty years, the owner said."
CLEAN = NEWS.replace("Share this article\n\n", "")
QUIET = "The council met on Monday and put the vote off until June, the mayor said."
ROWS = 600


def table() -> Any:
    """Columns of many kinds; articles in four of them."""
    texts = [NEWS if row % 3 == 0 else None if row % 50 == 1 else QUIET for row in range(ROWS)]
    made = {
        "id": pa.array([f"n{row}" for row in range(ROWS)]),
        "source": pa.array(["a", "b"] * (ROWS // 2)).dictionary_encode(),
        "meta": pa.array(
            [{"url": "https://a.example", "tags": [{"k": "a", "v": row}]} if row % 7 else None for row in range(ROWS)]
        ),
        "map": pa.array([[("a", 1)]] * ROWS, pa.map_(pa.string(), pa.int32())),
        "date": pa.array([datetime.datetime(2024, 1, 1)] * ROWS, pa.timestamp("us", tz="Europe/Berlin")),
        "price": pa.array([decimal.Decimal("1.20")] * ROWS, pa.decimal128(9, 2)),
        "nothing": pa.nulls(ROWS),
        "text": pa.array(texts, pa.large_string()),
        "article": pa.array([{"body": text, "n": 1} if row % 5 else None for row, text in enumerate(texts)]),
        "paras": pa.array([text.split("\n\n") if text else None for text in texts]),
        "coded": pa.array(texts).dictionary_encode(),
        "bytes": pa.array([text and text.encode() for text in texts], pa.large_binary()),
    }
    return pa.table(made).replace_schema_metadata({"huggingface": '{"info": 1}', "own": "x"})


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        pq.write_table(table(), path, row_group_size=250, compression={"id": "snappy", "text": "zstd", "source": "gzip"})
    elif path.suffix == ".arrow":
        with pa.ipc.new_stream(path, table().schema) as stream:
            stream.write_table(table(), max_chunksize=250)
    else:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with pa.ipc.new_file(path, table().schema, options=options) as file:
            file.write_table(table(), max_chunksize=250)
    return path


def read(path: Path) -> Any:
    if path.suffix == ".parquet":
        return pq.read_table(path)
    if path.suffix == ".arrow":
        return pa.ipc.open_stream(pa.OSFile(str(path))).read_all()
    return pa.ipc.open_file(pa.OSFile(str(path))).read_all()


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather"])
@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("", "text"),
        ("article.body", "article"),
        ("paras[]", "paras"),
        ("coded", "coded"),
        ("bytes", "bytes"),
        ("id,text", "text"),
    ],
)
def test_one_column_is_cleaned_and_restored(tmp_path: Path, name: str, field: str, column: str) -> None:
    if (name, field) == ("a.feather", "coded"):
        return  # the next test's
    write(tmp_path / name)
    options = ["--text-field", field] if field else []
    done = run("clean", "--isolated", name, *options, "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    before, after = read(tmp_path / name), read(tmp_path / "out" / name)
    assert after.schema.equals(before.schema, check_metadata=True)
    assert [name for name in before.column_names if not after[name].equals(before[name])] == [column]
    new = json.dumps(after[column].to_pylist(), default=bytes.decode)
    assert "Share this article" not in new
    assert new == json.dumps(before[column].to_pylist(), default=bytes.decode).replace("Share this article\\n\\n", "").replace(
        '"Share this article", ', ""
    )
    assert run("restore", "out", "-o", "again", cwd=tmp_path).returncode == 0
    assert read(tmp_path / "again" / name).to_pylist() == before.to_pylist()


def test_an_arrow_file_with_a_dictionary_of_texts_is_told_and_left(tmp_path: Path) -> None:
    write(tmp_path / "a.feather")
    done = run("clean", "--isolated", "a.feather", "--text-field", "coded", "-o", "out", cwd=tmp_path)
    assert (done.returncode, b"a.feather: has its text as a dictionary" in done.stderr) == (2, True)
    assert not (tmp_path / "out" / "a.feather").exists()


def test_row_groups_and_codecs_stay(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    assert run("clean", "--isolated", "a.parquet", "--in-place", cwd=tmp_path).returncode == 0
    metadata = pq.ParquetFile(tmp_path / "a.parquet").metadata
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [250, 250, 100]
    codecs = {metadata.row_group(0).column(at).path_in_schema: metadata.row_group(0).column(at).compression for at in range(8)}
    assert (codecs["id"], codecs["source"]) == ("SNAPPY", "GZIP")


def test_a_long_row_group_is_written_as_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lintnews.sources.arrow as module

    monkeypatch.setattr(module, "MOST_BYTES", 1 << 16)
    source = TableSource("a.parquet", Columns("text"))
    file = File(str(write(tmp_path / "a.parquet")))
    with open(tmp_path / "b.parquet", "wb") as target:
        joined = source.joined(file, target)
        for part in source.parts(file, 10_000):
            writer = source.writer()
            assert writer
            for record in source.records(file, part):
                writer.write(record, None)
            joined.add(writer.piece())
        joined.close()
    assert pq.read_table(tmp_path / "b.parquet").equals(table())
    assert pq.ParquetFile(tmp_path / "b.parquet").num_row_groups > 3


def test_a_table_without_an_edit_is_copied(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [QUIET] * 5}), tmp_path / "a.parquet")
    assert run("clean", "--isolated", "a.parquet", "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / "a.parquet").read_bytes() == (tmp_path / "a.parquet").read_bytes()


def test_rows_can_be_read_again_by_their_number(tmp_path: Path) -> None:
    file = File(str(write(tmp_path / "a.parquet")))
    rows = [
        row for part in TableSource("a", Columns()).parts(file, 10_000) for row in TableSource("a", Columns()).records(file, part)
    ]
    assert [row.row for row in rows] == list(range(1, ROWS + 1))
    for row in rows[::97]:
        assert next(iter(TableSource("a", Columns("text")).records(file, Part(row.start, row.stop, row.row or 0)))) == row


def test_the_same_is_found_as_in_rows_of_json(tmp_path: Path) -> None:
    shared = "The company, which was founded in 1911 by two brothers from Leeds, makes cloth for the theatre and sells it abroad."
    rows = [{"id": n, "text": f"{QUIET} It was number {n}.\n\n{shared}\n\n{NEWS} {n}"} for n in range(40)]
    put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    found = []
    for name in ("a.jsonl", "a.parquet"):
        options = ("--isolated", "--extend-select", "duplicate/shared-paragraph", "--output-format", "concise")
        found.append(run("check", name, *options, cwd=tmp_path).stdout.decode().replace(name, "x"))
    assert found[0] == found[1]
    assert "duplicate/shared-paragraph" in found[0]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--text-field", "body"), "no field 'body' (fields here: id, source, meta"),
        (("--text-field", "price"), "field 'price' holds no text, but decimal128(9, 2)"),
        (("--text-field", "article.boody"), "no field 'article.boody'"),
    ],
)
def test_a_field_that_is_not_there_or_holds_no_text_is_told_once(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    write(tmp_path / "a.parquet")
    done = run("clean", "--isolated", "a.parquet", *options, "-o", "out", cwd=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert said in done.stderr.decode()
    assert not (tmp_path / "out" / "a.parquet").exists()


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "a.feather"])
def test_of_a_table_that_is_cut_short_nothing_is_written_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    whole = write(tmp_path / "in" / name).read_bytes()
    put(tmp_path / "in" / name, whole[: len(whole) // 2])
    put(tmp_path / "in" / "b.txt", NEWS)
    done = run("clean", "--isolated", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{name}: is cut short or damaged" in done.stderr.decode()
    assert (tmp_path / "out" / "b.txt").read_text() == CLEAN
    assert not (tmp_path / "out" / name).exists()


def test_a_table_is_no_stream_and_has_no_lines(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    done = run("check", "--isolated", "-", "--stdin-filename", "a.parquet", stdin=(tmp_path / "a.parquet").read_bytes())
    assert (done.returncode, b"name the file itself" in done.stderr) == (2, True)
    done = run("check", "--isolated", "--diff", "a.parquet", cwd=tmp_path)
    assert b"of a kind that has no lines to show" in done.stderr


def test_files_of_one_corpus_may_have_different_columns(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, rows in (("a", {"text": [NEWS]}), ("b", {"content": [NEWS], "more": [1]}), ("c", {"number": [1]})):
        pq.write_table(pa.table(rows), tmp_path / "in" / f"{name}.parquet")
    done = run("clean", "--isolated", "in", "-o", "out", "--format", "jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr.count(b"note: ")) == (0, 2)
    assert b"c.parquet: no field that a text is usually in (fields here: number)" in done.stderr
    texts = [json.loads(line)["text"] for line in (tmp_path / "out" / "articles.jsonl").read_text().splitlines()]
    assert texts == [CLEAN, CLEAN]


def test_lines_of_a_site_are_learnt_from_tables_as_from_rows_of_json(tmp_path: Path) -> None:
    line = "Sign up for our newsletter, the Echo of the day"
    rows = [
        {"url": f"https://echo.example/{n}", "text": f"{QUIET} It was number {n}.\n\n{line}\n\n{QUIET[::-1]}"} for n in range(30)
    ]
    put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=7)
    learnt = [run("learn", "--isolated", name, "--min-share", "0.5", cwd=tmp_path) for name in ("a.jsonl", "a.parquet")]
    assert learnt[0].returncode == 0, learnt[0].stderr
    assert learnt[0].stdout == learnt[1].stdout
    assert line.encode() in learnt[0].stdout
