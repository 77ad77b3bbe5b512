"""How what a phone asks for is read: days, ranges, sports, columns, names."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.domain.sport import TYPES
from bridge.simulator.world import World
from tests.support.asking import items, refused, told

# Today is Monday, 23 November 2026.


# days


@pytest.mark.parametrize(
    "path",
    [
        "/v1/fitness?day=garbage",
        "/v1/fitness?day=2026-02-30",
        "/v1/workouts/today?day=garbage",
        "/v1/activities?oldest=garbage",
    ],
)
def test_what_is_no_day_is_refused_without_upstream(
    phone: FlaskClient, world: World, path: str
) -> None:
    world.switches.fail_status = 503
    refused(phone, path, 400, "bad_parameter")
    assert not world.requests


@pytest.mark.parametrize(
    "route", ["activities", "wellness", "events", "activities.csv"]
)
def test_a_range_that_runs_backwards_is_refused_without_upstream(
    phone: FlaskClient, world: World, route: str
) -> None:
    world.switches.fail_status = 503
    path = f"/v1/{route}?oldest=2026-11-20&newest=2026-11-01"
    speech = refused(phone, path, 400, "bad_range")["speech"]
    assert "backwards" in speech
    assert "366" not in speech
    assert not world.requests


@pytest.mark.parametrize("route", ["activities", "wellness", "events"])
def test_a_year_and_a_day_is_the_longest_range(phone: FlaskClient, route: str) -> None:
    told(phone, f"/v1/{route}?oldest=2025-11-23&newest=2026-11-23")
    path = f"/v1/{route}?oldest=2025-11-22&newest=2026-11-23"
    body = refused(phone, path, 400, "range_too_long")
    assert "366 days" in body["speech"]
    assert "before" not in body["speech"]


def test_a_day_in_words_still_needs_the_athletes_clock(
    phone: FlaskClient, world: World
) -> None:
    world.switches.fail_status = 503
    refused(phone, "/v1/fitness?day=yesterday", 502, "upstream_down")


@pytest.mark.parametrize("route", ["activities", "wellness", "events"])
@pytest.mark.parametrize("other", ["oldest", "newest"])
def test_a_day_beside_a_range_is_refused(
    phone: FlaskClient, world: World, route: str, other: str
) -> None:
    path = f"/v1/{route}?day=2026-11-23&{other}=2026-11-20"
    body = refused(phone, path, 400, "parameters_clash")
    said = {"oldest": "the first day", "newest": "the last day"}[other]
    assert body["speech"] == f"Send the day or {said}, not both."
    assert not world.requests


@pytest.mark.parametrize(
    ("route", "end"), [("activities", "oldest"), ("wellness", "newest")]
)
def test_a_weekday_is_the_last_one_for_what_was_done(
    phone: FlaskClient, world: World, route: str, end: str
) -> None:
    phone.get(f"/v1/{route}?day=friday")
    assert world.requests[-1].query[end] == "2026-11-20"


@pytest.mark.parametrize("route", ["events", "workouts/today"])
def test_a_weekday_is_the_next_one_for_what_is_planned(
    phone: FlaskClient, world: World, route: str
) -> None:
    phone.get(f"/v1/{route}?day=friday")
    query = world.requests[-1].query
    assert (query["oldest"], query["newest"]) == ("2026-11-27", "2026-11-27")


def test_a_range_of_weekdays_lies_ahead_in_the_calendar(
    phone: FlaskClient, world: World
) -> None:
    phone.get("/v1/events?oldest=tuesday&newest=friday")
    query = world.requests[-1].query
    assert (query["oldest"], query["newest"]) == ("2026-11-24", "2026-11-27")


def test_the_week_and_the_weather_of_a_weekday_lie_ahead(phone: FlaskClient) -> None:
    assert told(phone, "/v1/week?day=sunday")["from"] == "2026-11-23"
    assert told(phone, "/v1/weather?day=friday")["date"] == "2026-11-27"
    assert told(phone, "/v1/fitness?day=friday")["date"] == "2026-11-20"


# sports


def test_the_types_are_those_of_the_specification() -> None:
    assert len(set(TYPES)) == len(TYPES) == 60


@pytest.mark.parametrize("word", ["Run", "run", "RUN", "running", "Laufen", " run "])
def test_a_sport_may_be_said_in_many_ways(phone: FlaskClient, word: str) -> None:
    rows = items(phone, f"/v1/activities?type={word}")
    assert {row["type"] for row in rows} == {"Run"}


@pytest.mark.parametrize("word", ["virtualride", "virtual ride", "Virtual-Ride"])
def test_a_type_of_two_words_may_be_parted(phone: FlaskClient, word: str) -> None:
    answer = phone.get(f"/v1/activities/latest?type={word}").get_json()
    assert answer.get("type", "VirtualRide") == "VirtualRide"
    assert answer["status"] == "ok"


@pytest.mark.parametrize(
    ("word", "nearest"), [("Runn", "Run"), ("Swimm", "Swim"), ("xq", "Run")]
)
@pytest.mark.parametrize("route", ["activities", "activities/latest", "zones", "bests"])
def test_an_unknown_sport_is_refused_with_the_nearest(
    phone: FlaskClient, world: World, route: str, word: str, nearest: str
) -> None:
    body = refused(phone, f"/v1/{route}?type={word}", 400, "bad_parameter")
    assert body["hint"] == f"For example type={nearest}"
    assert not world.requests


# columns and names


def test_an_unknown_column_is_named_with_the_nearest(
    phone: FlaskClient, world: World
) -> None:
    path = "/v1/activities.csv?columns=date,nmae"
    body = refused(phone, path, 400, "unknown_column")
    assert body["speech"] == (
        "I don't know one of the columns. The hint lists those there are."
    )
    assert body["hint"].startswith("No column nmae; perhaps name. Known here: ")
    assert "training_load" in body["hint"]
    assert not world.requests


def test_a_column_named_twice_is_refused(phone: FlaskClient, world: World) -> None:
    path = "/v1/activities.csv?columns=name,date,name"
    body = refused(phone, path, 400, "repeated_column")
    assert body["speech"] == ("One of the columns is named twice. Name it once.")
    assert not world.requests


def test_an_unknown_field_is_refused_with_the_nearest(phone: FlaskClient) -> None:
    body = refused(phone, "/v1/wellness?fields=wieght", 400, "bad_parameter")
    assert body["hint"] == "For example fields=weight_kg"


def test_an_unknown_parameter_is_told_the_nearest_and_hinted_all(
    phone: FlaskClient,
) -> None:
    body = refused(phone, "/v1/activities?xyz=1", 400, "unknown_parameter")
    assert body["hint"].startswith(
        "No parameter xyz; perhaps day. Known here: day, oldest, newest, limit, type"
    )
    assert body["speech"].count(",") == 0
    body = refused(phone, "/v1/fitness?dya=today", 400, "unknown_parameter")
    assert body["speech"] == (
        "I don't know one of the parameters. Did you mean the day?"
    )
    assert body["hint"].startswith("No parameter dya; perhaps day.")


# addresses


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/v1/fitnes", "/v1/fitness"),
        ("/v1/activites/latest", "/v1/activities/latest"),
        ("/v1/flat", "/openapi.json"),
        ("/v1/flat/", "/openapi.json"),
        ("/q", "/openapi.json"),
    ],
)
def test_an_unknown_address_is_told_one_that_works(
    phone: FlaskClient, path: str, nearest: str
) -> None:
    body = refused(phone, path, 404, "unknown_path")
    assert body["hint"].startswith(f"The nearest: {nearest}.")


def test_a_wrong_method_is_told_those_that_make_sense(phone: FlaskClient) -> None:
    answer = phone.post("/v1/fitness")
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.get_json()["speech"] == (
        "This address wants another method. The hint names it."
    )
    assert "HEAD" not in answer.get_json()["hint"]
