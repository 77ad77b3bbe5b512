"""How an input is refused: the mistake, and an example that works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from bridge.errors import BadField, BeyondBounds, OutOfBounds, UnclearDate


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
    DAY_OR_MONTH = "day_or_month"
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
    ends
        The lowest and the highest that is taken, of what has ends that one can say.
    """

    def __init__(
        self,
        mistake: Mistake,
        example: str,
        *,
        seen: str = "",
        ends: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(f"{mistake.value}, for example {example}")
        self.mistake = mistake
        self.example = example
        self.seen = seen
        self.ends = ends


def refused(name: str, error: InputError, example: str | None = None) -> BadField:
    """Return the refusal of the field ``name``.

    What was not understood, what cannot be and what lies beyond a scale are three
    sentences. ``example`` is for the hint, where the error has none of the field.
    """
    if error.mistake is Mistake.DAY_OR_MONTH:
        return UnclearDate(f"{name}: {error.mistake.value}", name=name)
    beyond = error.mistake is Mistake.OUT_OF_RANGE
    if beyond and error.ends is not None:
        low, high = error.ends
        return OutOfBounds(f"{name}: out of range", name=name, low=low, high=high)
    refusal = BeyondBounds if beyond else BadField
    detail = f"{name}: {error.mistake.value}"
    return refusal(detail, name=name, example=example or error.example)


@contextmanager
def with_example(example: str) -> Iterator[None]:
    """Give every refusal inside the example of the field that is being read."""
    try:
        yield
    except InputError as error:
        raise InputError(
            error.mistake, example, seen=error.seen, ends=error.ends
        ) from None
