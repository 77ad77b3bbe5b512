"""The ten messages alone: when something is said, when not, and when it may be sent."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bridge.domain.activity.activity import Activity
from bridge.domain.activity.bests import Best
from bridge.domain.athlete.gear import Gear
from bridge.domain.calendar.event import Event
from bridge.domain.changes.change import Change
from bridge.domain.messages import ten
from bridge.domain.messages.chosen import Chosen, say_choices, say_chosen
from bridge.domain.messages.news import News, news_of
from bridge.domain.messages.ten import Moment
from bridge.domain.messages.topics import NAMES, TOPICS, Choices
from bridge.domain.overview.streak import Streak
from bridge.domain.speech.breath import fits
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from bridge.domain.wellness.day import Wellness
from bridge.domain.zones.settings import Thresholds

BERLIN = ZoneInfo("Europe/Berlin")
TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=BERLIN)


def at(now: datetime = NOON, **told_on: date) -> Moment:
    subjects = {name.replace("__", ":"): day for name, day in told_on.items()}
    return Moment(now=now, voice=ENGLISH, told_on=subjects)


def run(**changes: object) -> Activity:
    fields: dict[str, object] = {
        "activity_id": "i1",
        "name": "Run",
        "type": "Run",
        "date": "2026-11-23",
        "analyzed": True,
    }
    return Activity(**(fields | changes))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({}, True),
        ({"date": "2026-11-22"}, True),
        ({"date": "2026-11-21"}, False),
        ({"date": "2026-11-24"}, False),
        ({"date": None}, False),
        ({"analyzed": False}, False),
        ({"analyzed": None}, True),
    ],
)
def test_an_activity_of_today_or_last_night_is_told_once_it_is_analysed(
    changes: dict[str, object], is_told: bool
) -> None:
    assert (ten.after_activity(run(**changes), at()) is not None) is is_told


def test_an_activity_is_told_once_for_ever() -> None:
    told = at(after_activity__i1=TODAY - timedelta(days=1))
    assert ten.after_activity(run(), told) is None


def test_a_best_is_of_this_activity_and_no_heartbeat() -> None:
    best = Best(sport="Ride", kind="power", duration_s=300, power_w=300)
    mine = Best(
        sport="Ride", kind="power", duration_s=300, power_w=300, activity_id="i1"
    )
    beat = Best(
        sport="Ride",
        kind="heart_rate",
        duration_s=300,
        heart_rate_bpm=190,
        activity_id="i1",
    )
    assert ten.new_best([best, beat], run(), at()) is None
    told = ten.new_best([best, beat, mine], run(type="Ride"), at())
    assert told is not None
    assert "300 watts" in told.speech


@pytest.mark.parametrize(
    ("before", "now", "is_told"),
    [(265, 277, True), (277, 265, False), (265, 265, False), (None, 277, False)],
)
def test_an_ftp_is_told_when_it_went_up(
    before: int | None, now: int, is_told: bool
) -> None:
    told = ten.new_ftp(before, Thresholds(sport="Ride", ftp_w=now), at())
    assert (told is not None) is is_told


def test_gear_is_told_once_a_week() -> None:
    due = Gear(gear_id="b1", name="Bike", reminder_percent=104, reminder_due=True)
    old = Gear(
        gear_id="b2", name="Old", reminder_percent=104, reminder_due=True, retired=True
    )
    soon = Gear(gear_id="b3", name="Soon", reminder_percent=95, reminder_due=False)
    (told,) = ten.gear_due([due, old, soon], at())
    assert told.subject == "gear_due:b1"
    last_week = TODAY - timedelta(days=6)
    assert ten.gear_due([due], at(gear_due__b1=last_week)) == []
    assert ten.gear_due([due], at(gear_due__b1=TODAY - timedelta(days=7))) != []


def nights(last: list[float], pulse: int = 48) -> list[Wellness]:
    """Return 60 usual nights and then these, today's the last."""
    usual = [62.0, 58.0] * 30
    values = [*usual, *last]
    return [
        Wellness(
            date=f"{TODAY - timedelta(days=len(values) - 1 - n)}",
            hrv_ms=value,
            resting_hr_bpm=pulse if n == len(values) - 1 else 48 + n % 2,
        )
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("last", "pulse", "is_told"),
    [
        ([30, 30, 30], 48, True),
        ([60, 30, 30], 48, False),
        ([30, 60, 30], 48, False),
        ([60, 60, 60], 60, True),
        ([60, 60, 60], 48, False),
    ],
)
def test_recovery_is_told_after_three_low_days_or_with_a_high_pulse(
    last: list[float], pulse: int, is_told: bool
) -> None:
    assert (ten.recovery(nights(last, pulse), at()) is not None) is is_told


