"""What each template sends, planned ones included, and how it reacts to answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from bridge.routes.table import ROUTES
from bridge.shortcuts.blocks import setup_code
from bridge.shortcuts.build import build_shortcut
from bridge.shortcuts.catalog import CATALOG
from bridge.shortcuts.catalog.cards import TRAINING_CARD, TRAINING_WALLPAPER
from bridge.shortcuts.catalog.files import (
    SAVE_ACTIVITY_DATA,
    SAVE_ACTIVITY_FILE,
    SEND_TO_TRAINING,
    TRAINING_EXPORT,
)
from bridge.shortcuts.catalog.health import SYNC_BODY, SYNC_HEALTH
from bridge.shortcuts.catalog.hub import TRAINING, TRAINING_MENU
from bridge.shortcuts.catalog.questions import (
    LOOK_UP_AN_ACTIVITY,
    MY_TRAINING_BESTS,
    MY_ZONES,
    QUESTIONS,
    QUIET_BRIEF,
)
from bridge.shortcuts.catalog.session import AFTER_MY_WORKOUT
from bridge.shortcuts.catalog.wellness import MY_TRAINING_WEIGHT, TRAINING_WEIGH_IN
from bridge.shortcuts.catalog.zones import TRAINING_ZONES
from bridge.shortcuts.files import read_index
from bridge.shortcuts.recipe import short_steps
from bridge.shortcuts.template import LANGUAGES, ShortcutTemplate, Step
from tests.player import CANCEL, File, Phone, Run, Sample
from tests.player.answers import RUN, answers_to, owner_of, recorded
from tests.player.stand_in import FIT, PNG, StandIn, stand_in

EVERY = CATALOG
CHECK_IN = {
    "mood": "2",
    "soreness": "1",
    "fatigue": "3",
    "stress": "2",
    "motivation": "1",
}
RATING = {"rpe": "7", "feel": "2"}
BODIES = {
    "my-training-weight": "weight_kg",
    "training-weigh-in": "weight_kg",
    "training-check-in": CHECK_IN,
    "rate-my-session": RATING,
    "after-my-workout": RATING,
    "move-my-workout": "day",
    "plan-a-workout": "text",
    "race-or-note": "text",
    "training": "text",
}
"""What a shortcut sends: this, or the one answer under this name."""
ZONE_REQUESTS = [
    "/v1/zones/Ride?ftp_w=288&format=json&preview=yes",
    "/v1/zones/Ride?ftp_w=288&format=json",
]


def by_hand(template: ShortcutTemplate) -> tuple[Step, ...]:
    """Return the short form with address and token from a setup code."""
    return (*setup_code(), *short_steps(template))


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
    phone = phone or owner_of(template.slug)
    if answers is None:
        answers = answers_to(template.slug, phone.language)
    data = build_shortcut(template, phone.language)
    return phone.run(data, install=[server.setup_code], answers=answers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", EVERY, ids=lambda each: each.slug)
def test_each_request_is_signed_names_its_shortcut_and_finds_its_route(
    template: ShortcutTemplate, language: str, server: StandIn
) -> None:
    run = _play(template, server, phone=owner_of(template.slug, language))
    assert (run.alerts[1:], run.stopped) == ([], "")
    assert server.asked
    for asked in server.asked:
        assert asked.headers["Authorization"] == f"Bearer {server.token}"
        assert asked.headers["X-Shortcut"] == f"{template.slug}/{template.version}"
        assert asked.headers["Accept-Language"] == language


_CARD = re.compile("/v1/cards/[a-z]+")


def test_every_question_has_a_shortcut_that_asks_it() -> None:
    asked = {
        _CARD.sub("/v1/cards/<card>", each.removeprefix("GET ").partition("?")[0])
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
    # Shortcuts ask in words with POST.
    assert questions - asked == {
        "/v1/athlete",
        "/v1/activities",
        "/v1/ask",
        "/v1/workouts/<workout>/file",  # for trainers, not for ears
        "/v1/changes.csv",  # for tables, too
        "/v1/events.csv",
        "/v1/wellness.csv",
        "/v1/messages",  # switched on the page, and by voice
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", BODIES)
def test_what_was_answered_arrives(slug: str, language: str, server: StandIn) -> None:
    (template,) = (each for each in EVERY if each.slug == slug)
    run = _play(template, server, phone=Phone(language=language))
    wanted = BODIES[slug]
    if isinstance(wanted, str):
        wanted = {wanted: answers_to(slug, language)[0]}
    assert server.asked[0].body == wanted
    assert len([*run.shown, *run.notified]) == 1


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
    assert [asked.body for asked in server.asked] == [{"weight_kg": "72,5"}] * 4


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
    wanted = "/v1/zones/Ride?zone=2&to_percent=78&format=json"
    assert server.asked[1].path == wanted


def test_a_value_is_encoded_for_the_address(server: StandIn) -> None:
    answers = ["Ride", "Threshold pace", "4:10 /km", "OK"]
    _play(TRAINING_ZONES, server, answers)
    wanted = "/v1/zones/Ride?threshold_pace=4%3A10%20%2Fkm&format=json"
    assert server.asked[1].path == wanted


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
    wanted = (
        "/v1/activities/search?q=Fr%C3%BCh%20%26%20sp%C3%A4t%20%23tempo&format=json"
    )
    assert server.asked[0].path == wanted


def test_the_full_stop_of_a_sentence_is_not_lost(server: StandIn) -> None:
    _play(LOOK_UP_AN_ACTIVITY, server, ["tempo."])
    assert "?q=tempo.&" in server.asked[0].path
    _play(TRAINING_ZONES, server, ["Ride", "Threshold pace", "4:10.", "OK"])
    assert "=4%3A10.&" in server.asked[1].path


@pytest.mark.parametrize(
    "template",
    [SAVE_ACTIVITY_FILE, SAVE_ACTIVITY_DATA, TRAINING_EXPORT],
    ids=lambda each: each.slug,
)
def test_an_error_is_said_and_never_saved_as_a_file(
    template: ShortcutTemplate, server: StandIn
) -> None:
    server.upstream_down()
    run = _play(template, server)
    assert run.saved == []
    assert run.alerts == ["Intervals is not answering. Try again soon."]
    run = _play(replace(template, steps=by_hand(template)), server, [])
    assert run.saved == []
    assert run.shown == ["Intervals is not answering. Try again soon."]


def test_the_wallpaper_is_the_picture_of_the_lock_screen(server: StandIn) -> None:
    for template in (
        TRAINING_WALLPAPER,
        replace(TRAINING_WALLPAPER, steps=by_hand(TRAINING_WALLPAPER)),
    ):
        (wallpaper,) = _play(template, server).wallpapers
        assert wallpaper.data == PNG
        assert server.asked[-1].path == "/w/wallpaper.png?size=wallpaper"


def test_a_failure_is_told_and_never_becomes_the_wallpaper(server: StandIn) -> None:
    server.upstream_down()
    run = _play(TRAINING_WALLPAPER, server)
    assert (run.wallpapers, run.stopped) == ([], "")
    assert run.notified == ["Intervals is not answering. Try again soon."]
    hand = replace(TRAINING_WALLPAPER, steps=by_hand(TRAINING_WALLPAPER))
    run = _play(hand, server)
    assert run.wallpapers == []
    assert "Set Wallpaper Photo couldn’t convert from dict" in run.stopped


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chosen_card_is_looked_at(language: str, server: StandIn) -> None:
    run = _play(TRAINING_CARD, server, phone=Phone(language=language))
    (card,) = run.looked_at
    assert card.data == PNG
    assert [asked.path for asked in server.asked] == [
        "/v1/cards/form",
        "/w/form.png?size=large",
    ]


def test_the_wallpaper_changes_at_night_with_nobody_there(server: StandIn) -> None:
    phone = Phone()
    _play(TRAINING_WALLPAPER, server, phone=phone)  # once by hand
    phone.attended, phone.locked = False, True
    assert len(_play(TRAINING_WALLPAPER, server, phone=phone).wallpapers) == 1


def test_an_activity_called_speech_is_saved_with_all_others(server: StandIn) -> None:
    run = _play(TRAINING_EXPORT, server)
    (saved,) = run.saved
    assert b'"speech"' in saved.data
    assert run.heard == []


def test_health_data_goes_out_as_columns_without_a_loop(server: StandIn) -> None:
    at = datetime.fromisoformat
    night = Sample(at("2026-11-22T23:10"), at("2026-11-23T06:30"), "Core")
    early = Sample(at("2026-11-23T06:40"), at("2026-11-23T06:41"), "48", "count/min")
    walk = (at("2026-11-22T10:00"), at("2026-11-22T10:30"))
    walks = [Sample(*walk, "4000", "count", each) for each in ("Watch", "iPhone")]
    health = {"Sleep": [night, night], "Steps": walks, "Resting Heart Rate": [early]}
    run = _play(SYNC_HEALTH, server, phone=Phone(language="de", health=health))
    start, end = "2026-11-22T23:10:00+01:00", "2026-11-23T06:30:00+01:00"
    assert server.asked[0].body == {
        "sleep": f"{start}\n{start};{end}\n{end};Core\nCore;\n",
        # of both devices: the bridge takes out what they counted twice
        "steps": "2026-11-22T10:00:00+01:00\n2026-11-22T10:00:00+01:00;"
        "2026-11-22T10:30:00+01:00\n2026-11-22T10:30:00+01:00;"
        "4000\n4000;count\ncount",
        "resting_hr": "2026-11-23T06:40:00+01:00;2026-11-23T06:41:00+01:00;"
        "48;count/min",
    }
    assert (run.shown, run.alerts, len(run.notified)) == ([], [], 1)


@pytest.mark.parametrize("template", [SYNC_HEALTH, SYNC_BODY], ids=lambda t: t.slug)
def test_hundreds_of_samples_are_no_matter_of_time(
    template: ShortcutTemplate, server: StandIn
) -> None:
    start = datetime.fromisoformat("2026-11-22T10:00")
    many = [Sample(start, start, "1", "count")] * 1000
    phone = Phone(health=dict.fromkeys(recorded(), many), most_health_items=10_000)
    assert _play(template, server, phone=phone).stopped == ""


@pytest.mark.parametrize(
    "template", [SYNC_HEALTH, QUIET_BRIEF, SYNC_BODY], ids=lambda t: t.slug
)
def test_what_an_automation_runs_waits_for_nobody(
    template: ShortcutTemplate, server: StandIn
) -> None:
    phone = Phone(health=recorded())
    _play(template, server, phone=phone)  # once by hand, for the privacy question
    phone.attended = False
    for failing in (False, True):
        if failing:
            server.upstream_down()
        run = _play(template, server, phone=phone)
        assert (run.stopped, len(run.notified)) == ("", 1)


def test_the_quiet_brief_runs_on_a_locked_phone(server: StandIn) -> None:
    phone = Phone()
    _play(QUIET_BRIEF, server, phone=phone)
    phone.locked, phone.attended = True, False
    assert _play(QUIET_BRIEF, server, phone=phone).notified == [
        "Form is minus 12. Sleep 7 hours 20."
    ]


def test_a_locked_phone_syncs_nothing(server: StandIn) -> None:
    run = _play(SYNC_HEALTH, server, phone=Phone(locked=True, health=recorded()))
    assert "Health is locked" in run.stopped
    assert server.asked == []


def test_a_weight_goes_to_health_as_well(server: StandIn) -> None:
    for language, said in (("en", "72.5"), ("de", "72,5")):
        run = _play(TRAINING_WEIGH_IN, server, [said], Phone(language=language))
        assert run.logged == ["Weight 72.5 kg"]
        assert server.asked[-1].body == {"weight_kg": said}


def test_every_file_of_the_share_sheet_is_sent_whole(server: StandIn) -> None:
    other = File("b.gpx", "application/gpx+xml", b"<gpx/>")
    run = _play(SEND_TO_TRAINING, server, phone=Phone(shared=[RUN, other]))
    assert [asked.raw for asked in server.asked] == [RUN.data, b"<gpx/>"]
    assert run.shown == ["Uploaded: Morning Ride."] * 2
    assert _play(replace(SEND_TO_TRAINING, steps=by_hand(SEND_TO_TRAINING)), server)
    assert server.asked[-1].raw == RUN.data


def test_the_workout_has_time_to_arrive_before_it_is_rated(server: StandIn) -> None:
    assert _play(AFTER_MY_WORKOUT, server).waited_s == 60


def test_what_the_bridge_asks_back_is_answered_in_the_same_run(
    server: StandIn,
) -> None:
    server.questions = ["Yes\nNo"]
    run = _play(TRAINING, server, ["move it to Friday", "No"])
    assert [asked.body for asked in server.asked] == [
        {"text": "move it to Friday"},
        {"text": "No"},
    ]
    assert run.shown == ["Form is minus 12, optimal."]


def test_the_menu_asks_what_is_chosen(server: StandIn) -> None:
    _play(TRAINING_MENU, server, ["Am I ready?"])
    assert server.asked[1].body == {"text": "Am I ready?"}
    hand = replace(TRAINING_MENU, steps=by_hand(TRAINING_MENU))
    run = _play(hand, server, ["Am I ready?"])
    assert server.asked[3].body == {"text": "Am I ready?"}
    assert run.shown == ["Form is minus 12, optimal.\n"]


def test_a_login_page_in_between_stops_the_run(server: StandIn) -> None:
    server.media_type = "text/html"
    run = _play(QUESTIONS["my-training-form"], server)
    assert run.heard == []
    assert "Rich text" in run.stopped
