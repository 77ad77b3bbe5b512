"""The collected bad inputs, each sent to the route it was meant for.

Nothing of the list is passed over in silence: a route that does not exist is shown to
be closed, and what only a real socket can send is sent in ``server/test_http.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.tokens import Purpose, Tokens
from tests.conftest import SECRET_KEY, Clock, let_in, services_of, token_for
from tests.contracts.test_shape import assert_flat
from tests.site.pages import make_code, open_browser, post
from tests.support.asking import told

Case = dict[str, Any]
NEW_KEY = "another-key-for-the-suite-8Hq2Lw5Zp"


@dataclass
class Bench:
    """A bridge to try everything on."""

    app: Flask
    world: World
    clock: Clock
    phone: FlaskClient
    make_app: Callable[..., Flask]

    def with_token(self, token: str) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return self.app.test_client().get("/v1/fitness", headers=headers)


@pytest.fixture
def bench(
    app: Flask, world: World, clock: Clock, make_app: Callable[..., Flask]
) -> Bench:
    phone = let_in(app, "raw")
    told(phone, "/v1/fitness")  # from here on the athlete's time zone is known
    return Bench(app, world, clock, phone, make_app)


def built(value: Any) -> str:
    """Return the text that a case describes."""
    if isinstance(value, str):
        return value
    match value["gen"]:
        case "repeat":
            return str(value["unit"] * value["n"])
        case "hex":
            return bytes.fromhex(value["hex"]).decode()
        case "concat":
            return "".join(map(built, value["parts"]))
        case "rawjson":
            return str(value["json"])
    raise AssertionError(value)


def in_address(value: Any) -> str:
    """Return a value as it stands in an address: escapes of its own stay."""
    text = built(value)
    return text if text.isascii() else quote(text)


# routes that exist


def ask_day(bench: Bench, case: Case) -> TestResponse:
    return bench.phone.get(f"/v1/fitness?day={in_address(case['value'])}")


def ask_range(bench: Bench, case: Case) -> TestResponse:
    oldest, newest = case["value"]
    return bench.phone.get(f"/v1/activities?oldest={oldest}&newest={newest}")


def ask_with(path: str, name: str) -> Callable[[Bench, Case], TestResponse]:
    def ask(bench: Bench, case: Case) -> TestResponse:
        return bench.phone.get(f"{path}?{name}={in_address(case['value'])}")

    return ask


def ask_id(bench: Bench, case: Case) -> TestResponse:
    value = in_address(case["value"])
    laps = bench.phone.get(f"/v1/activities/{value}/laps")
    assert laps.status_code in case["expect"]["status"]
    return bench.phone.get(f"/v1/activities/{value}")


def ask_file(bench: Bench, case: Case) -> TestResponse:
    value = in_address(case["value"])
    for path in (f"/static/{value}", f"/v1/activities/{value}/file"):
        assert bench.phone.get(path).status_code in case["expect"]["status"]
    answer = bench.phone.get(f"/shortcuts/en/{value}")
    assert not {"Set-Cookie", "Content-Disposition"} & set(answer.headers.keys())
    return answer


def ask_with_header(name: str) -> Callable[[Bench, Case], TestResponse]:
    def ask(bench: Bench, case: Case) -> TestResponse:
        value = (case["value"] or "").replace("{valid}", token_for(bench.app))
        headers = {name: value} if case["value"] is not None else {}
        return bench.app.test_client().get("/v1/fitness", headers=headers)

    return ask


def ask_with_query_token(bench: Bench, case: Case) -> TestResponse:
    assert case["value"] == {"token": "valid"}
    return bench.app.test_client().get(f"/v1/fitness?token={token_for(bench.app)}")


def ask_as_device(bench: Bench, case: Case) -> TestResponse:
    kind = case["value"]["token"]
    known, now = services_of(bench.app), bench.clock()
    device = known.store.devices.add(
        "Phone", "raw", OWNER, now, now + timedelta(days=1)
    )
    token = known.tokens.issue(device.device_id)
    match kind:
        case "expired":
            bench.clock.advance(days=2)
        case "revoked":
            known.store.devices.revoke(device.device_id, now)
        case "rotated_old_key":
            rotated = bench.make_app(secret_keys=(SECRET_KEY, NEW_KEY))
            assert Tokens((NEW_KEY,)).read(token_for(rotated))
            headers = {"Authorization": f"Bearer {token}"}
            return rotated.test_client().get("/v1/fitness", headers=headers)
        case "wrong_salt_download_link":
            token = Tokens((SECRET_KEY,), purpose=Purpose.DOWNLOAD).issue(
                device.device_id
            )
        case "payload_edited_user":
            other = known.store.devices.add("Other", "raw", OWNER, now)
            token = token.replace(device.device_id, other.device_id)
        case "signature_empty":
            token = token.partition(".")[0] + "."
        case "deleted_user":
            known.store.athletes.delete(OWNER)
            answer = bench.with_token(token)
            bench.make_app()  # opens the account again, for the next case
            return answer
        case "setup_code_reused":
            code = make_code(bench.app)
            assert (
                post(open_browser(bench.app), "/sign-in", code=code).status_code == 303
            )
            return post(open_browser(bench.app), "/sign-in", code=code)
        case _:
            raise AssertionError(kind)
    return bench.with_token(token)


def ask_by_method(bench: Bench, case: Case) -> TestResponse:
    answer = bench.phone.open("/v1/fitness", method=case["value"])
    assert answer.headers["Allow"] == "GET, HEAD"
    assert "Bearer" not in answer.text
    return answer


def ask_who_i_am(bench: Bench, case: Case) -> TestResponse:
    """Ask with odd headers, which change nothing."""
    plain = bench.phone.get("/v1/athlete")
    answer = bench.phone.get("/v1/athlete", headers=case["value"]["headers"])
    assert answer.data == plain.data
    assert set(answer.headers.keys()) == set(plain.headers.keys())
    assert "evil" not in str(answer.headers)
    return answer


def ours(body: str) -> bytes:
    """Return a body with our names for upstream's."""
    for theirs, name in (("weight", "weight_kg"), ("comment", "comments")):
        body = body.replace(f'"{theirs}"', f'"{name}"')
    return body.encode("utf-8", "surrogatepass")


