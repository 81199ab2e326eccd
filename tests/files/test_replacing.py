"""A file that is replaced keeps what it was, and what must not be replaced isn't."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import put, run, tree

from lintnews.files.replacing import TEMPORARY, ChangedError, Replacement, Stamp, write

TEXT = "The mill closed.\n\nShare this article\n\nIt had stood for years.\n"
CLEANED = "The mill closed.\n\nIt had stood for years.\n"
CLEAN = ("clean", "--isolated")


def test_owner_permissions_times_and_attributes_survive(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt", TEXT)
    file.chmod(0o2640)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(file, 12345, 54321)
        file.chmod(0o2640)
    os.utime(file, ns=(1_000_000_000, 2_000_000_000))
    with suppress(AttributeError, OSError):
        os.setxattr(file, "user.origin", b"agency")
    before = os.stat(file)
    names = os.listxattr(file) if hasattr(os, "listxattr") else []
    assert run(*CLEAN, "--in-place", "a.txt", cwd=tmp_path).returncode == 0
    assert file.read_text() == CLEANED
    after = os.stat(file)
    for what in ("st_uid", "st_gid", "st_mode", "st_mtime_ns"):
        assert getattr(after, what) == getattr(before, what)
    if names:
        assert os.listxattr(file) == names
        assert os.getxattr(file, "user.origin") == b"agency"


def test_links_and_protected_files_that_are_come_upon_are_left_and_named(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside.txt", TEXT)
    folder = tmp_path / "in"
    put(folder / "a.txt", TEXT)
    (folder / "link.txt").symlink_to(outside)
    os.link(put(tmp_path / "twin", TEXT), folder / "twin.txt")
    put(folder / "fixed.txt", TEXT).chmod(0o444)
    result = run("check", "--isolated", "--fix", "in", cwd=tmp_path)
    assert result.returncode == 2
    assert tree(folder) == {"a.txt": CLEANED.encode()} | dict.fromkeys(("fixed.txt", "link.txt", "twin.txt"), TEXT.encode())
    assert (outside.read_text(), (tmp_path / "twin").read_text()) == (TEXT, TEXT)
    assert (folder / "link.txt").is_symlink()
    assert os.stat(folder / "twin.txt").st_nlink == 2
    assert os.stat(folder / "fixed.txt").st_mode & 0o777 == 0o444
    for name, words in (("fixed", b"write-protected"), ("link", b"is a link"), ("twin", b"hard links")):
        assert any(b"in/%s.txt: " % name.encode() in line and words in line for line in result.stderr.splitlines()), name
    assert result.stdout.count(b"boilerplate/") == 3  # what was left is reported as it is
    assert run(*CLEAN, "--in-place", "in/link.txt", cwd=tmp_path).returncode == 0  # a link that is named is meant
    assert (outside.read_text(), (folder / "link.txt").is_symlink()) == (CLEANED, True)


def test_an_export_reaches_no_input_through_links(tmp_path: Path) -> None:
    inputs = {"a.txt": TEXT.encode(), "sub/b.txt": TEXT.encode()}
    for name, data in inputs.items():
        put(tmp_path / "in" / name, data)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(tmp_path / "in" / "a.txt")
    (tmp_path / "out" / "sub").symlink_to(tmp_path / "in" / "sub")
    result = run(*CLEAN, "in", "-o", "out", cwd=tmp_path)
    assert result.returncode == 2
    assert b"in/sub/b.txt: would be written to out/sub/b.txt, and a link there leads out of out" in result.stderr
    assert tree(tmp_path / "in") == inputs
    assert (tmp_path / "out" / "a.txt").read_text() == CLEANED
    assert not (tmp_path / "out" / "a.txt").is_symlink()


def test_what_is_no_regular_file_is_written_to(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", TEXT)
    os.mkfifo(tmp_path / "pipe")
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    assert run("check", "--isolated", "a.txt", "-o", "pipe", cwd=tmp_path).returncode == 1
    reader.join(10)
    assert got
    assert b"boilerplate/" in got[0]
    assert (tmp_path / "pipe").is_fifo()
    assert run("check", "--isolated", "a.txt", "-o", os.devnull, cwd=tmp_path).returncode == 1
    assert run(*CLEAN, "a.txt", "-o", "out", "--ledger", os.devnull, cwd=tmp_path).returncode == 0
    assert not Path(os.devnull).is_file()


def test_temporary_names_are_short_unlike_any_other_and_cleaned_up(tmp_path: Path) -> None:
    long = "n" * 240 + ".txt"
    write(str(tmp_path / long), b"old")
    left = put(tmp_path / "sub" / f"{TEMPORARY}0123456789ab", "left by a process that was killed")
    with Replacement(str(tmp_path / "sub" / "a.txt")) as one, Replacement(str(tmp_path / "sub" / "b.txt")) as other:
        assert not left.exists()
        one.file.write(b"1")
        other.file.write(b"2")
        assert len(tree(tmp_path / "sub")) == 2
    assert tree(tmp_path / "sub") == {"a.txt": b"1", "b.txt": b"2"}


def test_a_file_that_was_changed_is_not_replaced(tmp_path: Path) -> None:
    file = put(tmp_path / "a.txt", "read")
    stamp = Stamp.of(str(file))
    replacement = Replacement(str(file))
    replacement.file.write(b"new")
    file.write_text("changed")
    with pytest.raises(ChangedError):
        replacement.commit(stamp)
    assert tree(tmp_path) == {"a.txt": b"changed"}
