"""Random folders of files, and commands over them: what must hold whatever they are.

python tests/fuzzing_commands.py --first 4711 --inputs 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from fuzzing import CODECS, SEED, article, row

from lintnews.cli import main as lintnews

LEDGER = "lintnews-ledger.jsonl"
NAMES = (
    "a", "b c", "-x", "é", "e\u0301", "日本", "\udcff", "a\nb", "\x1b[2J", "::error file=x::", "#1", "a#2", "%s", "$(x)", "'",
    '"', "*", "[a]", "\u202etxt", ".hidden", "a.b", "CON", "x" * 200, "\U0001f600", "~", "{x}", "a\\b", "No. 10",
)  # fmt: skip
ENDINGS = (".txt",) * 6 + (".md", ".jsonl", ".jsonl", "", ".TXT", ".text", ".csv", ".py", ".json", ".gz")
OPTIONS = (
    [], [], [], ["--unsafe-fixes"], ["--unsafe-fixes"], ["--select", "ALL"], ["--min-confidence", "0"], ["--as", "txt"],
    ["--as", "jsonl"], ["--as", "md"], ["--encoding", "cp1252"], ["--encoding", "utf-16"], ["--text-field", "a.b"],
    ["--site-field", "id"], ["--ignore", "boilerplate"], ["--time-limit", "1e-5"], ["--jobs", "2"], ["--force-exclude"],
)  # fmt: skip
FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson")
UNFIT = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Done(NamedTuple):
    """What a command gave."""

    command: list[str]
    code: int
    out: bytes
    err: bytes


def files(chance: random.Random, folder: Path) -> dict[str, bytes]:
    """A few random files below a folder."""
    made: dict[str, bytes] = {}
    for _ in range(chance.randint(1, 5)):
        below = [chance.choice(NAMES) for _ in range(chance.choice((0, 0, 0, 1, 2)))]
        name = "/".join([*below, chance.choice(NAMES) + chance.choice(ENDINGS)])
        if name.endswith(".jsonl"):
            data = b"".join(row(chance, article(chance)) for _ in range(chance.randint(0, 4)))
        else:
            data = article(chance).encode(chance.choice(CODECS) if chance.random() < 0.3 else "utf-8", "ignore")
        if chance.random() < 0.1:
            data = chance.randbytes(chance.randint(0, 300))
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError:
            continue  # another file has the name of its folder, or the system does not like it
        made[name] = data
    return made


def held(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {os.path.relpath(path, folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def do(*command: str, stdin: bytes = b"") -> Done:
    """A command, in this process."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", "backslashreplace", write_through=True) for _ in "oe")
    before, sys.stdin = sys.stdin, TextIOWrapper(BytesIO(stdin))
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = lintnews(list(command))
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else -1
    finally:
        sys.stdin = before
    return Done(list(command), code, *(stream.buffer.getvalue() for stream in (out, err)))  # type: ignore[attr-defined]


def broken(number: int, seed: int = SEED) -> Iterator[str]:
    """What doesn't hold for case `number`."""
    chance = random.Random(f"{seed} command {number}")
    with tempfile.TemporaryDirectory() as place, chdir(place):
        made = files(chance, Path("in"))
        if not made:
            return
        try:
            yield from chance.choice((_check, _fix, _diff, _clean, _clean, _in_place, _in_place, _stream, _learn))(chance, made)
        except Exception as error:
            yield f"raises {type(error).__name__}: {error}"
        if stray := {name for name in os.listdir() if name not in ("in", "out", "out2", "back", LEDGER, "learnt", "lines.toml")}:
            yield f"writes {stray}"


def _options(chance: random.Random) -> list[str]:
    return [word for _ in range(chance.choice((0, 1, 1, 2))) for word in chance.choice(OPTIONS)] + ["--isolated"]


def _well(done: Done, codes: tuple[int, ...] = (0, 1, 2)) -> Iterator[str]:
    """What holds for every command."""
    if done.code not in codes:
        yield f"{done.command}: exit code {done.code}: {done.err!r}"
    if b"mistake in lintnews" in done.err or b"Traceback" in done.err or (b"rule " in done.err and b" failed: " in done.err):
        yield f"{done.command}: {done.err!r}"
    if done.code == 2 and not done.err:
        yield f"{done.command}: exit code 2 without a word"
    yield from _fit(done.command, done.err)


