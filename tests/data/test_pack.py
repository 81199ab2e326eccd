"""A pack holds as long as the files that it was made of stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import put

from lintnews.data import pack


@pytest.fixture(autouse=True)
def no_pack_remembered() -> Iterator[None]:
    pack._parts.cache_clear()
    yield
    pack._parts.cache_clear()


@pytest.mark.parametrize("change", ["edited", "added", "removed"])
def test_in_a_checkout_a_pack_holds_until_a_source_changes(change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = tmp_path / "rules"
    put(sources / "one.toml", "1")
    put(sources / "below" / "two.toml", "2")
    monkeypatch.setattr(pack, "SOURCES", (str(sources),))
    monkeypatch.setattr(pack, "PACK", str(put(tmp_path / "pack.bin", pack.made({"part": [1]}, for_good=False))))
    assert pack.packed("part") == [1]
    if change == "removed":
        (sources / "one.toml").unlink()
    else:
        put(sources / "below" / ("two.toml" if change == "edited" else "three.toml"), "3")
    pack._parts.cache_clear()
    assert pack.packed("part") is None


@pytest.mark.parametrize("data", [b"", b"no pack", b"N"], ids=["empty", "text", "none"])
def test_what_is_no_pack_is_passed_over(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "PACK", str(put(tmp_path / "pack.bin", data)))
    assert pack.packed("rules") is None
