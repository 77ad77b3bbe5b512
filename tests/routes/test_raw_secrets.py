"""Credentials pass through the raw route in neither direction."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.simulator.world import World
from bridge.upstream.secrets import SECRET_KEYS, names_secret, scrub, without_secrets
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import let_in
from tests.support.asking import told
from tests.upstream.canned import Canned

ODD = "/api/v1/odd"
CANARY = "canary-value"


@pytest.fixture
def canned() -> Canned:
    return Canned()


@pytest.fixture
def device(make_app: Callable[..., Flask], canned: Canned) -> FlaskClient:
    return let_in(make_app(transport=WSGIAdapter(canned)), "raw")


def poisoned(inner: Any) -> dict[str, Any]:
    return {**dict.fromkeys(SECRET_KEYS, CANARY), "kept": inner}


DEEP = poisoned([poisoned(1), [poisoned({"more": poisoned("text")})]])
CLEAN = {"kept": [{"kept": 1}, [{"kept": {"more": {"kept": "text"}}}]]}


def escaped(body: bytes) -> bytes:
    """Return JSON in which every name of a secret is spelled with an escape."""
    for key in SECRET_KEYS:
        letter = f"\\u{ord(key[0]):04x}{key[1:]}"
        body = body.replace(key.encode(), letter.encode())
    return body


# what comes back


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "400 Bad Request"])
@pytest.mark.parametrize("value", [DEEP, [DEEP], {"a": {"b": {"c": DEEP}}}])
def test_credentials_are_taken_out_of_every_answer(
    device: FlaskClient, canned: Canned, value: Any, status: str
) -> None:
    canned.body, canned.status = json.dumps(value).encode(), status
    answer = device.get(ODD)
    assert answer.status_code == int(status[:3])
    assert CANARY not in answer.text
    assert answer.get_json() == without_secrets(value)
    assert json.dumps(CLEAN["kept"])[1:-1] in json.dumps(answer.get_json())


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_credentials_are_taken_out_of_what_a_write_answers(
    device: FlaskClient, canned: Canned, method: str
) -> None:
    canned.body = json.dumps(DEEP).encode()
    answer = device.open(ODD, method=method, data=b"{}")
    assert answer.get_json() == CLEAN


def test_an_escape_or_gzip_hides_nothing(device: FlaskClient, canned: Canned) -> None:
    canned.body = escaped(json.dumps(DEEP).encode())
    assert b"password" not in canned.body
    assert device.get(ODD).get_json() == CLEAN
    canned.body = gzip.compress(canned.body)
    canned.headers["Content-Encoding"] = "gzip"
    packed = device.get(ODD, headers={"Accept-Encoding": "gzip"})
    assert packed.get_json() == CLEAN


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "text/html", "application/hal+json"]
)
def test_json_by_another_name_is_looked_at_too(
    device: FlaskClient, canned: Canned, kind: str
) -> None:
    canned.body = b"\n " + json.dumps(DEEP).encode()
    canned.headers = {"Content-Type": kind} if kind else {}
    assert json.loads(device.get(ODD).data) == CLEAN


def test_odd_numbers_beside_a_credential_stay(
    device: FlaskClient, canned: Canned
) -> None:
    canned.body = (
        b'{"password": "x", "a": NaN, "b": 12345678901234567890123, "c": "\xc3\xa4"}'
    )
    body = device.get(ODD).data.decode()
    assert "password" not in body
    assert ("NaN" in body, "12345678901234567890123" in body, "ä" in body) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize(
    "body",
    [
        b'{"password": "x", "cut',
        b'{"icu_api_key": "x"} and more',
        b'[{"shareToken": "x"},',
        b"[" * 100_000 + b'{"password": 1}',
    ],
)
def test_what_names_a_credential_and_is_no_json_is_kept_back(
    device: FlaskClient, canned: Canned, body: bytes
) -> None:
    canned.body = body
    answer = device.get(ODD)
    assert answer.status_code == 502
    assert set(answer.get_json()) == {"status", "error"}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"name":  "My password ride", "n": 1.50}'),
        ("application/json", b'{"name": "\\u0069cu \\"icu_api_key\\"", "n": 1.50}'),
        ("text/html", b"<html>Forgot your password?</html>"),
        ("text/plain", b"password"),
        ("text/csv", b"id,password\n1,ride\n"),
        ("application/octet-stream", b"\x0e\x10password"),
    ],
)
def test_what_only_sounds_like_a_credential_passes_byte_for_byte(
    device: FlaskClient, canned: Canned, kind: str, body: bytes
) -> None:
    canned.body, canned.headers = body, {"Content-Type": kind}
    assert device.get(ODD).data == body


def test_the_athletes_own_record_comes_without_its_credentials(
    raw_phone: FlaskClient, world: World
) -> None:
    world.switches.leak_password = True
    account = world.athlete
    secrets = [
        account[key] for key in ("icu_api_key", "icu_friend_invite_token", "password")
    ]
    assert all("canary" in secret for secret in secrets)
    for path in ("/api/v1/athlete/0", "/api/v1/athletes", "/v1/flat/athlete/0"):
        text = raw_phone.get(path).text
        assert world.athlete["name"] in text
        assert "canary" not in text
    put = raw_phone.put("/api/v1/athlete/0", json={"icu_weight": 70.0})
    assert put.get_json()["icu_weight"] == 70.0
    assert "canary" not in put.text
    assert told(raw_phone, "/v1/athlete")["weight_kg"] == 70.0


# what is sent


WRITTEN = [
    ("application/json", b'{"password": "x"}'),
    ("application/json", b'[{"a": [{"icu_api_key": null}]}]'),
    ("application/json", b'{"a": {"b": {"shareToken": 1}}}'),
    ("application/json", b'{"icu_friend_invite_token": "x"}'),
    ("application/json", escaped(b'{"password": "x"}')),
    ("application/json", escaped(b'{"icu_api_key": NaN}')),
    ("application/json", b'{"password": "x",}'),
    ("application/json", b"// comment\n" + escaped(b'{"icu_api_key": 1}')),
    ("application/json", b'\xef\xbb\xbf{"password": "x"}'),
    ("application/json; charset=utf-16", '{"password": "x"}'.encode("utf-16")),
    ("application/json", '{"icu_api_key": 1}'.encode("utf-32-be")),
    ("application/json", b'{"a": 1, "password": 2, "password": 3}'),
    ("application/x-www-form-urlencoded", b"a=1&password=x"),
    ("application/x-www-form-urlencoded", b"icu%5Fapi%5Fkey=x"),
    ("application/x-www-form-urlencoded", b"%70assword=x"),
    ("text/plain", b'{"password": "x"}'),
    ("", b'{"password": "x"}'),
    ("application/octet-stream", b'{"password": "x"}'),
    ("application/zip", b' [{"icu_api_key": "x"}]'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data; name=icu_api_key\r\n\r\nx\r\n--x--",
    ),
]


@pytest.mark.parametrize(("kind", "body"), WRITTEN)
def test_a_credential_is_never_written(
    device: FlaskClient, canned: Canned, kind: str, body: bytes
) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = device.open(ODD, method=method, data=body, content_type=kind)
        assert answer.status_code == 422
        assert "the bridge doesn't write" in answer.get_json()["error"]
    assert canned.heard == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"name": "password", "description": "my shareToken"}'),
        ("application/json", b"[]"),
        ("application/json", b""),
        ("application/json", b"no json at all"),
        ("application/octet-stream", b"\x0e\x10 password icu_api_key"),
        ("application/x-www-form-urlencoded", b"name=a"),
    ],
)
def test_everything_else_is_passed_on(
    device: FlaskClient, canned: Canned, kind: str, body: bytes
) -> None:
    assert device.post(ODD, data=body, content_type=kind).status_code == 200
    assert canned.heard[0].body == body


def test_a_file_may_hold_any_words(device: FlaskClient, canned: Canned) -> None:
    content = b'<gpx><name>password "icu_api_key"</name></gpx>'
    form = {"file": (io.BytesIO(content), "password.gpx")}
    assert device.post(ODD, data=form).status_code == 200
    assert content in canned.heard[0].body


@given(
    st.recursive(
        st.none() | st.integers(-9, 9) | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*sorted(SECRET_KEYS), "a", "b", "Password"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_whatever_is_scrubbed_has_no_credential_and_all_the_rest(value: Any) -> None:
    body = json.dumps(value).encode()
    clean = json.loads(scrub(body))
    assert clean == without_secrets(value)
    assert names_secret(json.dumps(clean).encode()) is None
    assert (names_secret(body) is not None) == (clean != value)


@pytest.mark.parametrize("key", sorted(SECRET_KEYS))
def test_a_credential_across_two_pieces_of_an_upload_is_seen(
    device: FlaskClient, canned: Canned, key: str
) -> None:
    part = f'; name="{key}"\r\n\r\n{CANARY}'.encode()
    for before in range(65536 - len(part), 65536 + 2, 3):
        head = b"--x\r\nContent-Disposition: form-data".ljust(before, b".")
        answer = device.post(
            ODD, data=head + part, content_type="multipart/form-data; boundary=x"
        )
        assert answer.get_json()["status"] == 422, before
    assert not canned.heard


def test_an_upload_of_several_pieces_arrives_as_it_was_sent(
    device: FlaskClient, canned: Canned
) -> None:
    data = bytes(range(256)) * 1000
    device.post(ODD, data=data, content_type="application/octet-stream")
    assert canned.heard[-1].body == data
