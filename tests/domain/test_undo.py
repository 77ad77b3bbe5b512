from __future__ import annotations

import pytest

from bridge.domain.speech.voice import ENGLISH, Voice
from bridge.domain.undo import Reverted, say_undo_preview, say_undone

WEIGHT = Reverted(restored="Weight 73 kilograms.")
CHANGED = Reverted(changed=["the weight"], restored="100 steps.")
STUCK = Reverted(stuck="Weight 72.5 kilograms.")
REMOVED = Reverted(sentence="Undone: I removed Ride today.")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([WEIGHT], "Undone, as before: Weight 73 kilograms."),
        (
            [WEIGHT, WEIGHT, Reverted(restored="100 steps.")],
            "Undone, as before: Weight 73 kilograms. 100 steps.",
        ),
        ([REMOVED], "Undone: I removed Ride today."),
        (
            [CHANGED],
            (
                "I left the weight alone: changed since, outside this bridge. "
                "Undone, as before: 100 steps."
            ),
        ),
        (
            [Reverted(changed=["the weight"], changed_by="Watch")],
            "I left the weight alone: Watch changed that since.",
        ),
        (
            [STUCK],
            (
                "Not undone, since Intervals won't clear it: "
                "Weight 72.5 kilograms. Delete it there."
            ),
        ),
        (
            [Reverted(restored="Slept 6 hours 2.", stuck="Mood: good.")],
            (
                "Undone, as before: Slept 6 hours 2. But this stays: Mood: good. "
                "Intervals won't clear it; delete it there."
            ),
        ),
        ([Reverted()], "There's nothing to undo: it's as it was before."),
    ],
)
def test_what_is_as_before_and_what_is_not_are_both_said(
    told: list[Reverted], said: str
) -> None:
    assert say_undone(told, ENGLISH) == said


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR", "es_ES"])
def test_of_many_values_the_first_are_said(locale: str) -> None:
    many = [Reverted(restored=f"{day} November: {day}0 steps.") for day in range(1, 15)]
    for said in (
        say_undone(many, Voice(locale)),
        say_undo_preview(many, Voice(locale)),
    ):
        assert "1 November: 10 steps. 2 November: 20 steps." in said
        assert len(said) <= 255
        assert said.endswith(".")


def test_what_fits_is_said_whole() -> None:
    value = f"{'word ' * 25}end."
    said = say_undone([Reverted(restored=value)], ENGLISH)
    assert said == f"Undone, as before: {value}"


def test_undone_is_said_in_german() -> None:
    said = say_undone([Reverted(restored="Gewicht 73 Kilogramm.")], Voice("de_DE"))
    assert said == "Wieder wie vorher: Gewicht 73 Kilogramm."


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            [WEIGHT],
            "Nothing is saved yet. It would be as before: Weight 73 kilograms.",
        ),
        (
            [CHANGED],
            (
                "I left the weight alone: changed since, outside this bridge. "
                "Nothing is saved yet. It would be as before: 100 steps."
            ),
        ),
        (
            [Reverted(changed=["the weight"], changed_by="Watch")],
            "I left the weight alone: Watch changed that since. Nothing is saved yet.",
        ),
        ([Reverted()], "There's nothing to undo: it's as it was before."),
    ],
)
def test_a_preview_announces_only_what_would_be_as_before(
    told: list[Reverted], said: str
) -> None:
    assert say_undo_preview(told, ENGLISH) == said


def test_what_was_left_alone_is_not_lost_behind_long_values() -> None:
    long = Reverted(changed=["the weight"], restored="Mood good. " * 30)
    said = say_undone([long], ENGLISH)
    assert said.startswith("I left the weight alone:")
    assert len(said) <= 255
