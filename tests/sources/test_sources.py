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
from lintnews.sources.jsonl import JsonlSource
from lintnews.sources.jsonrows import value_span
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


ENGLISH = "The café’s owner said “no” — the naïve plan cost £3m, he added on Monday.\n"
FRENCH = "Le président a signé la loi à l’Élysée, où il a déclaré : « c’est un pas ».\n"
RUSSIAN = "Президент подписал закон, который вступит в силу в понедельник. Это важный шаг, сказал министр Иванов.\n"
JAPANESE = "首相は新しい経済対策を発表した。東京では雨が予想される。\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He said it isn’t so.\n", "cp1252"),
        (ENGLISH, "cp1252"),
        (FRENCH, "cp1252"),
        (ENGLISH, "mac_roman"),
        ("He said it isn’t so.\n“Never” — he said.\n", "mac_roman"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "iso8859_5"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
    ],
)
def test_an_old_encoding_is_guessed(text: str, name: str) -> None:
    data = text.encode(name)
    decoded, encoding = decode(data)
    assert (decoded, encoding.name, encoding.is_guess, encoding.is_doubtful) == (text, name, True, False)
    assert encoding.encode(decoded) == data


@pytest.mark.parametrize(
    "data",
    [
        "He said it isn’t so, and the café’s “closed”. ".encode("cp1252") + "The café, too.".encode(),
        b"The caf\xd7\xd7 and the n\xc1\xcbve",
        "It rose by £3, and then by £12.".encode("cp850"),
        JAPANESE.encode("cp932")[:9],
    ],
)
def test_a_guess_that_reads_badly_is_doubtful(data: bytes) -> None:
    assert decode(data)[1].is_doubtful


def test_an_encoding_that_is_named_is_taken() -> None:
    assert decode("café".encode("cp850"), "cp850")[0] == "café"
    with pytest.raises(UndecodableError, match="can't be read as cp1252 at byte 1; name another"):
        decode(b"a\x81", "cp1252")


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


@pytest.mark.parametrize("depth", [100, 900, 975, 990, 5000, 100_000])
def test_a_row_may_be_nested_however_deep(depth: int) -> None:
    raw = ('{"deep": ' + "[" * depth + '"}"' + "]" * depth + ', "a": {"text": "old"}, "site": "https://x.example/1"}').encode()
    source = JsonlSource("rows.jsonl", Columns("a.text", site="site"))
    (record,) = records(source, raw)
    assert (record.text, record.site, record.problem) == ("old", "x.example", None)
    new = source.encoded(record, "new")
    assert new == raw.replace(b"old", b"new")
    assert source.restore(new, lambda _: "old", source.trace(record, new)) == raw


def test_a_row_may_hold_a_number_however_long() -> None:
    raw = b'{"id": ' + b"9" * 10_000 + b', "text": "old"}\n'
    source = JsonlSource("rows.jsonl", Columns(id="id"))
    (record,) = records(source, raw)
    assert (record.text, len(record.id)) == ("old", 10_000)
    assert source.encoded(record, "new") == raw.replace(b"old", b"new")


def test_rows_in_a_named_encoding_survive() -> None:
    raw = '{"text": "café", "id": "naïve"}\n'.encode("cp1252")
    source = JsonlSource("rows.jsonl")
    (record,) = source.records(File("-", encoding="cp1252"), Part(0, len(raw), data=raw))
    assert record.text == "café"
    new = source.encoded(record, "“tea” 喝茶")
    assert json.loads(new.decode("cp1252"))["text"] == "“tea” 喝茶"
    assert source.restore(new, lambda _: "café", source.trace(record, new)) == raw


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


def test_what_git_leaves_out_by_its_own_files_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, repository = tmp_path / "home", tmp_path / "repository"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL", raising=False)
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        put(repository / name, "x")
    put(repository / ".git" / "info" / "exclude", "a.txt\n")
    put(home / ".config" / "git" / "ignore", "b.txt\n")
    assert found(repository)[0] == ["c.txt", "d.txt"]
    put(home / ".gitconfig", '[user]\n\texcludesfile = wrong\n[core]\n\teditor = vi\n\tExcludesFile = "~/mine"  # mine\n')
    put(home / "mine", "c.txt\n")
    assert found(repository)[0] == ["b.txt", "d.txt"]
    put(repository / ".git" / "config", "[core] excludesFile = " + str(home / "here") + "\n")
    put(home / "here", "d.txt\n")
    assert found(repository)[0] == ["b.txt", "c.txt"]


@pytest.mark.parametrize("pattern", ["*a" * 40 + "b", "**/a" * 40 + "/b", "[a-z]*" * 40 + "1", "a/**/" * 40 + "b"])
def test_a_pattern_that_is_made_to_be_slow_is_not(pattern: str) -> None:
    ignores = Ignores("/x", (pattern,))
    assert not ignores.match("/x/" + "a" * 250, False)
    assert not ignores.match("/x/" + "a/" * 1000, True)


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
