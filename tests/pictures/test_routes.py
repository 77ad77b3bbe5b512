"""Pictures as they are asked for: sizes, looks, ETags, failures as pictures."""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.domain.cards import NAMES
from bridge.domain.drawing import FAMILIES
from bridge.errors import PicturesMissing
from bridge.routes.views import pictures
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in, services_of

LARGEST_BYTES = 200_000
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def frame(app: Flask, clock: Clock) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def key(app: Flask, clock: Clock) -> str:
    return services_of(app).store.views.add("Frame", OWNER, clock())[1]


def px_of(answer: TestResponse) -> tuple[int, int]:
    """Return width and height of a picture, of either format."""
    if answer.mimetype == "image/png":
        assert answer.data[:8] == b"\x89PNG\r\n\x1a\n"
        width, height = struct.unpack(">II", answer.data[16:24])
        return int(width), int(height)
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f"{_SVG}svg"
    return int(float(root.get("width", 0))), int(float(root.get("height", 0)))


def label_of(answer: TestResponse) -> str:
    return ElementTree.fromstring(answer.text).get("aria-label", "")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_is_a_picture_in_both_formats(
    frame: FlaskClient, key: str, name: str
) -> None:
    for ending in ("png", "svg"):
        answer = frame.get(f"/w/{name}.{ending}?size=medium@2x&key={key}")
        assert answer.status_code == 200, answer.text
        assert px_of(answer) == (676, 316)
        assert len(answer.data) <= LARGEST_BYTES
        assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("theme", ["light", "dark", "tinted"])
def test_every_family_in_every_theme(
    frame: FlaskClient, key: str, family: str, theme: str
) -> None:
    answer = frame.get(f"/w/form.svg?size={family}@3x&theme={theme}&key={key}")
    width, height = FAMILIES[family]
    assert px_of(answer) == (width * 3, height * 3)


@pytest.mark.parametrize(
    ("query", "px"),
    [
        ("device=iphone-15", (1179, 2556)),
        ("size=wallpaper&device=iphone-16-pro", (1206, 2622)),
        ("size=750x1334", (750, 1334)),
        ("size=eink", (800, 480)),
        ("size=eink&bits=2&theme=dark", (800, 480)),
    ],
)
def test_lock_screens_and_ink(
    frame: FlaskClient, key: str, query: str, px: tuple[int, int]
) -> None:
    answer = frame.get(f"/w/wallpaper.png?{query}&key={key}")
    assert (answer.status_code, px_of(answer)) == (200, px)
    assert len(answer.data) <= LARGEST_BYTES


def test_who_has_the_picture_gets_none(frame: FlaskClient, key: str) -> None:
    path = f"/w/form.png?key={key}"
    etag = frame.get(path).headers["ETag"]
    again = frame.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Cache-Control"] == "private, no-cache"
    for other in ("&theme=dark", "&size=small", "&lang=de", "&days=90"):
        changed = frame.get(path + other, headers={"If-None-Match": etag})
        assert changed.status_code == 200, other
    assert frame.get(path, headers={"If-None-Match": "*"}).status_code == 200
    svg = frame.get(f"/w/form.svg?key={key}", headers={"If-None-Match": etag})
    assert svg.status_code == 200


def test_the_picture_is_new_when_what_is_on_it_is(
    frame: FlaskClient, key: str, world: World, clock: Clock
) -> None:
    path = f"/w/form.svg?key={key}"
    etag = frame.get(path).headers["ETag"]
    clock.advance(days=1)
    later = frame.get(path, headers={"If-None-Match": etag})
    assert later.status_code == 200
    assert later.headers["ETag"] != etag


def test_language_and_units_are_those_asked_for(frame: FlaskClient, key: str) -> None:
    said = {
        query: label_of(frame.get(f"/w/latest.svg?key={key}&{query}"))
        for query in ("lang=en", "lang=de", "lang=en&units=imperial")
    }
    assert len(set(said.values())) == 3
    assert "mile" in said["lang=en&units=imperial"]
    assert "mile" not in said["lang=en"]


