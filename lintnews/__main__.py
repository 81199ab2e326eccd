"""`python -m lintnews` is `lintnews`."""

import sys

from lintnews.cli import main

if __name__ == "__main__":
    sys.exit(main())
