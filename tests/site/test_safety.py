"""Every page: closed, forms of our own only, a strict policy, failures as pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.domain.doctor.request import explain_request
from bridge.routes.site.page import LARGEST_FORM, Page
from bridge.routes.site.table import PAGES
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from tests.conftest import SECRET_KEY, services_of
from tests.site.pages import (
    HTML,
    TOKEN,
    follow,
    make_code,
    name_phone,
    open_browser,
    post,
    signed_in,
    text_of,
)

OPEN = {
    "/docs",
    "/docs/<group>",
    "/sign-in",
    "/pair",
    "/shortcuts/<language>/<name>",
    "/static/<name>",
}
pytestmark = pytest.mark.xdist_group("every_page")
FIELD = re.compile(r'<(?:input|textarea)\b(?![^>]*type="(?:hidden|radio)")[^>]*>')
HEAVIEST = 100_000
FORMS = [page for page in PAGES if page.method == "POST"]
CLOSED = [page for page in PAGES if page.guard == "session"]
EVERY_FORM = pytest.mark.parametrize("page", FORMS, ids=lambda page: page.path)


def path_of(page: Page) -> str:
    """Return the page's path with values in its placeholders."""
    path = page.path.replace("<slug>", "my-training-form")
    path = path.replace("<device_id>", "0123456789abcdef")
    path = path.replace("<view_id>", "0123456789abcdef")
    path = path.replace("<group>", "zones").replace("<anchor>", "get_v1_fitness")
    return path.replace("<language>", "en").replace("<name>", "style.css")


def state_of(app: Flask) -> object:
    """Return everything that a form could have changed."""
    store = services_of(app).store
    views = store.views.of_athlete(OWNER)
    return store.athletes.find(OWNER), store.devices.of_athlete(OWNER), views


def test_only_a_short_list_of_pages_is_open() -> None:
    assert {page.path for page in PAGES if page.guard == "open"} == OPEN


def test_no_page_stands_in_the_way_of_the_phone() -> None:
    routes = {(route.method, route.path) for route in ROUTES}
    assert not routes & {(page.method, page.path) for page in PAGES}


def test_every_closed_page_is_closed_to_a_stranger(app: Flask, world: World) -> None:
    before = state_of(app)
    for page in CLOSED:
        stranger = open_browser(app)
        answer = stranger.open(path_of(page), method=page.method)
        if page.method == "GET" and page.failures == "page":
            assert answer.headers["Location"] == "/sign-in"
        else:
            assert answer.status_code == 401, page.endpoint
    assert state_of(app) == before
    assert world.requests == []


@EVERY_FORM
@pytest.mark.parametrize("token", ["", "wrong", "ä", "another", "stranger"])
def test_a_form_without_its_token_does_nothing(
    app: Flask, page: Page, token: str
) -> None:
    browser = signed_in(app)
    if token == "another":
        token = token_on(signed_in(app).get("/devices"))
    elif token == "stranger":
        token = token_on(open_browser(app).get("/sign-in"))
    before, code = state_of(app), make_code(app)
    fields = {"form": token, "name": "x", "code": code, "api_key": "abcdefgh"}
    refused = browser.post(path_of(page), data=fields)
    assert refused.status_code == 403
    assert "Nothing was done" in text_of(refused)
    assert state_of(app) == before
    assert browser.get("/devices").status_code == 200


@EVERY_FORM
def test_a_form_of_another_site_does_nothing(app: Flask, page: Page) -> None:
    browser = signed_in(app)
    fields = {
        "form": token_on(browser.get("/devices")),
        "name": "x",
        "code": make_code(app),
    }
    before = state_of(app)
    for sender in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": sender}
        refused = browser.post(path_of(page), data=fields, headers=headers)
        assert refused.status_code == 403
    assert state_of(app) == before


def token_on(answer: TestResponse) -> str:
    """Return the form token of a page."""
    found = TOKEN.search(answer.text)
    assert found
    return found[1]


def test_nothing_is_changed_by_looking(app: Flask) -> None:
    browser = signed_in(app)
    before = state_of(app)
    for page in PAGES:
        if page.method == "GET":
            browser.get(path_of(page))
            browser.head(path_of(page))
    assert state_of(app) == before


