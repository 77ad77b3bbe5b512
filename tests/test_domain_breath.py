from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.speech.breath import in_runs
from bridge.domain.speech.voice import ENGLISH, Voice


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], []),
        (["4 05"], ["4 05"]),
        (["4 05"] * 5, ["5 times 4 05"]),
        (["4 05", "4 10", "4 05"], ["4 05", "4 10", "4 05"]),
        (["4 05", "4 05", "4 10", "4 05"], ["2 times 4 05", "4 10", "4 05"]),
    ],
)
def test_what_comes_several_times_in_a_row_is_said_once(
    parts: list[str], said: list[str]
) -> None:
    assert in_runs(parts, ENGLISH) == said


def test_a_run_is_counted_in_the_language_of_the_voice() -> None:
    assert in_runs(["300", "300", "310"], Voice("de_DE")) == ["2 mal 300", "310"]


@given(st.lists(st.sampled_from("abc")))
def test_runs_are_all_that_was_said_in_its_order(parts: list[str]) -> None:
    runs = [part.rsplit(" times ", 1) for part in in_runs(parts, ENGLISH)]
    again = [run[-1] for run in runs for _ in range(int(run[0]) if run[1:] else 1)]
    assert again == parts
    ends = [run[-1] for run in runs]
    assert all(one != next_ for one, next_ in pairwise(ends))
