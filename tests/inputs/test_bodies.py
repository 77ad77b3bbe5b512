"""The body gate: what comes through, what is refused, and how fast."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import Limits, read_body, read_form
from bridge.errors import BadBody, BodyTooLarge, BridgeError, UnsupportedBody

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
WIDE = Limits(max_bytes=2_000_000)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (b'{"weight_kg":72.5}', JSON),
        (b' {"weight_kg":72.5}\n', "Application/JSON; charset=UTF-8"),
        (b'{"weight_kg":72.5}', 'application/json; charset="utf-8"'),
        (b'\xef\xbb\xbf{"weight_kg":72.5}', JSON),
        (b'"{\\"weight_kg\\":72.5}"', JSON),
        (b'"\\ufeff{\\"weight_kg\\":72.5}"', JSON),
    ],
)
def test_json_comes_through_also_encoded_twice(data: bytes, content_type: str) -> None:
    assert read_body(data, content_type) == {"weight_kg": 72.5}


def test_a_form_comes_through_as_text() -> None:
    body = read_body(b"weight_kg=72%2C5&name=Gr%C3%BCn+1&note=", FORM)
    assert body == {"weight_kg": "72,5", "name": "Grün 1", "note": ""}


def test_a_query_string_is_read_as_a_form() -> None:
    assert read_form(b"day=today&mood=good") == {"day": "today", "mood": "good"}


def test_nested_json_comes_through_up_to_the_depth() -> None:
    deep: Any = {"a": [[[[[[{}]]]]]]}
    assert read_body(json.dumps(deep).encode(), JSON) == deep


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n",
        b"\xef\xbb\xbf",
        b"[]",
        b"1",
        b"null",
        b'"text"',
        b'"[1]"',
        b'"\\"{}\\""',
        b'{"a":1,}',
        b'{"a":1}//c',
        b'{"a":1}{"b":2}',
        b"{'a':1}",
        b"weight=72.5",
        b'{"a":1',
        b'{"a":"b\n"}',
        b'{"a":01}',
        b'{"a":+1}',
        b'{"a":.5}',
        b'{"a":0x10}',
    ],
)
def test_what_is_not_one_json_object_is_refused(data: bytes) -> None:
    with pytest.raises(BadBody):
        read_body(data, JSON)


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e400",
        "-1e400",
        "1e-400",
        "-1e-400",
        "0.0000001e-999",
        "9223372036854775808",
        "-9223372036854775809",
        "1" * 5000,
    ],
)
def test_numbers_that_no_one_can_keep_are_refused(value: str) -> None:
    with pytest.raises(BadBody):
        read_body(f'{{"a":{value}}}'.encode(), JSON)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("9223372036854775807", 2**63 - 1),
        ("-9223372036854775808", -(2**63)),
        ("0.0", 0.0),
        ("0e5", 0.0),
        ("1e3", 1000.0),
    ],
)
def test_numbers_at_the_edge_are_kept(value: str, number: float) -> None:
    assert read_body(f'{{"a":{value}}}'.encode(), JSON) == {"a": number}


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":1,"\\u0061":2}',
        b'{"":1}',
        b'{"a":"\\ud800"}',
        b'{"\\udfff":1}',
        b'{"a":["x",{"b":"\\ud83d"}]}',
        b'{"a":"\\u0000"}',
        b'{"a":"\xff"}',
        b'{"a":"\xed\xa0\x80"}',
        b'"{\\"a\\":\\"\\\\ud800\\"}"',
    ],
)
def test_what_two_readers_would_read_differently_is_refused(data: bytes) -> None:
    with pytest.raises(BadBody):
        read_body(data, JSON)


@pytest.mark.parametrize(
    "data",
    [b"a=1&a=2", b"=1", b"a", b"a=1&", b"a=%FF", b"a=%00", b"\xff=1", b"", b'{"a":1}'],
)
def test_odd_forms_are_refused(data: bytes) -> None:
    with pytest.raises(BadBody):
        read_body(data, FORM)


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
    ],
)
def test_other_kinds_of_bodies_are_not_read(content_type: str) -> None:
    with pytest.raises(UnsupportedBody):
        read_body(b'{"weight_kg":72.5}', content_type)


def test_an_empty_body_is_fine_where_none_is_needed() -> None:
    assert read_body(b"", "", required=False) == {}
    assert read_body(b" ", JSON, required=False) == {}


def test_size_is_refused_before_anything_is_read() -> None:
    with pytest.raises(BodyTooLarge):
        read_body(b"\xff" * 65_537, "text/plain")
    with pytest.raises(BodyTooLarge):
        read_body(b'{"a":1}', JSON, limits=Limits(max_bytes=6))


@pytest.mark.parametrize(
    "text",
    [
        '{"a":' + "[" * 8 + "]" * 8 + "}",
        '{"a":' * 9 + "1" + "}" * 9,
        '{"a":' + "[" * 30_000,
        json.dumps('{"a":' + "[" * 9 + "]" * 9 + "}"),
        json.dumps({f"k{n}": n for n in range(201)}),
        json.dumps({"a": [{"b": n} for n in range(200)]}),
    ],
)
def test_depth_and_keys_are_counted_before_the_parser(text: str) -> None:
    with pytest.raises(BadBody, match="nested too deep"):
        read_body(text.encode(), JSON)


def test_a_form_has_as_many_fields_as_an_object_has_keys() -> None:
    fields = {f"k{n}": "v" for n in range(200)}
    assert len(read_body(urlencode(fields).encode(), FORM)) == 200
    with pytest.raises(BadBody):
        read_body(urlencode(fields | {"one": "more"}).encode(), FORM)


def test_brackets_and_colons_inside_text_do_not_count() -> None:
    body = {"a": '[{"' * 500 + ":" * 500 + "\\" * 7, "b": "}]"}
    assert read_body(json.dumps(body).encode(), JSON) == body


def test_the_refusal_holds_nothing_of_the_body() -> None:
    with pytest.raises(BadBody) as caught:
        read_body(b'{"secret":"canary",}', JSON)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    "unit", [b"[", b"{", b'"', b"\\", b'\\"', b'"\\', b'{"":', b":", b"1", b"a=&", b"%"]
)
@pytest.mark.parametrize("content_type", [JSON, FORM])
def test_a_megabyte_of_anything_is_refused_in_time(
    unit: bytes, content_type: str
) -> None:
    data = (unit * 1_000_000)[:1_000_000]
    started = time.thread_time()
    for body in (data, b'{"a":"' + data, b'"' + data):
        with pytest.raises(BridgeError):
            read_body(body, content_type, limits=WIDE)
    assert time.thread_time() - started < 2


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
)
names = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)


@given(st.dictionaries(names, scalars, max_size=20), st.booleans())
def test_every_flat_object_comes_through_unchanged(
    body: dict[str, object], twice: bool
) -> None:
    text = json.dumps(body)
    data = (json.dumps(text) if twice else text).encode()
    assert read_body(data, JSON) == body


@given(st.dictionaries(names, names, min_size=1, max_size=20))
def test_every_form_comes_through_unchanged(body: dict[str, str]) -> None:
    assert read_body(urlencode(body).encode(), FORM) == body


@given(
    st.binary(max_size=300)
    | st.text(st.sampled_from('{}[]":,\\u0d8eE+-1.a \ufeff'), max_size=60).map(
        lambda text: text.encode()
    ),
    st.sampled_from([JSON, FORM, "text/plain", ""]) | st.text(max_size=30),
)
def test_any_bytes_are_a_body_or_refused(data: bytes, content_type: str) -> None:
    try:
        body = read_body(data, content_type)
    except (BadBody, BodyTooLarge, UnsupportedBody):
        return
    assert json.dumps(body, allow_nan=False, ensure_ascii=False).encode()
