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
from lintnews.evidence.spun import screen
from lintnews.evidence.spun.wordlist import places
from lintnews.patterns.dialect import narrowed, wide
from lintnews.plugins.loading import WhenAsked
from lintnews.rulebook.files import patterns_of, read
from lintnews.rulebook.packed import rows


def parts() -> dict[str, Any]:
    """The parts of the pack. Raises `RuleFileError` for a broken rule file."""
    rules = sorted(read(RULES, WhenAsked(dict(DETECTORS))), key=lambda rule: rule.id)
    needed = {pattern for rule in rules for detector in rule.detectors for pattern in detector.needs().patterns}
    needed.update(endings.PATTERNS)
    every = needed.union(pattern for rule in rules for pattern in patterns_of(rule))
    return {
        "rules": rows(rules),
        "wide": {pattern: tuple(wide(pattern)) for pattern in sorted(needed)},
        "narrow": {pattern: narrow and tuple(narrow) for pattern in sorted(every) for narrow in (narrowed(pattern),)},
        "endings": endings.read(),
        "english": page.read(),
        "screen": places(screen.SCREEN.read_bytes()),
        "line-model": model.read(model.MODEL),
    }


def main() -> None:
    """Write the pack of this checkout."""
    beside = Path(f"{PACK}.{os.getpid()}")
    beside.write_bytes(made(parts(), for_good=False))
    beside.replace(PACK)


if __name__ == "__main__":
    main()
