"""What the doctor finds, and what it tells to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from requests.adapters import BaseAdapter

from bridge.domain.doctor.checks import make_check, say_checks
from bridge.domain.speech.voice import ENGLISH
from bridge.errors import UpstreamDown, UpstreamSlow
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in, services_of
from tests.support.asking import Told, phone_of, told


def checks(phone: FlaskClient) -> dict[str, Told]:
    return {row["check"]: row for row in told(phone, "/v1/doctor")["items"]}


def results(phone: FlaskClient) -> dict[str, str]:
    return {name: row["result"] for name, row in checks(phone).items()}


def test_a_bridge_in_good_health_passes_every_check(
    make_app: Callable[..., Flask], world: World
) -> None:
    world.activities = {k: v for k, v in world.activities.items() if k[0] == "i"}
    app = make_app(public_url="https://bridge.example")
    found = results(let_in(app))
    assert {"key", "id", "tls", "clock", "strava", "phone", "scope"} <= set(found)
    found.pop("database")  # the database of a test lies in a folder that is wiped
    assert set(found.values()) == {"ok"}


@pytest.mark.parametrize(
    ("status", "says"), [(401, "doesn't know the API key"), (403, "denies access")]
)
def test_a_wrong_key_is_named(
    phone: FlaskClient, world: World, status: int, says: str
) -> None:
    world.api_key, world.switches.bad_key_status = "made-anew", status
    body = told(phone, "/v1/doctor")
    first = body["items"][0]
    assert (first["check"], first["result"]) == ("key", "problem")
    assert says in first["text"]
    assert says in body["speech"]
    assert "Copy it again" in body["speech"]


def test_a_foreign_athlete_id_is_told_apart_from_a_wrong_key(
    make_app: Callable[..., Flask],
) -> None:
    found = checks(let_in(make_app(athlete_id="i1")))
    assert found["id"]["result"] == "problem"
    assert "Set the athlete id of the bridge to 0" in found["id"]["text"]
    assert found["id"]["setting"] == "INTERVALS_ATHLETE_ID"
    assert "i1" in found["id"]["text"]


@pytest.mark.parametrize(
    ("status", "check"), [(500, "reach"), (503, "reach"), (429, "quota")]
)
def test_an_upstream_in_trouble_is_not_blamed_on_the_key(
    phone: FlaskClient, world: World, status: int, check: str
) -> None:
    world.switches.fail_status = status
    if status == 429:
        world.switches.retry_after_s = 600
    found = checks(phone)
    assert found[check]["result"] == "problem"
    assert "key" not in found
    if check == "quota":
        assert "Wait 10 minutes" in found[check]["text"]


def test_without_a_key_the_setting_is_named(make_app: Callable[..., Flask]) -> None:
    found = checks(let_in(make_app(api_key="")))
    assert found["key"]["result"] == "problem"
    assert "has no API key" in found["key"]["text"]
    assert found["key"]["setting"] == "INTERVALS_API_KEY"


def test_some_or_all_activities_behind_strava_are_counted(
    phone: FlaskClient, world: World, make_app: Callable[..., Flask], clock: Clock
) -> None:
    some = checks(phone)["strava"]
    recent = [
        row
        for row in world.activities.values()
        if row["start_date_local"] >= str(world.today() - timedelta(days=90))
    ]
    stubs = [row for row in recent if row.get("_stub")]
    assert some["result"] == "warning"
    assert some["text"].startswith(f"Strava hides {len(stubs)} of {len(recent)}")
    clock.advance(minutes=2)
    strava = World.empty(now=clock, api_key=world.api_key)
    for day in ("2026-11-20", "2026-11-21"):
        strava.add_activity(source="STRAVA", start_date_local=f"{day}T10:00:00")
    every = checks(phone_of(make_app, strava))["strava"]
    assert every["result"] == "problem"
    assert "Connect your watch" in every["text"]


@pytest.mark.parametrize(
    ("url", "result", "says"),
    [
        ("", "warning", "public address of the bridge isn't set"),
        ("http://127.0.0.1:8000", "problem", "this machine only"),
        ("http://localhost:8000", "problem", "this machine only"),
        ("http://0.0.0.0:8000", "problem", "this machine only"),
        ("http://[::1]:8000", "problem", "this machine only"),
        ("http://192.168.1.20:8000", "warning", "isn't encrypted"),
        ("http://bridge:8000", "problem", "no dot"),
        ("https://[2001:db8::7]", "problem", "no dot"),
        ("https://192.168.1.20", "warning", "at home only"),
        ("https://bridge.local", "warning", "at home only"),
        ("https://bridge.example", "ok", "This bridge answers at https://bridge.ex"),
    ],
)
def test_the_doctor_says_whether_a_phone_could_reach_the_bridge(
    make_app: Callable[..., Flask], url: str, result: str, says: str
) -> None:
    found = checks(let_in(make_app(public_url=url)))["phone"]
    assert found["result"] == result
    assert says in found["text"]


class Answering(BaseAdapter):
    """An internet in which the address of the phone fails in one way."""

    def __init__(self, upstream: BaseAdapter, failure: Exception | None) -> None:
        super().__init__()
        self.upstream, self.failure = upstream, failure

    def send(
        self, request: requests.PreparedRequest, *options: Any, **more: Any
    ) -> requests.Response:
        if self.failure is None or not str(request.url).endswith("/readyz"):
            return self.upstream.send(request, *options, **more)
        raise self.failure

    def close(self) -> None:
        self.upstream.close()


def found_at(app: Flask, public_url: str) -> Told:
    """Return what the doctor finds of an address that is not the bridge's own."""
    known = services_of(app)
    settings = replace(known.config, public_url=public_url)
    app.extensions["bridge"] = replace(known, config=settings)
    return checks(let_in(app))["phone"]


