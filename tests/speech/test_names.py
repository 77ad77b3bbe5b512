"""Names that people gave, as a voice should say them."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.domain.speech.names import for_the_ear
from bridge.domain.speech.voice import Voice
from bridge.simulator.world import World


@pytest.mark.parametrize(
    ("name", "english", "german"),
    [
        (
            "5x 1km @4:05/km",
            "5 times 1 kilometre at 4 minutes 5 per kilometre",
            "5 mal ein Kilometer mit 4 Minuten 5 pro Kilometer",
        ),
        ("Threshold 4x8", "Threshold 4 times 8", "Threshold 4 mal 8"),
        (
            "3x(2x8min @95-100%) Z4/Z5",
            "3 times (2 times 8 minutes at 95 to 100 percent) zone 4, zone 5",
            "3 mal (2 mal 8 Minuten mit 95 bis 100 Prozent) Zone 4, Zone 5",
        ),
        ("Long Run 1h30", "Long Run 1 hour 30", "Long Run eine Stunde 30"),
        (
            "10x400m @250W",
            "10 times 400 metres at 250 watts",
            "10 mal 400 Meter mit 250 Watt",
        ),
        ("<b>Fast</b> &amp; furious", "Fast & furious", "Fast & furious"),
        ("Zwift https://zwift.com/events/1?x=1#y", "Zwift", "Zwift"),
        ("Track night 🏟️", "Track night", "Track night"),
        ("🏃‍♀️🔥💯", "", ""),
        ("https://zwift.com/events/123", "", ""),
        ("Lake Loop", "Lake Loop", "Lake Loop"),
        ("Route 66 in 2026", "Route 66 in 2026", "Route 66 in 2026"),
    ],
)
def test_a_name_is_made_for_the_ear(name: str, english: str, german: str) -> None:
    assert for_the_ear(name, Voice("en_GB")) == english
    assert for_the_ear(name, Voice("de_DE")) == german


def test_what_has_only_pictures_for_a_name_is_called_by_its_sport(
    phone: FlaskClient, world: World
) -> None:
    world.add_activity(name="🏃‍♀️🔥💯", type="Run")
    body = phone.get("/v1/activities/latest").get_json()
    assert "🔥" not in body["speech"]
    assert "run" in body["speech"].lower()
    assert body["name"] == "🏃‍♀️🔥💯"
