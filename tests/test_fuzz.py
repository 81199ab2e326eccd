"""What is promised holds for random articles, files and commands, as `fuzzing` and `fuzzing_commands` make them."""

from __future__ import annotations

import fuzzing
import fuzzing_commands
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

NUMBERS = st.integers(min_value=0, max_value=10**12)
LONG_ARTICLES, LONG_COMMANDS = 20_000, 1_500
"""Cases of a long run; always the same ones, so that each can be seen again by its number."""
CHUNKS = 10


@settings(max_examples=150, deadline=None)
@given(NUMBERS)
def test_promises_about_texts_and_files_hold(number: int) -> None:
    assert list(fuzzing.broken(number)) == []


@settings(max_examples=25, deadline=None)
@given(NUMBERS)
def test_promises_about_commands_hold(number: int) -> None:
    assert list(fuzzing_commands.broken(number)) == []


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_they_hold_for_many_texts_and_files(chunk: int) -> None:
    size = LONG_ARTICLES // CHUNKS
    found = {number: problems for number in range(chunk * size, (chunk + 1) * size) if (problems := list(fuzzing.broken(number)))}
    assert found == {}


@pytest.mark.long
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_they_hold_for_many_commands(chunk: int) -> None:
    numbers = range(chunk, LONG_COMMANDS, CHUNKS)
    assert {number: problems for number in numbers if (problems := list(fuzzing_commands.broken(number)))} == {}
