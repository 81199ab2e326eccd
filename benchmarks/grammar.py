"""How fast grammar is checked, and what is found: `python benchmarks/grammar.py ARTICLES.jsonl [--count N] [--languagetool DIR]`.

Articles are `{"text": …}` a line. With a LanguageTool folder its server is started, and asked by one process and by one a core
at once. Prints start-up, speed and memory; with `--samples N`, findings by rule and by the checker's own rules, and N of
each rule in their sentences, for reading.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from lintnews.document import Document
from lintnews.evidence.grammar.checker import Checker, Grammar
from lintnews.linter import Linter
from lintnews.plugins.registry import load_rules


@contextmanager
def started(folder: Path) -> Iterator[tuple[str, int]]:
    """A server's address and process."""
    from lintnews.running.languagetool import installed, start

    found = installed(str(folder))
    assert found, f"no LanguageTool in {folder}"
    began = time.monotonic()
    server = start(found)
    try:
        print(f"LanguageTool answers after {time.monotonic() - began:.1f} s")
        yield server.url, server.process.pid
    finally:
        server.stop()


def check(job: tuple[Grammar, list[str]]) -> list[tuple[str, str, str]]:
    """The rule, its message and the sentence of each finding in some articles."""
    grammar, texts = job
    checker = Checker(grammar)
    linter = Linter([rule for rule in load_rules() if rule.family == "grammar" and rule.id != "grammar/spelling"])
    found = []
    for text in texts:
        for d in linter.check(Document(text, known=[checker])):
            around = f"{text[max(0, d.start - 50) : d.start]}⟦{d.text}⟧{text[d.end : d.end + 40]}"
            found.append((d.rule, d.message, " ".join(around.split())))
    assert not checker.told()
    return found


def cpu(server: int) -> float:
    """Seconds of a processor that this process, those that it started, and a server have taken."""
    taken = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    if server:
        fields = Path(f"/proc/{server}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        taken += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
    return taken


def measure(name: str, grammar: Grammar, texts: list[str], processes: int, samples: int, server: int = 0) -> None:
    size = sum(len(text.encode()) for text in texts)
    check((grammar, texts[:5]))  # whatever is made when it is first asked
    began, spent = time.monotonic(), cpu(server)
    if processes == 1:
        found = check((grammar, texts))
    else:
        with ProcessPoolExecutor(processes) as pool:
            parts = pool.map(check, [(grammar, texts[part::processes]) for part in range(processes)])
            found = [one for part in parts for one in part]
    seconds = time.monotonic() - began
    speed, per_cpu = size / seconds / 1000, size / (cpu(server) - spent) / 1000
    print(f"{name}, {processes} at once: {speed:.1f} KB/s, {per_cpu:.1f} KB for each second of a processor")
    print(f"{len(found)} findings in {len(texts)} articles")
    if samples:
        report(found, samples)


def report(found: list[tuple[str, str, str]], samples: int) -> None:
    by_rule: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rule, message, around in found:
        by_rule[rule].append((message.rstrip(".").rpartition(" ")[2], around))
    chance = random.Random(3)
    for rule, some in sorted(by_rule.items()):
        print(f"{rule}: {len(some)}; {', '.join(f'{own} {count}' for own, count in Counter(o for o, _ in some).most_common(8))}")
        for own, around in sorted(chance.sample(some, min(samples, len(some)))):
            print(f"  {own}: {around}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--languagetool", type=Path)
    parser.add_argument("--samples", type=int, default=0)
    given = parser.parse_args()
    with given.articles.open(encoding="utf-8") as lines:
        texts = random.Random(5).sample([json.loads(line)["text"] for line in lines], given.count)
    cores = len(os.sched_getaffinity(0))
    began = time.monotonic()
    check((Grammar("harper"), ["He go."]))
    print(f"Harper answers after {time.monotonic() - began:.1f} s")
    measure("Harper", Grammar("harper"), texts, 1, given.samples)
    print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if given.languagetool:
        with started(given.languagetool) as (url, process):
            for processes in sorted({1, cores}):
                measure("LanguageTool", Grammar("languagetool", url), texts, processes, given.samples * (processes == 1), process)
            status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
            print(f"memory of the server: {int(status.partition('VmHWM:')[2].split()[0]) / 1024:.0f} MB")


if __name__ == "__main__":
    main()
