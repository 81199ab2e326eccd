"""A step of a datatrove pipeline that cleans documents. Needs the extra `datatrove`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from lintnews.engines.cleaner import Cleaner

try:
    from datatrove.io import get_datafolder
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    raise ImportError("lintnews.engines.datatrove needs a package: pip install 'lintnews[datatrove]'") from error


class LintnewsCleaner(PipelineStep):  # type: ignore[misc]  # datatrove says nothing of its types
    """Cleans each document's text, and puts the added columns into its metadata.

    No document is dropped, and none ends the run: an error is in `lintnews_error`, which is empty where there is none. What is no
    text or number is JSON, as the writer for Parquet takes its schema from the first document. With a `ledger` folder, each task
    writes its edits to a file there, as `00000.jsonl`; what a task that did not complete has written there is not to be trusted.
    """

    type = "🧹 - CLEANER"
    name = "lintnews"

    def __init__(self, cleaner: Cleaner | None = None, ledger: Any = None) -> None:
        super().__init__()
        self.cleaner = cleaner or Cleaner()
        self.ledger = get_datafolder(ledger) if ledger else None

    def run(self, data: Iterator[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean the documents of a task."""
        with ExitStack() as stack:
            ledger: Any = None
            if self.ledger is not None:
                ledger = stack.enter_context(self.ledger.open(f"{rank:05d}.jsonl", "wt", encoding="utf-8"))
            for document in data:
                self.stat_update("total")
                with self.track_time():
                    row = self.cleaner.row(document.text, str(document.id))
                    document.text = row.pop("text")
                    for entry in row.get("lintnews_ledger") or () if ledger else ():
                        ledger.write(json.dumps({"path": str(document.id), **entry}, ensure_ascii=False) + "\n")
                    document.metadata.update({name: _plain(value) for name, value in row.items()})
                self.stat_update("edits", value=row["lintnews_edits"])
                if row["lintnews_error"]:
                    self.stat_update("errors")
                yield document


def _plain(value: Any) -> Any:
    """A value of the same type for every document."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