def streak(days: int, *, trained: bool) -> Streak:
    return Streak(
        days=days,
        weeks=1,
        alive_until="2026-11-23",
        weeks_alive_until="2026-11-29",
        trained_today=trained,
        days_are_all=True,
        weeks_are_all=True,
    )


def test_a_streak_is_no_reason_to_train_on_a_day_of_rest() -> None:
    def told(days: int, *, trained: bool = False, may: bool = True) -> bool:
        row = streak(days, trained=trained)
        return ten.streak_at_risk(row, "Said.", at(), may_train=may) is not None

    assert told(3)
    assert not told(2)
    assert not told(9, trained=True)
    assert not told(9, may=False)


def test_a_plan_is_compared_by_what_is_to_do() -> None:
    def session(event_id: str, **changes: object) -> Event:
        fields: dict[str, object] = {
            "event_id": event_id,
            "category": "WORKOUT",
            "date": "2026-11-24",
            "name": "Tempo",
        }
        return Event(**(fields | changes))  # type: ignore[arg-type]  # by name

    tomorrow = date(2026, 11, 24)
    before = ten.plan_of([session("1")], tomorrow)
    assert ten.plan_of([session("2")], tomorrow) == before
    note = session("3", category="NOTE")
    assert ten.plan_of([session("1"), note], tomorrow) == before
    for other in ({"name": "Easy"}, {"planned_s": 60}, {"date": "2026-11-25"}):
        assert ten.plan_of([session("1", **other)], tomorrow) != before
    assert ten.plan_changed(None, before, "Said.", at()) is None
    assert ten.plan_changed(before, before, "Said.", at()) is None
    assert ten.plan_changed(before, "x", "Said.", at()) is not None


@pytest.mark.parametrize(
    ("code", "for_s", "is_told"),
    [
        ("upstream_refused", 0, True),
        ("vault_closed", 0, True),
        ("upstream_down", 0, False),
        ("upstream_down", 3599, False),
        ("upstream_down", 3600, True),
        ("upstream_slow", 3600, True),
    ],
)
def test_a_refused_key_is_told_at_once_and_an_outage_after_an_hour(
    code: str, for_s: float, is_told: bool
) -> None:
    assert (ten.trouble(code, "Said.", at(), for_s=for_s) is not None) is is_told


# when


def test_nine_are_on_from_the_start() -> None:
    assert len(TOPICS) == 10
    assert {topic.name for topic in TOPICS} - Choices().on == {"streak_at_risk"}


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("21:59", False), ("22:00", True), ("03:00", True), ("07:00", False)],
)
def test_quiet_hours_go_through_midnight(clock: str, quiet: bool) -> None:
    assert Choices().is_quiet(time.fromisoformat(clock)) is quiet


def test_quiet_hours_of_a_nap_and_none_at_all() -> None:
    nap = Choices(quiet_from=time(13), quiet_until=time(15))
    assert nap.is_quiet(time(14))
    assert not nap.is_quiet(time(23))
    none = Choices(quiet_from=time(0), quiet_until=time(0))
    assert not any(none.is_quiet(time(hour)) for hour in range(24))


def test_what_happens_at_night_waits_and_what_has_an_appointment_does_not() -> None:
    night = datetime(2026, 11, 23, 23, 30, tzinfo=BERLIN)
    gear = at(night).message("gear_due", "Said.")
    assert gear.not_before == datetime(2026, 11, 24, 7, 0, tzinfo=BERLIN)
    assert at(night).message("morning_brief", "Said.").not_before is None
    early = datetime(2026, 11, 24, 6, 30, tzinfo=BERLIN)
    plan = at(early).message("plan_changed", "Said.")
    assert plan.not_before == datetime(2026, 11, 24, 7, 0, tzinfo=BERLIN)
    assert plan.expires_at == datetime(2026, 11, 25, tzinfo=BERLIN)
    assert gear.expires_at is None


