"""Rows and tables come back cleaned, all of them and in order, whatever they hold; settings travel to other processes."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import put, run

import lintnews
from lintnews.engines.cleaner import Cleaner, clean_table
from lintnews.evidence.sitelines.counting import Learner, LineCount, observe_lines
from lintnews.patterns.deadline import tick

pa = pytest.importorskip("pyarrow", reason="needs lintnews[parquet]")

NEWS = "The mill on the river closed in May.\n\nShare this article\n\nIt had stood there for eighty years, the owner said."
CLEAN = NEWS.replace("Share this article\n\n", "")
QUIET = "The council met on Monday and put the vote off until June, the mayor said."
RULE = """message = "House line."
why = "It is the house's own."
fix = "safe"
detect = "block"
[with]
patterns = ['''^A line of the house$''']
[[bad]]
text = "⟦A line of the house⟧"
[[good]]
text = "Not a line of the house"
"""


def test_a_row_says_what_was_done() -> None:
    row = Cleaner(columns=("removed", "rules", "offsets", "verdict")).row(NEWS, "n-1")
    assert row["text"] == CLEAN
    assert (row["lintnews_edits"], row["lintnews_error"]) == (1, None)
    assert row["lintnews_rules"] == [{"rule": "boilerplate/share", "edits": 1}]
    assert row["lintnews_removed"]["other"] == ["Share this article"]
    assert row["lintnews_verdict"] == "drop"  # too short
    assert list(row) == list(Cleaner(columns=("removed", "rules", "offsets", "verdict")).row(None))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, None),
        (7, "the text is int, not a string"),
        (b"x", "the text is bytes, not a string"),
        ("half \ud800", "half a surrogate pair"),
    ],
)
def test_what_is_no_text_comes_back_as_it_was(text: Any, said: str | None) -> None:
    row = Cleaner().row(text)
    assert row["text"] is text
    assert said is None or said in row["lintnews_error"]


def test_a_text_over_which_a_rule_breaks_or_that_takes_too_long_is_reported_as_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import lintnews.engines.cleaner as module

    cleaner = Cleaner(lintnews.Settings(time_limit=0.2))
    linter, settings = module._built(cleaner._made_of)

    class Broken:
        def clean(self, document: lintnews.Document, **given: Any) -> Any:
            if "slow" in document.text:
                while True:
                    tick()
            if "broken" in document.text:
                raise RuntimeError("boom")
            return linter.clean(document, **given)

    monkeypatch.setattr(module, "_built", lambda _: (Broken(), settings))
    texts = [NEWS, "slow", "broken", NEWS]
    made = cleaner.table(pa.table({"id": range(4), "text": texts}))
    assert made["text"].to_pylist() == [CLEAN, "slow", "broken", CLEAN]
    errors = made["lintnews_error"].to_pylist()
    assert errors[:1] + errors[2:] == [None, "RuntimeError: boom", None]
    assert errors[1].startswith("OutOfTimeError: ")


def table() -> Any:
    made = pa.table(
        {
            "n": pa.array([3, 1, 2, 0]),
            "content": pa.chunked_array([[NEWS, None], [QUIET, NEWS]], pa.large_string()),
            "more": pa.array([{"body": NEWS}, None, {"body": None}, {"body": QUIET}]),
            "coded": pa.array([NEWS, NEWS, QUIET, None]).dictionary_encode(),
        }
    )
    return made.replace_schema_metadata({"own": "x"})


@pytest.mark.parametrize(("field", "column"), [("", "content"), ("more.body", "more"), ("coded", "coded")])
def test_a_table_keeps_its_rows_its_columns_and_its_schema(field: str, column: str) -> None:
    before = table()
    columns = ("verdict", "metrics", "removed", "rules", "offsets", "ledger")
    cleaner = Cleaner(columns=columns)
    after = cleaner.table(before, field)
    assert after.schema == cleaner.schema(before.schema)
    assert after.schema.metadata == {b"own": b"x"}
    assert [name for name in before.column_names if after[name].to_pylist() != before[name].to_pylist()] == [column]
    assert json.dumps(after[column].to_pylist()) == json.dumps(before[column].to_pylist()).replace("Share this article\\n\\n", "")
    assert not [kind for kind in after.schema.types if pa.types.is_null(kind)]
    assert cleaner.table(after, field).schema == after.schema  # a second time no column is added
    for empty in (before.slice(0, 0), before.slice(1, 1)):
        assert cleaner.table(empty, field).schema == after.schema
        assert cleaner.table(empty, field).num_rows == empty.num_rows
    batch = cleaner.table(before.combine_chunks().to_batches()[0], field)
    assert isinstance(batch, pa.RecordBatch)
    assert batch.to_pylist() == after.to_pylist()


@pytest.mark.parametrize("given", [{"n": [1, 2]}, {"n": [1, 2], "text": [5, 6]}, {"text": pa.nulls(2)}])
def test_a_table_without_texts_has_that_as_its_errors(given: dict[str, Any]) -> None:
    made = clean_table(pa.table(given))
    assert made.num_rows == 2
    assert all("no field of texts" in error for error in made["lintnews_error"].to_pylist())


def test_the_same_comes_out_as_from_one_machine(tmp_path: Path) -> None:
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    rows = [{"id": seed.stem, "text": seed.read_text(encoding="utf-8")} for seed in seeds]
    put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    put(tmp_path / "lintnews.toml", 'ignore = ["spun"]\nunsafe-fixes = true\n')
    command = ("clean", "a.jsonl", "-o", "out", "--format", "jsonl", "--columns", "ledger,rules")
    assert run(*command, cwd=tmp_path).returncode == 0
    one = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    other = Cleaner(str(tmp_path / "lintnews.toml")).table(pa.Table.from_pylist(rows)).to_pylist()
    assert [row["text"] for row in other] == [row["text"] for row in one]
    assert [row["lintnews_ledger"] for row in other] == [row["ledger"] for row in one]
    assert sum(row["lintnews_edits"] for row in other) > 30


SCRIPT = "import pickle, sys; print(pickle.load(sys.stdin.buffer).row('A line of the house\\n\\nThe rest of it.')['text'])"


@pytest.mark.parametrize("named", ["rules", "rules/house", "rules/house/line.toml"])
def test_rules_travel_as_texts(tmp_path: Path, named: str) -> None:
    put(tmp_path / "rules" / "house" / "line.toml", RULE)
    select = "line" if named == "rules/house" else "house"
    if named == "rules/house":
        select = "ALL"
    cleaner = Cleaner(lintnews.Settings(select=(select,), rule_paths=(str(tmp_path / named),)))
    data = pickle.dumps(cleaner)
    (tmp_path / "rules" / "house" / "line.toml").unlink()
    done = subprocess.run([sys.executable, "-c", SCRIPT], input=data, capture_output=True, check=False)
    assert done.stdout == b"The rest of it.\n", done.stderr
    assert len(data) < 5_000


def test_lines_counted_elsewhere_are_learnt_as_here() -> None:
    documents = [
        lintnews.Document(
            f"Story {n} of the day\n\n{QUIET} It was number {n}.\n\nSign up for our newsletter\n\nMore from the Echo {n}"
        )
        for n in range(12)
    ]
    here = Learner()
    counted: dict[str, list[Any]] = {}
    for document in documents:
        lines = observe_lines(document)
        here.add(("echo",), lines)
        for line in lines:
            counted.setdefault(line.form, []).append(line)
    counts = []
    for form, lines in counted.items():
        bits = [0, 0]
        for line in lines:
            bits = [bits[0] | line.before, bits[1] | line.after]
        signed = [value - (1 << 64) if value >> 63 else value for value in bits]
        texts = [line.text for line in lines]
        places = tuple(sum(line.place == place for line in lines) for place in range(3))
        sums = (sum(line.share for line in lines), sum(line.leads for line in lines))
        counts.append(LineCount("echo", form, 12, len(lines), min(texts), max(texts), *sums, *signed, places))  # type: ignore
    assert list(Learner.of(counts, 12).learnt()) == list(here.learnt()) != []