def test_a_token_signed_before_a_key_change_still_counts(
    make_app: Callable[..., Flask],
) -> None:
    old = make_app()
    browser = signed_in(old)
    token, cookie = token_on(browser.get("/devices")), browser.get_cookie("bridge")
    assert cookie
    new = make_app(secret_keys=(SECRET_KEY, "another-key-for-8Hq2Lw5Zp-suite"))
    later = open_browser(new)
    later.set_cookie("bridge", cookie.value)
    answer = later.post("/devices", data={"form": token, "name": "iPhone"})
    assert answer.status_code == 303
    assert len(services_of(new).store.devices.of_athlete(OWNER)) == 1


# headers


_SHOWN: list[TestResponse] = []


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> list[TestResponse]:
    """Every kind of page once, refusals too; made once for all tests that only read."""
    if not _SHOWN:
        _SHOWN.extend(_every_page(request.getfixturevalue("app")))
    return _SHOWN


def _every_page(app: Flask) -> list[TestResponse]:
    browser = signed_in(app)
    shown = [browser.get(path_of(page)) for page in PAGES if page.method == "GET"]
    shown += [follow(browser, post(browser, "/pairing")), name_phone(browser)]
    shown += [post(browser, "/devices", name=""), browser.post("/devices")]
    shown += [follow(browser, post(browser, "/views", name="Frame"))]
    shown += [post(browser, "/doctor", request="curl x"), browser.get("/nowhere")]
    shown += [open_browser(app).get("/sign-in"), open_browser(app).get("/pair")]
    pages = [answer for answer in shown if answer.status_code != 303]
    return [answer for answer in pages if answer.mimetype == "text/html"]


def test_every_page_allows_our_own_files_only(pages: list[TestResponse]) -> None:
    assert len(pages) > 10
    for answer in pages:
        policy = answer.headers["Content-Security-Policy"]
        parts = dict(part.split(" ", 1) for part in policy.split("; "))
        assert parts["default-src"] == "'none'"
        assert parts["frame-ancestors"] == parts["base-uri"] == "'none'"
        for kind in ("style-src", "script-src", "img-src", "connect-src"):
            assert parts[kind] == "'self'"
        assert parts["form-action"] == "'self'"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        kept = "no-cache" if "/docs" in answer.request.path else "no-store"
        assert answer.headers["Cache-Control"] == kept
        assert "unsafe" not in policy


def test_no_page_needs_what_the_policy_forbids(pages: list[TestResponse]) -> None:
    for answer in pages:
        html = answer.text
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", html)
        assert re.findall(r"<script[^>]*>(?!</script>).*", html) == []
        for source in re.findall(r'(?:src|href|action)="([^"]*)"', html):
            # A link, which loads nothing before it is followed.
            if source == "https://intervals.icu/settings":
                continue
            outside = source.startswith(("http:", "https:", "//", "data:"))
            assert not outside, source


def test_no_page_is_heavy(pages: list[TestResponse]) -> None:
    for answer in pages:
        assert len(answer.data) < HEAVIEST, answer.request.path


def test_every_form_of_every_page_carries_its_token(pages: list[TestResponse]) -> None:
    forms = 0
    for answer in pages:
        for form in re.findall(r"<form.*?</form>", answer.text, re.DOTALL):
            assert 'method="post"' in form
            assert 'name="form" value="' in form
            forms += 1
    assert forms > 10


def test_every_field_has_a_label(pages: list[TestResponse]) -> None:
    for answer in pages:
        labels = set(re.findall(r'<label for="([^"]+)"', answer.text))
        pattern = (
            r"<(?:input|textarea|select)\b(?![^>]*type=\"(?:hidden|radio)\")[^>]*>"
        )
        for field in re.findall(pattern, answer.text):
            found = re.search(r'id="([^"]+)"', field)
            assert found, field
            assert found[1] in labels, field
        ids = re.findall(r'\sid="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids))


# failures


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/recipes/none", 404),
        ("PUT", "/sign-in", 405),
        ("GET", "/connect", 405),
        ("POST", "/", 405),
    ],
)
def test_a_person_reads_a_page_and_a_script_the_flat_object(
    app: Flask, method: str, path: str, status: int
) -> None:
    browser = signed_in(app)
    page = browser.open(path, method=method)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    if path != "/recipes/none":
        flat = app.test_client().open(path, method=method)
        assert (flat.status_code, flat.mimetype) == (status, "application/json")


