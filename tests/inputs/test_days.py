"""Days as people say them, seen from a Monday."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.inputs import (
    InputError,
    Mistake,
    parse_day,
    parse_start_local,
)
from bridge.domain.speech.phrases import LANGUAGES, words_of
from bridge.errors import OtherCalendar

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-28", "2026-11-28"),
        (" 2024-02-29\n", "2024-02-29"),
        ("today", "2026-11-23"),
        ("Tomorrow", "2026-11-24"),
        ("yesterday", "2026-11-22"),
        ("the day after tomorrow", "2026-11-25"),
        ("heute", "2026-11-23"),
        ("Übermorgen", "2026-11-25"),
        ("u\u0308bermorgen", "2026-11-25"),
        ("vorgestern", "2026-11-21"),
        ("aujourd'hui", "2026-11-23"),
        ("aujourd\u2019hui", "2026-11-23"),
        ("après-demain", "2026-11-25"),
        ("mañana", "2026-11-24"),
        ("pasado mañana", "2026-11-25"),
        ("Samstag", "2026-11-28"),
        ("on Saturday", "2026-11-28"),
        ("am Samstag", "2026-11-28"),
        ("samedi", "2026-11-28"),
        ("sábado", "2026-11-28"),
        ("Monday", "2026-11-23"),
        ("this Monday", "2026-11-23"),
        ("next Monday", "2026-11-30"),
        ("last Monday", "2026-11-16"),
        ("next Friday", "2026-11-27"),
        ("nächsten Freitag", "2026-11-27"),
        ("letzten Freitag", "2026-11-20"),
        ("vendredi dernier", "2026-11-20"),
        ("lundi prochain", "2026-11-30"),
        ("el viernes pasado", "2026-11-20"),
        ("el próximo lunes", "2026-11-30"),
        ("este domingo", "2026-11-29"),
        ("kommenden Sonntag", "2026-11-29"),
        ("-3d", "2026-11-20"),
        ("\u22123d", "2026-11-20"),
        ("+2d", "2026-11-25"),
        ("+1w", "2026-11-30"),
        ("in 3 days", "2026-11-26"),
        ("in drei Tagen", "2026-11-26"),
        ("in einer Woche", "2026-11-30"),
        ("dans 3 jours", "2026-11-26"),
        ("3 days ago", "2026-11-20"),
        ("vor 3 Tagen", "2026-11-20"),
        ("hace 3 días", "2026-11-20"),
    ],
)
def test_days_are_found_from_today(text: str, day: str) -> None:
    assert parse_day(text, MONDAY, direction="forward").isoformat() == day


def test_a_bare_weekday_lies_where_the_question_looks() -> None:
    assert parse_day("Saturday", MONDAY, direction="forward") == date(2026, 11, 28)
    assert parse_day("Saturday", MONDAY, direction="backward") == date(2026, 11, 21)
    assert parse_day("Saturday", MONDAY) == date(2026, 11, 21)
    assert parse_day("Monday", MONDAY, direction="backward") == MONDAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "20260203",
        "2026-2-3",
        "2026-W06",
        "2026-034",
        "2026-02-30",
        "2023-02-29",
        "0000-00-00",
        "２０２６-02-03",
        "2026-02-03%00",
        "2026-02-03\u200b",
        "9" * 5000,
        "somewhen",
        "3 days",
        "in 1.5 days",
        "28",
        None,
        20260203,
        True,
    ],
)
def test_what_names_no_day_is_refused(value: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_day(value, MONDAY)
    assert caught.value.mistake is Mistake.NOT_A_DAY
    assert "2026-11-28" in caught.value.example


@pytest.mark.parametrize("text", ["03.02.2026", "3.2"])
def test_a_date_with_dots_is_never_taken_apart(text: str) -> None:
    with pytest.raises(InputError):
        parse_day(text, MONDAY)


@pytest.mark.parametrize(
    "text", ["9999-12-31", "1969-12-31", "2101-01-01", "-99999d", "-99999999999999d"]
)
def test_days_beyond_the_horizon_are_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_day(text, MONDAY)
    assert caught.value.mistake is Mistake.OUT_OF_RANGE


@given(
    st.dates(date(1970, 1, 3), date(2100, 12, 29)),
    st.integers(-3, 3),
    st.sampled_from(LANGUAGES),
)
def test_a_written_day_is_read_back_in_every_language(
    today: date, distance: int, language: str
) -> None:
    day = max(today, date(1970, 1, 6)) + timedelta(days=distance)
    day = min(day, date(2100, 12, 31))
    near = words_of(language, "days")["near"]
    for written in near.get(str((day - today).days), [day.isoformat()]):
        assert parse_day(written, today) == day


@given(st.dates(date(1971, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_weekdays_keep_their_promise(today: date, weekday: int) -> None:
    name = (MONDAY + timedelta(days=weekday)).strftime("%A")
    ahead = parse_day(name, today, direction="forward")
    behind = parse_day(name, today, direction="backward")
    assert {ahead.weekday(), behind.weekday()} == {weekday}
    assert 0 <= (ahead - today).days <= 6
    assert 0 <= (today - behind).days <= 6
    assert 1 <= (parse_day(f"next {name}", today) - today).days <= 8
    assert 1 <= (today - parse_day(f"last {name}", today)).days <= 7


@given(st.text() | st.text(st.sampled_from("0123456789-+dw inago Friday"), max_size=20))
def test_any_text_is_a_day_within_the_horizon_or_refused(text: str) -> None:
    try:
        day = parse_day(text, MONDAY)
        start = parse_start_local(text, MONDAY)
    except InputError:
        return
    assert date(1970, 1, 1) <= day <= date(2100, 12, 31)
    assert start.date() == day


def test_a_day_without_time_starts_at_midnight() -> None:
    midnight = datetime.fromisoformat("2026-11-24T00:00:00")
    assert parse_start_local("tomorrow", MONDAY) == midnight
    assert parse_start_local("2026-11-24", MONDAY) == midnight


def test_a_wall_clock_is_kept_even_where_summer_time_skips_it() -> None:
    start = parse_start_local("2026-03-29T02:30:00", MONDAY)
    assert (start.isoformat(), start.tzinfo) == ("2026-03-29T02:30:00", None)
    assert parse_start_local("2026-11-28 17:30", MONDAY).hour == 17


# as phones, watches and exports write days and times


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-28T17:30",
        "2026-11-28 17:30:00",
        "2026-11-28T5:30:00 PM",
        "2026-11-28 5:30\u202fPM",
        "2026-11-28T5:30\u00a0p.m.",
        "2026-11-28 5:30:00 p.\u00a0m.",
        "2026-11-28 05:30 nachm.",
        "2026-11-28 17:30:00 +0100",
        "2026-11-28T17:30:00.000+01:00",
        "Sat, 28 Nov 2026 17:30:00 +0100",
        "28 Nov 2026 at 17:30",
        "Nov 28, 2026 at 5:30 PM",
        "28. November 2026 um 17:30 Uhr",
        "28 novembre 2026 à 17:30",
        "28 de noviembre de 2026, 17:30",
    ],
)
def test_a_written_moment_is_read_in_every_form(text: str) -> None:
    assert parse_start_local(text, MONDAY).isoformat() == "2026-11-28T17:30:00"
    assert parse_day(text, MONDAY).isoformat() == "2026-11-28"


@pytest.mark.parametrize(
    "text",
    [
        "28.11.2026, 17:30",
        "28.11.26, 17:30",
        "28. 11. 2026 17:30",
        "28/11/2026, 5:30 PM",
        "28/11/2026 17:30",
        "28/11/2026 \u00e0 17h30",
        "11/28/2026, 5:30\u202fPM",
        "11/28/26, 5:30 PM",
        "28-11-2026 17:30",
        "28.11.2026 17.30 Uhr",
        "28.11.2026 klo 17.30",
        "2026/11/28 17:30",
        "2026. 11. 28. 17:30",
        "20261128T173000",
        "28-Nov-2026 17:30",
        "Sat, 28 Nov 2026 17:30:00 GMT+0100 (CET)",
        "2026-11-28T17:30:00+01:00[Europe/Berlin]",
        "20261128T1730+0100",
    ],
)
def test_day_and_month_in_numbers_are_read_where_one_can_be_no_month(text: str) -> None:
    assert parse_start_local(text, MONDAY).isoformat() == "2026-11-28T17:30:00"
    assert parse_day(text, MONDAY).isoformat() == "2026-11-28"


@pytest.mark.parametrize(
    "text",
    ["03.02.2027", "3/2/27", "3.2.2027, 6:00", "03-02-2027 06:00", "am 3.2.2027"],
)
def test_which_is_the_month_is_told_by_the_language_or_by_nobody(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_day(text, MONDAY)
    assert caught.value.mistake is Mistake.DAY_OR_MONTH
    assert parse_day(text, MONDAY, day_first=True) == date(2027, 2, 3)
    assert parse_start_local(text, MONDAY, day_first=True).date() == date(2027, 2, 3)


def test_a_day_and_month_alike_are_no_question() -> None:
    assert parse_day("05/05/2026", MONDAY) == date(2026, 5, 5)


@pytest.mark.parametrize("text", ["31.02.2027", "13/13/2026", "0.5.2026"])
def test_a_date_in_numbers_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_day(text, MONDAY, day_first=True)


@pytest.mark.parametrize(
    ("text", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 am", 1)]
)
def test_noon_and_midnight_are_twelve_on_a_twelve_hour_clock(
    text: str, hour: int
) -> None:
    assert parse_start_local(f"2026-11-28T{text}", MONDAY).hour == hour


@pytest.mark.parametrize("year", ["2569", "0008", "0115", "5787", "1448", "1405"])
def test_a_date_of_another_calendar_is_named(year: str) -> None:
    for text in (f"{year}-11-28", f"{year}-11-28T17:30:00", f"28 Nov {year}"):
        with pytest.raises(OtherCalendar) as caught:
            parse_day(text, MONDAY)
        assert caught.value.words["year"] == str(int(year))


@pytest.mark.parametrize(
    "text", ["2026-11-28T25:00", "2026-11-28T17:30Z", "2026-11-28T13:30 PM", "17:30"]
)
def test_a_start_in_utc_or_at_an_impossible_time_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        parse_start_local(text, MONDAY)