# failures


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("size=huge", "size"),
        ("size=1x1", "size"),
        ("size=99999x99999", "size"),
        ("size=-5x7", "size"),
        ("size=%00", "size"),
        ("size=" + "9" * 5000, "size"),
        ("device=nokia-3310", "phone"),
        ("theme=blue", "theme"),
        ("theme=" + "x" * 10_000, "theme"),
        ("bits=8", "grey"),
        ("units=furlongs", "units"),
        ("days=7", ""),
        ("lang=tlh", "language"),
        ("size=small&size=large", "twice"),
        ("colour=red", "parameters"),
        ("theme=%3Cscript%3Ealert(1)%3C/script%3E", "theme"),
    ],
)
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_what_is_not_understood_is_a_picture_that_says_so(
    frame: FlaskClient, key: str, query: str, word: str, ending: str
) -> None:
    answer = frame.get(f"/w/form.{ending}?{query}&key={key}")
    assert answer.status_code == 400
    assert answer.mimetype == {"svg": "image/svg+xml", "png": "image/png"}[ending]
    assert min(px_of(answer)) >= 48
    assert answer.headers["Cache-Control"] == "no-store"
    if ending == "svg":
        assert word in label_of(answer)
        assert "<script" not in answer.text


def test_a_failure_has_the_size_and_the_language_that_were_asked_for(
    frame: FlaskClient, key: str
) -> None:
    answer = frame.get(f"/w/form.png?size=small@2x&theme=blue&key={key}")
    assert px_of(answer) == (316, 316)
    ink = frame.get(f"/w/form.png?size=eink&days=3&key={key}")
    assert px_of(ink) == (800, 480)
    german = frame.get(f"/w/form.svg?size=small@2x&theme=blue&lang=de&key={key}")
    assert "Sag zum Beispiel" in label_of(german)


@pytest.mark.parametrize(
    "name",
    [
        *("nothing", "Form", "..", "form.svg", "a%00b", "x" * 3000, "%F0%9F%9A%B4"),
        "%3Cb%3E",
        "%E2%80%AEmrof",
    ],
)
def test_an_unknown_card_is_a_picture_too(
    frame: FlaskClient, key: str, world: World, name: str
) -> None:
    answer = frame.get(f"/w/{name}.svg?size=small&key={key}")
    assert answer.status_code == 404
    assert px_of(answer) == (474, 474)
    assert "no such card" in label_of(answer)
    assert world.requests == []


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_a_picture_says_that_upstream_is_away(
    frame: FlaskClient, key: str, world: World, status: int
) -> None:
    world.switches.fail_status = status
    for ending in ("svg", "png"):
        answer = frame.get(f"/w/form.{ending}?size=large@2x&key={key}")
        assert answer.status_code in {502, 503}
        assert px_of(answer) == (676, 708)
    assert "Intervals" in label_of(frame.get(f"/w/form.svg?key={key}"))


def test_while_upstream_is_away_the_old_picture_says_how_old_it_is(
    frame: FlaskClient, key: str, world: World, clock: Clock
) -> None:
    path = f"/w/form.svg?size=large&key={key}"
    fresh = frame.get(path)
    assert fresh.status_code == 200
    world.switches.fail_status = 503
    clock.advance(minutes=30)
    old = frame.get(path)
    assert old.status_code == 200
    assert "as of 7:05" in "".join(ElementTree.fromstring(old.text).itertext())
    assert old.headers["ETag"] != fresh.headers["ETag"]


