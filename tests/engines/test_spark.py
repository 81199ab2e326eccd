"""On Spark the same comes out as on one machine; a killed worker costs nothing, and a document that breaks is one row's error."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run

pytest.importorskip("pyspark", reason="needs lintnews[spark]")
if not shutil.which("java"):
    pytest.skip("needs Java 17", allow_module_level=True)

from pyspark.sql import SparkSession

import lintnews
from lintnews.engines import spark as engine
from lintnews.engines.cleaner import Cleaner

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SHARED = "The company, which was founded in 1911 by two brothers from Leeds, makes cloth for the theatre and sells it abroad."
LINE = "Sign up for our newsletter, the Echo of the day"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    os.environ["PYSPARK_PYTHON"] = sys.executable
    local = {"spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
    builder = SparkSession.builder.master("local[2,4]").config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "1g")
    for name, value in local.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("OFF")
    yield made
    made.stop()


def rows() -> list[dict[str, str]]:
    """Articles, some of which share a paragraph, and most of which hold a line of their site."""
    found = []
    for number in range(60):
        text = SEEDS[number % len(SEEDS)].read_text(encoding="utf-8") if number < 5 else f"Story {number} of the mill"
        own = f"It was day {number} of the strike, said owner {number * 7}, and nobody in ward {number * 3} had come to work."
        middle, last = SHARED if number % 9 == 0 else own[::-1], LINE if number % 2 else "And more."
        text += f"\n\n{own}\n\n{middle}\n\n{last}\n\nThe end of it, he said."
        found.append({"id": f"{number:03}", "text": text, "site": f"https://www.{'ab'[number % 4 > 1]}.example/{number}"})
    return found


def test_it_is_the_same_as_on_one_machine(session: Any, tmp_path: Path) -> None:
    """Copies across articles and lines of a site, too."""
    data = rows()
    put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in data))
    select = "boilerplate,duplicate,boilerplate/site-line,duplicate/shared-paragraph"
    options = ("--isolated", "--select", select, "--unsafe-fixes", "--site-field", "site", "--id-field", "id")
    command = ("clean", "a.jsonl", "-o", "out", "--format", "jsonl", "--columns", "ledger,rules", *options)
    done = run(*command, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    one = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    cleaner = Cleaner(lintnews.Settings(select=tuple(select.split(",")), unsafe_fixes=True))
    frame = session.createDataFrame(data).repartition(4)
    together = engine.together(frame, "text", "id", "site")
    assert together.copies
    other = [row.asDict(True) for row in engine.clean(frame, cleaner, "text", "id", "site", together).orderBy("id").collect()]
    assert [row["text"] for row in other] == [row["text"] for row in one]
    ledgers = [[{**entry, "reason": ""} for entry in row["lintnews_ledger"]] for row in other]
    assert ledgers == [[{**entry, "reason": ""} for entry in row["ledger"]] for row in one]
    used = {count["rule"] for row in other for count in row["lintnews_rules"]}
    assert {"duplicate/shared-paragraph", "boilerplate/site-line"} <= used


def test_a_killed_worker_is_run_again_and_a_broken_document_is_its_own_error(session: Any, tmp_path: Path) -> None:
    data = [
        {"id": f"{number:03}", "text": f"Story {number}.\n\nShare this article\n\nThe end of {number}."} for number in range(200)
    ]
    mark = tmp_path / "mark"

    class Deadly(Cleaner):
        def _cleaned(self, text: str, *given: Any) -> dict[str, Any]:
            if text.startswith("Story 70.") and not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if text.startswith("Story 30."):
                raise RuntimeError("boom")
            return super()._cleaned(text, *given)

    frame = session.createDataFrame(data, "id string, text string").repartition(4)
    engine.clean(frame, Deadly(), "text", "id").write.parquet(str(tmp_path / "out"))
    assert mark.exists()
    assert (tmp_path / "out" / "_SUCCESS").exists()
    found = session.read.parquet(str(tmp_path / "out")).orderBy("id").collect()
    assert [row.id for row in found] == [row["id"] for row in data]
    assert [row.id for row in found if row.lintnews_error] == ["030"]
