"""How an input is refused: the mistake, and an example that works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class Mistake(StrEnum):
    """What is wrong with an input; each can have its own sentence."""

    NOT_A_NUMBER = "not_a_number"
    NOT_A_DURATION = "not_a_duration"
    NOT_A_PACE = "not_a_pace"
    NOT_A_DAY = "not_a_day"
    NOT_A_TEXT = "not_a_text"
    NOT_ON_THE_SCALE = "not_on_the_scale"
    NOT_A_WORKOUT = "not_a_workout"
    MISSING = "missing"
    PAST = "past"
    TWO_SPORTS = "two_sports"
    AMBIGUOUS = "ambiguous"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_UNIT = "unknown_unit"


class InputError(ValueError):
    """An input we do not understand; the caller names the field it stood in.

    Parameters
    ----------
    mistake
        What is wrong.
    example
        An input of the same sort that is understood.
    seen
        The word that was not understood, or the part that is missing. Short
        and without invisible characters, so that it can be spoken.
    """

    def __init__(self, mistake: Mistake, example: str, *, seen: str = "") -> None:
        super().__init__(f"{mistake.value}, for example {example}")
        self.mistake = mistake
        self.example = example
        self.seen = seen


@contextmanager
def with_example(example: str) -> Iterator[None]:
    """Give every refusal inside the example of the field that is being read."""
    try:
        yield
    except InputError as error:
        raise InputError(error.mistake, example, seen=error.seen) from None