def test_a_beginner_without_any_data_has_pictures(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    phone = let_in(make_app(transport=WSGIAdapter(create_simulator(beginner))))
    for name in NAMES:
        answer = phone.get(f"/w/{name}.svg?size=small")
        assert (answer.status_code, px_of(answer)) == (200, (474, 474)), name


def test_without_what_presses_pictures_svg_works_and_png_says_what_is_missing(
    frame: FlaskClient, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(*_: object) -> bytes:
        raise PicturesMissing("no libvips")

    monkeypatch.setattr(pictures, "press", nothing)
    assert frame.get(f"/w/form.svg?key={key}").status_code == 200
    for query in ("", "&theme=blue"):
        missing = frame.get(f"/w/form.png?key={key}{query}")
        assert missing.status_code in {400, 503}
        assert missing.get_json()["status"] == "error"
    assert frame.get(f"/w/form.png?key={key}").get_json()["code"] == "pictures_missing"


def test_a_drawing_that_fails_is_a_picture_that_says_so(
    frame: FlaskClient, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(pictures, "draw", fail)
    answer = frame.get(f"/w/form.svg?size=small&key={key}")
    assert (answer.status_code, px_of(answer)) == (500, (474, 474))
    monkeypatch.setattr(pictures, "draw_message", fail)
    answer = frame.get(f"/w/form.svg?size=small&key={key}")
    assert (answer.status_code, answer.get_json()["code"]) == (500, "bridge_error")


# drawing and all else


class Slow:
    """A press that takes its time, and counts how many it presses at once."""

    def __init__(self) -> None:
        self.go_on, self.lock = threading.Event(), threading.Lock()
        self.now = self.most = 0

    def __call__(self, *_: object) -> bytes:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.go_on.wait(20)
        with self.lock:
            self.now -= 1
        return b"picture"


def test_two_are_drawn_at_once_a_few_wait_and_the_rest_is_told_to_come_again(
    app: Flask, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    monkeypatch.setattr(pictures, "press", slow)
    phone = let_in(app)
    assert phone.get("/v1/fitness").status_code == 200

    def ask(number: int) -> tuple[int, str | None]:
        size = f"{400 + number}x400"
        answer = app.test_client().get(f"/w/form.png?size={size}&key={key}")
        return answer.status_code, answer.headers.get("Retry-After")

    with ThreadPoolExecutor(12) as crowd:
        asked = [crowd.submit(ask, number) for number in range(12)]
        until = time.monotonic() + 10
        while sum(one.done() for one in asked) < 4 and time.monotonic() < until:
            time.sleep(0.02)
        assert phone.get("/v1/fitness").status_code == 200  # while all are held
        slow.go_on.set()
        answers = sorted(one.result() for one in asked)
    assert answers == [(200, None)] * 8 + [(503, "5")] * 4
    assert slow.most == 2


def test_nobody_waits_long_for_a_picture(
    app: Flask, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    monkeypatch.setattr(pictures, "press", slow)
    monkeypatch.setattr(pictures, "PATIENCE_S", 0.2)
    answer = app.test_client().get(f"/w/form.png?key={key}")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "pictures_busy")
    slow.go_on.set()


# TRMNL


def test_trmnl_is_led_to_a_picture_whose_name_changes_with_it(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    app = make_app(public_url="https://bridge.example")
    key = services_of(app).store.views.add("Frame", OWNER, clock())[1]
    frame = app.test_client()

    def told(query: str = "") -> dict[str, Any]:
        answer = frame.get(f"/w/form.trmnl.json?key={key}{query}")
        assert answer.status_code == 200
        body: dict[str, Any] = answer.get_json()
        return body

    body = told()
    assert list(body) == ["filename", "url", "refresh_rate"]
    assert body["refresh_rate"] == 900
    assert body["url"] == f"https://bridge.example/w/form.png?size=eink&key={key}"
    picture = frame.get(body["url"].removeprefix("https://bridge.example"))
    assert (picture.status_code, px_of(picture)) == (200, (800, 480))
    assert picture.headers["ETag"] == f'"{body["filename"]}"'
    assert told() == body
    assert told("&bits=2")["filename"] != body["filename"]
    assert told("&bits=2&lang=de")["url"].endswith("&bits=2&lang=de")
    clock.advance(days=1)
    assert told()["filename"] != body["filename"]


def test_who_sends_a_header_reads_its_failures(phone: FlaskClient) -> None:
    answer = phone.get("/w/form.png?size=huge")
    assert answer.status_code == 400
    assert answer.get_json()["status"] == "error"
    assert phone.get("/w/frm.png").get_json()["code"] == "unknown_card"


def test_trmnl_is_told_a_failure_in_our_shape(frame: FlaskClient, key: str) -> None:
    answer = frame.get(f"/w/nothing.trmnl.json?key={key}")
    assert answer.status_code == 404
    assert answer.get_json()["code"] == "unknown_card"
