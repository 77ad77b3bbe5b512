"""Today: the cards of a day on one page, each number with where it comes from."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import pyvips
import requests
from flask import Flask
from flask.testing import FlaskClient

import bridge
from bridge.domain.drawing.look import Look, palette_of
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, let_in
from tests.site.pages import open_browser, signed_in, text_of

STATIC = Path(bridge.__file__).parent / "static"
CARDS = ("today", "form", "recovery", "week", "latest", "race")
PANELS = ("/wellness", "/events", "/activities", "/activity/")
FIGURE = re.compile(r'class="figure [^"]*" popovertarget="([^"]+)">([^<]+)<')
ORIGIN = re.compile(r'id="([^"]+)" popover lang="en"><p>(.+?)</p></div>', re.DOTALL)
HAIRLINE = re.compile(r'<polyline points="([\d.]+),0 \1,[\d.]+" fill="none"')


class Counting(WSGIAdapter):
    """Upstream, a moment away; counts how many calls are under way."""

    def __init__(self, world: World) -> None:
        super().__init__(create_simulator(world))
        self.now = self.most = 0
        self.lock = threading.Lock()

    def send(self, *arguments: Any, **options: Any) -> requests.Response:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        try:
            return super().send(*arguments, **options)
        finally:
            with self.lock:
                self.now -= 1


def page_of(app: Flask, **headers: str) -> str:
    """Return the page as its owner sees it."""
    answer = signed_in(app).get("/today", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_page_shows_what_the_cards_say(app: Flask, phone: FlaskClient) -> None:
    page = text_of(signed_in(app).get("/today"))
    for name in CARDS:
        card: dict[str, Any] = phone.get(f"/v1/cards/{name}").get_json()
        assert card["value"] in page, name
    spoken = (phone.get("/v1/today").get_json() or {})["speech"]
    assert spoken in page
    assert "Monday, 23 November" in page
    assert "Threshold 4x8 + Strength" in page


def test_every_number_says_where_it_comes_from(app: Flask) -> None:
    html = page_of(app)
    figures, origins = dict(FIGURE.findall(html)), dict(ORIGIN.findall(html))
    assert set(figures) == set(origins)
    assert {f"from-{name}" for name in ("form", "sleep_h", "week")} < set(figures)
    assert len(figures) == 11
    for name, said in origins.items():
        assert "Intervals.icu" in said, name
        assert "as of 7:05" in said, name
    assert "wellness of 23 November, as of 7:05" in origins["from-form"]


def test_a_number_of_an_older_night_says_which(app: Flask, world: World) -> None:
    for day, row in world.wellness.items():
        if str(day) > "2026-11-20":
            row.pop("hrv", None)
    origins = dict(ORIGIN.findall(page_of(app)))
    assert "wellness of 20 November" in origins["from-hrv_ms"]
    assert "wellness of 23 November" in origins["from-sleep_h"]


def test_the_series_share_one_axis_of_time(app: Flask) -> None:
    trend = page_of(app).partition('class="card trend"')[2].partition("</section>")[0]
    hairlines = HAIRLINE.findall(trend)
    assert len(hairlines) == 4  # form, sleep, HRV, pulse
    assert len(set(hairlines)) == 1
    assert "stroke-dasharray" in trend  # what is planned


def test_all_is_asked_once_and_at_most_four_calls_at_a_time(
    make_app: Callable[..., Flask], world: World
) -> None:
    upstream = Counting(world)
    browser = signed_in(make_app(transport=upstream))
    began = time.monotonic()
    browser.get("/today")
    asked = [(one.path, tuple(sorted(one.query.items()))) for one in world.requests]
    assert len(asked) == len(set(asked)) <= 14
    assert 1 < upstream.most <= 4
    # 14 calls, 5 of them behind each other: the rest goes beside them
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("path", PANELS)
def test_a_card_that_fails_takes_no_other_with_it(
    app: Flask, world: World, path: str
) -> None:
    world.switches.fail_status, world.switches.fail_path = 500, path
    html = page_of(app)
    assert 'class="trouble"' in html
    assert "Intervals.icu" in html
    assert 'class="figure ' in html


def test_upstream_that_is_away_is_said(app: Flask, world: World, clock: Clock) -> None:
    browser = signed_in(app)
    browser.get("/today")
    world.switches.fail_status = 503
    clock.advance(hours=2)
    page = text_of(browser.get("/today"))
    assert (
        "Intervals.icu is not answering right now. This is as of 7:05, 23 November."
        in page
    )
    assert "Threshold" in page


def test_upstream_that_never_answered_is_a_page_with_a_sentence(
    app: Flask, world: World
) -> None:
    world.switches.fail_status = 503
    answer = signed_in(app).get("/today")
    assert answer.status_code == 502
    assert "Today cannot be shown" in text_of(answer)
    assert 'id="today"' not in answer.text  # which would be kept for offline


def test_without_a_key_the_page_leads_to_where_one_is_entered(
    make_app: Callable[..., Flask],
) -> None:
    answer = signed_in(make_app(api_key="")).get("/today")
    assert answer.status_code == 200
    assert 'href="/setup/key"' in answer.text
    assert 'id="today"' not in answer.text


def test_a_beginner_sees_what_will_come(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    beginner = World.empty(now=clock, api_key=world.api_key)
    html = page_of(make_app(transport=WSGIAdapter(create_simulator(beginner))))
    assert "There is little to see yet" in html
    assert 'class="value nothing"' in html
    assert "<svg" not in html.partition("<main")[2]
    assert "trouble" not in html
    assert "None" not in html


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Schwellenintervalle über 4 × 8 Minuten", "Schwellenintervalle über"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
        ("\u202eevil\u202c \u2067أحمد\u2069", "أحمد"),
        ("走る 🏃", "走る"),
        ("x" * 10_000, "xxx"),
    ],
)
def test_names_of_all_sorts_stand_escaped(
    app: Flask, world: World, name: str, shown: str
) -> None:
    world.events.clear()
    world.add_event(name=name, workout_doc={})
    world.add_activity(name=name)
    html = page_of(app)
    assert shown in html
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert len(html) < 100_000


def test_the_page_speaks_the_language_and_units_of_its_reader(
    app: Flask, world: World
) -> None:
    world.athlete["measurement_preference"] = "feet"
    html = page_of(app, **{"Accept-Language": "de"})
    assert '<div id="today"' in html
    assert 'lang="de"' in html
    assert "Montag, 23. November" in html
    assert "deinen Gesundheitswerten in Intervals.icu vom 23. November" in html
    assert "51,2 mi" in html  # the Lake Loop


def test_what_is_private_is_not_on_the_page(app: Flask, world: World) -> None:
    today = world.wellness[world.today().isoformat()]
    today |= {"weight": 71.37, "comments": "canary-comment", "menstrualPhase": "LUTEAL"}
    html = page_of(app)
    for canary in ("71.4", "71.37", "canary", "LUTEAL", "luteal"):
        assert canary not in html


def test_the_page_holds_to_the_policy_and_has_no_form(app: Flask) -> None:
    answer = signed_in(app).get("/today")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "manifest-src 'self'" in policy
    assert "style=" not in answer.text
    assert re.findall(r"<script(?! src=)", answer.text) == []
    assert "<form" not in answer.text  # the snapshot has no token of a session


def test_the_manifest_makes_an_app_of_it(app: Flask) -> None:
    answer = open_browser(app).get("/static/today.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = json.loads(answer.text)
    assert (manifest["start_url"], manifest["display"]) == ("/today", "standalone")
    assert {icon.get("purpose") for icon in manifest["icons"]} == {None, "maskable"}
    for icon in manifest["icons"]:
        picture = pyvips.Image.new_from_buffer(
            open_browser(app).get(icon["src"]).data, ""
        )
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        if "purpose" in icon:
            assert not picture.hasalpha()
    html = page_of(app)
    for look in ("light", "dark"):
        assert f'media="(prefers-color-scheme: {look})"' in html
    assert manifest["theme_color"] in html


def test_the_worker_may_keep_this_page_alone(app: Flask) -> None:
    answer = open_browser(app).get("/static/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/today"
    assert "Service-Worker-Allowed" not in let_in(app).get("/static/page.js").headers


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_stylesheet_has_the_colours_of_pictures(theme: str) -> None:
    css = (STATIC / "today.css").read_text("utf-8")
    light, _, dark = css.partition("@media (prefers-color-scheme: dark)")
    part = light if theme == "light" else dark
    known = dict(re.findall(r"--([\w-]+): (#\w+);", part))
    palette = palette_of(Look("light" if theme == "light" else "dark"))
    wanted = {
        "chart-accent": palette.accent,
        "chart-fitness": palette.fitness,
        "chart-fatigue": palette.fatigue,
    }
    wanted |= {f"tone-{name}": colour for name, colour in palette.tones.items()}
    wanted |= {
        f"zone-{name.replace('_', '-')}": colour
        for name, colour in palette.zones.items()
    }
    assert known == wanted
