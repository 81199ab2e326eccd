"""In a datatrove pipeline no document is lost to lintnews, the results are those of one machine, and a task runs again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run, tree

pytest.importorskip("datatrove", reason="needs lintnews[datatrove]")

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from lintnews.engines.cleaner import Cleaner
from lintnews.engines.datatrove import LintnewsCleaner

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def pipeline(folder: Path, step: Any) -> LocalPipelineExecutor:
    writer = JsonlWriter(str(folder / "out"), compression=None, output_filename="${rank}.jsonl", expand_metadata=True)
    steps = [JsonlReader(str(folder / "in")), step, writer]
    return LocalPipelineExecutor(steps, tasks=2, workers=1, logging_dir=str(folder / "logs"))


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def corpus(folder: Path) -> None:
    texts = [(seed.stem, seed.read_text(encoding="utf-8")) for seed in SEEDS]
    for number in range(2):
        lines = "".join(json.dumps({"id": f"{name}-{number}", "text": text}) + "\n" for name, text in texts)
        put(folder / "in" / f"{number}.jsonl", lines)


def test_it_is_the_same_as_on_one_machine(tmp_path: Path) -> None:
    corpus(tmp_path)
    assert run("clean", "--isolated", "in", "-o", "one", cwd=tmp_path).returncode == 0
    pipeline(tmp_path, LintnewsCleaner(ledger=str(tmp_path / "ledger"))).run()
    one, other = rows(tmp_path / "one" / "."), rows(tmp_path / "out")
    texts = {row["id"]: row["text"] for row in one if "id" in row and "text" in row}
    assert {row["id"]: row["text"] for row in other} == texts
    assert {row["lintnews_error"] for row in other} == {""}
    edits = sum(row["lintnews_edits"] for row in other)
    assert edits == sum(path.count(b"\n") for path in tree(tmp_path / "ledger").values()) > 40


def test_a_run_that_a_step_ended_goes_on_with_the_tasks_that_are_missing(tmp_path: Path) -> None:
    corpus(tmp_path)

    class Deadly(LintnewsCleaner):
        def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Any:
            if rank == 1 and not (tmp_path / "mark").exists():
                put(tmp_path / "mark", "")
                raise RuntimeError("the machine went away")
            return super().run(data, rank, world_size)

    with pytest.raises(RuntimeError, match="the machine went away"):
        pipeline(tmp_path, Deadly()).run()
    pipeline(tmp_path, Deadly()).run()
    assert len(rows(tmp_path / "out")) == 2 * len(SEEDS)


def test_a_document_that_breaks_is_reported_as_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus(tmp_path)
    whole = Cleaner._cleaned

    def cleaned(self: Cleaner, text: str, name: str, *given: Any) -> dict[str, Any]:
        if name.startswith("002"):
            raise RuntimeError("boom")
        return whole(self, text, name, *given)

    monkeypatch.setattr(Cleaner, "_cleaned", cleaned)
    pipeline(tmp_path, LintnewsCleaner()).run()
    found = rows(tmp_path / "out")
    assert len(found) == 2 * len(SEEDS)
    assert {row["id"][:3] for row in found if row["lintnews_error"]} == {"002"}
