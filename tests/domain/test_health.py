"""Health samples: nights, sources, days, and what cannot be believed."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.health.samples import Stage, stage_of, total_s, union, without
from bridge.domain.health.sync import SAMPLE_TYPES, HealthRead, read_health, why_not
from bridge.errors import BadField

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)  # 7:05 in Berlin, a Monday
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


def read(zone: ZoneInfo = BERLIN, now: datetime = NOW, **sent: Any) -> HealthRead:
    return read_health(sent, zone, now)


def read_one(name: str, sent: object) -> HealthRead:
    return read_health({name: sent}, BERLIN, NOW)


def lines(*rows: tuple[str, str, str]) -> str:
    return "\n".join(f"{start};{end};{value}" for start, end, value in rows)


def night(*rows: tuple[str, str, str]) -> str:
    """Return lines of the night to Monday; times before noon are Monday's."""

    def moment(clock: str) -> str:
        day = MONDAY if clock < "12:00" else SUNDAY
        return f"{day}T{clock}:00"

    return lines(*((moment(start), moment(end), value) for start, end, value in rows))


def slept(*rows: tuple[str, str, str]) -> object:
    return read(sleep=night(*rows)).days.get(MONDAY, {}).get("sleep_s")


HOUR = 3600


def test_a_night_belongs_to_the_day_of_waking() -> None:
    days = read(sleep=night(("23:00", "06:30", "Asleep"))).days
    assert days == {MONDAY: {"sleep_s": 7.5 * HOUR}}


def test_stages_add_up_and_time_awake_does_not() -> None:
    assert (
        slept(
            ("22:30", "06:30", "In Bed"),
            ("23:00", "01:00", "Core"),
            ("01:00", "02:00", "Deep"),
            ("02:00", "02:30", "Awake"),
            ("02:30", "06:00", "REM"),
        )
        == 6.5 * HOUR
    )


def test_two_sources_are_not_added() -> None:
    assert (
        slept(
            ("23:00", "03:00", "Core"),
            ("03:00", "06:00", "REM"),
            ("22:45", "06:15", "Asleep"),
            ("23:00", "06:00", "Core"),
        )
        == 7.5 * HOUR
    )


def test_awake_counts_against_a_source_without_stages_only() -> None:
    assert slept(("23:00", "06:00", "Asleep"), ("02:00", "03:00", "Awake")) == 6 * HOUR
    assert slept(("23:00", "06:00", "Core"), ("02:00", "03:00", "Awake")) == 7 * HOUR


def test_a_nap_adds_to_its_day() -> None:
    nap = lines((f"{SUNDAY}T13:00:00", f"{SUNDAY}T13:40:00", "Asleep"))
    found = read(sleep=nap + "\n" + night(("23:00", "06:00", "Core"))).days
    assert found[SUNDAY] == {"sleep_s": 2400}
    assert found[MONDAY] == {"sleep_s": 7 * HOUR}


def test_time_in_bed_alone_is_no_sleep() -> None:
    found = read(sleep=night(("22:30", "06:30", "In Bed")))
    assert (found.days, found.only_in_bed) == ({}, True)


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Core", Stage.STAGED),
        ("Asleep (Core)", Stage.STAGED),
        ("asleepREM", Stage.STAGED),
        ("HKCategoryValueSleepAnalysisAsleepDeep", Stage.STAGED),
        ("Tief", Stage.STAGED),
        ("REM-Schlaf", Stage.STAGED),
        ("Schlafend", Stage.ASLEEP),
        ("1", Stage.ASLEEP),
        ("Wach", Stage.AWAKE),
        ("Im Bett", Stage.IN_BED),
        ("0", Stage.IN_BED),
    ],
)
def test_stages_are_known_in_words_and_numbers(word: str, stage: Stage) -> None:
    assert stage_of(word) is stage


