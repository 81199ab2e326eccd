"""A change that is meant to change no result changes none: all that is said and written is hashed."""

from __future__ import annotations

import json

import pinned


def test_nothing_that_is_said_or_written_has_changed() -> None:
    assert pinned.hashes() == json.loads(pinned.FILE.read_text(encoding="utf-8")), "python tests/pinned.py, and say why"
