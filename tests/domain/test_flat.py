from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import count

import msgspec
import pytest
from hypothesis import assume, example, given

from bridge.domain.flat import (
    RESERVED,
    flatten,
    flatten_items,
    ident,
    number,
    plain,
    rounded,
    text,
    whole,
)
from tests.domain.odd import odd_json


@pytest.mark.parametrize(
    "value",
    [None, True, False, "", "-Infinity", "NaN", "1e5", "12,5", math.nan, math.inf, [1]],
)
def test_what_is_no_finite_number_is_none(value: object) -> None:
    assert number(value) is None


def test_numbers_written_as_text_are_numbers() -> None:
    assert (number("12.5"), number("-3"), number(7)) == (12.5, -3.0, 7.0)


def test_an_integer_too_large_for_a_float_is_no_number() -> None:
    assert number(10**400) is None


def test_a_scaled_number_that_overflows_is_left_out() -> None:
    assert rounded(1e308, 1, 3.6) is None
    assert whole(1e308, 10) is None


def test_rounding_never_shows_minus_zero() -> None:
    assert str(rounded(-0.01, 1)) == "0.0"


def test_text_loses_control_characters_and_lone_surrogates() -> None:
    assert text("a\x00b\ud800c\n") == "a b c"
    assert text("   ") is None
    assert text("x" * 20, 10) == "x" * 9 + "…"


def test_ids_are_text_whether_upstream_sends_numbers_or_strings() -> None:
    assert (ident(123), ident("i123"), ident(True)) == ("123", "i123", None)


def test_nested_objects_become_one_level_of_keys() -> None:
    raw = {"icuWeight": 72.5, "gear": {"id": 7, "name": "Bike", "primary": True}}
    assert flatten(raw) == {
        "icu_weight": 72.5,
        "gear_id": "7",
        "gear_name": "Bike",
        "gear_primary": "yes",
    }


def test_a_list_of_scalars_is_one_text_and_a_list_of_objects_a_count() -> None:
    raw = {"tags": ["easy", "long", None], "laps": [{"a": 1}, {"a": 2}], "none": []}
    assert flatten(raw) == {"tags": "easy, long", "laps_count": 2}


def test_null_is_left_out_and_booleans_are_words() -> None:
    assert flatten({"a": None, "b": True, "c": False}) == {"b": "yes", "c": "no"}


def test_a_key_of_the_bridge_gets_a_prefix_and_a_taken_key_a_number() -> None:
    flat = flatten({"status": "ACTIVE", "fooBar": 1, "foo_bar": 2, "foo-bar": 3})
    assert flat == {
        "upstream_status": "ACTIVE",
        "foo_bar": 1,
        "foo_bar_2": 2,
        "foo_bar_3": 3,
    }


def test_whole_numbers_beyond_exactness_are_text() -> None:
    assert flatten({"big": 2**60}) == {"big": str(2**60)}


def test_what_is_no_object_stands_under_value() -> None:
    assert flatten(5) == {"value": 5}
    assert flatten_items([1, {"a": 2}]) == [{"value": 1}, {"a": 2}]


def test_plain_uses_the_name_that_is_sent() -> None:
    class Span(msgspec.Struct):
        from_: str = msgspec.field(name="from")
        done: bool | None = None
        missing: int | None = None

    span = plain(Span(from_="2026-11-23", done=False))
    assert span == {"from": "2026-11-23", "done": "no"}


def leaves(raw: object) -> int:
    """Count what must not be lost by being overwritten."""
    if isinstance(raw, Mapping):
        return sum(leaves(value) for value in raw.values())
    return 1


@given(odd_json)
@example({"status": 1, "upstream_status": 2})
@example({"a": {"b": 1}, "a_b": 2, "aB": 3})
def test_any_json_becomes_flat_scalars_without_loss(raw: object) -> None:
    flat = flatten(raw)
    for key, value in flat.items():
        assert key
        assert key not in RESERVED
        assert isinstance(value, str | int | float)
        assert not isinstance(value, bool)
        assert not isinstance(value, float) or math.isfinite(value)
    msgspec.json.decode(msgspec.json.encode(flat))


@given(odd_json)
@example({"a": {"b": 1}, "a_b": 2, "aB": 3, "a_b_2": 4, "A_B": 5})
def test_nothing_is_overwritten(raw: object) -> None:
    assume(depth(raw) <= 8)
    numbered = number_leaves(raw, count())
    flat = flatten(numbered)
    assert len(set(flat.values())) == leaves(numbered)


def number_leaves(raw: object, numbers: Iterator[int]) -> object:
    """Give every leaf a value of its own, so that a lost one is seen."""
    if isinstance(raw, Mapping):
        return {key: number_leaves(value, numbers) for key, value in raw.items()}
    return f"leaf {next(numbers)}"


def depth(raw: object) -> int:
    inner = raw.values() if isinstance(raw, Mapping) else ()
    return 1 + max(map(depth, inner), default=0)
