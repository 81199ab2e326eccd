"""Speed and memory of `lintnews check` beside its peers, in one run: CPU seconds of fresh processes, reported as ratios.

    python benchmarks/speed.py ARTICLES.jsonl[.gz] [--limit N] [--rounds 3]

ARTICLES has one JSON object a row with a `text`. Each article is written to a file of its own, and every tool reads the same
files. A peer that is not on PATH (or whose package can't be imported) is left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LINTNEWS = [sys.executable, "-m", "lintnews"]
IN_PROCESS = """
import sys, pathlib
{setup}
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt")):
    text = path.read_text(encoding="utf-8")
    {work}
"""


@dataclass(frozen=True)
class Tool:
    """A command over a folder or, with `{jsonl}`, over one file; a `share` of the articles is enough for a slow one."""

    name: str
    command: list[str]
    needs: str = ""
    share: float = 1.0
    jsonl: bool = False
    many: bool = False


def tools() -> Iterator[Tool]:
    check = [*LINTNEWS, "check", "--isolated", "--exit-zero", "--output-format", "jsonl"]
    yield Tool("lintnews check, 1 job", [*check, "--jobs", "1", "{in}"])
    yield Tool("lintnews check, 2 jobs", [*check, "--jobs", "2", "{in}"])
    yield Tool("lintnews check, one JSONL", [*check, "--jobs", "1", "{jsonl}"])
    yield Tool("lintnews clean, 1 job", [*LINTNEWS, "clean", "--isolated", "--jobs", "1", "{in}", "-o", "{out}"])
    yield Tool("lintnews boilerplate", [*check, "--select", "boilerplate", "--jobs", "1", "{in}"])
    yield Tool("lintnews duplicate", [*check, "--select", "duplicate", "--jobs", "1", "{in}"])
    yield Tool("lintnews spun", [*check, "--select", "spun", "--jobs", "1", "{in}"])
    yield Tool("typos", ["typos", "--threads", "1", "--format", "brief", "{in}"], "typos")
    yield Tool("codespell", ["codespell", "{in}"], "codespell", 0.2)
    yield Tool("proselint", ["proselint", "check", "{files}"], "proselint", 0.01)
    yield Tool("write-good", ["write-good", "{files}"], "write-good", 0.02)
    ftfy = IN_PROCESS.format(setup="import ftfy", work="ftfy.fix_text(text)")
    yield Tool("ftfy", [sys.executable, "-c", ftfy, "{in}"], "import ftfy", 0.1)
    dolma = IN_PROCESS.format(
        setup="from dolma.taggers.c4 import FasterC4Tagger as C4\nfrom dolma.core.data_types import Document\ntagger = C4()",
        work="tagger.predict(Document(id='', source='', text=text))",
    )
    yield Tool("dolma c4_v2", [sys.executable, "-c", dolma, "{in}"], "import dolma", 0.2)


def missing(tool: Tool) -> bool:
    if tool.needs.startswith("import "):
        return importlib.util.find_spec(tool.needs.removeprefix("import ")) is None
    return bool(tool.needs) and shutil.which(tool.needs) is None


def write_articles(data: Path, folder: Path, limit: int | None) -> list[Path]:
    files = []
    with gzip.open(data, "rt", encoding="utf-8") if data.suffix == ".gz" else data.open(encoding="utf-8") as rows:
        for number, row in enumerate(rows):
            if limit is not None and number >= limit:
                break
            file = folder / f"{number // 1000:03}" / f"{number:06}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(json.loads(row)["text"], encoding="utf-8")
            files.append(file)
    return files


def measure(command: list[str]) -> tuple[float, float, float]:
    """CPU seconds (children included), wall seconds and peak MB of one process, its output thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="only tools whose name holds this")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        files = write_articles(arguments.articles, base, arguments.limit)
        chosen = [tool for tool in tools() if arguments.only in tool.name]
        left_out = [tool.name for tool in chosen if missing(tool)]
        run_all([tool for tool in chosen if not missing(tool)], files, base, arguments.rounds)
    if left_out:
        print("not installed, left out:", ", ".join(left_out))


def run_all(chosen: list[Tool], files: list[Path], base: Path, rounds: int) -> None:
    first = None
    print(f"{'tool':28} {'MB/s CPU':>9} {'ratio':>7} {'wall s':>8} {'peak MB':>8}")
    for tool in chosen:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "in")
            folder.mkdir()
            sample = files[: max(1, int(len(files) * tool.share))]
            for file in sample:
                target = folder / file.relative_to(base)
                target.parent.mkdir(exist_ok=True)
                target.hardlink_to(file)
            jsonl = Path(temporary, "articles.jsonl")
            if any("{jsonl}" in part for part in tool.command):
                with jsonl.open("w", encoding="utf-8") as out:
                    out.writelines(json.dumps({"text": f.read_text(encoding="utf-8")}, ensure_ascii=False) + "\n" for f in sample)
            size = sum(file.stat().st_size for file in sample) / 1e6
            samples = []
            for number in range(rounds):
                names = {"{in}": str(folder), "{jsonl}": str(jsonl), "{out}": str(Path(temporary, f"out{number}"))}
                command = [names.get(part, part) for part in tool.command]
                if command[-1] == "{files}":
                    command[-1:] = [str(folder / file.relative_to(base)) for file in sample]
                samples.append(measure(command))
            cpu, wall, peak = (statistics.median(column) for column in zip(*samples, strict=True))
            first = first or size / cpu
            print(f"{tool.name:28} {size / cpu:9.2f} {first / (size / cpu):7.1f} {wall:8.2f} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