def test_appointments_come_in_the_morning_in_the_evening_and_on_sunday() -> None:
    every = Choices(on=frozenset(topic.name for topic in TOPICS))

    def due(day: int, hour: int) -> set[str]:
        moment = datetime(2026, 11, day, hour, 5, tzinfo=BERLIN)
        return {topic.name for topic, _ in every.due(moment)}

    morning = {"morning_brief", "recovery"}
    evening = {"race_tomorrow", "streak_at_risk"}
    assert due(23, 6) == set()
    assert due(23, 7) == morning
    assert due(23, 18) == morning | evening
    assert due(29, 18) == morning | evening | {"week"}
    seven = datetime(2026, 11, 23, 7, 0, tzinfo=BERLIN)
    assert every.next_appointment(seven - timedelta(seconds=1)) == seven
    assert every.next_appointment(seven) == seven.replace(hour=18)
    assert every.next_appointment(seven.replace(hour=18)).day == 24


# what of a look


def changed(noun: str, how: str = "edited", *fields: str, **about: str) -> Change:
    return Change(
        kind=noun,  # type: ignore[arg-type]  # by name
        id=about.pop("id", "1"),
        change=how,  # type: ignore[arg-type]  # by name
        fields=fields,
        summary=about,  # type: ignore[arg-type]  # texts alone
    )


def test_of_a_look_only_what_may_matter_is_news() -> None:
    assert news_of([], TODAY) == News()
    nothing = [
        changed("activity", "edited", "name"),
        changed("activity", "deleted"),
        changed("wellness", id="2026-11-20"),
        changed("zones", "edited", "lthr"),
        changed("gear", "edited", "name"),
    ]
    assert not news_of(nothing, TODAY).is_any
    something = [
        changed("activity", "added", name="Run", day="2026-11-23"),
        changed("activity", "edited", "analyzed", "training_load", id="2"),
        changed("wellness", id="2026-11-23"),
        changed("zones", "edited", "ftp"),
        changed("gear", "edited", "reminder_due"),
        changed("event", "deleted"),
    ]
    news = news_of(something, TODAY)
    assert [row.activity_id for row in news.activities] == ["1", "2"]
    assert news.activities[0].date == "2026-11-23"
    assert news.calendar
    assert news.wellness
    assert news.zones
    assert news.gear


# what is on, said


def chosen(*on: str) -> Chosen:
    return Chosen(choices=Choices(on=frozenset(on)), language="")


def test_what_is_on_is_said_by_what_is_off_where_that_is_less() -> None:
    but_one = chosen(*NAMES[:8], NAMES[9])
    assert say_choices(but_one, ENGLISH, channels=1).startswith(
        "All messages are on but one: a streak at risk."
    )
    but_three = chosen(*NAMES[3:])
    assert say_choices(but_three, ENGLISH, channels=1).startswith(
        "All messages are on but 3: the morning brief, each activity and the week on "
        "Sunday."
    )


def test_many_that_are_on_are_counted_and_the_first_few_named() -> None:
    said = say_choices(chosen(*NAMES[3:8]), ENGLISH, channels=0)
    assert said == (
        "Nothing reaches you yet. Open Today on your phone and switch messages on "
        "there. 5 messages are on, among them changes to tomorrow's plan, poor "
        "recovery and new bests."
    )
    before, after = chosen(*NAMES), chosen(*NAMES[7:])
    said = say_chosen(before, after, ENGLISH, channels=1, preview=True)
    assert said.startswith("Nothing is saved yet. The change: 7 messages are now off,")


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_many_are_on_it_is_one_breath_and_nothing_is_left_out_unsaid(
    language: str,
) -> None:
    voice = Voice(known_locale(language) or "")
    for count in range(len(NAMES) + 1):
        for start in range(len(NAMES)):
            on = (NAMES * 2)[start : start + count]
            for channels in (0, 1):
                said = say_choices(chosen(*on), voice, channels=channels)
                assert fits(voice, said), said
                off = [name for name in NAMES if name not in on]
                fewer = off if len(off) < len(on) else on
                named = [voice.say(f"message.name.{name}") in said for name in fewer]
                counted = {str(len(on)), str(len(off))} & set(
                    re.findall("[0-9]+", said)
                )
                assert all(named) or counted, said
                change = say_chosen(
                    chosen(*off), chosen(*on), voice, channels=channels, preview=True
                )
                assert fits(voice, change), change
