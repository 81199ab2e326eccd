"""Every row of every table of names can be loaded."""

from __future__ import annotations

import pytest

from lintnews import detectors, sources
from lintnews.cli import COMMANDS
from lintnews.plugins.loading import load
from lintnews.reports import REPORTS

ROWS = {
    **REPORTS,
    **getattr(detectors, "DETECTORS", {}),
    **getattr(sources, "SOURCES", {}),
    **{f"{name} {part}": f"{module}:{part}" for name, (module, _) in COMMANDS.items() for part in ("arguments", "run")},
}


@pytest.mark.parametrize("reference", ROWS.values(), ids=ROWS.keys())
def test_every_row_of_every_table_is_there(reference: str) -> None:
    assert callable(load(reference))
