"""A progress bar on a terminal, once a run has taken long enough for one: bytes done, of how many, how fast, and until when."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lintnews.running.run import Run

PATIENCE = 1.0
"""Seconds before a bar appears."""


class Progress:
    """Called with the files and bytes done so far in a pass over them, and how many bytes there are, 0 where that isn't known."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._started = time.monotonic()
        self._shown = sys.stderr.isatty()
        self._bar: Any = None
        self._expected = 0

    def __call__(self, files: int, size: int, of: int) -> None:
        """Show that this much is done."""
        if not self._shown or time.monotonic() - self._started < PATIENCE:
            return
        if self._bar is None:
            from tqdm import tqdm  # type: ignore[import-untyped]

            self._expected = self._run.expected()  # counted now, as most runs are over before
            self._bar = tqdm(unit="B", unit_scale=True, file=sys.stderr, leave=False, dynamic_ncols=True)
        if size < self._bar.n:  # the next pass
            self._bar.reset()
        self._bar.total = of or self._expected or None
        self._bar.set_postfix_str(f"{files:,} files", refresh=False)
        self._bar.update(size - self._bar.n)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