def test_a_page_that_is_not_there_leads_to_all_that_are(app: Flask) -> None:
    page = signed_in(app).get("/nothing-here")
    assert "There is no such page" in text_of(page)
    assert "openapi.json" not in page.text
    main = page.text.partition("<main")[2]
    for path in ("/", "/today", "/shortcuts", "/devices", "/health", "/docs"):
        assert f'href="{path}"' in main


@pytest.mark.parametrize("path", ["/v1/nowhere", "/v1/fitness", "/api/v1/nowhere"])
def test_the_phones_routes_answer_flat_whoever_asks(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"Accept": HTML})
    assert answer.mimetype == "application/json"


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_a_form_that_is_too_large_is_refused(app: Flask, kind: str) -> None:
    browser = signed_in(app)
    fields = {"form": token_on(browser.get("/devices")), "request": "x" * LARGEST_FORM}
    content_type = {"form": None, "multipart": "multipart/form-data"}[kind]
    answer = browser.post("/doctor", data=fields, content_type=content_type)
    assert answer.status_code == 413
    assert answer.mimetype == "text/html"


def test_a_form_of_unknown_length_is_not_read(app: Flask) -> None:
    browser = signed_in(app)
    body = f"form={token_on(browser.get('/devices'))}&request=curl"
    answer = browser.post(
        "/doctor",
        input_stream=BytesIO(body.encode()),
        content_type="application/x-www-form-urlencoded",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


def test_a_body_that_is_no_form_does_nothing(app: Flask) -> None:
    browser = signed_in(app)
    for body, kind in ((b"{}", "application/json"), (b"\xff\xfe", "text/plain")):
        answer = browser.post("/devices", data=body, content_type=kind)
        assert answer.status_code == 403


def test_a_database_that_is_down_is_told_on_a_page(app: Flask) -> None:
    browser = signed_in(app)
    services_of(app).store.close()
    with services_of(app).store.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE devices")
    answer = browser.get("/devices")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "The database of the bridge doesn't answer" in text_of(answer)


# the doctor


KEY = "1a2b3c4d5e6f7g8h9i0j"


@pytest.mark.parametrize(
    "request_text",
    [
        f"curl -u API_KEY:{KEY} https://intervals.icu/api/v1/athlete/me",
        f"curl -H 'Authorization: Bearer {KEY}' https://intervals.icu/api/v1/athlete/0",
        f"GET /api/v1/athlete/0\nAuthorization: Basic {KEY}",
        "<script>alert(1)</script>",
        "",
        "\x00",
    ],
)
def test_the_doctor_reads_a_request_and_shows_no_secret(
    app: Flask, world: World, request_text: str
) -> None:
    answer = post(signed_in(app), "/doctor", page="/doctor", request=request_text)
    assert answer.status_code == 200
    assert KEY not in answer.text
    assert "<script>alert" not in answer.text
    read = explain_request(request_text)
    for finding in read.findings:
        assert " ".join(finding.fix.split()) in text_of(answer)
    assert world.requests == []


def test_everything_is_checked_on_one_page(app: Flask) -> None:
    page = text_of(signed_in(app).get("/health"))
    assert "Intervals.icu accepts the API key" in page
    assert "public address of the bridge isn't set" in page
    assert "Choose the address" in page


# static files


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("style.css", "text/css; charset=utf-8"),
        ("page.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("touch-icon.png", "image/png"),
    ],
)
def test_our_files_are_kept_by_the_browser_under_their_digest(
    app: Flask, name: str, kind: str
) -> None:
    stranger = open_browser(app)
    html = stranger.get("/sign-in").text
    found = re.search(rf'"(/static/{re.escape(name)}\?v=[0-9a-f]+)"', html)
    assert found
    answer = stranger.get(found[1])
    assert answer.headers["Content-Type"] == kind
    assert "immutable" in answer.headers["Cache-Control"]
    plain = stranger.get(f"/static/{name}")
    assert plain.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["none.css", "..%2fpages%2fhome.html", "../app.py", "%00", "style.css%00"]
)
def test_nothing_else_is_a_file(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_a_stranger_gets_no_cookie_with_a_file(app: Flask) -> None:
    client: FlaskClient = open_browser(app)
    assert "Set-Cookie" not in client.get("/static/style.css").headers