@pytest.mark.parametrize(
    ("failure", "result", "says"),
    [
        (None, "problem", "isn't this bridge"),
        (UpstreamDown("refused"), "problem", "Nothing answers at"),
        (UpstreamDown("TLS: too old"), "problem", "certificate"),
        (UpstreamSlow("3 s"), "warning", "within three seconds"),
    ],
)
def test_nothing_is_called_good_that_was_not_tried(
    make_app: Callable[..., Flask],
    world: World,
    failure: Exception | None,
    result: str,
    says: str,
) -> None:
    net = Answering(WSGIAdapter(create_simulator(world)), failure)
    found = found_at(make_app(transport=net), "https://bridge.example")
    assert found["result"] == result
    assert says in found["text"]
    assert "This bridge answers" not in found["text"]


def test_who_listens_to_this_machine_only_is_told_so_behind_a_lan_address(
    make_app: Callable[..., Flask], world: World
) -> None:
    down = Answering(WSGIAdapter(create_simulator(world)), UpstreamDown("refused"))
    lan = "http://192.168.1.20:8000"
    alone = found_at(make_app(transport=down), lan)
    assert (alone["result"], alone["setting"]) == ("problem", "HOST=0.0.0.0")
    open_to_all = found_at(make_app(transport=down, host="0.0.0.0"), lan)
    assert "Nothing answers" in open_to_all["text"]


def test_a_setting_is_named_beside_the_sentence_and_only_where_it_is_the_cause(
    make_app: Callable[..., Flask],
) -> None:
    found = checks(let_in(make_app(public_url="", api_key="", disk_is_wiped=True)))
    named = {name: row["setting"] for name, row in found.items() if "setting" in row}
    assert named == {
        "key": "INTERVALS_API_KEY",
        "phone": "BRIDGE_PUBLIC_URL",
        "database": "DATABASE_URL",
    }
    for name, setting in named.items():
        assert setting not in found[name]["text"]


def test_a_check_names_its_setting_beside_what_is_spoken() -> None:
    unset = make_check(ENGLISH, "phone", "warning", "unset")
    assert unset.setting == "BRIDGE_PUBLIC_URL"
    assert "BRIDGE" not in unset.text
    assert unset.text in say_checks([unset], ENGLISH)
    assert "BRIDGE" not in say_checks([unset], ENGLISH)
    fine = make_check(ENGLISH, "key", "ok", "ok")
    assert fine.setting is None


def test_a_disk_that_is_wiped_is_a_problem(make_app: Callable[..., Flask]) -> None:
    found = checks(let_in(make_app(disk_is_wiped=True)))["database"]
    assert found["result"] == "problem"
    assert "PostgreSQL" in found["text"]


class Late:
    """A simulator whose clock is wrong."""

    def __init__(self, world: World, header: str) -> None:
        self.app, self.header = create_simulator(world), header

    def __call__(
        self, environ: dict[str, object], start: Callable[..., object]
    ) -> object:
        def dated(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            return start(status, [*headers, ("Date", self.header)], *rest)

        return self.app(environ, dated)  # type: ignore[arg-type]  # WSGI, loosely


@pytest.mark.parametrize(
    ("header", "result"),
    [
        ("Mon, 23 Nov 2026 06:05:30 GMT", "ok"),
        ("Mon, 23 Nov 2026 07:05:00 GMT", "problem"),
        ("Mon, 23 Nov 2026 05:00:00 GMT", "problem"),
        ("23.11.2026", "ok"),
        ("Mon, 23 Nov 2026 06:05:30", "ok"),
    ],
)
def test_a_wrong_clock_is_noticed(
    make_app: Callable[..., Flask], world: World, header: str, result: str
) -> None:
    upstream = Late(world, header)
    app = make_app(transport=WSGIAdapter(upstream))  # type: ignore[arg-type]
    assert checks(let_in(app))["clock"]["result"] == result


@pytest.mark.parametrize("scope", ["read", "write", "raw"])
def test_the_doctor_says_what_this_device_may_do(app: Flask, scope: str) -> None:
    found = checks(let_in(app, scope))["scope"]
    assert (found["result"], "may" in found["text"]) == ("ok", True)


def test_the_worst_is_said_first(phone: FlaskClient, world: World) -> None:
    world.api_key = "made-anew"
    body = told(phone, "/v1/doctor")
    assert body["speech"].startswith(("One thing is wrong.", "2 things are wrong."))
