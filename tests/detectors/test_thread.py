"""A thread is known by the stamps of several people, and by nothing less."""

from lintnews.detectors.thread import ThreadDetector
from lintnews.document import Document

THREAD = ThreadDetector(patterns=(r"^\w+ on May \d$",), times=(r"^\d days ago$",), opens=("^Comments on ",))
PROSE = "The second dry summer in a row has emptied the silos along the river, and millers say that they can't go on."


def found(*lines: str) -> list[str]:
    document = Document("\n".join(lines))
    return [document.text[f.start : f.end] for f in THREAD.find(document)]


def test_it_runs_from_what_heads_it_to_behind_the_last_stamp_by_the_usual_gap() -> None:
    thread = ["Comments on mills", "Ann on May 4", "Good.", "Ben on May 4", "Bad.", "Cleo on May 5", "So so."]
    assert found(PROSE, *thread, "The mill") == ["\n".join(thread)]


def test_a_time_alone_takes_its_name_from_the_line_above() -> None:
    thread = ["Ann", "3 days ago", "Good.", "Ben", "2 days ago", "Bad.", "Cleo", "1 days ago", "So so."]
    assert found(PROSE, *thread) == ["\n".join(thread)]


def test_one_person_writes_no_thread_and_none_stands_above_the_article() -> None:
    assert found(PROSE, *["Ann on May 4", "Good."] * 4) == []
    assert found("Ann on May 4", "Good.", "Ben on May 4", "Bad.", "Cleo on May 5", "So so.", PROSE) == []


def test_two_stamps_are_too_few_and_stamps_far_apart_are_no_thread() -> None:
    assert found(PROSE, "Ann on May 4", "Good.", "Ben on May 4", "Bad.") == []
    gap = ["A line of the plan"] * 13
    assert found(PROSE, "Ann on May 4", *gap, "Ben on May 4", *gap, "Cleo on May 5", "So so.") == []
