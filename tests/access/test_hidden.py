"""What no log, no answer and no page of a stranger may hold."""

from __future__ import annotations

import base64
import gzip
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from requests import PreparedRequest, Response

from bridge.addresses import network_of
from bridge.cli.logs import WithoutSecrets
from bridge.errors import UpstreamGarbage
from bridge.server.log import FrontLog
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.secrets import watch_packed, without
from bridge.upstream.wsgi_adapter import WSGIAdapter
from bridge.vault import key_context
from tests.conftest import Clock, in_front, let_in, services_of
from tests.site.pages import signed_in
from tests.upstream.scripted import response_of

SECRETS = (b"key-5521-secret", b"cGFpcg==secret")


# Host


@pytest.mark.parametrize(
    "host",
    [
        *("localhost:8000", "127.0.0.1", "[::1]:8000", "192.168.1.7:8000", "10.1.2.3"),
        *("raspberrypi.local:8000", "bridge", "100.101.102.103", "bridge.example"),
    ],
)
def test_the_setup_pages_open_under_addresses_of_the_bridge(
    make_app: Callable[..., Flask], host: str
) -> None:
    browser = make_app(public_url="https://bridge.example").test_client()
    assert browser.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "bridge.example.evil.example", "198.18.0.1.nip.io"),
        *("8.8.8.8", "[::1", "evil.example:8000", "localhost.evil.example"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/sign-in", "/pair", "/doctor", "/devices"])
def test_and_under_no_strangers_name(
    make_app: Callable[..., Flask], host: str, path: str
) -> None:
    browser = make_app(public_url="https://bridge.example").test_client()
    answer = browser.get(path, headers={"Host": host})
    assert answer.status_code in {400, 421}
    assert "Set-Cookie" not in answer.headers


def test_what_phones_ask_is_open_under_every_name(app: Flask) -> None:
    phone = let_in(app)
    for path in ("/v1/athlete", "/healthz", "/docs", "/openapi.json"):
        answer = phone.get(path, headers={"Host": "tunnel.example"})
        assert answer.status_code == 200, path


# logs


def logged(app: Flask, message: str) -> str:
    record = logging.LogRecord("x", logging.WARNING, "", 0, message, None, None)
    WithoutSecrets(services_of(app).keys).filter(record)
    return record.getMessage()


def test_a_key_from_the_page_is_masked_as_the_environments_is(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    app = make_app(api_key="")
    store = services_of(app).store
    store.athletes.ensure("0", clock(), OWNER)
    account = store.athletes.find(OWNER)
    assert account is not None
    sealed = services_of(app).vault.seal(world.api_key, key_context(OWNER, 1))
    assert store.athletes.keep_key(account, sealed)
    assert let_in(app).get("/v1/athlete").status_code == 200
    assert world.api_key not in logged(app, f"GET /v1/{world.api_key}/x 404")


def test_a_key_that_nobody_knows_here_is_masked_in_a_path() -> None:
    class Request:
        method, headers = "GET", ()

    log = FrontLog.__new__(FrontLog)
    environ = {
        "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "RAW_URI": "/",
        "PATH_INFO": "/v1/activities/i61840751/4k2jd93kd82jd72ks91/laps",
    }
    response: Any = type("R", (), {"status": "200 OK", "headers": (), "sent": 1})()
    words = log.atoms(response, Request(), environ, timedelta(seconds=1))
    assert words["U"] == "/v1/activities/i61840751/*****/laps"


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b[2J", "\u2028", "\u202e"])
def test_what_is_logged_is_one_line_that_no_terminal_obeys(
    app: Flask, sign: str
) -> None:
    log, response = FrontLog.__new__(FrontLog), Answered()
    path = f"/v1/x{sign}y"
    environ = {"REQUEST_METHOD": "GET", "RAW_URI": "/", "PATH_INFO": path}
    environ["SERVER_PROTOCOL"] = "HTTP/1.1"
    words = log.atoms(response, Asked(), environ, timedelta(seconds=1))
    for line in (words["U"], logged(app, f"nothing at {path}")):
        assert line.isprintable()
        assert line.isascii()


class Asked:
    """A request, as far as a line of the log needs one."""

    method, headers = "GET", ()


class Answered:
    """An answer, as far as a line of the log needs one."""

    status, headers, sent = "200 OK", (), 1


# what upstream repeats


@pytest.mark.parametrize("at", range(1, 60, 7))
@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_across_two_pieces_is_starred(secret: bytes, at: int) -> None:
    body = b"a,b,c\n" * 4 + secret + b"\n1,2,3" * 4

    def pieces() -> Iterator[bytes]:
        yield body[:at]
        yield body[at:]

    out = b"".join(without(made_of(pieces()), SECRETS))
    assert secret not in out
    assert len(out) == len(body)
    assert out == body.replace(secret, b"*" * len(secret))


def made_of(pieces: Iterator[bytes]) -> Any:
    yield from pieces


def test_a_packed_file_ends_before_a_secret() -> None:
    packed = gzip.compress(b"x" * 100_000 + SECRETS[0] + b"y" * 1000)

    def pieces() -> Iterator[bytes]:
        for at in range(0, len(packed), 11):
            yield packed[at : at + 11]

    with pytest.raises(UpstreamGarbage):
        list(watch_packed(made_of(pieces()), SECRETS))
    plain = gzip.compress(b"x" * 100_000)
    assert b"".join(watch_packed(made_of(iter([plain])), SECRETS)) == plain


class Talkative(WSGIAdapter):
    """A wire on which upstream repeats the key, spelled and placed in every way."""

    answer: tuple[int, dict[str, str], bytes] | None = None

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        if self.answer is not None:
            return response_of(*self.answer)
        return super().send(request, *args, **options)


SPELLINGS: list[Callable[[str], str]] = [
    str,
    lambda key: "".join(f"\\u{ord(sign):04x}" for sign in key),
    lambda key: "".join(f"\\u{ord(sign):04X}" for sign in key),
    lambda key: f"\\u{ord(key[0]):04x}{key[1:]}",
    lambda key: base64.b64encode(f"API_KEY:{key}".encode()).decode(),
]


@pytest.mark.parametrize("number", range(len(SPELLINGS)))
@pytest.mark.parametrize("where", ["json", "csv", "header", "octets"])
def test_a_key_that_upstream_repeats_is_passed_to_nobody(
    make_app: Callable[..., Flask], world: World, number: int, where: str
) -> None:
    wire = Talkative(create_simulator(world))
    phone = let_in(make_app(transport=wire), "raw")
    phone.get("/v1/athlete")
    said = SPELLINGS[number](world.api_key)
    kinds = {"json": "application/json", "csv": "text/csv"}
    kind = kinds.get(where, "application/octet-stream")
    headers = {"Content-Type": kind}
    if where == "header":
        headers |= {"ETag": f'"{said}"', "Content-Disposition": f"filename={said}"}
    body = f'{{"error":"{said}","status":409}}' if where == "json" else f"id,{said}\n"
    for status, path in (
        (409, "/v1/gear?refresh=yes"),
        (200, "/api/v1/athlete/0/gear"),
        (200, "/v1/activities.csv"),
    ):
        wire.answer = status, headers, body.encode()
        answer = phone.get(path)
        heard = answer.text + str(answer.headers)
        assert world.api_key not in heard
        assert SPELLINGS[-1](world.api_key) not in heard
        if where == "json":
            assert said not in heard


# loose settings


def test_loose_settings_are_told_by_the_doctor(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    app = make_app(
        trusted_proxies=(network_of("0.0.0.0/0"),), secret_keys=("abcdefgh" * 4,)
    )
    (tmp_path / "bridge.db").chmod(0o644)
    rows = {
        row["check"]: row for row in let_in(app).get("/v1/doctor").get_json()["items"]
    }
    for check in ("files", "proxies", "secret"):
        assert rows[check]["result"] == "warning"
    assert str(tmp_path) not in str(rows)


def test_a_tight_bridge_is_not_warned(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "bridge.db").chmod(0o600)
    items = let_in(app).get("/v1/doctor").get_json()["items"]
    assert not {"files", "proxies", "secret"} & {row["check"] for row in items}


# smaller ones


def test_to_look_through_the_raw_route_is_no_write(app: Flask, world: World) -> None:
    phone = let_in(app, "raw")
    phone.get("/v1/gear")
    asked = len(world.requests)
    assert phone.head("/api/v1/athlete/0/gear").status_code == 200
    phone.get("/v1/gear")
    assert len(world.requests) == asked + 1


def test_refresh_reads_the_time_zone_anew(app: Flask, world: World) -> None:
    phone = let_in(app)
    phone.get("/v1/athlete")
    world.athlete["timezone"] = "Pacific/Honolulu"
    assert phone.get("/v1/fitness").get_json()["date"] == "2026-11-23"
    moved = phone.get("/v1/fitness?refresh=yes").get_json()
    assert moved["date"] == "2026-11-22"


def test_who_flew_west_is_told_of_the_new_day_and_never_of_an_error(
    app: Flask, world: World, clock: Clock
) -> None:
    phone, browser = let_in(in_front(app, clock)), signed_in(app)
    assert phone.get("/v1/fitness").get_json()["date"] == "2026-11-23"
    moves = (("Pacific/Honolulu", "2026-11-22"), ("Europe/Vienna", "2026-11-23"))
    for zone, day in moves:
        world.athlete["timezone"] = zone
        clock.advance(minutes=1)
        services_of(app).settings.clear()  # ten minutes went by
        assert phone.get("/v1/fitness").get_json()["date"] == day
        assert phone.get("/v1/fitness").get_json()["date"] == day
        assert browser.get("/today").status_code == 200
