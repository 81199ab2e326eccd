"""The parts of the HTML report to a folder: texts in chunks, a table of articles, and the page, which comes last.

A new report in the place of an old one is written beside it; the old data go once the new page stands. Articles come as classic
scripts, as a page that is opened from the disk may load nothing else.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from contextlib import suppress
from typing import Any

from lintnews.files.hashing import digest
from lintnews.files.replacing import write
from lintnews.reports.html.gathered import CHUNK, Gathered
from lintnews.reports.html.page import MARK, page, table
from lintnews.reports.html.scripts import script
from lintnews.reports.totals import Totals

MOST_ARTICLES = 20_000
"""Articles that have a page; more would be slow to find their way in, and gigabytes."""
PAGE = "index.html"
_DATA = re.compile(r"data-[0-9a-f]{16}")


class FolderSheet:
    """A folder that holds one report and nothing else. Raises `OSError` for one that holds something that is not ours."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._check()
        os.makedirs(path, exist_ok=True)
        self._new = os.path.join(path, f".lintnews-{os.urandom(6).hex()}")
        os.mkdir(self._new)
        self.known = Gathered()
        self.unpaged = 0
        self._late: dict[int, list[Any]] = {}
        self._chunk: list[str] = []
        self._hashes: list[str] = []

    def begin(self) -> None:
        """Nothing."""

    def add(self, part: str) -> None:
        """Keep the article's row, and its entry for the next chunk."""
        head, entry, _ = part.split("\n")
        row = json.loads(head)
        path = row["path"]
        number = self.known.numbers.get(path)
        self.known.repeats.add(path, row.pop("alike"))
        if "chars" in row:
            self._take(path, row, entry)
        elif number is not None:  # compared with others, once all were read
            self._late.setdefault(number, []).extend(json.loads(entry))
            for rule, counts in row["rules"].items():
                mine = self.known.rows[number]["rules"].setdefault(rule, [0, 0, 0])
                self.known.rows[number]["rules"][rule] = [a + b for a, b in zip(mine, counts, strict=True)]
            self.known.rows[number]["sure"] += row["sure"]

    def end(self, totals: Totals) -> str:
        """The last chunk, the table, and the page in the place of an old one."""
        if self._chunk:
            self._put_chunk()
        self._put("late", script(self._late))
        self._put("index", script(table(self.known)))
        data = f"data-{digest(''.join(self._hashes).encode())}"
        target = os.path.join(self.path, data)
        if os.path.isdir(target):  # the same report
            shutil.rmtree(target)
        os.rename(self._new, target)
        note = (
            f"the HTML report has pages for the first {MOST_ARTICLES:,} articles of {totals.articles:,}" if self.unpaged else ""
        )
        write(os.path.join(self.path, PAGE), page(self.known, totals, data, note).encode("utf-8", "replace"))
        for name in self._data():
            if name != data:
                shutil.rmtree(os.path.join(self.path, name), ignore_errors=True)
        return note

    def discard(self) -> None:
        """Remove what is not finished, and the folder if there is nothing else in it."""
        shutil.rmtree(self._new, ignore_errors=True)
        with suppress(OSError):
            os.rmdir(self.path)

    def _check(self) -> None:
        try:
            names = os.listdir(self.path)
        except FileNotFoundError:
            return
        if not names:
            return
        with suppress(OSError), open(os.path.join(self.path, PAGE), encoding="utf-8") as file:
            if MARK in file.read(200) and all(name == PAGE or name.startswith((".lintnews-", "data-")) for name in names):
                return
        raise OSError(errno.ENOTEMPTY, "it holds something that is no report of lintnews", self.path)

    def _take(self, path: str, row: dict[str, Any], entry: str) -> None:
        self.known.articles_by_source[row["source"]] += 1
        if len(self.known.rows) >= MOST_ARTICLES:
            self.unpaged += 1
            return
        self.known.numbers[path] = len(self.known.rows)
        self.known.rows.append(row)
        self._chunk.append(entry)
        if len(self._chunk) == CHUNK:
            self._put_chunk()

    def _put_chunk(self) -> None:
        self._put(f"c{(len(self.known.rows) - 1) // CHUNK:05}", f"[{','.join(self._chunk)}]")
        self._chunk = []

    def _put(self, name: str, value: str) -> None:
        data = f'lintnews("{name}",{value})\n'.encode()
        self._hashes.append(digest(data))
        with open(os.path.join(self._new, f"{name}.js"), "wb") as file:
            file.write(data)

    def _data(self) -> list[str]:
        return [name for name in os.listdir(self.path) if _DATA.fullmatch(name)]
