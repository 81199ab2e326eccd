"""Reading and writing back: every byte that is not replaced survives."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from conftest import put
from hypothesis import given
from hypothesis import strategies as st

from lintnews.files.encoding import BinaryError, UndecodableError, decode
from lintnews.files.finding import Found, Ignores, Trouble, find
from lintnews.files.replacing import Replacement, write
from lintnews.sources.jsonl import JsonlSource, value_span
from lintnews.sources.source import Columns, File, Part, Record, Source
from lintnews.sources.text import TextSource

ENDINGS = (".txt", ".md", ".jsonl")


def found(*paths: Path, force_exclude: bool = False, exclude: tuple[Ignores, ...] = ()) -> tuple[list[str], list[Trouble]]:
    items = list(find([str(p) for p in paths], ENDINGS, lambda _: exclude, force_exclude=force_exclude))
    return [i.below for i in items if isinstance(i, Found)], [i for i in items if isinstance(i, Trouble)]


@pytest.mark.parametrize(
    ("data", "text", "label"),
    [
        (b"plain\n", "plain\n", "utf-8"),
        ("“café”\r\n".encode(), "“café”\r\n", "utf-8"),
        (b"\xef\xbb\xbfmarked", "marked", "utf-8+bom"),
        ("wide\n".encode("utf-16"), "wide\n", "utf-16-le+bom"),
        (b"\xfe\xff" + "wide\n".encode("utf-16-be"), "wide\n", "utf-16-be+bom"),
        (b"", "", "utf-8"),
    ],
)
def test_encodings_are_known_and_give_the_bytes_back(data: bytes, text: str, label: str) -> None:
    decoded, encoding = decode(data)
    assert (decoded, encoding.label) == (text, label)
    assert encoding.encode(decoded) == data


def test_an_old_encoding_is_detected_when_it_gives_the_bytes_back() -> None:
    text = "The café’s owner said “no” — the naïve plan cost £3m, he added on Monday.\n" * 3
    decoded, encoding = decode(text.encode("cp1252"))
    assert decoded == text
    assert encoding.encode(decoded) == text.encode("cp1252")


def test_broken_utf8_is_not_taken_for_an_old_encoding() -> None:
    with pytest.raises(UndecodableError, match=r"line 2, byte 15"):
        decode("“Ça va”\n".encode() + b"ab\xffc d\n")


def test_nul_bytes_are_binary_and_a_broken_byte_order_mark_is_told() -> None:
    with pytest.raises(BinaryError):
        decode(b"PK\x03\x04\0\0")
    with pytest.raises(UndecodableError, match="UTF-16"):
        decode(b"\xff\xfea\0b")


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_survives(text: str, codec: str) -> None:
    data = text.encode(codec)
    if codec == "utf-8" and (b"\0" in data or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe"))):
        return
    if (codec == "utf-8-sig" and b"\0" in data) or (codec == "utf-16" and text.startswith("\0")):
        return
    source = TextSource("a.txt")
    (record,) = records(source, data)
    assert record.text == text
    assert source.encoded(record, text) == data


def records(source: Source, data: bytes) -> list[Record]:
    return list(source.records(File("-"), Part(0, len(data), data=data)))


def rows(source: Source, file: File, size: int) -> list[tuple[int | None, str | None, bool]]:
    """The rows, read part by part, once more one by one, and written back as they are."""
    got = []
    target = io.BytesIO()
    joined = source.joined(file, target)
    for part in source.parts(file, size):
        writer = source.writer()
        assert writer
        for record in source.records(file, part):
            writer.write(record, None)
            got.append((record.row, record.text, record.problem is not None))
            if file.stream is None:
                assert list(source.records(file, Part(record.start, record.stop, record.row or 1))) == [record]
        joined.add(writer.piece())
    joined.close()
    assert target.getvalue() == (file.stream.getvalue() if isinstance(file.stream, io.BytesIO) else Path(file.path).read_bytes())
    return got


def test_rows_keep_their_numbers_however_the_file_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import lintnews.sources.jsonl as module

    data = b"\xef\xbb\xbf" + b"".join(
        [
            b'{"text": "one"}\r\n',
            b"\n",
            b"not json\n",
            b'{"id": 3}\n',
            b'{"text": "f\\u00fcnf"}\n',
            b'{"text": null}\n',
            b'{"text": "last"}',
        ]
    )
    source = JsonlSource("rows.jsonl")
    file = File(str(put(tmp_path / "rows.jsonl", data)))
    whole = rows(source, file, 1 << 20)
    assert whole == [
        (1, "one", False),
        (2, None, False),
        (3, None, True),
        (4, None, True),
        (5, "fünf", False),
        (6, None, True),
        (7, "last", False),
    ]
    for block in (1, 7, 40):
        monkeypatch.setattr(module, "_BLOCK", block)
        for size in (1, 10, 50):
            assert rows(source, file, size) == whole
            assert rows(source, File("-", io.BytesIO(data)), size) == whole


def test_only_the_text_of_a_row_changes() -> None:
    raw = b'{"id":1, "text" : "x", "article": {"n": [1.0, 1e3], "body":"caf\xc3\xa9 \\"a\\"", "z":"\\/"},"text":"y" }\r\n'
    source = JsonlSource("rows.jsonl", Columns("article.body"))
    (record,) = records(source, raw)
    assert record.text == 'café "a"'
    assert source.encoded(record, "é") == raw.replace(b'"caf\xc3\xa9 \\"a\\""', b'"\xc3\xa9"')
    line = raw.decode()
    start, stop = value_span(line, ["text"])  # the last of two, as json.loads takes it
    assert line[start:stop] == '"y"'


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.booleans(),
    st.booleans(),
)
def test_a_row_is_restored_however_it_was_escaped(text: str, cleaned: str, ascii_only: bool, slashes: bool) -> None:
    written = json.dumps({"a": 1, "text": text}, ensure_ascii=ascii_only)
    raw = (written.replace("/", "\\/") if slashes else written).encode() + b"\n"
    source = JsonlSource("rows.jsonl")
    (record,) = records(source, raw)
    new = source.encoded(record, cleaned)
    assert json.loads(new)["text"] == cleaned
    assert source.restore(new, lambda _: text, source.trace(record, new)) == raw


@pytest.mark.parametrize("value", ['"\\ud800"', "3", "{}"])
def test_a_field_without_a_text_is_a_problem(value: str) -> None:
    raw = f'{{"text": {value}}}\n'.encode()
    (record,) = records(JsonlSource("rows.jsonl"), raw)
    assert record.text is None
    assert record.problem


def test_files_are_sorted_and_ignored_ones_left_out(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/drafts/d.txt",
        "c.md",
        "notes.log",
        "a/keep.txt",
        ".git/x.txt",
        "node_modules/y.txt",
        "x/b.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / ".gitignore").write_text("drafts/\nx/*\n")
    (tmp_path / "a" / ".gitignore").write_text("z.txt\n")
    assert found(tmp_path) == (["a/keep.txt", "b.txt", "c.md"], [])
    # The .gitignore at the top of a repository also speaks for a folder that is named below it.
    assert found(tmp_path / "x")[0] == []
    assert found(tmp_path / "x" / "b.txt")[0] == ["b.txt"]
    assert found(tmp_path / "a", tmp_path)[0] == ["keep.txt", "b.txt", "c.md"]


def test_exclude_speaks_of_named_files_only_when_forced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").write_text("x")
    exclude = (Ignores(str(tmp_path), ("a.*",)),)
    assert found(tmp_path, exclude=exclude)[0] == ["b.txt"]
    assert found(tmp_path / "a.txt", exclude=exclude)[0] == ["a.txt"]
    assert found(tmp_path / "a.txt", exclude=exclude, force_exclude=True)[0] == []


def test_strange_places_are_survived(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    names, troubles = found(tmp_path, tmp_path / "missing")
    assert names == ["a.txt"]
    assert [(Path(t.path).name, t.grave) for t in troubles] == [
        ("gone.txt", True),
        ("loop", False),
        ("pipe.txt", False),
        ("missing", True),
    ]


def test_a_replaced_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write(str(link), b"new")
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def fail() -> None:
        with Replacement(str(path)) as replacement:
            replacement.file.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]
