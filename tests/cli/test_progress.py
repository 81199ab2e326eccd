"""A bar knows its end once a pass over the files has been made."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import put

from lintnews.cli import progress as module
from lintnews.running.request import Request
from lintnews.running.run import Run
from lintnews.settings.files import Configuration

ROWS = "".join(
    json.dumps({"text": f"The council met on day {n} and put the vote off, the mayor said."}) + "\n" for n in range(30)
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.parquet"])
def test_the_second_pass_knows_how_much_there_is(tmp_path: Path, name: str) -> None:
    if name == "a.parquet":
        pq = pytest.importorskip("pyarrow.parquet", reason="needs lintnews[parquet]")
        pq.write_table(
            pytest.importorskip("pyarrow").Table.from_pylist([json.loads(row) for row in ROWS.splitlines()]), tmp_path / name
        )
    else:
        put(tmp_path / name, "".join(json.dumps(row) + "\n" for row in ROWS))
    told: list[tuple[int, int, int]] = []
    options = {"select": ("boilerplate/site-line", "duplicate/shared-paragraph"), "unsafe_fixes": True}
    request = Request([str(tmp_path / name)], "clean", out=str(tmp_path / "out"))
    run = Run(request, Configuration(None, True, options), io.StringIO(), io.BytesIO(), print, lambda *done: told.append(done))
    run()
    assert [of for _, _, of in told] == [0, told[0][1], told[0][1]]
    assert told[0][1] > 0


def test_a_bar_starts_again_with_each_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    progress: Any = module.Progress(Run(Request([]), Configuration(None, True, {}), io.StringIO(), io.BytesIO(), print))
    for done in ((1, 500, 0), (2, 1000, 0), (1, 400, 1000), (2, 1000, 1000)):
        progress(*done)
        assert (progress._bar.n, progress._bar.total) == (done[1], done[2] or None)
    progress.close()


@pytest.mark.parametrize(("name", "size"), [("a.jsonl", 7), ("a.jsonl.gz", 0), ("a.parquet", 0)])
def test_how_much_is_expected_is_said_only_where_a_file_s_size_tells_it(tmp_path: Path, name: str, size: int) -> None:
    put(tmp_path / name, "{}\n{}\n\n")
    run = Run(Request([str(tmp_path)]), Configuration(None, True, {}), io.StringIO(), io.BytesIO(), lambda _: None)
    run()
    assert run.expected() == size
