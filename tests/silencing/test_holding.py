"""Comments, rows and allowances hold back what they name, and only that; what is idle or wrong is told."""

from __future__ import annotations

import pytest

import lintnews
from lintnews.document import Document
from lintnews.linter import Linter
from lintnews.silencing.allowing import allow
from lintnews.silencing.comments import comments
from lintnews.silencing.holding import Asked, Holding

PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on.\n"
LINTER = Linter(lintnews.rules())
IDS = {rule.id for rule in lintnews.rules()}


def shown(text: str, *, allows=(), field=None, markup="markdown", lines=None) -> list[str]:
    article = Holding(allows, None, lines).article(field, None, Asked(IDS, (), lambda: IDS))
    found = LINTER.check(Document(text, "a.md", markup, (article.filter,)))
    return [f"{d.rule}:{d.line}" for d in found]


def test_an_ignore_holds_for_the_next_block_alone() -> None:
    text = f"<!-- lintnews: ignore[spun, boilerplate] kept -->\n\nShare this article\n\n{PROSE}\nBy Ana Duarte\n"
    assert [line for line in shown(text) if line.endswith(":3")] == []
    assert shown(text.replace("Share this article", "")) != []


def test_without_rules_it_holds_for_all_and_with_others_for_none() -> None:
    text = "<!-- lintnews: ignore{} why -->\n\nBy Ana Duarte\n\n" + PROSE
    assert shown(text.format("")) == []
    assert shown(text.format("[boilerplate/byline]")) == []
    assert shown(text.format("[boilerplate]")) == []
    assert shown(text.format("[duplicate]")) == ["silencing/unused:1", "boilerplate/byline:3"]


def test_a_list_is_one_block() -> None:
    text = f"{PROSE}\n<!-- lintnews: ignore -->\n\n- one\n- two\n- three\n\n{PROSE}"
    (silencer,) = comments(Document(text, "a.md", "markdown"))
    assert text[silencer.reach_start : silencer.reach_end].strip() == "- one\n- two\n- three"


def test_a_range_ends_where_it_is_ended_or_with_the_article() -> None:
    text = "<!-- lintnews: disable[boilerplate] -->\n\nBy Ana Duarte\n\n{}" + PROSE + "\nSign up for our daily newsletter.\n"
    assert shown(text.format("")) == []
    assert shown(text.format("<!-- lintnews: enable[boilerplate] -->\n\n")) == ["boilerplate/after-article:9"]
    assert shown(text.format("<!-- lintnews: enable -->\n\n")) == ["boilerplate/after-article:9"]


@pytest.mark.parametrize(
    "comment",
    ["```\n<!-- lintnews: ignore -->\n```", "    <!-- lintnews: ignore -->", "Words <!-- lintnews: ignore --> among others"],
)
def test_a_comment_within_code_or_words_is_none(comment: str) -> None:
    assert comments(Document(f"{comment}\n\nBy Ana Duarte\n\n{PROSE}", "a.md", "markdown")) == []


def test_plain_text_has_no_comments() -> None:
    text = "<!-- lintnews: ignore -->\n\nBy Ana Duarte\n\n" + PROSE
    assert comments(Document(text, "a.txt")) == []


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        ("ignore[boilerplate/bylin]", "silencing/unknown"),
        ("ignroe", "silencing/unknown"),
        ("enable", "silencing/unknown"),
        ("ignore[spun]", "silencing/unused"),
    ],
)
def test_what_is_idle_or_wrong_is_told(comment: str, rule: str) -> None:
    assert shown(f"<!-- lintnews: {comment} -->\n\n{PROSE}") == [f"{rule}:1"]


def test_a_rule_that_was_not_asked_makes_nothing_idle() -> None:
    article = Holding().article(None, None, Asked(IDS - {"boilerplate/byline"}, (), lambda: IDS))
    document = Document(f"<!-- lintnews: ignore[boilerplate/byline] -->\n\n{PROSE}", "a.md", "markdown")
    assert article.kept(document, []) == []


@pytest.mark.parametrize("field", [["boilerplate/byline"], "boilerplate", {"ignore": ["boilerplate"], "reason": "kept"}])
def test_a_row_says_what_is_ignored_in_it(field: object) -> None:
    assert shown("By Ana Duarte\n\n" + PROSE, field=field, markup="plain") == []


def test_a_row_that_says_something_else_is_told() -> None:
    assert shown(PROSE, field=5, markup="plain") == ["silencing/unknown:1"]


def test_an_allowance_needs_rule_words_and_pattern_to_fit() -> None:
    text = "By Ana Duarte\n\n" + PROSE

    def left(**table: str) -> list[str]:
        return shown(text, allows=[allow({"reason": "house style", **table}, "lintnews.toml", "allow 1", None)])

    assert left(text="ANA  DUARTE!") == []
    assert left(rule="boilerplate/byline") == []
    assert left(pattern="^By [A-Z]") == []
    assert left(text="Ana Duart") == ["boilerplate/byline:1"]
    assert left(text="Ana Duarte", rule="spun") == ["boilerplate/byline:1"]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"rule": "spun"}, "has no reason"),
        ({"reason": "x"}, "allows everything"),
        ({"reason": "x", "rules": "spun"}, "unknown key 'rules'"),
        ({"reason": "x", "pattern": "("}, "not a valid pattern"),
        ({"reason": "x", "text": "***"}, "holds no word"),
        ({"reason": " ", "text": "a"}, "expected a string"),
    ],
)
def test_an_allowance_that_says_too_little_is_refused(table: dict[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        allow(table, "lintnews.toml", "allow 1", None)


def test_a_fix_leaves_alone_what_is_held_back() -> None:
    text = f"<!-- lintnews: ignore[boilerplate/byline] -->\n\nBy Ana Duarte\n\n{PROSE}\nSign up for our daily newsletter.\n"
    article = Holding().article()
    cleaned = LINTER.clean(Document(text, "a.md", "markdown", (article.filter,)))
    assert cleaned.text == text.replace("\nSign up for our daily newsletter.\n", "")


def test_only_lines_of_a_change_are_looked_at() -> None:
    text = f"By Ana Duarte\n\n{PROSE}\nSign up for our daily newsletter.\n"
    assert shown(text, lines=((5, 5),)) == ["boilerplate/after-article:5"]
    assert shown(text, lines=()) == []
