"""A baseline knows its findings again whatever is edited around them, and nothing else; what is damaged is refused by line."""

from __future__ import annotations

import json

import pytest

import lintnews
from lintnews.silencing.baseline import Draw, Pool, SilencingError, lines, parsed, unused, written
from lintnews.silencing.keys import keys, near
from lintnews.silencing.updating import entries, pruned, updated

BODY = (
    "The council met on Tuesday and voted for the plan, which is to be carried out by the end of the year, the mayor said.\n\n"
    "Residents had complained about the noise for years, and several of them spoke at the meeting before the vote was taken.\n"
)
TEXT = f"Share this article\n\n{BODY}\nSign up for our daily newsletter.\n"
MORE = "The mayor said on Friday that the council would look at the plan again before the end of the year, after complaints.\n\n"


def noted(texts: dict[str, str]) -> list[dict[str, object]]:
    return [
        {"path": path, "rule": d.rule, "keys": keys(d.text), "near": near(text, d.start, d.end), "text": d.text}
        for path, text in texts.items()
        for d in lintnews.check(text)
    ]


def made(texts: dict[str, str]):
    return entries(noted(texts), lambda path: path)


def new(base, texts: dict[str, str]) -> list[str]:
    found = []
    for path, text in texts.items():
        draw = Draw(Pool(lines([entry for entry in base if entry.path == path], {})))
        found += [d.text for d in lintnews.check(text) if not draw.takes(d)]
    return found


BASE = made({"a.txt": TEXT})


def test_the_article_has_two_findings() -> None:
    assert [entry.text for entry in BASE] == ["Sign up for our daily newsletter.", "Share this article"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a.txt": TEXT}, []),
        ({"a.txt": MORE + TEXT}, []),
        ({"a.txt": TEXT.replace("\n", "\r\n").replace("daily", "Daily")}, []),
        ({"a.txt": TEXT.replace("Share this article\n\n", "")}, []),
        ({"a.txt": TEXT.replace("daily", "weekly")}, ["Sign up for our weekly newsletter."]),
        ({"b.txt": TEXT}, ["Share this article", "Sign up for our daily newsletter."]),
    ],
    ids=["as it was", "a paragraph more", "typography", "one gone", "one edited", "another file"],
)
def test_what_is_new_is_what_was_not_there(texts: dict[str, str], expected: list[str]) -> None:
    assert new(BASE, texts) == expected


def test_one_more_of_the_same_is_new_and_it_is_the_last() -> None:
    text = TEXT + "\nSign up for our daily newsletter.\n"
    draw = Draw(Pool(lines(BASE, {})))
    left = [d for d in lintnews.check(text, select=["boilerplate"]) if not draw.takes(d)]
    assert [d.start for d in left] == [text.rindex("Sign up")]


def test_an_entry_is_unused_when_none_of_its_lines_was_used() -> None:
    present = made({"a.txt": TEXT.replace("Share this article\n\n", "")})
    assert [entry.text for entry in unused(BASE, lines(present, {}), {})] == ["Share this article"]


@pytest.mark.parametrize(
    ("texts", "gone", "counts"),
    [
        ({"a.txt": TEXT}, (), {"kept": 2}),
        ({"a.txt": TEXT.replace("daily", "weekly")}, (), {"kept": 1, "edited": 1}),
        ({"b.txt": TEXT}, {"a.txt"}, {"moved": 2}),
        ({"a.txt": TEXT, "b.txt": TEXT}, (), {"kept": 2, "added": 2}),
        ({"a.txt": BODY}, (), {"removed": 2}),
    ],
    ids=["same", "edited", "moved", "copied", "mended"],
)
def test_an_update_keeps_the_reasons_of_what_it_can_follow(texts, gone, counts) -> None:
    base = [entry._replace(reason="archive copy") for entry in BASE]
    result = updated(base, made(texts), gone, {})
    assert {deed: count for deed, count in result.counts.items() if count} == counts
    followed = sum(count for deed, count in counts.items() if deed not in ("added", "removed"))
    assert sum(entry.reason == "archive copy" for entry in result.entries) == followed


def test_pruning_adds_nothing() -> None:
    result = pruned(BASE, made({"a.txt": TEXT.replace("Share this article\n\n", "") + "\nFollow us on Twitter\n"}), {})
    assert [entry.text for entry in result.entries] == ["Sign up for our daily newsletter."]
    assert result.counts == {"kept": 1, "removed": 1}


def test_a_renamed_rule_is_followed() -> None:
    old = [entry._replace(rule="sales/newsletter-signup") for entry in BASE if "newsletter" in entry.text]
    renamed = {"sales/newsletter-signup": "boilerplate/newsletter"}
    draw = Draw(Pool(lines(old, renamed)))
    assert [d.text for d in lintnews.check(TEXT) if draw.takes(d)] == ["Sign up for our daily newsletter."]
    assert updated(old, made({"a.txt": TEXT}), (), renamed).counts["kept"] == 1


def test_it_is_written_sorted_and_read_back_the_same() -> None:
    text = written(reversed(BASE))
    assert text.splitlines()[0] == '{"baseline": 1}'
    assert parsed("b.jsonl", text).entries == {"a.txt": tuple(BASE)}


def test_of_two_lines_that_a_merge_left_the_larger_count_holds() -> None:
    line = {"path": "a.txt", "rule": "x/y", "keys": ["0"]}
    text = "\n".join(json.dumps({**line, "times": times}) for times in (1, 3, 2))
    assert parsed("b.jsonl", text).entries["a.txt"][0].times == 3


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("<<<<<<< HEAD", "b.jsonl:2: is not JSON"),
        ('{"baseline": 2}', "b.jsonl:2: is of version 2"),
        ("[]", "b.jsonl:2: is no entry with path, rule and keys"),
        ('{"path": "a", "rule": "x/y", "keys": []}', "b.jsonl:2: has keys that are no strings"),
        ('{"path": "a", "rule": "x/y", "keys": [1]}', "b.jsonl:2: has keys that are no strings"),
        ('{"path": "a", "rule": "x/y", "keys": ["0"], "times": "3"}', "b.jsonl:2: has a times that is no int"),
        ('{"path": "a", "rule": "x/y", "keys": ["0"], "times": 0}', "b.jsonl:2: has keys that are no strings, or times below 1"),
    ],
)
def test_what_is_damaged_is_refused_with_its_line_and_a_remedy(line: str, problem: str) -> None:
    with pytest.raises(SilencingError, match="lintnews baseline create --force") as refused:
        parsed("b.jsonl", f'{{"baseline": 1}}\n{line}\n')
    assert problem in str(refused.value)
