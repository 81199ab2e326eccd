"""Many texts are cleaned as one by one, in order, and no more of them are read ahead than promised."""

from collections.abc import Iterator

import pytest

import lintnews

TEXT = "The mill closed in {}, after two centuries in which it had ground the corn of three villages.\n\nShare this article\n"
OPTIONS = {"select": "boilerplate", "unsafe_fixes": True}


def texts(read: list[int], n: int = 400) -> Iterator[str]:
    for number in range(n):
        read.append(number)
        yield TEXT.format(1600 + number)


@pytest.mark.parametrize("jobs", [1, 2])
def test_texts_come_back_in_order_as_clean_gives_them(jobs: int) -> None:
    found = list(lintnews.clean_many(texts([], 50), jobs=jobs, **OPTIONS))
    assert found == [lintnews.clean(text, **OPTIONS) for text in texts([], 50)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_is_read_than_is_needed(jobs: int) -> None:
    read: list[int] = []
    cleaned = lintnews.clean_many(texts(read), jobs=jobs, **OPTIONS)
    assert read == []
    next(cleaned)
    assert len(read) <= 48 * jobs


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_no_text_is_an_error_at_its_place(jobs: int) -> None:
    cleaned = lintnews.clean_many([TEXT, None], jobs=jobs)  # type: ignore[list-item]
    with pytest.raises(TypeError, match="text is NoneType"):
        list(cleaned)
