"""Setting up: one question a screen, nothing lost, and it folds away at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from bridge.addresses import network_of
from bridge.domain.speech.phrases import LANGUAGES
from bridge.errors import UpstreamError
from bridge.limits import MOST_TRIES
from bridge.routes.site import reach
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.facts import PUBLIC_URL
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, services_of
from tests.site.pages import (
    follow,
    make_setup_code,
    post,
    signed_in,
    text_of,
    token_of,
)

HOME = "http://192.168.1.20:8000"


class Network(BaseAdapter):
    """Carries calls to the simulator; at other addresses answers what a test says."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.upstream = WSGIAdapter(create_simulator(world))
        self.answers: dict[str, requests.Response] = {}
        self.asked: list[str] = []

    def say(self, url: str, body: object, status: int = 200, **headers: str) -> None:
        """Answer so at ``url``."""
        answer = requests.Response()
        answer.status_code = status
        answer.raw = HTTPResponse(
            BytesIO(json.dumps(body).encode()), preload_content=False
        )
        answer.headers.update(headers)
        self.answers[f"{url}/readyz"] = answer

    def send(  # type: ignore[override]  # takes whatever it is sent with
        self, request: requests.PreparedRequest, **how: Any
    ) -> requests.Response:
        """Answer as was said."""
        url = str(request.url)
        if url.startswith("https://upstream.test"):
            return self.upstream.send(request, **how)
        self.asked.append(url)
        if url not in self.answers:
            raise UpstreamError("refused")
        return self.answers[url]

    def close(self) -> None:
        """Close nothing."""


@pytest.fixture
def network(world: World) -> Network:
    return Network(world)


@pytest.fixture
def bare(make_app: Callable[..., Flask], network: Network) -> Flask:
    """A bridge that nobody has set anything up on."""
    return make_app(api_key="", transport=network)


def leads_to(browser: FlaskClient, path: str = "/") -> str:
    """Return where a page leads."""
    return browser.get(path).headers["Location"]


def say_ours(app: Flask, network: Network, url: str = HOME) -> None:
    """Let this very bridge answer at ``url``."""
    ours = services_of(app).store.facts.instance_id()
    network.say(url, {"status": "ok", "instance_id": ours})


def chosen(app: Flask) -> str | None:
    return services_of(app).store.facts.get(PUBLIC_URL)


