"""What each template sends, planned ones included, and how it reacts to answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from bridge.routes.table import ROUTES
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG, PLANNED
from bridge.shortcuts.catalog.look_up_an_activity import LOOK_UP_AN_ACTIVITY
from bridge.shortcuts.catalog.my_training_bests import MY_TRAINING_BESTS
from bridge.shortcuts.catalog.my_training_weight import MY_TRAINING_WEIGHT
from bridge.shortcuts.catalog.my_zones import MY_ZONES
from bridge.shortcuts.catalog.questions import QUESTIONS
from bridge.shortcuts.catalog.save_activity_data import SAVE_ACTIVITY_DATA
from bridge.shortcuts.catalog.save_activity_file import SAVE_ACTIVITY_FILE
from bridge.shortcuts.catalog.sync_health import SYNC_HEALTH
from bridge.shortcuts.catalog.training_export import TRAINING_EXPORT
from bridge.shortcuts.catalog.training_zones import TRAINING_ZONES
from bridge.shortcuts.files import read_index
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate
from tests.player import CANCEL, Phone, Run, Sample
from tests.player.answers import ANSWERS
from tests.player.stand_in import FIT, StandIn, stand_in

EVERY = (*CATALOG, *PLANNED)
CHECK_IN = {
    "mood": "2",
    "soreness": "1",
    "fatigue": "3",
    "stress": "2",
    "motivation": "1",
}
RATING = {"rpe": "7", "feel": "2"}
BODIES = {
    "my-training-weight": {"en": {"weight_kg": "72.5"}, "de": {"weight_kg": "72,5"}},
    "training-check-in": {"en": CHECK_IN, "de": CHECK_IN},
    "rate-my-session": {"en": RATING, "de": RATING},
    "move-my-workout": {"en": {"day": "Saturday"}, "de": {"day": "Samstag"}},
    "plan-a-workout": {
        "en": {"text": "ride 90 minutes easy on Saturday"},
        "de": {"text": "Samstag 90 Minuten locker Rad"},
    },
}
ZONE_REQUESTS = [
    "/v1/zones/Ride?ftp_w=288&preview=yes",
    "/v1/zones/Ride?ftp_w=288",
]


@pytest.fixture
def server() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


def _play(
    template: ShortcutTemplate,
    server: StandIn,
    answers: list[str] | None = None,
    phone: Phone | None = None,
) -> Run:
    phone = phone or Phone()
    if answers is None:
        answers = ANSWERS.get(template.slug, {}).get(phone.language, [])
    data = build_shortcut(template, phone.language)
    return phone.run(data, install=[server.setup_code], answers=answers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", EVERY, ids=lambda each: each.slug)
def test_each_request_is_signed_names_its_shortcut_and_finds_its_route(
    template: ShortcutTemplate, language: str, server: StandIn
) -> None:
    run = _play(template, server, phone=Phone(language=language))
    assert (run.alerts[1:], run.stopped) == ([], "")
    assert server.asked
    for asked in server.asked:
        assert asked.headers["Authorization"] == f"Bearer {server.token}"
        assert asked.headers["X-Shortcut"] == f"{template.slug}/{template.version}"
        assert asked.headers["Accept-Language"] == language


def test_every_question_has_a_shortcut_that_asks_it() -> None:
    asked = {
        each.removeprefix("GET ").partition("?")[0]
        for entry in read_index().shortcuts
        for each in (entry.tries, *entry.requests)
    }
    asked |= {"/v1/activities/latest/laps.csv"}  # the other choice of the same menu
    questions = {
        route.path
        for route in ROUTES
        if (route.method, route.scope) == ("GET", "read")
        and "<activity>" not in route.path  # the same answer as of the latest
    }
    assert questions - asked == {"/v1/athlete", "/v1/activities"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", BODIES)
def test_what_was_answered_arrives(slug: str, language: str, server: StandIn) -> None:
    (template,) = (each for each in EVERY if each.slug == slug)
    run = _play(template, server, phone=Phone(language=language))
    assert server.asked[0].body == BODIES[slug][language]
    assert len(run.shown) == 1


def test_a_slash_before_the_token_is_not_doubled(server: StandIn) -> None:
    code = f"{server.address}/bridge//#{server.token}"
    Phone().run(build_shortcut(QUESTIONS["my-training-form"], "en"), install=[code])
    assert server.asked[0].path == "/bridge/v1/fitness"


@pytest.mark.parametrize("quotes", [False, True])
def test_a_weight_with_a_comma_arrives_as_it_was_said(
    quotes: bool, server: StandIn
) -> None:
    for language in LANGUAGES:
        phone = Phone(language=language, quotes_numbers=quotes)
        _play(MY_TRAINING_WEIGHT, server, ["72,5"], phone)
    assert [asked.body for asked in server.asked] == [{"weight_kg": "72,5"}] * 2


def test_zones_are_read_back_before_they_change(server: StandIn) -> None:
    run = _play(TRAINING_ZONES, server)
    assert [asked.path for asked in server.asked] == ZONE_REQUESTS
    assert run.alerts == run.shown == ["FTP goes from 280 to 288 watts."]


def test_zones_stay_when_the_athlete_says_no(server: StandIn) -> None:
    answers = ["Ride", "FTP in watts", "288", CANCEL]
    assert _play(TRAINING_ZONES, server, answers).cancelled
    assert [asked.path for asked in server.asked] == ZONE_REQUESTS[:1]


def test_the_limit_of_one_zone_can_change(server: StandIn) -> None:
    answers = ["Ride", "Upper limit of one power zone in percent", "2", "78", "OK"]
    _play(TRAINING_ZONES, server, answers)
    assert server.asked[1].path == "/v1/zones/Ride?zone=2&to_percent=78"


def test_a_value_is_encoded_for_the_address(server: StandIn) -> None:
    answers = ["Ride", "Threshold pace", "4:10 /km", "OK"]
    _play(TRAINING_ZONES, server, answers)
    assert server.asked[1].path == "/v1/zones/Ride?threshold_pace=4%3A10%20%2Fkm"


def test_a_refused_change_is_said_once_and_not_tried(server: StandIn) -> None:
    answers = ["Swim", "FTP in watts", "288"]
    run = _play(TRAINING_ZONES, server, answers)
    assert run.alerts == ["There is no /v1/zones/Swim."]
    assert len(server.asked) == 1


def test_zones_do_not_change_beside_a_locked_phone(server: StandIn) -> None:
    run = _play(TRAINING_ZONES, server, [], Phone(locked=True))
    assert "Unlock" in run.stopped
    assert server.asked == []


def test_the_original_file_is_saved_byte_for_byte(server: StandIn) -> None:
    (saved,) = _play(SAVE_ACTIVITY_FILE, server).saved
    assert (saved.name, saved.data) == ("i1.fit", FIT)


@pytest.mark.parametrize(
    ("chosen", "name"),
    [("Second by second", "i1-streams.csv"), ("Lap by lap", "i1-laps.csv")],
)
def test_the_chosen_table_is_saved(chosen: str, name: str, server: StandIn) -> None:
    (saved,) = _play(SAVE_ACTIVITY_DATA, server, [chosen]).saved
    assert saved.name == name


@pytest.mark.parametrize(
    "template", [MY_ZONES, MY_TRAINING_BESTS], ids=lambda t: t.slug
)
def test_the_chosen_sport_is_asked_for(
    template: ShortcutTemplate, server: StandIn
) -> None:
    _play(template, server, ["Run"])
    assert server.asked[0].path.endswith("?type=Run")


def test_what_is_looked_up_is_encoded_for_the_address(server: StandIn) -> None:
    _play(LOOK_UP_AN_ACTIVITY, server, ["Früh & spät #tempo"])
    wanted = "/v1/activities/search?q=Fr%C3%BCh%20%26%20sp%C3%A4t%20%23tempo"
    assert server.asked[0].path == wanted


def test_an_error_is_said_and_not_saved_as_a_file(server: StandIn) -> None:
    server.upstream_down()
    run = _play(SAVE_ACTIVITY_FILE, server)
    assert run.saved == []
    assert run.alerts == ["Intervals is not answering. Try again soon."]


def test_an_activity_called_speech_is_saved_with_all_others(server: StandIn) -> None:
    run = _play(TRAINING_EXPORT, server)
    (saved,) = run.saved
    assert b'"speech"' in saved.data
    assert run.heard == []


def test_health_data_goes_out_as_lines(server: StandIn) -> None:
    at = datetime.fromisoformat
    night = Sample(at("2026-11-22T23:10"), at("2026-11-23T06:30"), "Core")
    early = Sample(at("2026-11-23T06:40"), at("2026-11-23T06:41"), "48", "count/min")
    end = at("2026-11-22T18:00")
    starts = (at("2026-11-22T10:00"), at("2026-11-22T17:00"))
    walks = [Sample(start, end, "4000", "count") for start in starts]
    health = {"Sleep": [night, night], "Steps": walks, "Resting Heart Rate": [early]}
    _play(SYNC_HEALTH, server, phone=Phone(health=health))
    line = "2026-11-22T23:10:00;2026-11-23T06:30:00;Core "
    assert server.asked[0].body == {
        "sleep": f"{line}\n{line}",
        "steps": "2026-11-22T00:00:00;2026-11-22T00:00:00;8000 count",
        "resting_hr": "2026-11-23T06:40:00;2026-11-23T06:41:00;48 count/min",
        "hrv": "",
    }


def test_a_locked_phone_syncs_nothing_and_still_speaks(server: StandIn) -> None:
    run = _play(SYNC_HEALTH, server, phone=Phone(locked=True))
    assert set((server.asked[0].body or {}).values()) == {""}
    assert len(run.shown) == 1


def test_a_login_page_in_between_stops_the_run(server: StandIn) -> None:
    server.media_type = "text/html"
    run = _play(QUESTIONS["my-training-form"], server)
    assert run.heard == []
    assert "Rich text" in run.stopped
