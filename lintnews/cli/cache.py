"""`lintnews cache`: how much is kept of earlier checks, and to take it away."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from lintnews.cli.launch import configuration, fail, show
from lintnews.cli.options import add_configuration
from lintnews.messages import number
from lintnews.running import cache

_DEEDS = {"show": "say where the cache is, and what is in it", "clear": "take away what is in it"}


def arguments(command: ArgumentParser) -> None:
    """The options of `cache`."""
    deeds = command.add_subparsers(dest="deed", metavar="|".join(_DEEDS), required=True)
    for deed, line in _DEEDS.items():
        one = deeds.add_parser(deed, help=line, description=f"{line[0].upper()}{line[1:]}.")
        add_configuration(one)


def run(options: Namespace) -> int:
    """Show or clear the cache of the working folder's configuration."""
    folder = configuration(options).cache_for(os.curdir)
    articles, size = cache.size(folder)
    if options.deed == "clear":
        try:
            cache.clear(folder)
        except OSError as error:
            return fail(f"{folder}: can't be cleared: {error.strerror}; change its permissions")
    said = f"{number(articles, 'article')} in {size / 1e6:,.1f} MB"
    show(f"{os.path.relpath(folder)}: {'cleared of ' if options.deed == 'clear' else ''}{said}")
    return 0
