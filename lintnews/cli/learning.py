"""`lintnews learn`: articles to a rule file of the lines that their site sets into many of them."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence

from lintnews.cli import INTERRUPTED, fail, say
from lintnews.cli.checking import configuration, go
from lintnews.evidence.sitelines.counting import SAFE
from lintnews.evidence.sitelines.lines import SiteLine
from lintnews.files.replacing import write
from lintnews.rulebook.writing import rule_file, unique
from lintnews.running.pool import cores
from lintnews.running.request import Request
from lintnews.running.run import Run

MOST_SHOWN = 10


def learn(options: Namespace) -> int:
    """Count lines, write the rule file, and say what was learnt."""
    file = options.output
    if file and not file.endswith(".toml"):
        return fail(f"{file}: is not the name of a rule file; choose one that ends in .toml")
    if file and os.path.lexists(file) and not options.force:
        return fail(f"{file}: is there already; choose another name, or replace it with --force")
    request = Request(
        options.paths,
        "learn",
        jobs=options.jobs or cores(),
        force_exclude=options.force_exclude,
        stdin_name=options.stdin_filename,
    )
    run = Run(request, configuration(options), sys.stdout, sys.stdout.buffer, say)
    result = go(run)
    if run.stopping:
        return INTERRUPTED
    learner = run.learner
    lines = unique(learner.learnt(options.min_articles, options.min_share))
    if learner.forgotten:
        say(f"note: too many different lines to hold; those of {learner.forgotten:,} articles or fewer may be missing")
    if not lines:
        say(f"note: no line is site-wide in {_many(learner.articles, 'article')}, so no rule is written; see --min-articles")
        return 2 if result.failed else 0
    rule = rule_file(lines, learner.articles).encode()
    try:
        if file:
            write(file, rule)
        else:
            sys.stdout.buffer.write(rule)
    except BrokenPipeError:
        raise
    except OSError as error:
        return fail(f"{file or 'standard output'}: can't be written: {error.strerror}; choose another place with -o")
    for row in _summary(lines, learner.articles, file):
        print(row, file=sys.stdout if file else sys.stderr)
    return 2 if result.failed else 0


def _summary(lines: Sequence[SiteLine], articles: int, file: str | None) -> Iterator[str]:
    safe = sum(line.confidence >= SAFE for line in lines)
    learnt = f"Learnt {_many(len(lines), 'line')} from {_many(articles, 'article')}"
    yield f"{learnt}: {safe:,} with a safe fix, {len(lines) - safe:,} with an unsafe one."
    width = len(_share(lines[0]))
    for line in lines[:MOST_SHOWN]:
        yield f"  {_share(line):>{width}}  {_shown(line.text)}"
    if len(lines) > MOST_SHOWN:
        yield f"  and {len(lines) - MOST_SHOWN:,} more"
    if file:
        yield f"Written to {file}; read it, strike out what belongs to the articles, and use it with --rule-path."


def _share(line: SiteLine) -> str:
    return f"{line.articles:,} of {line.of:,}"


def _shown(text: str) -> str:
    text = "".join(c if c.isprintable() else "?" for c in text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
