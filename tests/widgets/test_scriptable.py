"""The Scriptable widget, run in a stand-in of the app against a bridge that serves."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from bridge.domain.cards import NAMES
from bridge.simulator.world import World
from tests.player.conftest import Web, web
from tests.support.lacking import lacking, require_binary
from tests.support.live import Served, Upstream
from tests.support.services import free_port
from tests.widgets.scriptable import FAMILIES, HERE, HOME, LOCK, SCRIPT, Scriptable

__all__ = ["web"]
KEPT_AS = "intervals-bridge"
pytestmark = [pytest.mark.xdist_group("live_widgets"), pytest.mark.slow]


@pytest.fixture(scope="module")
def device(served: Served) -> dict[str, str]:
    return served.let_in("read", "Widget")


@pytest.fixture
def scriptable(served: Served, device: dict[str, str], tmp_path: Path) -> Scriptable:
    """Return the app of a phone that is set up."""
    code = f"{served.url}#{device['token']}"
    return Scriptable(tmp_path, {KEPT_AS: code})


def card_of(served: Served, device: dict[str, str], name: str) -> dict[str, Any]:
    answer: dict[str, Any] = served.get(f"/v1/cards/{name}", device["token"]).json()
    return answer


def test_everybody_may_fetch_the_script_and_it_holds_nothing_of_anybody(
    app: Flask,
) -> None:
    stranger = app.test_client()
    answer = stranger.get("/widgets/scriptable.js")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.data == SCRIPT.read_bytes()
    again = {"If-None-Match": answer.headers["ETag"]}
    assert stranger.get("/widgets/scriptable.js", headers=again).status_code == 304
    assert len(answer.text.splitlines()) < 250
    assert "://" not in answer.text.replace("https://…", "").replace("shortcuts://", "")


def test_the_script_keeps_to_the_types_of_scriptable() -> None:
    checker = HERE / "node_modules" / "typescript" / "bin" / "tsc"
    if not checker.exists():
        lacking("the types of Scriptable are missing: make clients")
    node = require_binary("node", "nodejs")
    done = subprocess.run(
        [node, checker, "--project", HERE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_is_drawn_at_home_as_the_bridge_tells_it(
    scriptable: Scriptable, served: Served, device: dict[str, str], name: str
) -> None:
    card = card_of(served, device, name)
    for widget in scriptable.run_all(HOME, name):
        assert widget.texts[:2] == [card["title"], card["value"]]
        assert card["caption"] in widget.texts or not card["caption"]
        assert bool(widget.charts) == (card["chart"] != "none" and card["count"] > 0)
        assert all(widget.charts)
    if card.get("lines"):  # there is room for them on the large one
        assert widget.texts[-1] in card["lines"].split("\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_card_fits_the_lock_screen(
    scriptable: Scriptable, served: Served, device: dict[str, str], name: str
) -> None:
    card = card_of(served, device, name)
    shown = [card["title"], card["value"]]
    circle, rectangle, line = scriptable.run_all(LOCK, name)
    assert circle.texts == shown
    caption = [card["caption"]] if card["caption"] else []
    assert rectangle.texts == [*shown, *caption]
    assert line.texts == [" · ".join(shown)]


def test_a_widget_without_a_parameter_is_the_card_of_today(
    scriptable: Scriptable, served: Served, device: dict[str, str]
) -> None:
    today = card_of(served, device, "today")
    for parameter in (None, " "):
        for widget in scriptable.run_all(FAMILIES, parameter):
            assert today["value"] in " ".join(widget.texts)


def test_the_setup_code_is_asked_for_once_and_kept_in_the_keychain(
    served: Served, device: dict[str, str], tmp_path: Path
) -> None:
    scriptable = Scriptable(tmp_path)
    assert scriptable.run("medium").texts == ["Open this script in Scriptable once."]
    first = scriptable.run(None, typed=f" {served.url}/#{device['token']}\n")
    assert first.asked == ["Setup code"]
    assert scriptable.keychain == {KEPT_AS: f"{served.url}#{device['token']}"}
    assert first.texts[0] == card_of(served, device, "today")["title"]
    assert scriptable.run(None).asked == []
    assert device["token"] not in "".join(
        path.read_text("utf-8") for path in tmp_path.iterdir()
    )


@pytest.mark.parametrize(
    "typed", ["", "https://bridge.example", "icb_abc", "javascript:alert(1)#icb_x"]
)
def test_a_code_cut_short_is_said_and_nothing_is_asked(
    tmp_path: Path, typed: str
) -> None:
    scriptable = Scriptable(tmp_path)
    widget = scriptable.run(None, typed=typed)
    assert widget.texts == ["The setup code is not complete."]
    assert (scriptable.keychain, widget.requests) == ({}, [])


def test_a_german_phone_is_spoken_to_in_german(
    scriptable: Scriptable, served: Served, tmp_path: Path
) -> None:
    scriptable.languages = ("de-DE", "en-GB")
    assert scriptable.run("medium", "recovery").texts[0] == "Erholung"
    (tmp_path / "new").mkdir()
    fresh = Scriptable(tmp_path / "new", languages=("de-DE",))
    assert fresh.run(None, typed="x").asked == ["Einrichtungscode"]


@pytest.mark.parametrize("family", FAMILIES)
def test_out_of_reach_it_shows_the_last_card_and_how_old_it_is(
    scriptable: Scriptable, device: dict[str, str], family: str
) -> None:
    before = scriptable.run(family, "form")
    nobody = f"http://127.0.0.1:{free_port()}"
    scriptable.keychain[KEPT_AS] = f"{nobody}#{device['token']}"
    assert scriptable.run(family, "form").texts == before.texts  # of a minute ago
    scriptable.grow_old(hours=3)
    later = scriptable.run(family, "form")
    assert any("3 hours ago" in text for text in later.texts)
    assert any(
        before.texts[-1 if family == "accessoryInline" else 1] in text
        for text in later.texts
    )
    assert [len(chart) for chart in later.charts] == [
        len(chart) for chart in before.charts
    ]
    scriptable.languages = ("de",)
    assert any("vor 3 Stunden" in text for text in scriptable.run(family, "form").texts)


def test_out_of_reach_at_first_it_says_so(tmp_path: Path) -> None:
    code = f"http://127.0.0.1:{free_port()}#icb_x"
    for widget in Scriptable(tmp_path, {KEPT_AS: code}).run_all(FAMILIES):
        assert widget.texts == ["Your bridge does not answer."]
        assert widget.refresh_s > 0


def test_what_the_bridge_kept_itself_is_as_old_as_it_says(
    scriptable: Scriptable, web: Web
) -> None:
    scriptable.keychain[KEPT_AS] = f"{web.address}#icb_x"
    card = {"status": "ok", "speech": "So.", "title": "Form", "value": "5"}
    rest = {"caption": "", "tone": "good", "chart": "none", "items": []}
    web.answer({**card, **rest, "as_of": "2020-01-01T00:00:00Z"})
    assert "ago" in scriptable.run("accessoryRectangular", "form").texts[-1]


def test_a_revoked_phone_says_so_and_keeps_no_card(
    scriptable: Scriptable, served: Served
) -> None:
    lost = served.let_in("read", "Lost phone")
    scriptable.keychain[KEPT_AS] = f"{served.url}#{lost['token']}"
    scriptable.run("small", "form")
    assert list(scriptable.folder.glob("*.json"))
    revoked = served.run("devices", "revoke", lost["id"])
    assert revoked.returncode == 0, revoked.stderr
    said = served.get("/v1/cards/form", lost["token"]).json()["speech"]
    for widget in scriptable.run_all(FAMILIES, "form"):
        assert widget.texts == [said]
    assert list(scriptable.folder.glob("*.json")) == []
    assert scriptable.run(None).texts == [said]
    assert scriptable.run(None, typed="x").asked == ["Setup code"]  # to start again


@pytest.fixture
def beginner(upstream: Upstream) -> Iterator[World]:
    """Let the athlete have no data at all."""
    full = upstream.world
    upstream.show(World.empty(api_key=full.api_key))
    yield upstream.world
    upstream.show(full)


def test_an_athlete_without_data_sees_every_card_in_words(
    beginner: World, scriptable: Scriptable, served: Served, device: dict[str, str]
) -> None:
    for name in NAMES:
        served.get(f"/v1/cards/{name}?refresh=yes", device["token"])
        card = card_of(served, device, name)
        for widget in scriptable.run_all(FAMILIES, name):
            assert all(widget.texts)
            assert card["value"] in " ".join(widget.texts)
            assert "undefined" not in " ".join(widget.texts)
    assert beginner.requests


@pytest.mark.parametrize(
    ("status", "media_type", "body"),
    [
        (200, "text/html", b"<h1>Log in</h1>"),
        (502, "text/html", b"<h1>Bad gateway</h1>"),
        (200, "application/json", b"null"),
        (200, "application/json", b"{}"),
        (302, "text/html", b""),
    ],
)
def test_somebody_elses_answer_is_no_card_and_sees_no_token(
    scriptable: Scriptable, web: Web, status: int, media_type: str, body: bytes
) -> None:
    before = scriptable.run("medium", "form")
    web.status, web.media_type, web.body = status, media_type, body
    web.headers = {"Location": f"{web.address}/elsewhere"} if status == 302 else {}
    scriptable.keychain[KEPT_AS] = f"{web.address}#icb_secret"
    assert scriptable.run("medium", "form").texts == before.texts
    assert [asked[1] for asked in web.asked] == ["/v1/cards/form"]


def test_an_unknown_card_is_said_by_the_bridge(
    scriptable: Scriptable, served: Served, device: dict[str, str]
) -> None:
    assert scriptable.run("medium", "frm").texts == [
        card_of(served, device, "frm")["speech"]
    ]


def test_a_name_cannot_leave_its_address(scriptable: Scriptable) -> None:
    widget = scriptable.run("medium", "../athlete?x=#y")
    assert widget.requests[0]["url"].endswith("/v1/cards/..%2Fathlete%3Fx%3D%23y")
    assert not widget.charts


def test_a_tap_opens_the_page_or_runs_a_shortcut(
    scriptable: Scriptable, served: Served
) -> None:
    assert scriptable.run("small", "form").url == f"{served.url}/today"
    url = scriptable.run("small", "form, My training form").url
    assert url == "shortcuts://run-shortcut?name=My%20training%20form"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG has it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_is_seen_on_a_light_and_on_a_dark_ground() -> None:
    block = SCRIPT.read_text("utf-8").partition("const INKS")[2].partition("};")[0]
    inks = re.findall("#[0-9a-f]{6}", block)
    assert len(inks) >= 15
    for ink in inks:
        for ground in ("#ffffff", "#1c1c1e"):
            light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 3, (ink, ground)