def write(bench: Bench, body: bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    named.setdefault("Content-Type", "application/json")
    return bench.phone.put("/v1/wellness", data=body, headers=named)


def write_value(bench: Bench, case: Case) -> TestResponse:
    value, field = case["value"], case["where"].rpartition(".")[2]
    raw = isinstance(value, dict) and value.get("gen") == "rawjson"
    text = built(value) if raw else json.dumps(value)
    name = {"weight": "weight_kg", "restingHR": "resting_hr_bpm"}[field]
    answer = write(bench, f'{{"{name}": {text}}}'.encode())
    if answer.status_code == 200:
        stored = bench.world.wellness["2026-11-23"]["weight"]
        assert stored == pytest.approx(WEIGHTS[case["id"]], abs=0.001)
    return answer


def write_event(bench: Bench, case: Case) -> TestResponse:
    """Put a note into the calendar; what is taken stands there exactly once."""
    field = case["where"].partition(".")[2].replace("start_date_local", "start_local")
    before = set(bench.world.events)
    body = {"category": "note", "name": "A note", field: case["value"]}
    answer = bench.phone.post(
        "/v1/events", data=json.dumps(body), content_type="application/json"
    )
    added = [bench.world.events[key] for key in set(bench.world.events) - before]
    assert len(added) == (answer.status_code == 200)
    if added and field == "name":
        assert added[0]["name"].split() == case["value"].split()
    if answer.status_code == 200:
        assert_flat(answer, "ok")
    return answer


def write_body(bench: Bench, case: Case) -> TestResponse:
    return write(bench, ours(built(case["value"])))


def write_over_http(bench: Bench, case: Case) -> TestResponse:
    headers = case["value"]["headers"]
    return write(bench, ours(case["value"]["body"]), **headers)


def write_twice_at_once(bench: Bench, case: Case) -> TestResponse:
    def put(body: str) -> TestResponse:
        device = bench.app.test_client()
        device.environ_base |= bench.phone.environ_base
        headers = {"Idempotency-Key": case["value"]["key"]}
        return device.put(
            "/v1/wellness",
            data=ours(body),
            headers=headers,
            content_type="application/json",
        )

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(put, case["value"]["bodies"]))
    written = [seen for seen in bench.world.requests if seen.method != "GET"]
    assert len(written) == 1
    assert {answer.status_code for answer in answers} <= set(case["expect"]["status"])
    return answers[0]


OPEN: dict[str, Callable[[Bench, Case], TestResponse]] = {
    "path:date": ask_day,
    "query:oldest+newest": ask_range,
    "query:tz": ask_with("/v1/fitness", "tz"),
    "query:limit": ask_with("/v1/activities", "limit"),
    "query:fields": ask_with("/v1/wellness", "fields"),
    "query:callback": ask_with("/v1/fitness", "callback"),
    "query:width": ask_with("/v1/fitness", "width"),
    "query:lang": ask_with("/v1/fitness", "lang"),
    "query:url": ask_with("/v1/fitness", "url"),
    "path:id": ask_id,
    "path:file": ask_file,
    "header:Authorization": ask_with_header("Authorization"),
    "header:Cookie": ask_with_header("Cookie"),
    "token:device": ask_as_device,
    "query:token": ask_with_query_token,
    "http:method": ask_by_method,
    "http:get-me": ask_who_i_am,
    "body:wellness.weight": write_value,
    "body:wellness.restingHR": write_value,
    "body:event.name": write_event,
    "body:event.start_date_local": write_event,
    "body:event.athlete_id": write_event,
    "body:raw": write_body,
    "http:post": write_over_http,
    "http:idempotency": write_twice_at_once,
}
# What is written where a value is understood.
WEIGHTS = {"number-01": 72.5, "number-07": 72.5, "number-33": 72.12}
# Where the bridge answers otherwise than the list proposes.
OTHERWISE = {
    "json-01": 422
}  # fields may come in the query: an empty body is no mistake


