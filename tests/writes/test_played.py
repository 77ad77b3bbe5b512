"""The templates for sessions, the calendar and zones, played from their files."""

from __future__ import annotations

import pytest

from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.session import RATE_MY_SESSION
from bridge.shortcuts.catalog.workouts import (
    FINISH_MY_WORKOUT,
    MOVE_MY_WORKOUT,
    PLAN_A_WORKOUT,
)
from bridge.shortcuts.catalog.zones import TRAINING_ZONES
from bridge.shortcuts.template import ShortcutTemplate
from bridge.simulator.world import World
from tests.player import Phone
from tests.shortcuts.test_play import LiveBridge
from tests.writes.test_templates import bridge, play, writes
from tests.writes.writing import undo_at

__all__ = ["bridge"]

MINE = (
    RATE_MY_SESSION,
    MOVE_MY_WORKOUT,
    FINISH_MY_WORKOUT,
    PLAN_A_WORKOUT,
    TRAINING_ZONES,
)
LIMIT = {
    "en": ["Ride", "Upper limit of one power zone in percent", "2", "78,0", "OK"],
    "de": ["Rad", "Obergrenze einer Leistungszone in Prozent", "2", "78,0", "OK"],
    "fr": [
        "Vélo",
        "Limite haute d’une zone de puissance en pour cent",
        *("2", "78,0", "OK"),
    ],
    "es": [
        "Bici",
        "Límite superior de una zona de potencia en porcentaje",
        *("2", "78,0", "OK"),
    ],
}
mine = pytest.mark.parametrize("template", MINE, ids=lambda each: each.slug)
languages = pytest.mark.parametrize("language", list(LIMIT))


@pytest.fixture
def athlete(world: World) -> World:
    """An athlete who rode today and has one workout left."""
    world.add_activity(type="Ride", name="Lake", icu_rpe=None, feel=None)
    world.events.clear()
    world.add_event(name="Tempo", description="- 20m 80%")
    return world


def state(world: World) -> dict[str, object]:
    """Return what the templates may change."""
    kept = [("icu_rpe", "feel"), ("start_date_local", "category"), ("ftp",)]
    rows = [world.activities, world.events, dict(enumerate(world.sports))]
    return {
        f"{number}-{key}": tuple(row.get(name) for name in names)
        for number, (names, table) in enumerate(zip(kept, rows, strict=True))
        for key, row in table.items()  # type: ignore[attr-defined]  # three tables
    }


def test_every_writing_template_is_in_the_catalogue() -> None:
    assert all(template in CATALOG for template in MINE)


@mine
@languages
def test_it_lands_is_heard_and_is_taken_back(
    bridge: LiveBridge, athlete: World, template: ShortcutTemplate, language: str
) -> None:
    before = state(athlete)
    run = play(template, bridge, Phone(language=language))
    assert (len(run.shown), run.stopped) == (1, ""), run
    assert writes(athlete) == 1
    assert state(athlete) != before
    assert undo_at(bridge.address, bridge.token)["undone"] == "yes"
    assert state(athlete) == before


@mine
def test_siri_that_repeats_itself_writes_once(
    bridge: LiveBridge, athlete: World, template: ShortcutTemplate
) -> None:
    first, second = (play(template, bridge, Phone()) for _ in range(2))
    if template is not TRAINING_ZONES:  # its preview tells what there is by then
        assert first.shown == second.shown
    assert writes(athlete) == 1


@mine
def test_a_lost_answer_is_looked_up_and_heard_as_stored(
    bridge: LiveBridge, athlete: World, template: ShortcutTemplate
) -> None:
    before = state(athlete)
    athlete.switches.drop_connection_after_write = True
    run = play(template, bridge, Phone())
    assert run.shown[0].startswith("The answer was lost, but I looked: it's saved.")
    assert writes(athlete) == 1
    assert state(athlete) != before


@languages
def test_one_limit_of_the_zones_with_a_comma(
    bridge: LiveBridge, athlete: World, language: str
) -> None:
    run = play(TRAINING_ZONES, bridge, Phone(language=language), LIMIT[language])
    assert athlete.sports[0]["power_zones"] == [55, 78, 90, 105, 120, 150, 999]
    assert "78" in run.shown[0]


def test_a_change_of_zones_that_cannot_be_is_an_alert_and_writes_nothing(
    bridge: LiveBridge, athlete: World
) -> None:
    run = play(TRAINING_ZONES, bridge, Phone(), [*LIMIT["en"][:3], "288"])
    assert (run.shown, len(run.alerts)) == ([], 1)
    assert "sounds like watts" in run.alerts[0]
    assert writes(athlete) == 0


def test_a_sentence_that_is_not_understood_is_an_alert_with_an_example(
    bridge: LiveBridge, athlete: World
) -> None:
    run = play(PLAN_A_WORKOUT, bridge, Phone(), ["ride around the purple lake"])
    assert (run.shown, len(run.alerts)) == ([], 1)
    assert "Say for example: Tomorrow one hour easy run" in run.alerts[0]
    assert writes(athlete) == 0
