"""View keys: what they open, to whom they tell nothing, where they never show."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.cli.logs import WithoutSecrets
from bridge.domain.cards import NAMES
from bridge.limits import MOST_TRIES
from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.views import View
from tests.conftest import Clock, let_in, services_of, token_for
from tests.support.routes import path_of

VIEWED = [route for route in ROUTES if route.scope == "view"]
CANARY = "canary-4711"
WRONG = "v_" + "a" * 26


@pytest.fixture
def key(app: Flask, clock: Clock) -> str:
    return services_of(app).store.views.add("Frame", OWNER, clock())[1]


@pytest.fixture
def frame(app: Flask) -> FlaskClient:
    """What looks at pictures: it sends no header."""
    return app.test_client()


def look(frame: FlaskClient, route: Route, world: World, key: str) -> TestResponse:
    """Open a route with a key where it takes one: in the path, else in the query."""
    if "<key>" in route.path:
        return frame.get(route.path.replace("<key>", key))
    path = path_of(route, world)
    return frame.get(path, query_string=None if "?" in path else {"key": key})


def the_view(app: Flask) -> View:
    (view,) = services_of(app).store.views.of_athlete(OWNER)
    return view


def test_a_key_opens_cards_and_feeds_and_nothing_else(
    frame: FlaskClient, world: World, key: str
) -> None:
    assert len(VIEWED) >= 3
    for route in ROUTES:
        if route.method != "GET" or route.scope is None:
            continue
        answer = look(frame, route, world, key)
        assert (answer.status_code == 200) == (route.scope == "view"), route.path


def test_a_device_that_may_read_needs_no_key(
    app: Flask, world: World, clock: Clock
) -> None:
    for scope in ("read", "write", "raw"):
        for route in VIEWED:
            if "<key>" not in route.path:
                answer = let_in(app, scope).get(path_of(route, world))
                assert answer.status_code == 200, route.path


def bodies_of_refusals(app: Flask, route: Route, world: World) -> set[bytes]:
    """Ask with every sort of key that opens nothing; return what was answered."""
    services = services_of(app)
    store, now = services.store, services.clock()
    view, revoked = store.views.add("Old", OWNER, now)
    store.views.revoke(view.view_id, now)
    store.athletes.ensure("i7", now, "another")
    _, gone = store.views.add("Theirs", "another", now)
    store.athletes.delete("another")
    seen = set()
    device = token_for(app, "raw")
    for wrong in (WRONG, revoked, gone, device, world.api_key, "x" * 999):
        answer = look(app.test_client(), route, world, wrong)
        assert answer.status_code == 404, (route.path, wrong)
        seen.add(answer.data)
    return seen


@pytest.mark.parametrize("route", VIEWED, ids=lambda route: str(route.path))
def test_wrong_revoked_and_foreign_keys_are_answered_alike(
    app: Flask, world: World, route: Route
) -> None:
    (body,) = bodies_of_refusals(app, route, world)
    assert b'"code":"unknown_key"' in body
    assert world.requests == []


def test_a_refusal_asks_the_database_alike_whatever_was_sent(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = services_of(app).store
    view, revoked = store.views.add("Old", OWNER, clock())
    store.views.revoke(view.view_id, clock())
    asked: list[int] = []
    first = store.database.first

    def counted(*args: object, **values: object) -> object:
        asked[-1] += 1
        return first(*args, **values)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(store.database, "first", counted)
    for wrong in (WRONG, revoked, "x", token_for(app)):
        asked.append(0)
        app.test_client().get("/w/form.svg", query_string={"key": wrong})
    assert asked == [1] * 4


def test_who_tries_without_end_is_told_to_wait_and_a_right_key_never(
    frame: FlaskClient, key: str, clock: Clock
) -> None:
    for _ in range(MOST_TRIES):
        assert frame.get(f"/w/form.svg?key={WRONG}").status_code == 404
    refused = frame.get(f"/w/form.svg?key={WRONG}")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "600"
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    other = frame.get(f"/w/form.svg?key={WRONG}", environ_overrides=elsewhere)
    assert other.status_code == 404
    assert frame.get(f"/w/form.svg?key={key}").status_code == 200
    clock.advance(minutes=11)
    assert frame.get(f"/w/form.svg?key={WRONG}").status_code == 404


def test_a_revoked_key_stops_at_once(app: Flask, frame: FlaskClient, key: str) -> None:
    assert frame.get(f"/w/form.svg?key={key}").status_code == 200
    store = services_of(app).store
    store.views.revoke(the_view(app).view_id, services_of(app).clock())
    assert frame.get(f"/w/form.svg?key={key}").status_code == 404


def test_the_last_use_is_noted_after_the_answer(
    app: Flask, frame: FlaskClient, key: str, clock: Clock
) -> None:
    answer = frame.get(f"/w/form.svg?key={key}", buffered=False)
    assert the_view(app).last_used_at is None
    answer.close()
    assert the_view(app).last_used_at == clock()
    clock.advance(minutes=5)
    frame.get(f"/w/form.svg?key={WRONG}").close()
    assert the_view(app).last_used_at == clock() - timedelta(minutes=5)


def test_a_key_sees_what_a_device_wrote(
    app: Flask, frame: FlaskClient, world: World, key: str
) -> None:
    path = f"/w/week.svg?key={key}"
    before = frame.get(path).data
    plan = {"text": "ride 90 minutes easy on Saturday"}
    assert let_in(app, "write").post("/v1/workouts", json=plan).status_code == 200
    assert frame.get(path).data != before


@pytest.mark.parametrize("place", ["/w/form.svg?key={}", "/calendar/{}.ics", "/v1/{}"])
def test_a_key_is_in_no_log_and_in_no_answer(
    app: Flask,
    frame: FlaskClient,
    key: str,
    caplog: pytest.LogCaptureFixture,
    place: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    services_of(app).store.views.revoke(the_view(app).view_id, services_of(app).clock())
    for sent in (key, token_for(app, "raw")):
        answer = frame.get(place.format(sent))
        assert answer.status_code in {401, 404}
        secret = sent.removeprefix("v_").rpartition(".")[2]
        assert secret not in answer.text + str(answer.headers)
        assert secret not in caplog.text


def test_a_key_is_masked_wherever_it_is_logged(key: str) -> None:
    record = logging.LogRecord("x", 30, "", 0, f"GET /w/form.png?key={key}", None, None)
    WithoutSecrets(()).filter(record)
    assert record.getMessage() == "GET /w/form.png?key=v_…"


@pytest.fixture
def private_world(world: World) -> World:
    """An athlete with something in every private field."""
    for day in range(20, 24):
        row = world.set_wellness(
            f"2026-11-{day}",
            weight=71.37,
            comments=CANARY,
            menstrualPhase="FOLLICULAR",
            menstrualPhasePredicted="OVULATING",
        )
        row["MyCanary"] = CANARY  # a field of the athlete's own
    return world


def everything_seen(app: Flask, key: str, sent: str = "") -> str:
    frame, phone, seen = app.test_client(), let_in(app), []
    for name in NAMES:
        for answer in (
            frame.get(f"/w/{name}.svg?size=large&key={key}{sent}"),
            frame.get(f"/w/{name}.trmnl.json?key={key}"),
            phone.get(f"/v1/cards/{name}"),
            phone.get(f"/w/{name}.svg?size=large"),
        ):
            assert answer.status_code == 200, answer.text
            seen.append(answer.text + str(answer.headers))
    return "\n".join(seen)


PRIVATE_WORDS = (CANARY, "71.37", "71.4 k", "71,4 k", "follicular", "ovulat", "menstr")


def test_private_fields_are_in_no_picture_card_or_log(
    app: Flask, private_world: World, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen = everything_seen(app, key).lower()
    for word in PRIVATE_WORDS:
        assert word not in seen, word
        assert word not in caplog.text.lower(), word


def test_the_owner_has_the_weight_shown_on_one_card_of_one_view(
    app: Flask, private_world: World, key: str, clock: Clock
) -> None:
    store = services_of(app).store
    frame, phone = app.test_client(), let_in(app)
    _, other = store.views.add("Hall", OWNER, clock())
    hidden = frame.get(f"/w/recovery.svg?size=large&key={key}")
    view = store.views.find(key)
    assert view is not None
    store.views.show_private(view.view_id, {"recovery"})
    shown = frame.get(f"/w/recovery.svg?size=large&key={key}")
    assert "71.4 kg" in shown.text
    assert shown.headers["ETag"] != hidden.headers["ETag"]
    for answer in (
        frame.get(f"/w/recovery.svg?size=large&key={other}"),
        frame.get(f"/w/today.svg?size=large&key={key}"),
        phone.get("/w/recovery.svg?size=large"),
        phone.get("/v1/cards/recovery"),
    ):
        assert "71.4 kg" not in answer.text
    assert CANARY not in shown.text


def test_no_page_and_no_referrer_learns_an_address_with_a_key(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    app = make_app(public_url="https://bridge.example")
    key = services_of(app).store.views.add("Frame", OWNER, clock())[1]
    for path in ("/w/form.svg", "/w/nothing.svg", "/w/form.trmnl.json"):
        answer = app.test_client().get(f"{path}?key={key}")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
        assert "public" not in answer.headers["Cache-Control"]
