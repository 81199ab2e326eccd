"""Makes the pack: what text files hold, as it is after reading, checking and reworking; `python -m lintnews.packing`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lintnews.data import RULES
from lintnews.data.pack import PACK, made
from lintnews.detectors import DETECTORS
from lintnews.document import endings
from lintnews.evidence.linemodel import model, page
from lintnews.patterns.dialect import wide
from lintnews.plugins.loading import WhenAsked
from lintnews.rulebook.files import read
from lintnews.rulebook.packed import rows


def parts() -> dict[str, Any]:
    """The parts of the pack. Raises `RuleFileError` for a broken rule file."""
    rules = sorted(read(RULES, WhenAsked(dict(DETECTORS))), key=lambda rule: rule.id)
    patterns = {p: None for rule in rules for detector in rule.detectors for p in detector.needs().patterns}
    return {
        "rules": rows(rules),
        "patterns": {pattern: tuple(wide(pattern)) for pattern in patterns | endings.PATTERNS},
        "endings": endings.read(),
        "english": page.read(),
        "line-model": model.read(model.MODEL),
    }


def main() -> None:
    """Write the pack of this checkout."""
    beside = Path(f"{PACK}.{os.getpid()}")
    beside.write_bytes(made(parts(), for_good=False))
    beside.replace(PACK)


if __name__ == "__main__":
    main()
