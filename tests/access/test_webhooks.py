"""Webhooks: who may bring one, what it does, and where its secrets never show."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.cli.config import config as config_command
from bridge.cli.logs import WithoutSecrets
from bridge.domain.changes.schedule import EVERY
from bridge.limits import MOST_TRIES
from bridge.simulator.state import State
from bridge.simulator.webhooks import WebhookSender
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.changes import Changes
from bridge.tokens import LARGEST_WEBHOOK, hook_key, hook_path
from tests.conftest import Clock, let_in, services_of

SECRET = "canary-of-hooks-4711"
HEADER = "Bearer canary-of-a-header-4712"
NEWER = "another-signing-key-of-32-characters-0815"


@pytest.fixture
def app(make_app: Callable[..., Flask], world: World) -> Flask:
    return make_app(
        webhook_secret=SECRET,
        webhook_authorization=HEADER,
        athlete_id=world.athlete_id,
    )


@pytest.fixture
def upstream(app: Flask) -> FlaskClient:
    """What posts: it has no device."""
    return app.test_client()


def path_in(app: Flask) -> str:
    return hook_path(services_of(app).config.secret_keys)


def told(world: World, kind: str = "ACTIVITY_UPDATED", **changed: Any) -> bytes:
    event = {"athlete_id": world.athlete_id, "type": kind, "records": []}
    return json.dumps({"secret": SECRET, "events": [event]} | changed).encode()


def bring(
    app: Flask, body: bytes, path: str = "", header: str = HEADER, **more: Any
) -> TestResponse:
    headers = {"Authorization": header, "Content-Type": "application/json"}
    at = path or path_in(app)
    return app.test_client().post(at, data=body, headers=headers, **more)


def begun(app: Flask, clock: Clock) -> Changes:
    """Begin a ledger of which a look is due in five minutes; return all ledgers."""
    changes = services_of(app).store.changes
    let_in(app).get("/v1/changes")
    state = changes.claim(OWNER, clock(), "test")
    assert state is not None
    changes.release(state, clock() + EVERY)
    return changes


def due_of(changes: Changes) -> object:
    state = changes.state(OWNER)
    assert state is not None
    return state.next_look_at


def test_a_webhook_of_any_type_makes_a_look_due_and_asks_nothing(
    app: Flask, world: World, clock: Clock
) -> None:
    changes = begun(app, clock)
    state: State = world
    sender = WebhookSender(
        state,
        lambda body, headers: (
            bring(app, body, header=headers["Authorization"]).status_code
        ),
        secret=SECRET,
        authorization=HEADER,
    )
    asked = len(world.requests)
    queues: tuple[Callable[[], object], ...] = (
        lambda: sender.activity("ACTIVITY_UPLOADED", max(world.activities)),
        lambda: sender.activity_deleted("i1"),
        lambda: sender.wellness_updated(world.today()),
        sender.fitness_updated,
        sender.sport_settings_updated,
        lambda: sender.scope_changed("ACTIVITY:READ", deauthorized=True),
        lambda: sender.signal("SOMETHING_NEW"),
    )
    for queue in queues:
        held = changes.claim(OWNER, clock(), "test")
        assert held is not None
        changes.release(held, clock() + EVERY)
        queue()
        assert sender.send_due() == [200]
        assert due_of(changes) is None
    assert len(world.requests) == asked


def test_the_answer_is_flat_and_says_nothing_of_the_athlete(
    app: Flask, world: World
) -> None:
    answer = bring(app, told(world))
    assert answer.status_code == 200
    assert answer.get_json().keys() == {"status", "speech"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_whatever_is_wrong_is_answered_alike_and_stores_nothing(
    app: Flask, make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    changes = begun(app, clock)
    before, body = due_of(changes), told(world)
    is_off = make_app()
    answers = [
        bring(app, body, "/webhooks/intervals/wh_" + "a" * 26),
        bring(app, body, "/webhooks/intervals/x"),
        bring(app, told(world, secret="another-secret-4711")),
        bring(app, told(world, secret=None)),
        bring(app, told(world, secret=[SECRET])),
        bring(app, told(world, secret="")),
        bring(app, body, header="Bearer another"),
        bring(app, body, header=""),
        bring(app, b""),
        bring(app, b"[" * 100_000),
        bring(app, b'"' + SECRET.encode() + b'"'),
        bring(app, b'{"secret":"\xff"}'),
        bring(is_off, body, path_in(app)),
    ]
    assert {answer.status_code for answer in answers} == {404}
    (only,) = {answer.data for answer in answers}
    assert b'"code":"unknown_webhook"' in only
    assert due_of(changes) == before
    assert services_of(app).store.facts.webhook_at() is None


def test_without_a_header_set_any_is_taken(
    make_app: Callable[..., Flask], world: World
) -> None:
    app = make_app(webhook_secret=SECRET)
    for header in ("", HEADER):
        assert bring(app, told(world), header=header).status_code == 200


def test_a_body_has_256_kilobytes_at_most(app: Flask, world: World) -> None:
    body = told(world)
    fits = body + b" " * (LARGEST_WEBHOOK - len(body))
    assert bring(app, fits).status_code == 200
    assert bring(app, fits + b" ").status_code == 413
    assert bring(app, fits + b" ", "/webhooks/intervals/x").status_code == 404


ODD_EVENTS: list[object] = [[], None, "x", {}, [1, None, "x"], [{}]]
ODD_EVENTS += [
    [{"athlete_id": other}]
    for other in ("i999999", "0", "", 7, None, "owner", ["i1"], {"i1": 1})
]


def test_unknown_athletes_and_odd_events_are_ignored(
    app: Flask, world: World, clock: Clock
) -> None:
    changes = begun(app, clock)
    before = due_of(changes)
    for events in ODD_EVENTS:
        assert bring(app, told(world, events=events)).status_code == 200
        assert due_of(changes) == before, events


def test_where_nobody_asked_for_changes_nothing_is_begun(
    app: Flask, world: World
) -> None:
    assert bring(app, told(world)).status_code == 200
    assert services_of(app).store.changes.state(OWNER) is None


def test_the_owner_of_a_key_is_known_once_anything_was_asked(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    app = make_app(webhook_secret=SECRET)
    assert services_of(app).config.athlete_id == "0"
    assert bring(app, told(world)).status_code == 200
    assert webhook_row(app)["result"] == "warning"  # it knows nobody
    changes = begun(app, clock)
    bring(app, told(world))
    assert due_of(changes) is None
    assert webhook_row(app)["result"] == "ok"


@pytest.mark.slow
def test_a_thousand_at_once_write_two_rows(
    app: Flask, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(app, clock)
    database, body, writes = services_of(app).store.database, told(world), [0]
    writing = database.writing

    def counted() -> object:
        writes[0] += 1
        return writing()

    monkeypatch.setattr(database, "writing", counted)
    client, path = app.test_client(), path_in(app)
    for _ in range(1000):
        client.post(path, data=body, headers={"Authorization": HEADER})
    assert writes == [2]


def test_who_tries_without_end_waits_and_a_right_one_never(
    app: Flask, world: World, clock: Clock
) -> None:
    wrong = told(world, secret="another-secret-4711")
    for _ in range(MOST_TRIES):
        assert bring(app, wrong).status_code == 404
    refused = bring(app, wrong)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "600"
    assert bring(app, told(world)).status_code == 200
    clock.advance(minutes=11)
    assert bring(app, wrong).status_code == 404


def test_a_device_opens_no_webhook_and_a_webhook_no_route(
    app: Flask, world: World
) -> None:
    for scope in ("read", "write", "raw"):
        answer = let_in(app, scope).post(path_in(app), data=told(world))
        assert answer.status_code == 404
    key = path_in(app).rpartition("/")[2]
    assert app.test_client().get(f"/w/form.svg?key={key}").status_code == 404
    assert app.test_client().get(path_in(app)).status_code == 405


def test_the_path_follows_the_secret_key_and_the_old_one_stays_while_it_does(
    make_app: Callable[..., Flask], world: World
) -> None:
    app = make_app(webhook_secret=SECRET)
    (old,) = services_of(app).config.secret_keys
    both = make_app(webhook_secret=SECRET, secret_keys=(old, NEWER))
    new = make_app(webhook_secret=SECRET, secret_keys=(NEWER,))
    assert path_in(app) != path_in(both) == path_in(new)
    for path in (path_in(app), path_in(both)):
        assert bring(both, told(world), path).status_code == 200
    assert bring(new, told(world), path_in(app)).status_code == 404


# where it shows


def test_nothing_secret_is_in_a_log_or_an_answer(
    app: Flask, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = path_in(app).rpartition("/")[2]
    phone = let_in(app, "raw")
    answers = [
        bring(app, told(world)),
        bring(app, told(world), header="Bearer another"),
        bring(app, told(world), path_in(app)[:-1] + "9"),
        bring(app, b" " * (LARGEST_WEBHOOK + 1)),
        app.test_client().get(path_in(app)),
        app.test_client().post(path_in(app) + "/"),
        phone.get("/v1/doctor"),
        phone.get("/openapi.json"),
    ]
    assert "a wrong Authorization" in caplog.text
    seen = caplog.text + "".join(a.text + str(a.headers) for a in answers)
    for secret in (SECRET, HEADER, key[3:-1]):
        assert secret not in seen


def test_a_path_is_masked_wherever_it_is_logged(app: Flask) -> None:
    record = logging.LogRecord("x", 30, "", 0, f"POST {path_in(app)}", None, None)
    WithoutSecrets(()).filter(record)
    assert record.getMessage() == "POST /webhooks/intervals/wh_…"
    secret = logging.LogRecord("x", 30, "", 0, f"{SECRET} {HEADER}", None, None)
    WithoutSecrets(services_of(app).keys).filter(secret)
    assert secret.getMessage() == "… …"


def test_the_owner_is_shown_the_address_on_the_command_line_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIDGE_HOME", str(tmp_path))
    monkeypatch.setenv("BRIDGE_SECRET_KEY", NEWER)
    monkeypatch.setenv("BRIDGE_PUBLIC_URL", "https://bridge.example")
    assert "/webhooks/" not in CliRunner().invoke(config_command).output
    monkeypatch.setenv("BRIDGE_WEBHOOK_SECRET", SECRET)
    shown = CliRunner().invoke(config_command).output
    assert f"https://bridge.example/webhooks/intervals/{hook_key(NEWER)}" in shown
    assert SECRET not in shown


# the doctor


def webhook_row(app: Flask) -> dict[str, str]:
    items = let_in(app).get("/v1/doctor").get_json()["items"]
    (row,) = [row for row in items if row["check"] == "webhook"]
    return dict(row)


def test_the_doctor_says_when_the_last_one_came(
    app: Flask, world: World, clock: Clock
) -> None:
    assert webhook_row(app)["setting"] == "BRIDGE_WEBHOOK_SECRET"
    assert "Strava" in webhook_row(app)["text"]
    bring(app, told(world))
    clock.advance(minutes=42)
    assert webhook_row(app)["text"].endswith("42 minutes ago.")
    clock.advance(seconds=timedelta(days=2).total_seconds())
    assert webhook_row(app)["result"] == "warning"


def test_the_doctor_is_silent_where_webhooks_are_off(
    make_app: Callable[..., Flask],
) -> None:
    items = let_in(make_app()).get("/v1/doctor").get_json()["items"]
    assert not [row for row in items if row["check"] == "webhook"]
