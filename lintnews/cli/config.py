"""`lintnews config`: the settings for a file, each with where it came from; and their JSON Schema, for editors."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace
from typing import Any

from lintnews.cli.launch import configuration, fail, show
from lintnews.cli.options import add_configuration
from lintnews.files.finding import Ignores
from lintnews.settings.files import closest
from lintnews.settings.keys import KEYS, schema
from lintnews.settings.settings import RuleOptions


def arguments(command: ArgumentParser) -> None:
    """The options of `config`."""
    deeds = command.add_subparsers(dest="deed", metavar="show|schema", required=True)
    of_file = deeds.add_parser(
        "show",
        help="the settings for a file, and where each comes from",
        description="The settings for a file, and where each comes from.",
    )
    of_file.add_argument("path", nargs="?", default=".", metavar="FILE")
    add_configuration(of_file)
    deeds.add_parser(
        "schema",
        help="the JSON Schema of lintnews.toml, for editors",
        description="The JSON Schema of lintnews.toml, for editors.",
    )


def run(options: Namespace) -> int:
    """Print the settings for a file, or the schema of all."""
    if options.deed == "schema":
        print(json.dumps(schema(), indent=2))
        return 0
    path = options.path
    if not os.path.exists(path):
        return fail(f"{path}: no such file or folder; check the spelling")
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    settings = configuration(options).settings_for(folder)
    show(f"# {path}: {speaks(options, folder)}")
    for key in KEYS:
        if key.field != "extend":
            show(f"{key.name} = {_shown(getattr(settings, key.field))}  # {settings.from_where(key.field)}")
    if off := settings.ignored_in(path):
        show(f"# per-file-ignores switches off here: {', '.join(off)}")
    return 0


def speaks(options: Namespace, folder: str) -> str:
    """Which configuration file speaks for a folder, in words."""
    if options.isolated:
        return "no configuration file (--isolated)"
    return str(options.config or closest(os.path.abspath(folder)) or "no configuration file; defaults")


def _shown(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Ignores):
        return [*value.patterns, f"(below {value.folder})"]
    if isinstance(value, RuleOptions):
        return {value.rule: dict(value.options)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
