"""The program: `lintnews`, or `python -m lintnews`."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

gc.set_threshold(100_000, 20, 100)  # what is imported stays: looking for what could go would take a tenth of the start

from lintnews.cli import main  # noqa: E402


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