def ask(app: Flask, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    with app.test_client().get("/v1/fitness", headers=headers) as answer:
        return answer.status_code


def test_each_answer_leads_to_the_next_question_and_the_last_to_the_day(
    bare: Flask, network: Network, world: World
) -> None:
    browser = signed_in(bare)
    assert leads_to(browser) == "/setup/address"
    say_ours(bare, network)
    came = post(browser, "/setup/address", "/setup/address", url=HOME)
    assert came.headers["Location"] == leads_to(browser) == "/setup/key"
    came = post(browser, "/connect", api_key=world.api_key)
    assert came.headers["Location"] == leads_to(browser) == "/setup/phone"
    hello = text_of(browser.get("/setup/phone"))
    assert f"Hello {world.athlete['name']}" in hello
    assert "activities in 90 days" in hello
    named = post(browser, "/devices", name="Ana’s iPhone", scope="write")
    page = follow(browser, named)
    assert leads_to(browser) == "/setup/shortcut"
    assert "Ana’s iPhone is ready" in text_of(page)
    assert f"{HOME}/v1/fitness?format=text" in page.text
    assert browser.get("/setup/asked").get_json()["asked"] == "no"
    assert "Waiting for your iPhone" in text_of(browser.get("/setup/waiting"))
    token = page.text.partition("Bearer icb_")[2].partition("<")[0]
    assert ask(bare, f"icb_{token}") == 200
    assert browser.get("/setup/asked").get_json()["asked"] == "yes"
    assert "Ana’s iPhone asked" in text_of(browser.get("/setup/waiting"))
    assert leads_to(browser) == "/today"


def test_the_progress_says_where_one_is_and_goes_away_at_the_end(
    app: Flask,
) -> None:
    browser = signed_in(app)
    assert 'aria-label="Step 3 of 4"' in browser.get("/setup/phone").text
    post(browser, "/setup/address", "/setup/address", later="yes")
    token = token_of(make_setup_code(browser))
    assert 'class="done"' in browser.get("/setup/shortcut").text
    ask(app, token)
    assert "Step" not in text_of(browser.get("/setup/phone"))


# the address


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("", "Write it like"),
        ("bridge.example", "Write it like"),
        ("https://bridge.example/path", "Write it like"),
        ("https://u:p@bridge.example", "Write it like"),
        ("javascript:alert(1)", "Write it like"),
        ("http://127.0.0.1:8000", "this computer only"),
        ("http://localhost:8000", "this computer only"),
        ("http://0.0.0.0:8000", "this computer only"),
        ("http://raspberrypi:8000", "has no dot"),
    ],
)
def test_what_no_phone_can_use_is_refused_at_the_field_and_kept_there(
    bare: Flask, network: Network, url: str, why: str
) -> None:
    refused = post(signed_in(bare), "/setup/address", "/setup/address", url=url)
    assert refused.status_code == 422
    assert why in text_of(refused)
    assert "Nothing was changed" in text_of(refused)
    assert f'name="url" class="code" type="url" inputmode="url" value="{url}"' in (
        refused.text
    )
    assert network.asked == []
    assert chosen(bare) is None


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (200, {"status": "ok", "instance_id": "0123456789abcdef"}, "not this one"),
        (200, {"status": "ok"}, "not this one"),
        (200, ["anything"], "not this one"),
        (302, {}, "leads on to another address"),
        (404, {}, "not this one"),
    ],
)
def test_an_address_of_somebody_else_is_never_kept(
    bare: Flask, network: Network, status: int, body: object, why: str
) -> None:
    network.say(HOME, body, status, Location="https://elsewhere.example")
    refused = post(signed_in(bare), "/setup/address", "/setup/address", url=HOME)
    assert refused.status_code == 422
    assert why.replace("not this one", "It is not this one") in text_of(refused)
    assert network.asked == [f"{HOME}/readyz"]  # no redirect is followed
    assert chosen(bare) is None


def test_where_nothing_answers_it_says_so(bare: Flask) -> None:
    refused = post(signed_in(bare), "/setup/address", "/setup/address", url=HOME)
    assert refused.status_code == 422
    assert HOME in text_of(refused)
    assert chosen(bare) is None