def _fit(command: list[str], shown: bytes) -> Iterator[str]:
    text = shown.decode("utf-8", "surrogateescape")
    if bad := {c for c in text if unicodedata.category(c) in UNFIT and c not in "\n\t"}:
        yield f"{command}: shows {bad}"
    if any(line.lstrip().startswith("::") or "##[" in line for line in text.splitlines()):
        yield f"{command}: gives a command to a service"


def _check(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    form = chance.choice(FORMATS)
    done = do("check", "in", "--output-format", form, *_options(chance))
    yield from _well(done)
    if form != "github":
        yield from _fit(done.command, done.out)
    if form in ("json", "sarif", "gitlab"):
        json.loads(done.out)
    if form in ("jsonl", "rdjson") and done.out:
        [json.loads(line) for line in done.out.splitlines() if form == "jsonl"]
    if form in ("junit", "checkstyle"):
        from xml.etree.ElementTree import fromstring

        fromstring(done.out)
    if held(Path("in")) != made:
        yield f"{done.command}: changes its input"


def _fix(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    options = _options(chance)
    done = do("check", "in", "--fix", "--ledger", LEDGER, *options)
    yield from _well(done)
    yield from _back_again(done, made)


def _diff(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    yield from _well(done := do("check", "in", "--diff", *_options(chance)))
    if held(Path("in")) != made:
        yield f"{done.command}: changes its input"


def _clean(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    options = _options(chance)
    done = do("clean", "in", "-o", "out", *options)
    yield from _well(done, (0, 2))
    if held(Path("in")) != made:
        yield f"{done.command}: changes its input"
    written = held(Path("out"))
    if written.keys() - made.keys() - {LEDGER}:
        yield f"{done.command}: writes other files"
    restored = do("restore", "out", "-o", "back")
    yield from _well(restored, (0,))
    if any(made[name] != data for name, data in held(Path("back")).items()):
        yield f"{done.command}: what restore gives is not the original"
    if written.keys() - held(Path("back")).keys() - {LEDGER}:
        yield f"{done.command}: restore leaves files out"
    if (
        "--time-limit" not in options
        and b"no UTF-8" not in done.err
        and b"encoding" not in done.err
        and "--encoding" not in options
    ):
        do("clean", "out", "-o", "out2", *options)
        again = held(Path("out2"))
        if changed := [name for name, data in written.items() if name != LEDGER and again.get(name, data) != data]:
            yield f"{done.command}: a second clean changes {changed}"


def _in_place(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    options = _options(chance)
    for _ in range(chance.choice((1, 1, 2))):
        done = do("clean", "in", "--in-place", *options)
        yield from _well(done, (0, 2))
        options = _options(chance)
    yield from _back_again(done, made)


def _back_again(done: Done, made: dict[str, bytes]) -> Iterator[str]:
    if held(Path("in")).keys() != made.keys():
        yield f"{done.command}: makes or loses files"
    if held(Path("in")) != made:
        yield from _well(do("restore", "in", "--in-place", "--ledger", LEDGER), (0,))
        if held(Path("in")) != made:
            yield f"{done.command}: restore does not give the originals back"


def _stream(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    name, data = chance.choice(sorted(made.items()))
    done = do("clean", "-", "--stdin-filename", os.path.basename(name), *_options(chance), stdin=data)
    yield from _well(done, (0, 2))
    if done.code == 2 and b"can't be" not in done.err and done.out and not done.out.endswith(data[-1:]):
        yield f"{done.command}: what comes out is cut"


def _learn(chance: random.Random, made: dict[str, bytes]) -> Iterator[str]:
    yield from _well(done := do("learn", "in", "-o", "lines.toml", "--min-articles", "2", *_reading(chance)), (0, 2))
    if os.path.exists("lines.toml"):
        yield from _well(do("check", "in", "--isolated", "--rule-path", "lines.toml"))
    if held(Path("in")) != made:
        yield f"{done.command}: changes its input"


def _reading(chance: random.Random) -> list[str]:
    options: list[list[str]] = [[], ["--as", "txt"], ["--encoding", "cp1252"], ["--text-field", "a.b"], ["--jobs", "2"]]
    return [*chance.choice(options), "--isolated"]


def main() -> int:
    """Try many, and say what broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    bad = 0
    for number in range(given.first, given.first + given.inputs):
        for problem in broken(number, given.seed):
            bad += 1
            print(f"{number}: {problem}".encode("ascii", "backslashreplace").decode(), flush=True)
    print(f"{given.inputs:,} inputs, {bad} broken promises")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
