"""The program: `lintnews`, or `python -m lintnews`."""

import os
import sys
from contextlib import suppress
from typing import NoReturn

from lintnews.cli import main


def run() -> NoReturn:
    """Run the command and end the process there and then: to take every object apart takes longer than to lint a small file."""
    try:
        code = main()
    except SystemExit as ended:
        if not isinstance(ended.code, int):
            raise
        code = ended.code
    with suppress(OSError, AttributeError):  # told already; standard output may be closed
        sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
