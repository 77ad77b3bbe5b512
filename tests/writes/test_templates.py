"""The writing templates, played from their files: what they send lands upstream."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from bridge.config import Config
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog.health import SYNC_HEALTH
from bridge.shortcuts.catalog.wellness import MY_TRAINING_WEIGHT, TRAINING_CHECK_IN
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate
from bridge.simulator.world import World
from tests.player import Phone, Run
from tests.player.answers import answers_to
from tests.player.content import Sample
from tests.shortcuts.test_play import LiveBridge

TODAY = "2026-11-23"


@pytest.fixture
def bridge(config: Config, world: World) -> Iterator[LiveBridge]:
    live = LiveBridge(config, world)
    yield live
    live.close()


def play(
    template: ShortcutTemplate,
    bridge: LiveBridge,
    phone: Phone,
    answers: list[str] | None = None,
) -> Run:
    if answers is None:
        answers = answers_to(template.slug, phone.language)
    data = build_shortcut(template, phone.language)
    code = f"{bridge.address}#{bridge.token}"
    return phone.run(data, install=[code], answers=answers)


def writes(world: World) -> int:
    return sum(asked.method != "GET" for asked in world.requests)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "72.5"), ("de", "72,5"), ("fr", "72,5"), ("es", "72,5")],
)
def test_a_spoken_weight_lands_and_is_answered(
    bridge: LiveBridge, world: World, language: str, said: str
) -> None:
    run = play(MY_TRAINING_WEIGHT, bridge, Phone(language=language), [said])
    assert world.wellness[TODAY]["weight"] == 72.5
    assert said in run.shown[0]
    assert writes(world) == 1


def test_siri_that_repeats_itself_writes_once(bridge: LiveBridge, world: World) -> None:
    first, second = (play(MY_TRAINING_WEIGHT, bridge, Phone()) for _ in range(2))
    assert first.shown == second.shown
    assert writes(world) == 1


def test_a_lost_answer_is_heard_as_stored(bridge: LiveBridge, world: World) -> None:
    world.switches.drop_connection_after_write = True
    run = play(MY_TRAINING_WEIGHT, bridge, Phone())
    assert "I looked: it" in run.shown[0]
    assert world.wellness[TODAY]["weight"] == 72.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_in_lands(bridge: LiveBridge, world: World, language: str) -> None:
    run = play(TRAINING_CHECK_IN, bridge, Phone(language=language))
    row = world.wellness[TODAY]
    names = ("mood", "soreness", "fatigue", "stress", "motivation")
    assert [row[name] for name in names] == [2, 1, 3, 2, 1]
    assert (len(run.shown), run.alerts) == (1, [])


def test_health_of_the_phone_lands(bridge: LiveBridge, world: World) -> None:
    at = datetime.fromisoformat
    world.wellness.clear()
    night = Sample(at("2026-11-22T23:10"), at("2026-11-23T06:30"), "Core")
    pulse = Sample(at("2026-11-23T06:40"), at("2026-11-23T06:41"), "48", "count/min")
    walks = [
        Sample(
            at(f"2026-11-22T{hour}:00"),
            at(f"2026-11-22T{hour}:30"),
            "4000",
            "count",
            source,
        )
        for hour in (10, 17)
        for source in ("Watch", "iPhone")  # both counted the same steps
    ]
    health = {"Sleep": [night, night], "Steps": walks, "Resting Heart Rate": [pulse]}
    run = play(SYNC_HEALTH, bridge, Phone(health=health))
    assert world.wellness[TODAY]["sleepSecs"] == 26400
    assert world.wellness[TODAY]["restingHR"] == 48
    assert world.wellness["2026-11-22"]["steps"] == 8000
    assert run.notified[0].startswith("Added for today: Slept 7 hours 20")


def test_the_night_that_the_phone_cut_is_not_written(
    bridge: LiveBridge, world: World
) -> None:
    at = datetime.fromisoformat
    world.wellness.clear()
    nights = [
        Sample(at(f"2026-11-{day}T{start}"), at(f"2026-11-{end_day}T06:30"), "Core")
        for day, start, end_day in (
            (20, "22:30", 21),  # before the window
            (21, "00:10", 21),  # the rest of the same night
            (21, "22:30", 22),
            (22, "22:30", 23),
        )
    ]
    health = {"Sleep": nights, "Steps": [], "Resting Heart Rate": []}
    run = play(SYNC_HEALTH, bridge, Phone(health=health))
    slept = {day: row["sleepSecs"] for day, row in world.wellness.items()}
    assert slept == {"2026-11-22": 28800, TODAY: 28800}
    assert "21 November" in run.notified[0]
    # The days before were written by the syncs of those mornings: no word is lost.
    world.wellness["2026-11-21"] = {"id": "2026-11-21", "sleepSecs": 28800}
    world.touch()
    pulse = Sample(at("2026-11-23T06:40"), at("2026-11-23T06:41"), "48", "count/min")
    health["Resting Heart Rate"] = [pulse]
    run = play(SYNC_HEALTH, bridge, Phone(health=health))
    assert "21 November" not in run.notified[0]
