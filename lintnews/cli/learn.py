"""`lintnews learn`: articles to a rule file of the lines that their site sets into many of them."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from lintnews.cli.launch import configuration, fail, go, kind, processes, say, speaker
from lintnews.cli.options import add_configuration, add_manner, add_reading, typed
from lintnews.evidence.sitelines.counting import MIN_ARTICLES, MIN_SHARE, SAFE
from lintnews.evidence.sitelines.lines import SiteLine
from lintnews.files.replacing import write
from lintnews.messages import number, quoted
from lintnews.reports.terminal import fit
from lintnews.rulebook.writing import rule_file, unique
from lintnews.running.request import Request
from lintnews.running.run import Run
from lintnews.settings.typed import count, share

MOST_SHOWN, MOST_CHARS = 10, 80
"""Lines that are shown, and characters of each."""


def arguments(command: ArgumentParser) -> None:
    """The options of `learn`."""
    command.description = (
        "Find lines that stand in many articles of one source and are no part of them, and write a rule file that "
        "knows them. A source is a folder with all below it, or what --site-field names."
    )
    command.add_argument("paths", nargs="+", metavar="PATH", help="files and folders; - is standard input")
    output = command.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FILE", help="the rule file to write (default: standard output)")
    output.add_argument("--force", action="store_true", help="replace the file if it is there")
    add_manner(output)
    what = command.add_argument_group("what is site-wide")
    what.add_argument(
        "--min-articles",
        type=typed(count),
        default=MIN_ARTICLES,
        metavar="N",
        help=f"articles of a source that hold the line, at least (default: {MIN_ARTICLES})",
    )
    what.add_argument(
        "--min-share",
        type=typed(share),
        default=MIN_SHARE,
        metavar="SHARE",
        help=f"share of the source's articles that hold the line, at least, from 0 to 1 (default: {MIN_SHARE})",
    )
    add_reading(command)
    add_configuration(command)


def run(options: Namespace) -> int:
    """Count lines, write the rule file, and say what was learnt."""
    file = options.output
    if file and not file.endswith(".toml"):
        return fail(f"{file}: is not the name of a rule file; choose one that ends in .toml")
    if file and os.path.lexists(file) and not options.force:
        return fail(f"{file}: is there already; choose another name, or replace it with --force")
    request = Request(
        options.paths,
        "learn",
        jobs=processes(options),
        force_exclude=options.force_exclude,
        stdin_name=options.stdin_filename,
        read_as=kind(options.read_as),
        debug=options.debug,
    )
    learning = Run(request, configuration(options), sys.stdout, sys.stdout.buffer, speaker(options))
    result = go(learning, with_progress=not (options.quiet or options.no_progress))
    if learning.stopping:
        return learning.stopped_with
    learner = learning.learner
    lines = unique(learner.learnt(options.min_articles, options.min_share))
    if learner.forgotten:
        say(f"note: too many different lines to hold; those of {learner.forgotten:,} articles or fewer may be missing")
    if not lines:
        say(f"note: no line is site-wide in {number(learner.articles, 'article')}, so no rule is written; see --min-articles")
        return 2 if result.failed else 0
    rule = rule_file(lines, learner.articles).encode()
    try:
        if file:
            write(file, rule)
        else:
            sys.stdout.buffer.write(rule)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        return fail(f"{file or 'standard output'}: can't be written: {error.strerror}; choose another place with -o")
    for row in _summary(lines, learner.articles, file):
        print(fit(row), file=sys.stdout if file else sys.stderr, flush=True)
    return 2 if result.failed else 0


def _summary(lines: Sequence[SiteLine], articles: int, file: str | None) -> Iterator[str]:
    safe = sum(line.confidence >= SAFE for line in lines)
    learnt = f"Learnt {number(len(lines), 'line')} from {number(articles, 'article')}"
    yield f"{learnt}: {safe:,} with a safe fix, {len(lines) - safe:,} with an unsafe one."
    width = len(_share(lines[0]))
    for line in lines[:MOST_SHOWN]:
        yield f"  {_share(line):>{width}}  {quoted(line.text, MOST_CHARS)}"
    if len(lines) > MOST_SHOWN:
        yield f"  and {len(lines) - MOST_SHOWN:,} more"
    if file:
        yield f"Written to {file}; read it, strike out what belongs to the articles, and use it with --rule-path."


def _share(line: SiteLine) -> str:
    return f"{line.articles:,} of {line.of:,}"