def test_the_night_of_the_change_to_winter_time_has_its_true_length() -> None:
    sent = lines(("2026-10-24T23:00:00", "2026-10-25T07:00:00", "Asleep"))
    now = datetime(2026, 10, 25, 7, tzinfo=UTC)
    days = read(sleep=sent, now=now).days
    assert days == {date(2026, 10, 25): {"sleep_s": 9 * HOUR}}


def test_a_segment_over_the_hour_that_comes_twice_is_no_mistake() -> None:
    sent = lines(("2026-10-25T02:50:00", "2026-10-25T02:10:00", "Core"))
    now = datetime(2026, 10, 25, 7, tzinfo=UTC)
    days = read(sleep=sent, now=now).days
    assert days == {date(2026, 10, 25): {"sleep_s": 1200}}


def test_the_day_is_the_athletes_not_utc() -> None:
    sent = "2026-11-23T00:30:00;2026-11-23T00:30:00;55 ms"
    assert list(read(hrv=sent).days) == [MONDAY]
    instant = "2026-11-22T23:30:00Z;2026-11-22T23:30:00Z;55 ms"
    assert list(read(hrv=instant).days) == [MONDAY]
    assert list(read(hrv=instant, zone=ZoneInfo("UTC")).days) == [SUNDAY]


def test_steps_of_phone_and_watch_are_counted_once() -> None:
    sent = lines(
        ("2026-11-23T06:00:00", "2026-11-23T06:20:00", "1000 count"),
        ("2026-11-23T06:10:00", "2026-11-23T06:30:00", "1200 count"),
    )
    # 10 minutes at 50, then 20 at 60 of the faster source
    assert read(steps=sent).days == {MONDAY: {"steps": 1700}}


def columns(*rows: tuple[str, str, str, str]) -> str:
    """Return four columns as Shortcuts writes them: a line a sample."""
    return ";".join("\n".join(column) for column in zip(*rows, strict=True))


def test_samples_come_as_columns_too() -> None:
    rows = [
        ("2026-11-22T23:00:00+01:00", "2026-11-23T01:00:00+01:00", "Core", ""),
        ("2026-11-23T01:00:00+01:00", "2026-11-23T06:30:00+01:00", "REM", ""),
    ]
    assert read(sleep=columns(*rows)).days == {MONDAY: {"sleep_s": 7.5 * HOUR}}
    at_six = ("2026-11-23T06:00:00+01:00",) * 2
    beats = [(*at_six, "48", "count/min"), (*at_six, "50", "count/min")]
    assert read(resting_hr=columns(*beats)).days == {MONDAY: {"resting_hr_bpm": 50}}
    once = columns(*(row[:3] for row in beats)) + ";count/min"  # type: ignore[arg-type]  # three of the four columns
    assert read(resting_hr=once).days == {MONDAY: {"resting_hr_bpm": 50}}


def test_columns_without_a_sample_are_none() -> None:
    assert read(sleep=";;;", steps="\n;\n;\n;\n").days == {}


@pytest.mark.parametrize(
    "sent",
    [
        "2026-11-23T06:00:00\n2026-11-23T06:00:00;2026-11-23T06:00:00;48;count",
        "2026-11-23T06:00:00;2026-11-23T06:00:00;48\n49;count",
        "2026-11-23T06:00:00;2026-11-23T06:00:00;48;count\nms",
        "2026-11-23T06:00:00;;48;count",
    ],
)
def test_columns_of_different_length_are_refused(sent: str) -> None:
    with pytest.raises(BadField):
        read_one("resting_hr", sent)


def test_the_first_night_of_whole_days_was_cut_at_midnight() -> None:
    last = lines((f"{SUNDAY}T23:00:00", f"{MONDAY}T06:30:00", "Core"))
    cut = lines((f"{SUNDAY}T00:10:00", f"{SUNDAY}T06:30:00", "Core"))
    assert read(sleep=cut + "\n" + last).cut_off == {"sleep_s": SUNDAY}
    late = lines((f"{MONDAY}T00:10:00", f"{MONDAY}T06:30:00", "Core"))
    assert read(sleep=late).cut_off == {}  # its evening was looked at
    nap = lines((f"{SUNDAY}T13:00:00", f"{SUNDAY}T13:40:00", "Core"))
    assert read(sleep=nap + "\n" + last).cut_off == {}


