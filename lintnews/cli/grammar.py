"""`lintnews grammar`: get what grammar rules can ask."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from lintnews.cli.launch import fail, show
from lintnews.messages import quoted, raised

VERSION = "6.8"


def arguments(command: ArgumentParser) -> None:
    """The options of `grammar`."""
    deeds = command.add_subparsers(dest="deed", metavar="install", required=True)
    install = deeds.add_parser(
        "install",
        help="download LanguageTool",
        description="Download LanguageTool, some 250 MB, and check its checksum. Nothing else of lintnews downloads anything.",
    )
    install.add_argument("--version", default=VERSION, metavar="N.N", help=f"which LanguageTool (default: {VERSION})")


def run(options: Namespace) -> int:
    """Download and unpack LanguageTool to where `check` looks for it."""
    try:
        from language_tool_python.download_lt import LocalLanguageTool
        from language_tool_python.exceptions import LanguageToolError
    except ImportError:
        return fail("grammar install: language-tool-python is not installed; pip install 'lintnews[grammar]'")
    from lintnews.running.languagetool import installed, java

    if java() is None:
        return fail("grammar install: there is no Java; install Java 17 or newer first")
    os.environ.pop("LTP_JAR_DIR_PATH", None)  # with it, the package downloads nothing and finds nothing
    try:
        LocalLanguageTool.from_version_name(options.version).download()
    except ValueError:
        return fail(f"grammar install: {options.version!r} is no version of LanguageTool; one is {VERSION}")
    except (LanguageToolError, OSError, SystemError) as error:
        problem = f"LanguageTool {options.version} was not installed: {quoted(raised(error), 160)}"
        return fail(
            f"grammar install: {problem}; try again, or unpack its zip by hand and name the folder with --languagetool-path"
        )
    except SystemExit as error:  # the package ends the program when it can't make out Java's version
        return fail(f"grammar install: LanguageTool {options.version} was not installed: {error}; see java -version")
    folder = installed()
    if folder is None:
        return fail("grammar install: the download holds no LanguageTool server; name another --version")
    show(f"LanguageTool is in {folder}")
    return 0
