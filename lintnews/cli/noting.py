"""What `baseline`, `triage` and `check --add-ignores` start from: the findings over paths, noted one by one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

from lintnews.cli.launch import configuration, go, kind, processes, speaker
from lintnews.reports.report import NOTED
from lintnews.running.request import Request
from lintnews.running.run import Run


class Noted(NamedTuple):
    """The findings as `reports.noted` gives them, the files that were read, and the exit code if something went wrong."""

    findings: list[Mapping[str, Any]]
    files: list[str]
    paths: Sequence[str]
    failed: int


def noted(options: Namespace, *, known: bool) -> Noted:
    """Look at the paths of the options; what is in the baseline counts where `known` findings are wanted, too."""
    if known:
        options = Namespace(**{**vars(options), "baseline": ""})
    request = Request(
        options.paths,
        "check",
        report=NOTED,
        jobs=processes(options),
        force_exclude=options.force_exclude,
        read_as=kind(options.read_as),
        debug=options.debug,
    )
    out = StringIO()
    run = Run(request, configuration(options), out, sys.stdout.buffer, speaker(options))
    result = go(run, with_progress=not (options.quiet or options.no_progress))
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    findings = [line for line in lines if "rule" in line]
    files = list(dict.fromkeys(line["path"] for line in lines))
    return Noted(findings, files, request.paths, run.stopped_with if run.stopping else 2 if result.failed else 0)
