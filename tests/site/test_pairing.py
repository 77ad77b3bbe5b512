"""Signing in and pairing: one-time codes, sessions, limits. No passwords."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from bridge.limits import MOST_TRIES, Tries
from bridge.routes.site import session
from bridge.store.athletes import OWNER
from bridge.tokens import Purpose, Tokens
from tests.conftest import MORNING, SECRET_KEY, Clock, services_of, token_for
from tests.site.pages import (
    cookie_of,
    follow,
    make_code,
    make_setup_code,
    open_browser,
    post,
    signed_in,
    text_of,
    token_of,
)

WRONG = "2222-2222-2222"
PICTURE_CODE = re.compile(r'class="code big"[^>]*>([^<]+)<')


def is_signed_in(browser: object) -> bool:
    """Tell whether the setup page opens."""
    answer = browser.get("/devices")  # type: ignore[attr-defined]  # a FlaskClient
    return bool(answer.status_code == 200)


def test_a_stranger_is_asked_for_a_code(app: Flask) -> None:
    answer = open_browser(app).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")


def test_a_code_signs_in_once(app: Flask) -> None:
    code = make_code(app)
    first, second = open_browser(app), open_browser(app)
    assert post(first, "/sign-in", code=code).status_code == 303
    assert is_signed_in(first)
    refused = post(second, "/sign-in", code=code)
    assert refused.status_code == 410
    assert "has already been used" in text_of(refused)
    assert not is_signed_in(second)


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {2} \n", "{3}"])
def test_a_code_is_taken_however_it_is_typed(app: Flask, typed: str) -> None:
    code = make_code(app)
    plain = code.replace("-", "")
    code = typed.format(code, plain, code.lower(), f"{plain[:4]} {plain[4:]}")
    assert post(open_browser(app), "/sign-in", code=code).status_code == 303


@pytest.mark.parametrize(
    "cut",
    [
        "",
        "7KQM",
        "7KQM-X2RB-9TP",
        "7KQM-X2RB-9TPDD",
        "icb_1",
        "\x00",
        "'; DROP TABLE",
        "é",
    ],
)
def test_a_code_cut_short_is_refused_and_ends_nobodys_code(
    app: Flask, cut: str
) -> None:
    right = make_code(app)
    for _ in range(6):
        refused = post(open_browser(app), "/sign-in", code=cut)
        assert refused.status_code == 400
        assert "not complete" in text_of(refused)
    assert post(open_browser(app), "/sign-in", code=right).status_code == 303


def test_a_code_ends_with_its_time(app: Flask, clock: Clock) -> None:
    code = make_code(app)
    clock.advance(minutes=10)
    refused = post(open_browser(app), "/sign-in", code=code)
    assert refused.status_code == 410
    assert "This code is too old" in text_of(refused)


def test_too_many_wrong_tries_of_one_address_are_refused_for_a_while(
    app: Flask, clock: Clock
) -> None:
    for _ in range(MOST_TRIES):
        post(open_browser(app), "/sign-in", code="short")
    refused = post(open_browser(app), "/sign-in", code=WRONG)
    assert refused.status_code == 429
    assert "the right one always works" in text_of(refused)
    clock.advance(minutes=11)
    assert post(open_browser(app), "/sign-in", code=WRONG).status_code == 403


def test_no_stranger_keeps_the_owner_out(app: Flask) -> None:
    code = make_code(app)
    for _ in range(5 * MOST_TRIES):  # of the same address, as behind a tunnel
        post(open_browser(app), "/sign-in", code=WRONG)
    assert post(open_browser(app), "/sign-in", code=code).status_code == 303


def test_a_forged_forwarded_header_gets_no_further_tries(app: Flask) -> None:
    browser = open_browser(app)
    statuses = set()
    for number in range(MOST_TRIES + 2):
        browser.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        statuses.add(post(browser, "/sign-in", code="short").status_code)
    assert statuses == {400, 429}


def test_a_trusted_proxy_tells_its_clients_apart() -> None:
    tries = Tries(most=1)
    for address in ("198.51.100.1", "198.51.100.2", "2001:db8:1::1", "2001:db8:2::1"):
        assert tries.may(address, MORNING)
    assert not tries.may("2001:db8:1::ffff", MORNING)  # the same subscriber
    assert not tries.may("198.51.100.1", MORNING)
    assert tries.may("198.51.100.1", MORNING + timedelta(minutes=10))


def test_a_flood_of_addresses_does_not_fill_the_memory() -> None:
    tries = Tries()
    for number in range(10_000):
        tries.may(f"10.0.{number // 256}.{number % 256}", MORNING)
    assert len(tries._seen) <= 4096


# pairing


def test_the_picture_leads_to_a_page_that_uses_nothing_until_continued(
    app: Flask,
) -> None:
    computer = signed_in(app)
    shown = follow(computer, post(computer, "/pairing"))
    found = PICTURE_CODE.search(shown.text)
    assert found
    assert "<svg" in shown.text
    phone = open_browser(app)
    for _ in range(3):
        looked = phone.get(f"/pair?code={found[1]}")
        assert looked.status_code == 200
        assert found[1] in looked.text
    assert not is_signed_in(phone)
    assert post(phone, "/pair", code=found[1]).status_code == 303
    assert is_signed_in(phone)
    again = post(open_browser(app), "/pair", code=found[1])
    assert again.status_code == 410


def test_a_pairing_code_lives_five_minutes(app: Flask, clock: Clock) -> None:
    computer = signed_in(app)
    shown = follow(computer, post(computer, "/pairing"))
    found = PICTURE_CODE.search(shown.text)
    assert found
    clock.advance(minutes=5)
    assert post(open_browser(app), "/pair", code=found[1]).status_code == 410


def test_looking_at_the_picture_again_makes_no_other_code(
    app: Flask, clock: Clock
) -> None:
    computer = signed_in(app)
    shown = follow(computer, post(computer, "/pairing"))
    assert computer.get("/pairing").text == shown.text
    for other in (signed_in(app), computer):
        if other is computer:
            clock.advance(minutes=5)
        assert other.get("/pairing").headers["Location"] == "/setup/phone"


@pytest.mark.parametrize("code", ["", "7KQM", "<script>alert(1)</script>", "%00"])
def test_a_broken_link_asks_for_the_code(app: Flask, code: str) -> None:
    answer = open_browser(app).get("/pair", query_string={"code": code})
    assert answer.status_code == 400
    assert "not complete" in text_of(answer)
    assert "<script>alert" not in answer.text


def test_the_picture_never_follows_the_host_header(app: Flask) -> None:
    browser = signed_in(app)
    token = re.search(r'name="form" value="([^"]+)"', browser.get("/devices").text)
    cookie = browser.get_cookie("bridge")
    assert token
    assert cookie
    forged = {
        "Host": "elsewhere.lan",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "Cookie": f"bridge={cookie.value}",
    }
    for path, fields in (("/pairing", {}), ("/devices", {"name": "My iPhone"})):
        sent = {"form": token[1], **fields}
        stranger = app.test_client(use_cookies=False)
        made = stranger.post(path, data=sent, headers=forged)
        assert made.headers["Location"] in {"/pairing", "/setup/shortcut"}
        handed_on = cookie_of(made).partition(";")[0]
        forged["Cookie"] = f"bridge={cookie.value}; {handed_on}"
        shown = stranger.get(made.headers["Location"], headers=forged)
        assert shown.status_code == 200
        assert "http://127.0.0.1:8000" in shown.text
        assert "elsewhere.lan" not in shown.text + str(shown.headers)


def test_links_lead_to_the_public_address(make_app: Callable[..., Flask]) -> None:
    app = make_app(public_url="http://bridge.home.arpa:8000")
    browser = signed_in(app)
    shown = follow(browser, post(browser, "/pairing"))
    assert "http://bridge.home.arpa:8000/pair" in shown.text
    code = make_setup_code(browser)
    assert code.startswith("http://bridge.home.arpa:8000#icb_")


def test_without_a_public_address_the_page_leads_to_where_it_is_chosen(
    app: Flask,
) -> None:
    browser = signed_in(app)
    shown = follow(browser, post(browser, "/pairing"))
    for answer in (browser.get("/devices"), shown):
        assert "/setup/address" in answer.text
        assert "http://127.0.0.1:8000" in answer.text


# sessions


def test_a_first_run_code_counts_until_somebody_has_signed_in(app: Flask) -> None:
    console = make_code(app, "first_run")
    assert "This bridge is new" in text_of(open_browser(app).get("/sign-in"))
    signed_in(app)
    assert post(open_browser(app), "/sign-in", code=console).status_code == 403
    assert "This bridge is new" not in text_of(open_browser(app).get("/sign-in"))


def test_a_session_ends_after_thirty_days(app: Flask, clock: Clock) -> None:
    browser = signed_in(app)
    clock.advance(days=29.9)
    assert is_signed_in(browser)
    clock.advance(days=0.2)
    assert not is_signed_in(browser)


def test_signing_out_ends_this_browser_alone(app: Flask) -> None:
    here, there = signed_in(app), signed_in(app)
    assert post(here, "/sign-out").status_code == 303
    assert not is_signed_in(here)
    assert is_signed_in(there)


def test_signing_out_everywhere_ends_every_browser(app: Flask) -> None:
    here, there = signed_in(app), signed_in(app)
    post(here, "/sign-out/everywhere")
    assert not is_signed_in(here)
    assert not is_signed_in(there)
    assert is_signed_in(signed_in(app))


def test_a_copied_cookie_ends_with_signing_out_everywhere(app: Flask) -> None:
    here, copy = signed_in(app), open_browser(app)
    cookie = here.get_cookie("bridge")
    assert cookie
    copy.set_cookie("bridge", cookie.value)
    assert is_signed_in(copy)
    post(here, "/sign-out/everywhere")
    assert not is_signed_in(copy)


def test_who_opens_the_pairing_page_by_hand_hears_which_code(app: Flask) -> None:
    shown = text_of(open_browser(app).get("/pair"))
    assert "Enter the code that the computer shows below its QR code" in shown
    assert "Enter the code" not in text_of(open_browser(app).get("/sign-in"))


@pytest.mark.parametrize("path", ["/sign-in", "/pair", "/devices", "/sign-out"])
def test_a_form_of_another_site_replaces_no_session(app: Flask, path: str) -> None:
    stranger = open_browser(app)  # a browser keeps the cookie back from such a form
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    refused = stranger.post(path, data={"code": "x"}, headers=headers)
    assert refused.status_code in {401, 403}
    assert cookie_of(refused) == ""


def test_a_session_of_a_deleted_athlete_is_over(app: Flask) -> None:
    browser = signed_in(app)
    services_of(app).store.athletes.delete(OWNER)
    assert not is_signed_in(browser)


def test_the_cookie_is_for_this_page_alone(app: Flask) -> None:
    browser = open_browser(app)
    cookie = cookie_of(post(browser, "/sign-in", code=make_code(app)))
    assert cookie.startswith("bridge=")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


def test_under_https_the_cookie_is_secure_and_bound_to_the_host(
    make_app: Callable[..., Flask],
) -> None:
    app = make_app(public_url="https://bridge.example")
    answer = open_browser(app).get("/sign-in", base_url="https://bridge.example")
    cookie = cookie_of(answer)
    assert cookie.startswith("__Host-bridge=")
    assert "Secure" in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_a_forged_protocol_header_changes_no_cookie(
    make_app: Callable[..., Flask],
) -> None:
    browser = open_browser(make_app(public_url="https://bridge.example"))
    browser.environ_base["HTTP_X_FORWARDED_PROTO"] = "http"
    answer = browser.get("/sign-in")
    assert "Secure" in cookie_of(answer)
    assert "Strict-Transport-Security" in answer.headers


def test_the_session_gets_a_new_id_with_the_sign_in(app: Flask) -> None:
    browser = open_browser(app)
    before = cookie_of(browser.get("/sign-in"))
    after = cookie_of(post(browser, "/sign-in", code=make_code(app)))
    assert before
    assert before.partition(";")[0] != after.partition(";")[0]


@pytest.mark.parametrize("change", ["flip", "cut", "empty", "long", "other key"])
def test_a_forged_cookie_is_nobody(
    app: Flask, make_app: Callable[..., Flask], change: str
) -> None:
    browser = signed_in(app)
    cookie = browser.get_cookie("bridge")
    assert cookie
    value = cookie.decoded_value
    forged = {
        "flip": ("B" if value[3] != "B" else "C").join([value[:3], value[4:]]),
        "cut": value[:-3],
        "empty": "",
        "long": value * 20,
        "other key": _cookie_under_another_key(make_app),
    }[change]
    browser.set_cookie("bridge", forged)
    assert not is_signed_in(browser)


def _cookie_under_another_key(make_app: Callable[..., Flask]) -> str:
    other = make_app(secret_keys=("another-key-for-the-suite-8Hq2Lw5Zp",))
    cookie = signed_in(other).get_cookie("bridge")
    assert cookie
    return cookie.decoded_value


def test_a_device_token_is_no_session_and_a_session_no_token(app: Flask) -> None:
    browser = open_browser(app)
    browser.set_cookie("bridge", token_for(app, "raw"))
    assert not is_signed_in(browser)
    cookie = signed_in(app).get_cookie("bridge")
    assert cookie
    value = cookie.decoded_value
    for token in (value, f"icb_{value}"):
        headers = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/v1/fitness", headers=headers).status_code == 401
    signed_for_pages = Tokens((SECRET_KEY,), purpose=Purpose.SESSION)
    device = token_of(make_setup_code(signed_in(app))).partition(".")[0][4:]
    headers = {"Authorization": f"Bearer {signed_for_pages.issue(device)}"}
    assert app.test_client().get("/v1/fitness", headers=headers).status_code == 401


def test_a_session_opens_no_route_of_the_phone(app: Flask) -> None:
    browser = signed_in(app)
    for path in ("/v1/fitness", "/api/v1/athlete/0/profile", "/v1/doctor"):
        assert browser.get(path).status_code == 401


def test_a_session_lives_as_long_as_promised() -> None:
    assert timedelta(days=30) == session.LIFE
