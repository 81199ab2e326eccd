"""What was learnt: the line model, and what the spun rules know of words; and where the rule files are.

Read `pack` (what an installation has made ready of these files).
"""

from pathlib import Path

DATA = Path(__file__).parent
"""The folder of it."""

_PLACES = (DATA.parent / "rules", DATA.parent.parent / "rules")
RULES = next((folder for folder in _PLACES if folder.is_dir()), _PLACES[0])
"""The folder of the shipped rule files: in a wheel inside the package; otherwise, as in a checkout or an sdist, beside it."""