def test_steps_over_midnight_are_shared_out() -> None:
    sent = lines(("2026-11-22T23:30:00", "2026-11-23T00:30:00", "1000 count"))
    assert read(steps=sent).days == {SUNDAY: {"steps": 500}, MONDAY: {"steps": 500}}


def test_sums_of_days_are_taken_as_they_are() -> None:
    sent = lines(
        ("2026-11-22T00:00:00", "2026-11-22T00:00:00", "8432 count"),
        ("2026-11-23T00:00:00", "2026-11-23T00:00:00", "312"),
    )
    days = read(steps=sent).days
    assert days == {SUNDAY: {"steps": 8432}, MONDAY: {"steps": 312}}


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("resting_hr", ["50 count/min", "48 count/min"], ("resting_hr_bpm", 48)),
        ("hrv", ["50 ms", "61 ms"], ("hrv_sdnn_ms", 55.5)),
        ("weight", ["73 kg", "72,5 kg"], ("weight_kg", 72.5)),
        ("weight", ["160 lb"], ("weight_kg", 72.58)),
        ("body_fat", ["15,5 %"], ("body_fat_percent", 15.5)),
        ("spo2", ["0.97 %"], ("spo2_percent", 97)),
        ("body_fat", ["0.155 %"], ("body_fat_percent", 15.5)),
        ("body_fat", ["0,155"], ("body_fat_percent", 15.5)),
        ("spo2", ["96 %", "98 %"], ("spo2_percent", 97)),
        (
            "respiration",
            ["14 count/min", "15 count/min"],
            ("respiration_per_min", 14.5),
        ),
        ("vo2max", ["52.5 ml/(kg·min)"], ("vo2max", 52.5)),
    ],
)
def test_several_values_of_a_day_become_one(
    name: str, values: list[str], expected: tuple[str, float]
) -> None:
    rows = [
        (f"2026-11-23T0{hour}:00:00", f"2026-11-23T0{hour}:00:00", value)
        for hour, value in enumerate(values, 1)
    ]
    assert read_one(name, lines(*rows)).days == {MONDAY: dict([expected])}
    assert read_one(name, lines(*rows).splitlines()).days == {MONDAY: dict([expected])}


@pytest.mark.parametrize("nothing", ["", "\n\n", [], None, [""]])
def test_no_samples_are_no_mistake(nothing: object) -> None:
    assert read(sleep=nothing, steps=nothing).days == {}


@pytest.mark.parametrize("name", [kind.name for kind in SAMPLE_TYPES])
@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "2026-11-23T06:00:00;48",
        ";;",
        "2026-11-23T06:00:00;2026-11-23T06:10:00;",
        "2026-11-23T06:00:00;2026-11-23T05:00:00;1",
        "2026-02-30T06:00:00;2026-02-30T06:10:00;1",
        "2026-11-23T06:00:00;2026-11-30T06:10:00;1",
        "31.11.2026, 06:00;31.11.2026, 06:10;1",
        "2027-11-23T06:00:00;2027-11-23T06:10:00;1",
        "1899-11-23T06:00:00;1899-11-23T06:10:00;1",
        "2026-11-23T06:00:00;2026-11-23T06:10:00;purple",
        "2026-11-23T06:00:00;2026-11-23T06:10:00;-7 x",
        "2026-11-23T06:00:00;2026-11-23T06:10:00;1;2",
        "٢٠٢٦-11-23T06:00:00;2026-11-23T06:10:00;1",
        7,
        [7],
        {"start": "x"},
        {},
        0,
        False,
        True,
        "2026-11-23T06:00:00;2026-11-23T06:10:00;" + "9" * 500,
        ["2026-11-23T06:00:00;2026-11-23T06:10:00;48"] * 2001,
    ],
)
def test_what_is_no_sample_is_refused_with_a_line_that_works(
    name: str, sent: object
) -> None:
    with pytest.raises(BadField) as refused:
        read_one(name, sent)
    assert refused.value.words["name"] == name
    assert read_one(name, refused.value.words["example"]).days