# routes that do not exist: method, address, why


CLOSED: dict[str, tuple[str, str, str]] = {
    "body:forward.url": ("POST", "/v1/forward", "nothing is forwarded"),
    "webhook:raw": ("POST", "/webhooks/intervals", "a key has no webhooks"),
    "webhook:method": ("GET", "/webhooks/intervals", "a key has no webhooks"),
    "link:download": ("GET", "/download/icb_0.x", "no links are given away"),
}
ELSEWHERE = dict.fromkeys(("raw:http", "raw:target"), "server/test_http.py")


def knock(bench: Bench, case: Case) -> TestResponse:
    method, path, _ = CLOSED[case["where"]]
    value = case["value"]
    text = built(value) if case["where"] == "webhook:raw" else json.dumps(value)
    data = text.encode("utf-8", "surrogatepass")
    kind = "application/json"
    return bench.phone.open(path, method=method, data=data, content_type=kind)


# the list


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    text = (shared / "reference" / "bad_inputs.json").read_text("utf-8")
    found: list[Case] = json.loads(text)
    return found


def at(cases: list[Case], where: str) -> Iterator[Case]:
    return (case for case in cases if case["where"] == where)


def test_every_case_of_the_list_has_its_place(cases: list[Case]) -> None:
    assert len(cases) == 169
    assert len({case["id"] for case in cases}) == 169
    places = [*OPEN, *CLOSED, *ELSEWHERE]
    assert len(places) == len(set(places))
    assert {case["where"] for case in cases} == set(places)
    for name in ELSEWHERE.values():
        assert (Path(__file__).parents[1] / name).is_file()


def test_a_closed_route_is_still_closed() -> None:
    there = {(route.method, route.path) for route in ROUTES}
    for where, (method, path, why) in CLOSED.items():
        assert why
        assert (method, path) not in there, f"{where} has a route now: send it there"


@pytest.mark.parametrize("where", list(OPEN))
def test_every_bad_input_gets_its_answer(
    bench: Bench, cases: list[Case], where: str
) -> None:
    for case in at(cases, where):
        asked = len(bench.world.requests)
        answer = OPEN[where](bench, case)
        expected = [OTHERWISE.get(case["id"]), *case["expect"]["status"]]
        assert answer.status_code in expected, (case["id"], answer.text)
        if answer.status_code >= 400 and where != "token:device":
            assert_flat(answer, "error")
            missing = case["value"] == "i999"  # only upstream can know
            assert len(bench.world.requests) == asked or missing, case["id"]
        if answer.status_code == 401:
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert_unharmed(bench, asked if answer.status_code >= 400 else 0)


@pytest.mark.parametrize("where", list(CLOSED))
def test_every_bad_input_for_a_route_that_is_not_there_is_refused(
    bench: Bench, cases: list[Case], where: str
) -> None:
    asked = len(bench.world.requests)
    for case in at(cases, where):
        answer = knock(bench, case)
        assert answer.status_code in {404, 405}, case["id"]
        body = assert_flat(answer, "error")
        assert body["code"] in {"unknown_path", "wrong_method"}
    assert len(bench.world.requests) == asked
    assert_unharmed(bench, asked)


def assert_unharmed(bench: Bench, since: int) -> None:
    """The bridge still answers, and what it refused was not written upstream."""
    assert bench.app.test_client().get("/healthz").status_code == 200
    if since:
        asked = bench.world.requests[since:]
        assert {seen.method for seen in asked} <= {"GET"}


def test_a_stranger_and_a_missing_activity_are_told_the_same(bench: Bench) -> None:
    missing = bench.phone.get("/v1/activities/i999").data
    assert bench.phone.get("/v1/activities/i61").data == missing


def test_a_callback_never_begins_an_answer(bench: Bench) -> None:
    answer = bench.phone.get("/v1/fitness?callback=alert(1)")
    assert answer.data.startswith(b'{"status":"error"')
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_expired_token_says_how_to_renew_it(bench: Bench) -> None:
    case = {"value": {"token": "expired"}}
    body = ask_as_device(bench, case).get_json()
    assert body["code"] == "token_expired"
    assert "bridge devices add" in body["hint"]
