"""The guide's lines run as they stand, on every engine that is installed."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, put

import lintnews

pa = pytest.importorskip("pyarrow", reason="needs lintnews[parquet]")
GUIDE = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
RECIPES = {block.splitlines()[0][2:]: block for block in BLOCKS if block.startswith("# ")}
NEWS = "The mill on the river closed in May.\n\nShare this article\n\nIt had stood there for eighty years, the owner said."
ROWS = [{"id": "a", "text": "No edit here, said the mayor of the town."}, {"id": "b", "text": NEWS}]
WANTED = [ROWS[0]["text"], NEWS.replace("Share this article\n\n", "")]


def test_the_core_is_as_the_guide_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "lintnews.toml", "")
    monkeypatch.chdir(tmp_path)
    exec(BLOCKS[0], {"table": pa.Table.from_pylist(ROWS)})


@pytest.mark.parametrize("engine", ["pandas", "polars", "datasets", "duckdb", "dask"])
def test_a_recipe_gives_the_cleaned_texts(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    module = pytest.importorskip(engine, reason=f"needs {engine}")
    if engine == "dask":
        importlib.import_module("dask.bag")
        module.config.set(scheduler="sync")
    cleaner = lintnews.Cleaner(columns=("verdict", "removed", "rules"))
    table = pa.Table.from_pylist(ROWS)
    given: dict[str, Any] = {engine: module, "cleaner": cleaner, "rows": ROWS}
    if engine in ("pandas", "polars"):
        given["frame"] = module.DataFrame(ROWS)
    if engine == "datasets":
        given["data"] = module.Dataset.from_list(ROWS)
    if engine == "duckdb":
        pq = importlib.import_module("pyarrow.parquet")
        pq.write_table(table, tmp_path / "a.parquet")
        given["path"] = str(tmp_path / "a.parquet")
    exec(RECIPES[engine], given)
    assert texts(engine, given["cleaned"]) == WANTED


def texts(engine: str, cleaned: Any) -> list[str]:
    if engine == "duckdb":
        return [row[0] for row in cleaned.select("text").fetchall()]
    if engine == "dask":
        return [row["text"] for row in cleaned.compute()]
    return list(cleaned["text"])


def test_every_name_of_the_guide_is_there() -> None:
    from lintnews.engines import corpus

    assert all(hasattr(corpus, name) for name in ("signatures", "only", "copies"))
    assert json.dumps(sorted(RECIPES)) == json.dumps(["dask", "datasets", "datatrove", "duckdb", "pandas", "polars", "pyspark"])