def test_a_night_where_the_phone_stopped_looking_is_not_believed() -> None:
    """Two days back from 7:05 the phone finds the last of Saturday's sleep."""
    tail = lines(("2026-11-21T07:20:00", "2026-11-21T08:00:00", "REM"))
    found = read(sleep=tail + "\n" + night(("23:00", "06:00", "Core")))
    assert found.cut_off == {"sleep_s": date(2026, 11, 21)}
    whole = lines(("2026-11-20T23:00:00", "2026-11-21T07:00:00", "REM"))
    assert read(sleep=whole + "\n" + night(("23:00", "06:00", "Core"))).cut_off == {}


def test_the_oldest_of_several_sums_is_not_believed() -> None:
    rows = [
        (f"2026-11-{day}T00:00:00", f"2026-11-{day}T00:00:00", "5000 count")
        for day in (21, 22, 23)
    ]
    assert read(steps=lines(*rows)).cut_off == {"steps": date(2026, 11, 21)}
    assert read(steps=lines(*rows[1:])).cut_off == {}
    assert read(steps=lines(rows[0])).cut_off == {}


@pytest.mark.parametrize(
    ("now", "ours", "why"),
    [
        ({"steps": None}, {}, None),
        ({"steps": 9000}, {}, "same"),
        ({"steps": 4000}, {}, "other_source"),
        ({"steps": 4000}, {"steps": 4000}, None),
        ({"steps": 4000}, {"steps": 3999}, "other_source"),
        ({"steps": 9500}, {"steps": 9500}, "smaller"),
        ({"steps": 9500}, {"steps": 9000}, "other_source"),
    ],
)
def test_only_what_is_empty_or_ours_is_overwritten(
    now: dict[str, Any], ours: dict[str, Any], why: str | None
) -> None:
    assert why_not("steps", 9000, now, ours, overwrite=False) == why
    if why != "same":
        assert why_not("steps", 9000, now, ours, overwrite=True) is None


moments = st.integers(0, 300).map(lambda n: NOW - timedelta(minutes=n))
spans = st.lists(
    st.tuples(moments, st.integers(0, 90)).map(
        lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))
    ),
    max_size=12,
)


def minutes(covered: list[tuple[datetime, datetime]]) -> set[datetime]:
    return {
        start + timedelta(minutes=n)
        for start, end in covered
        for n in range(round((end - start).total_seconds() / 60))
    }


@given(spans, spans)
def test_unions_and_holes_are_right_to_the_minute(one: Any, other: Any) -> None:
    assert minutes(union(one)) == minutes(one)
    assert total_s(union(one)) == 60 * len(minutes(one))
    left = without(union(one), union(other))
    assert minutes(left) == minutes(one) - minutes(other)


@given(
    st.lists(
        st.tuples(moments, st.integers(1, 90), st.integers(0, 3000)),
        min_size=1,
        max_size=10,
    )
)
def test_steps_are_between_the_most_and_the_sum_of_all_sources(rows: Any) -> None:
    written = [
        (
            f"{start.isoformat()}",
            f"{(start + timedelta(minutes=n)).isoformat()}",
            f"{steps} count",
        )
        for start, n, steps in rows
    ]
    days = read(steps=lines(*written)).days
    total = sum(float(values["steps"]) for values in days.values())
    each = [steps for _, _, steps in rows]
    assert max(each) - 2 <= total <= sum(each) + 2


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    for kind in SAMPLE_TYPES:
        with contextlib.suppress(BadField):
            read_one(kind.name, text)
