"""The public names, pinned, and what they promise."""

from collections.abc import Callable
from pathlib import Path

import pytest

import lintnews

SEED = (Path(__file__).parent.parent / "seeds" / "001_f6b6449456818ac8.txt").read_text(encoding="utf-8")


def test_public_names() -> None:
    assert lintnews.__all__ == [
        "Assessment",
        "Block",
        "Cleaned",
        "Cleaner",
        "ConfigError",
        "Corpus",
        "Detector",
        "Diagnostic",
        "Document",
        "Edit",
        "Finding",
        "Fix",
        "Learner",
        "Linter",
        "Metrics",
        "Needs",
        "Related",
        "Rule",
        "RuleError",
        "Settings",
        "assess",
        "check",
        "clean",
        "clean_many",
        "clean_table",
        "compare",
        "hookimpl",
        "linter_for",
        "observe",
        "observe_lines",
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


@pytest.mark.parametrize(
    ("arguments", "options", "error", "words"),
    [
        ((None,), {}, TypeError, "text is NoneType; expected str"),
        ((b"x",), {}, TypeError, "text is bytes; expected str, so decode it first"),
        ((float("nan"),), {}, TypeError, "text is float; expected str"),
        (("x",), {"min_confidence": float("nan")}, ValueError, "min_confidence is nan; expected a number from 0 to 1"),
        (("x",), {"min_confidence": 1.5}, ValueError, "expected a number from 0 to 1"),
        (("x",), {"min_confidence": "0.5"}, TypeError, "expected a number from 0 to 1"),
        (("x",), {"select": 7}, TypeError, r"select is 7; expected names of rules or families, such as \['boilerplate'\]"),
        (("x",), {"select": [b"spun"]}, TypeError, "expected names of rules"),
        (("x",), {"ignore": None}, TypeError, "ignore is None; expected names of rules"),
        (("x",), {"select": "boilerplat"}, ValueError, "did you mean 'boilerplate'"),
        (("x",), {"markup": "html"}, ValueError, "markup is 'html'; expected 'plain' or 'markdown'"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(
    arguments: tuple[object, ...], options: dict[str, object], error: type[Exception], words: str
) -> None:
    for function in (lintnews.check, lintnews.clean):
        with pytest.raises(error, match=words):
            function(*arguments, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: lintnews.Document(None), "text is NoneType; expected str"),
        (lambda: lintnews.Document(b"x"), "text is bytes; expected str, so decode it first"),
        (lambda: lintnews.Linter(()).check("text"), r"document is str; expected Document, so write Document\(text\)"),
        (lambda: lintnews.Linter(()).clean("text"), "document is str; expected Document"),
        (lambda: lintnews.Linter(()).compare(["text"]), "document is str; expected Document"),
        (lambda: lintnews.compare(None, "x"), "a is NoneType; expected str"),
        (lambda: lintnews.compare("x", b"x"), "b is bytes; expected str, so decode it first"),
        (lambda: lintnews.signature(None), "paragraph is NoneType; expected str"),
        (lambda: lintnews.observe("text"), "document is str; expected Document"),
        (lambda: lintnews.Corpus(str).add("text"), r"observation is str; expected bytes, so give what observe\(document\) says"),
        (lambda: lintnews.assess(None), "text is NoneType; expected str"),
        (lambda: lintnews.clean(b""), "text is bytes; expected str, so decode it first"),
        (lambda: lintnews.clean_many("text"), "texts is str; expected several texts"),
        (lambda: lintnews.clean_many(None), "texts is NoneType; expected several texts"),
    ],
)
def test_what_is_of_another_type_is_told(call: Callable[[], object], words: str) -> None:
    with pytest.raises(TypeError, match=words):
        call()


def test_unsafe_fixes_is_true_or_false() -> None:
    with pytest.raises(TypeError, match="unsafe_fixes is 'no'; expected True or False"):
        lintnews.clean("x", unsafe_fixes="no")  # type: ignore[arg-type]


def test_one_name_alone_is_enough() -> None:
    assert {rule.family for rule in lintnews.rules("boilerplate", ignore="boilerplate/byline")} == {"boilerplate"}
    assert lintnews.check(SEED, select="boilerplate") == lintnews.check(SEED, select=["boilerplate"])


def test_every_public_name_is_there() -> None:
    for name in lintnews.__all__:
        assert getattr(lintnews, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'judge'"):
        lintnews.judge  # noqa: B018


def test_a_linter_is_made_as_the_command_line_makes_it(tmp_path: Path) -> None:
    rule = tmp_path / "rules" / "house" / "mark.toml"
    rule.parent.mkdir(parents=True)
    with_patterns = "with = { patterns = ['^stamp \\\\d+$'] }"
    rule.write_text(f'message = "Mark."\nwhy = "Ours."\ndetect = "block"\n{with_patterns}\n'.replace("\\\\", "\\"))
    config = tmp_path / "lintnews.toml"
    config.write_text('select = ["house"]\n')
    linter = lintnews.linter_for(config=config, rule_paths=[tmp_path / "rules"])
    assert [d.rule for d in linter.check(lintnews.Document("By Ana Duarte\n\nstamp 12\n"))] == ["house/mark"]
    with pytest.raises(lintnews.ConfigError, match="no rule or family is called 'house'"):
        lintnews.linter_for(config=config)
