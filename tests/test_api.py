"""The public names, pinned, and what they promise."""

from pathlib import Path

import pytest

import lintnews

SEED = (Path(__file__).parent.parent / "seeds" / "001_f6b6449456818ac8.txt").read_text(encoding="utf-8")


def test_public_names() -> None:
    assert lintnews.__all__ == [
        "Block",
        "Cleaned",
        "Detector",
        "Diagnostic",
        "Document",
        "Edit",
        "Finding",
        "Fix",
        "Linter",
        "Needs",
        "Related",
        "Rule",
        "RuleError",
        "check",
        "clean",
        "compare",
        "hookimpl",
        "rules",
        "signature",
    ]
    assert (Path(lintnews.__file__).parent / "py.typed").exists()


def test_clean_gives_text_diagnostics_ledger_and_offsets() -> None:
    cleaned = lintnews.clean(SEED)
    assert "5 Comments" not in cleaned.text
    assert cleaned.text.startswith("Joint Anti-Missile Drills Conclude in Russia\n")
    assert {d.rule for d in cleaned.diagnostics} >= {entry.rule for entry in cleaned.ledger}
    at = SEED.index("Deepening Strategic")
    assert cleaned.text[cleaned.offsets.to_cleaned(at) :].startswith("Deepening Strategic")


def test_select_and_ignore() -> None:
    assert {r.family for r in lintnews.rules(["structure"])} == {"structure"}
    assert [r.id for r in lintnews.rules(["boilerplate/byline"])] == ["boilerplate/byline"]
    assert "boilerplate/byline" not in {r.id for r in lintnews.rules(ignore=["boilerplate/byline"])}
    with pytest.raises(ValueError, match="'boilerplate/bylin'; did you mean 'boilerplate/byline'"):
        lintnews.rules(["boilerplate/bylin"])


def test_empty_text_is_fine() -> None:
    assert lintnews.check("") == []
    assert lintnews.clean("").text == ""
    assert lintnews.check("\n \n\t") == []


def test_lone_surrogates_and_nulls_do_not_crash() -> None:
    text = "\ud800 By \x00Ana\n" * 3
    assert lintnews.clean(text).text == text