def test_a_bridge_for_this_computer_alone_says_how_a_phone_gets_to_it(
    bare: Flask, make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    home = "put HOST=0.0.0.0 in the file .env"
    browser = signed_in(bare)
    page = text_of(browser.get("/setup/address"))
    assert page.index(home) < page.index("tailscale serve --bg 8000")
    refused = post(browser, "/setup/address", "/setup/address", url=HOME)
    assert home in text_of(refused).partition("Nothing was changed")[2][:80]
    assert "cannot reach the bridge yet" in text_of(browser.get("/setup/phone"))
    at_home = signed_in(make_app(host="192.168.1.20"))
    assert home not in text_of(at_home.get("/setup/address"))
    shown = text_of(at_home.get("/setup/phone"))
    assert f"lead to {HOME}. Can your phone open that?" in shown


def test_an_address_is_used_at_once_and_survives_a_restart(
    bare: Flask, network: Network, make_app: Callable[..., Flask]
) -> None:
    say_ours(bare, network)
    browser = signed_in(bare)
    post(browser, "/setup/address", "/setup/address", url=f" {HOME}/ ")
    assert make_setup_code(browser).startswith(f"{HOME}#icb_")
    assert HOME in browser.get("/docs").text
    later = make_app(api_key="")
    assert make_setup_code(signed_in(later)).startswith(f"{HOME}#icb_")


def test_the_environment_wins_and_cannot_be_changed_here(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(public_url="https://bridge.example")
    services_of(app).store.facts.keep(PUBLIC_URL, HOME)
    browser = signed_in(app)
    assert make_setup_code(browser).startswith("https://bridge.example#")
    page = browser.get("/setup/address")
    assert "https://bridge.example" in page.text
    assert 'name="url"' not in page.text
    assert post(browser, "/setup/address", url=HOME).status_code == 409


def test_nothing_but_the_owners_form_changes_the_address(
    bare: Flask, network: Network
) -> None:
    say_ours(bare, network)
    browser = signed_in(bare)
    for headers in (
        {"Host": "192.168.1.20:8000"},
        {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"},
    ):
        browser.get("/setup/address", headers=headers)
        browser.get(f"/setup/address?url={HOME}", headers=headers)
    assert chosen(bare) is None
    assert network.asked == []


def test_the_address_in_the_browser_is_only_offered(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(trusted_proxies=(network_of("127.0.0.0/8"),))
    browser = signed_in(app)
    cookie = browser.get_cookie("bridge")
    assert cookie

    def shown(**headers: str) -> str:
        sent = {"Cookie": f"bridge={cookie.value}", **headers}
        client = app.test_client(use_cookies=False)
        return client.get("/setup/address", headers=sent).text

    assert 'value="http://bridge.lan:8000"' in shown(Host="bridge.lan:8000")
    behind = shown(Host="bridge.lan", **{"X-Forwarded-Proto": "https"})
    assert 'value="https://bridge.lan"' in behind
    assert 'value="http://127.0.0.1' not in shown(Host="127.0.0.1:8000")
    assert chosen(app) is None


def test_what_tailscale_says_comes_first(
    bare: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "tailscale"
    program.write_text(
        '#!/bin/sh\necho \'{"Self": {"DNSName": "box.tail1.ts.net."}}\'\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    page = signed_in(bare).get("/setup/address").text
    assert 'value="https://box.tail1.ts.net"' in page
    for broken in ("exit 1", "echo []", "echo '{\"Self\": {}}'", "echo nonsense"):
        program.write_text(f"#!/bin/sh\n{broken}\n")
        assert "ts.net" not in signed_in(bare).get("/setup/address").text


def test_addresses_of_the_machine_are_offered_where_it_listens_on_them(
    make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "_own_address", lambda *_: "192.168.1.20")
    assert HOME in signed_in(make_app(host="0.0.0.0")).get("/setup/address").text
    assert HOME not in signed_in(make_app()).get("/setup/address").text


def test_a_page_is_secure_under_the_chosen_name_alone(
    bare: Flask, network: Network
) -> None:
    url = "https://box.tail1.ts.net"
    say_ours(bare, network, url)
    browser = signed_in(bare)
    post(browser, "/setup/address", "/setup/address", url=url)
    # whoever sits at the computer stays signed in
    assert browser.get("/devices").status_code == 200
    there = bare.test_client().get("/sign-in", base_url=url)
    assert there.headers["Set-Cookie"].startswith("__Host-bridge=")
    assert "Strict-Transport-Security" in there.headers
    here = bare.test_client().get("/sign-in")
    assert "Secure" not in here.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in here.headers
    stranger = bare.test_client().get("/sign-in", base_url="https://other.ts.net")
    assert stranger.status_code == 421


# nothing typed is lost


def test_a_bad_name_stays_in_its_field_with_what_was_chosen(app: Flask) -> None:
    browser = signed_in(app)
    refused = post(browser, "/devices", name="x" * 61, scope="read")
    assert refused.status_code == 422
    assert f'value="{"x" * 61}"' in refused.text
    assert 'value="read" checked' in refused.text
    assert "No device was added" in text_of(refused)
    assert "raw" in post(browser, "/devices", name="", scope="raw").text


def test_a_second_device_of_one_name_gets_a_number(app: Flask) -> None:
    browser = signed_in(app)
    for _ in range(3):
        make_setup_code(browser, name="My iPhone")
    devices = services_of(app).store.devices.of_athlete(OWNER)
    names = sorted(device.name for device in devices)
    assert names == ["My iPhone", "My iPhone 2", "My iPhone 3"]


def phone_form(browser: FlaskClient, path: str = "/setup/phone") -> dict[str, str]:
    """Return what the form of the phone's page would send."""
    page = browser.get(path).text
    form = page.partition('action="/devices"')[2]
    field = 'name="{}" value="'
    names = ("form", "once", "name")
    sent = {
        name: form.partition(field.format(name))[2].partition('"')[0] for name in names
    }
    return {**sent, "scope": form.partition(" checked")[0].split('"')[-2]}


def names_of(app: Flask) -> list[str]:
    return [each.name for each in services_of(app).store.devices.of_athlete(OWNER)]


def test_the_same_form_sent_again_makes_one_phone_while_it_is_unused(
    app: Flask,
) -> None:
    browser = signed_in(app)
    first = phone_form(browser)
    for _ in range(3):
        shown = follow(browser, browser.post("/devices", data=first))
        assert "My iPhone is ready" in text_of(shown)
    back = phone_form(browser)
    follow(browser, browser.post("/devices", data=back))
    assert names_of(app) == ["My iPhone"]
    other = {**back, "name": "My watch"}
    follow(browser, browser.post("/devices", data=other))
    assert sorted(names_of(app)) == ["My iPhone", "My watch"]
    another = phone_form(browser, "/setup/phone?another=yes")
    follow(browser, browser.post("/devices", data=another))
    assert sorted(names_of(app)) == ["My iPhone", "My iPhone 2", "My watch"]


def test_a_form_of_a_device_that_has_asked_makes_another(app: Flask) -> None:
    browser = signed_in(app)
    form = phone_form(browser)
    shown = follow(browser, browser.post("/devices", data=form))
    ask(app, f"icb_{shown.text.partition('Bearer icb_')[2].partition('<')[0]}")
    browser.post("/devices", data=form)
    assert sorted(names_of(app)) == ["My iPhone", "My iPhone 2"]


def test_a_form_cannot_choose_its_device(app: Flask) -> None:
    browser, other = signed_in(app), signed_in(app)
    foreign = phone_form(other)["once"]
    for once in (foreign, "0123456789abcdef", "0123456789abcdef.é", ""):
        sent = {**phone_form(browser, "/setup/phone?another=yes"), "once": once}
        assert browser.post("/devices", data=sent).status_code == 303
    made = services_of(app).store.devices.of_athlete(OWNER)
    ids = {each.device_id for each in made}
    assert len(ids) == 4
    assert not ids & {foreign.partition(".")[0], "0123456789abcdef"}


def test_waiting_is_over_when_any_phone_of_this_browser_has_asked(app: Flask) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser, name="First"))
    make_setup_code(browser, name="Second")
    page = browser.get("/setup/waiting").text
    query = page.partition('data-wait="/setup/asked')[2].partition('"')[0]
    assert browser.get(f"/setup/asked{query}").get_json()["asked"] == "no"
    ask(app, token)
    assert browser.get(f"/setup/asked{query}").get_json()["asked"] == "yes"
    assert "First asked" in text_of(browser.get(f"/setup/waiting{query}"))


# a phone that tried and failed


def waiting_text(browser: FlaskClient, language: str = "en") -> str:
    page = text_of(browser.get(f"/setup/waiting?lang={language}"))
    told = browser.get(f"/setup/asked?lang={language}").get_json()
    assert told["asked"] == "no"
    assert told.get("tried", "") in page
    return str(told.get("tried", ""))


def try_with(app: Flask, header: str, path: str = "/v1/fitness", **more: str) -> int:
    headers = {"Authorization": header} | more
    with app.test_client().get(path, headers=headers) as answer:
        return answer.status_code


@pytest.mark.parametrize(
    ("header", "path", "said"),
    [
        ("{token}", "/v1/fitness", "header is not right: it is called Authorization"),
        ("Bearer “{token}”", "/v1/fitness", "header is not right"),
        ("Bearer {token}", "/fitness", "it has to begin with https://b.example/v1/."),
        ("Bearer {token}", "/setup/v1/fitness", "at an address that does not exist"),
        ("Bearer {token}", "/raw/x", "does not exist"),
    ],
)
def test_a_phone_that_tried_and_failed_is_told_with_what_to_do(
    make_app: Callable[..., Flask], header: str, path: str, said: str
) -> None:
    app = make_app(public_url="https://b.example")
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    assert waiting_text(browser) == ""
    assert try_with(app, header.format(token=token), path) >= 400
    told = waiting_text(browser)
    assert told in text_of(browser.get("/setup/shortcut"))
    assert said in told
    assert "Ana’s iPhone" in told
    assert token.rpartition(".")[2] not in told
    assert try_with(app, f"Bearer {token}") == 200
    assert browser.get("/setup/asked").get_json() == {
        "status": "ok",
        "speech": "",
        "asked": "yes",
    }


def test_a_token_that_is_not_known_is_told_plainly_and_gives_way(
    app: Flask, clock: Clock
) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    wrong = token[:-1] + ("A" if token[-1] != "A" else "Q")
    assert try_with(app, f"Bearer {wrong}") == 401
    assert waiting_text(browser).startswith(
        "A device tried just now with a token that is not known here."
    )
    try_with(app, token)
    assert "header is not right" in waiting_text(browser)
    for _ in range(5):
        clock.advance(seconds=10)
        try_with(app, f"Bearer {wrong}")
    assert "header is not right" in waiting_text(browser)
    clock.advance(hours=2)
    assert waiting_text(browser) == ""


def test_a_token_that_was_revoked_and_a_scope_too_small_are_told(app: Flask) -> None:
    browser = signed_in(app)
    old = token_of(make_setup_code(browser, name="Old"))
    store = services_of(app).store.devices
    (device,) = store.of_athlete(OWNER)
    post(browser, f"/devices/{device.device_id}/revoke")
    token = token_of(make_setup_code(browser, name="New", scope="read"))
    assert try_with(app, f"Bearer {old}") == 401
    assert waiting_text(browser).startswith("Old tried just now, but its code is no")
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().post("/v1/undo", headers=headers).status_code == 403
    assert "asked for more than its code allows" in waiting_text(browser)


def test_http_where_https_is_the_address_is_told(
    make_app: Callable[..., Flask],
) -> None:
    proxies = tuple(filter(None, [network_of("127.0.0.0/8")]))
    app = make_app(public_url="https://b.example", trusted_proxies=proxies)
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    try_with(app, f"Bearer {token}", "/fitness", **{"X-Forwarded-Proto": "http"})
    assert "by http instead of https" in waiting_text(browser)


def test_who_scans_the_bridge_fills_nothing(app: Flask, clock: Clock) -> None:
    browser = signed_in(app)
    make_setup_code(browser)
    for header in ("", "Bearer x", "Basic YTpi", "Bearer icb_x.y", "Bearer icb_" * 40):
        for path in ("/v1/fitness", "/.env", "/wp-login.php", "/api/v1/athlete/0"):
            try_with(app, header, path)
    assert services_of(app).store.facts.failed_tries() == []
    assert waiting_text(browser) == ""
    forged = f"Bearer icb_{'0' * 16}.{'A' * 43}"
    noted = set()
    for _ in range(60):
        clock.advance(seconds=6)
        try_with(app, forged)
        noted |= {tried.at for tried in services_of(app).store.facts.failed_tries()}
    assert len(noted) == MOST_TRIES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_try_that_failed_is_told_in_the_language_of_the_page(
    app: Flask, language: str
) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    said = set()
    for header, path in ((token, "/v1/week"), (f"Bearer {token}", "/x")):
        try_with(app, header, path)
        said.add(waiting_text(browser, language))
        assert " 0 " not in waiting_text(browser, language)
    assert len(said) == 2
    assert all("Ana’s iPhone" in each for each in said)


def test_a_device_is_renamed_and_keeps_its_code(app: Flask) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    (device,) = services_of(app).store.devices.of_athlete(OWNER)
    path = f"/devices/{device.device_id}/name"
    assert post(browser, path, name="Bea’s iPhone").status_code == 303
    assert "Bea’s iPhone" in text_of(browser.get("/devices"))
    assert ask(app, token) == 200
    assert post(browser, path, name="\u202eevil").status_code == 422
    assert post(browser, "/devices/0123456789abcdef/name", name="x").status_code == 404


def test_a_device_shows_on_which_days_it_asked(app: Flask, clock: Clock) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    assert "Asked on 0 of the last 14 days" in browser.get("/devices").text
    for days in (0, 1, 3, 5):
        clock.advance(days=days)
        ask(app, token)
    page = browser.get("/devices").text
    assert "Asked on 4 of the last 14 days" in page
    dots = page.partition('class="dots"')[2].partition("</span></span>")[0]
    assert [" class=\"on\"" in dot for dot in dots.split("<span")[1:]] == [
        *[False] * 4, True, True, *[False] * 2, True, *[False] * 4, True
    ]  # fmt: skip
    clock.advance(days=13)
    assert "Asked on 1 of the last 14 days" in browser.get("/devices").text
    clock.advance(days=1)
    assert "Asked on 0 of the last 14 days" in browser.get("/devices").text


def test_a_test_waits_for_the_next_question(app: Flask, clock: Clock) -> None:
    browser = signed_in(app)
    token = token_of(make_setup_code(browser))
    ask(app, token)
    clock.advance(minutes=5)
    page = browser.get("/devices").text
    found = page.partition('href="/setup/waiting')[2].partition('"')[0]
    query = found.replace("&amp;", "&")
    assert "Waiting for your iPhone" in text_of(browser.get(f"/setup/waiting{query}"))
    assert browser.get(f"/setup/asked{query}").get_json()["asked"] == "no"
    ask(app, token)
    assert browser.get(f"/setup/asked{query}").get_json()["asked"] == "yes"
    assert "iPhone asked" in text_of(browser.get(f"/setup/waiting{query}"))


@pytest.mark.parametrize("query", ["?since=x", "?since=-1", "?device=x", "?device="])
def test_odd_questions_of_waiting_are_answered(app: Flask, query: str) -> None:
    browser = signed_in(app)
    make_setup_code(browser)
    assert browser.get(f"/setup/waiting{query}").status_code == 200
    assert browser.get(f"/setup/asked{query}").get_json()["asked"] == "no"


def test_another_tab_and_back_show_what_is_so_now(app: Flask, clock: Clock) -> None:
    browser = signed_in(app)
    assert leads_to(browser, "/setup/shortcut") == "/setup/phone"
    make_setup_code(browser)
    clock.advance(minutes=31)  # a tab that the phone threw away
    page = browser.get("/setup/shortcut")
    assert page.status_code == 200
    assert "Paste your setup code here" in page.text


def test_two_owners_at_once_end_with_what_came_last(
    bare: Flask, network: Network, world: World
) -> None:
    one, other = signed_in(bare), signed_in(bare)
    say_ours(bare, network)
    post(one, "/setup/address", "/setup/address", url=HOME)
    post(other, "/setup/address", "/setup/address", later="yes")
    assert leads_to(one) == leads_to(other) == "/setup/key"
    assert chosen(bare) == HOME  # to put a question off takes no answer away
    for browser in (one, other):
        assert post(browser, "/connect", api_key=world.api_key).status_code == 303
    assert leads_to(one) == leads_to(other) == "/setup/phone"
    token = token_of(make_setup_code(one))
    assert token not in other.get("/setup/shortcut").text
    assert token not in other.get("/devices/code").text


# health


def test_failing_checks_come_first_with_what_mends_them(
    bare: Flask, app: Flask
) -> None:
    page = signed_in(app).get("/health").text
    assert page.index('class="warning"') < page.index('class="ok"')
    page = signed_in(bare).get("/health").text
    assert page.index('class="problem"') < page.index('class="warning"')
    assert 'href="/setup/key"' in page
    assert 'href="/setup/address"' in page
    assert "light problem" in signed_in(bare).get("/devices").text
    assert "checks are fine" in signed_in(app).get("/health").text


def test_the_lamp_is_asked_for_where_nothing_is_known(app: Flask) -> None:
    browser = signed_in(app)
    assert 'class="light unknown"' in browser.get("/devices").text
    known = browser.get("/health/light").get_json()["light"]
    assert known in {"ok", "warning", "problem"}
    assert f'class="light {known}"' in browser.get("/devices").text


def test_what_shortcuts_would_say_comes_in_one_request(app: Flask) -> None:
    said = signed_in(app).get("/try").get_json()
    assert said["my-training-form"].startswith("Form")
    assert "training-card" not in said
    assert len(said) > 15
