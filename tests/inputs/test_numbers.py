"""Numbers and quantities as phones send them."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import (
    Dimension,
    InputError,
    Mistake,
    parse_distance,
    parse_number,
    parse_quantity,
)

LANGUAGES = ("en", "de", "fr", "es")
NOT_NUMBERS = (
    "",
    " ",
    ".5",
    "five",
    "seventy two",
    "0x48",
    "1e3",
    "nan",
    "inf",
    "-Infinity",
    "1_000",
    "7 20",
    "1 2345",
    "½",
    "٧٢",
    "７２",
    "72.5\u200b",
    "72\u00ad.5",
    "72.5\x00",
    "--5",
    "5-",
    "9" * 5000,
)


def refusal(value: object, **options: object) -> Mistake:
    with pytest.raises(InputError) as caught:
        parse_number(value, **options)  # type: ignore[arg-type]
    assert caught.value.example
    return caught.value.mistake


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("72,5", 72.5),
        ("72.5", 72.5),
        ("  72.5  ", 72.5),
        ("72.5 kg", 72.5),
        ("72,5kg", 72.5),
        ("72.5\u00a0KG", 72.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234,5", 1234.5),
        ("1\u2009234.5", 1234.5),
        ("1'234.5", 1234.5),
        ("12\u2019345\u2019678", 12345678),
        ("1.234", 1.234),
        ("0,234", 0.234),
        ("12345,678", 12345.678),
        ("1 234,567", 1234.567),
        ("1,2345", 1.2345),
        ("-3", -3),
        ("\u22123,5", -3.5),
        ("+4", 4),
        ("-0", 0),
        (72.5, 72.5),
        (7, 7),
    ],
)
def test_numbers_are_read_as_they_were_meant(text: object, number: float) -> None:
    assert parse_number(text, units=["kg"]) == number


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    assert refusal(text) is Mistake.NOT_A_NUMBER


@pytest.mark.parametrize(
    "value", [True, False, None, [], {"$gt": 0}, float("nan"), b"7"]
)
def test_what_is_no_number_at_all_is_refused(value: object) -> None:
    assert refusal(value) is Mistake.NOT_A_NUMBER


@pytest.mark.parametrize(
    "text",
    ["1,234", "-1,234", "999,999 kg", "1.234,5", "1,234.5", "1.234.567", "1,2,3"],
)
def test_two_possible_meanings_are_refused_as_ambiguous(text: str) -> None:
    assert refusal(text, units=["kg"]) is Mistake.AMBIGUOUS


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(InputError) as caught:
        parse_number("72.5 parsec", units=["kg"])
    assert caught.value.mistake is Mistake.UNKNOWN_UNIT
    assert caught.value.seen == "parsec"


@pytest.mark.parametrize("value", [float("inf"), 10**400, -(2**63), "1" * 40, 101, -1])
def test_numbers_out_of_reach_are_refused(value: object) -> None:
    assert refusal(value, least=0, most=100) is Mistake.OUT_OF_RANGE


def written(number: float, language: str = "en", *, decimals: int = 1) -> str:
    """Write a number so that it is read the same in any language.

    Thousands stand apart by a narrow no-break blank from 10 000 on. Three
    decimals after a comma get a zero behind them, because "1,234" is ambiguous.
    """
    text = f"{number:,.{decimals}f}"
    whole, _, rest = text.partition(".")
    whole = whole.replace(",", "\u202f" if abs(number) >= 10_000 else "")
    if not rest:
        return whole
    mark = "," if language in {"de", "fr", "es"} else "."
    return whole + mark + rest + ("0" if mark == "," and len(rest) == 3 else "")


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from(LANGUAGES))
def test_a_written_number_is_read_back_in_every_language(
    number: float, decimals: int, language: str
) -> None:
    text = written(number, language, decimals=decimals)
    assert parse_number(text) == round(number, decimals)


@given(st.integers(1, 999), st.integers(0, 999))
def test_three_digits_behind_a_comma_are_never_guessed(high: int, low: int) -> None:
    assert refusal(f"{high},{low:03d}") is Mistake.AMBIGUOUS


@given(
    st.one_of(
        st.text(), st.from_regex(r"[0-9.,' \u202f+-]{1,12}( ?kg)?", fullmatch=True)
    )
)
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        number = parse_number(text, units=["kg"])
    except InputError:
        return
    digits = [sign for sign in text if sign.isdigit()]
    assert digits
    assert set(digits) <= set("0123456789")
    assert abs(number) <= 1e12


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.binary()))
def test_any_value_is_a_number_or_refused(value: object) -> None:
    with contextlib.suppress(InputError):
        assert parse_number(value) == value


@pytest.mark.parametrize(
    ("value", "dimension", "kept"),
    [
        ("72,5 kg", Dimension.MASS, 72.5),
        ("160 lb", Dimension.MASS, 72.575),
        (72.12345678901235, Dimension.MASS, 72.123),
        ("52.413 count/min", Dimension.HEART_RATE, 52),
        ("52,4", Dimension.HEART_RATE, 52),
        ("48.25 ms", Dimension.HRV, 48.25),
        ("288 W", Dimension.POWER, 288),
        ("15,5 %", Dimension.PERCENT, 15.5),
        ("2.5 l", Dimension.VOLUME, 2.5),
        ("750 ml", Dimension.VOLUME, 0.75),
        ("120 mmHg", Dimension.PRESSURE, 120),
        ("97 mg/dL", Dimension.GLUCOSE, 5.38),
        ("52.1 mL/min·kg", Dimension.VO2MAX, 52.1),
        ("1000 kJ", Dimension.ENERGY, 239),
        ("10 000 Schritte", Dimension.COUNT, 10_000),
        ("9512.5 count", Dimension.COUNT, 9512),
        ("32 in", Dimension.GIRTH, 81.3),
    ],
)
def test_quantities_arrive_in_the_unit_we_keep(
    value: object, dimension: Dimension, kept: float
) -> None:
    assert parse_quantity(value, dimension) == kept


def test_a_field_can_have_another_unit_of_its_own() -> None:
    assert parse_quantity(160, Dimension.MASS, default_unit="lb") == 72.575
    assert parse_quantity("72.5 kg", Dimension.MASS, default_unit="lb") == 72.5


@pytest.mark.parametrize(
    ("value", "dimension", "kind"),
    [
        ("-72.5", Dimension.MASS, Mistake.OUT_OF_RANGE),
        ("1e3", Dimension.MASS, Mistake.NOT_A_NUMBER),
        ("1,234", Dimension.MASS, Mistake.AMBIGUOUS),
        ("72.5 bpm", Dimension.MASS, Mistake.UNKNOWN_UNIT),
        ("10.000", Dimension.COUNT, Mistake.AMBIGUOUS),
        ("2.450 kcal", Dimension.ENERGY, Mistake.AMBIGUOUS),
        ("500 bpm", Dimension.HEART_RATE, Mistake.OUT_OF_RANGE),
        ("120 %", Dimension.PERCENT, Mistake.OUT_OF_RANGE),
    ],
)
def test_quantities_we_cannot_keep_are_refused(
    value: object, dimension: Dimension, kind: Mistake
) -> None:
    with pytest.raises(InputError) as caught:
        parse_quantity(value, dimension)
    assert caught.value.mistake is kind


@pytest.mark.parametrize("dimension", list(Dimension))
def test_the_example_of_every_dimension_is_understood(dimension: Dimension) -> None:
    with pytest.raises(InputError) as caught:
        parse_quantity("?", dimension)
    assert parse_quantity(caught.value.example, dimension) > 0


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("12,5 km", 12_500),
        ("5 mi", 8046.7),
        ("400 m", 400),
        ("1500mtr", 1500),
        ("1 500 m", 1500),
        ("5k", 5000),
        ("1.234 km", 1234),
        ("100 yards", 91.4),
    ],
)
def test_distances_are_kept_in_metres(text: str, metres: float) -> None:
    assert parse_distance(text) == metres


@pytest.mark.parametrize("value", ["400", 400, "1.500 m", "1,500 m"])
def test_a_distance_without_unit_or_with_a_doubtful_mark_is_ambiguous(
    value: object,
) -> None:
    with pytest.raises(InputError) as caught:
        parse_distance(value)
    assert caught.value.mistake is Mistake.AMBIGUOUS


def test_a_megabyte_of_digits_is_refused_at_once() -> None:
    started = time.perf_counter()
    for sign in ("1", " ", "'1", "1,", "\u0301"):
        with pytest.raises(InputError):
            parse_number(sign * 1_000_000)
    assert time.perf_counter() - started < 0.5
