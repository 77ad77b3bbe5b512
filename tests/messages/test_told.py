"""The ten messages: told by push, ntfy and webhook, in four languages, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bridge.domain.messages.topics import NAMES
from bridge.domain.speech.phrases import LANGUAGES, phrases_of
from bridge.store.athletes import OWNER
from bridge.upstream.budget import BACKGROUND
from bridge.upstream.call import Credentials
from tests.messages.conftest import Bridge

TODAY = "2026-11-23"  # a Monday
TOMORROW = "2026-11-24"
MIDDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)  # 18:05 in Berlin
SUNDAY_EVENING = datetime(2026, 11, 29, 17, 5, tzinfo=UTC)


def brief(telling: Bridge) -> None:
    telling.clock.now = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)
    telling.tell_due()


def activity(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    telling.look()
    telling.world.add_activity(
        name="Lunch run", type="Run", start_date_local=f"{TODAY}T11:00:00"
    )
    telling.clock.advance(hours=1)
    telling.look()


def week(telling: Bridge) -> None:
    telling.clock.now = SUNDAY_EVENING
    telling.tell_due()


def plan(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    telling.look()
    telling.tell_due()  # it is seen as it is
    telling.world.add_event(
        category="WORKOUT",
        name="Hill repeats",
        type="Run",
        start_date_local=f"{TOMORROW}T00:00:00",
    )
    telling.look()


def recovery(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    telling.look()
    for back in range(3):
        day = telling.world.today() - timedelta(days=back)
        telling.world.set_wellness(day, hrv=12.0)
    telling.look()


def best(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    telling.look()
    telling.tell_due()  # it is seen as it is
    telling.world.sports[0]["ftp"] += 12
    telling.world.touch()
    telling.clock.advance(minutes=11)  # settings are kept for ten
    telling.look()


def gear(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    for piece in telling.world.gear.values():
        for reminder in piece["reminders"]:
            reminder["distance"] = 90_000_000
            reminder["days"] = 9_000
    telling.world.touch()
    telling.look()
    bike = next(
        piece for piece in telling.world.gear.values() if piece["name"] == "Road Bike"
    )
    bike["reminders"][0]["distance"] = 1_000
    telling.world.touch()
    telling.look()


def race(telling: Bridge) -> None:
    telling.world.add_event(
        category="RACE_A",
        name="Lake Half",
        type="Run",
        start_date_local=f"{TOMORROW}T09:00:00",
    )
    telling.clock.now = EVENING
    telling.tell_due()


def streak(telling: Bridge) -> None:
    world = telling.world
    world.events.clear()
    for key in [
        key
        for key, row in world.activities.items()
        if row["start_date_local"][:10] >= TODAY
    ]:
        del world.activities[key]
    for back in range(1, 5):
        day = world.today() - timedelta(days=back)
        world.add_activity(type="Run", start_date_local=f"{day}T07:00:00")
    world.add_event(
        category="WORKOUT",
        name="Easy run",
        type="Run",
        start_date_local=f"{TODAY}T00:00:00",
    )
    telling.clock.now = EVENING
    telling.tell_due()


def trouble(telling: Bridge) -> None:
    telling.clock.now = MIDDAY
    telling.look()
    telling.world.api_key = "another-key-since-today"
    telling.look()


HAPPENS: dict[str, Callable[[Bridge], None]] = {
    "morning_brief": brief,
    "after_activity": activity,
    "week": week,
    "plan_changed": plan,
    "recovery": recovery,
    "new_best": best,
    "gear_due": gear,
    "race_tomorrow": race,
    "streak_at_risk": streak,
    "trouble": trouble,
}


SAYS = {  # as the house says it, in English, German, French and Spanish
    "morning_brief": ("Today: VO2", "Heute: VO2", "Aujourd'hui\u00a0: VO2", "Hoy: VO2"),
    "after_activity": (
        "kilometres in",
        "Kilometer in",
        "au kilomètre",
        "por kilómetro",
    ),
    "week": ("This week: ", "Diese Woche: ", "Cette semaine", "Esta semana: "),
    "plan_changed": ("tomorrow", "Morgen 2", "demain", "para mañana"),
    "recovery": ("low for you", "niedrig für dich", "basse pour toi", "baja para ti"),
    "new_best": ("now 277 watts", "jetzt 277", "monte à 277", "sube a 277"),
    "gear_due": ("Due for", "Fällig für", "À faire pour", "Pendiente en"),
    "race_tomorrow": ("Tomorrow is", "Morgen ist", "Demain, c'est", "Mañana es"),
    "streak_at_risk": ("Train today", "Trainier heute", "aujourd'hui", "Entrena hoy"),
    "trouble": ("refused", "abgelehnt", "refusé", "rechazado"),
}
EACH = [
    pytest.param(name, language, marks=[] if language == "en" else [pytest.mark.slow])
    for name in NAMES
    for language in LANGUAGES
]


def test_each_of_the_ten_has_its_case() -> None:
    assert tuple(HAPPENS) == tuple(SAYS) == NAMES


@pytest.mark.parametrize(("name", "language"), EACH)
def test_a_message_arrives_by_every_channel_in_every_language_once(
    telling: Bridge, name: str, language: str
) -> None:
    telling.choose(name, language=language)
    HAPPENS[name](telling)
    told = telling.send()
    assert sorted(each.way for each in told) == ["ntfy", "push", "webhook"]
    assert {each.title for each in told} == {phrases_of(language)[f"message.{name}"]}
    (speech,) = {each.speech for each in told}
    assert SAYS[name][LANGUAGES.index(language)] in speech
    assert telling.send() == []
    telling.look()
    telling.tell_due()
    assert telling.send() == []


# when nothing is told


def test_nothing_is_told_of_a_first_look(telling: Bridge) -> None:
    telling.choose()
    telling.clock.now = MIDDAY
    telling.world.add_activity(type="Run", start_date_local=f"{TODAY}T07:00:00")
    telling.look()
    assert telling.send() == []


def test_what_is_off_is_not_told(telling: Bridge) -> None:
    telling.choose("week")
    activity(telling)
    assert telling.send() == []


def test_without_a_channel_nothing_is_read_and_nothing_waits(telling: Bridge) -> None:
    telling.choose()
    for channel in telling.outbox.channels(OWNER):
        telling.outbox.remove_channel(OWNER, channel.channel_id)
    telling.clock.now = MIDDAY
    telling.look()
    calls = len(telling.world.requests)
    telling.tell_due()
    assert len(telling.world.requests) == calls
    assert telling.outbox.waiting(OWNER) == 0


def test_an_activity_waits_for_its_analysis(telling: Bridge) -> None:
    telling.choose("after_activity")
    telling.clock.now = MIDDAY
    telling.look()
    row = telling.world.add_activity(
        name="Lunch run", type="Run", start_date_local=f"{TODAY}T11:00:00"
    )
    done, row["analyzed"] = row["analyzed"], None
    telling.look()
    assert telling.send() == []
    row["analyzed"] = done
    telling.world.touch()
    telling.look()
    assert len(telling.send()) == 3


def test_at_night_an_activity_waits_until_it_is_no_longer_quiet(
    telling: Bridge,
) -> None:
    telling.choose("after_activity")
    telling.clock.now = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # 22:30 in Berlin
    telling.look()
    telling.world.add_activity(type="Run", start_date_local=f"{TODAY}T21:00:00")
    telling.look()
    assert telling.send() == []
    telling.clock.now = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)
    assert telling.send() == []
    telling.clock.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 7:00
    assert len(telling.send()) == 3


def test_what_says_tomorrow_is_dropped_when_tomorrow_has_come(telling: Bridge) -> None:
    telling.choose("plan_changed")
    telling.clock.now = MIDDAY
    telling.look()
    telling.tell_due()
    telling.clock.now = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)
    telling.world.add_event(
        category="WORKOUT", type="Run", start_date_local=f"{TOMORROW}T00:00:00"
    )
    telling.look()
    assert telling.outbox.waiting(OWNER) == 3
    telling.clock.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert telling.send() == []


def test_an_appointment_missed_by_hours_is_not_made_up_for(telling: Bridge) -> None:
    telling.choose("morning_brief")
    telling.clock.now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # 10:30 in Berlin
    assert telling.tell_due() == 0
    telling.clock.now = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    assert telling.tell_due() == 1


def test_an_appointment_is_kept_once_upstream_answers_again(telling: Bridge) -> None:
    telling.choose("morning_brief")
    telling.clock.now = datetime(2026, 11, 24, 6, 1, tzinfo=UTC)
    right, telling.world.api_key = telling.world.api_key, "another-key-since-today"
    telling.outbox.tell_at(OWNER, telling.clock.now)
    assert telling.teller.tell_due() == 0
    telling.world.api_key = right
    telling.clock.advance(minutes=4)
    assert telling.teller.tell_due() == 0
    telling.clock.advance(minutes=1)
    assert telling.teller.tell_due() == 1


def test_a_look_does_not_fail_for_what_cannot_be_read_for_a_message(
    telling: Bridge,
) -> None:
    telling.choose("after_activity", "new_best")
    telling.clock.now = MIDDAY
    telling.look()
    before = telling.ledger.changes.head(OWNER)
    telling.world.add_activity(
        name="Lunch run", type="Run", start_date_local=f"{TODAY}T11:00:00"
    )
    telling.world.switches.fail_status = 500
    telling.world.switches.fail_path = "/activity/"
    telling.clock.advance(hours=1)
    telling.look()
    assert telling.ledger.changes.head(OWNER) > before


def test_what_is_read_to_tell_is_counted_as_unasked(telling: Bridge) -> None:
    telling.choose("morning_brief")
    services = telling.teller._services
    budget = services.wire.budget
    assert budget is not None
    name = Credentials(services.config.api_key, services.config.athlete_id).name
    before = budget.spent(name, BACKGROUND)
    calls = len(telling.world.requests)
    brief(telling)
    assert len(telling.world.requests) > calls
    assert budget.spent(name, BACKGROUND) - before == (
        len(telling.world.requests) - calls
    )


def test_an_outage_of_the_night_that_is_over_is_not_told_in_the_morning(
    telling: Bridge,
) -> None:
    telling.choose("trouble")
    telling.clock.now = datetime(2026, 11, 23, 21, 30, tzinfo=UTC)  # 22:30 in Berlin
    telling.look()
    telling.world.switches.fail_status = 500
    telling.look()
    assert telling.outbox.waiting(OWNER) == 0
    telling.clock.advance(hours=1)
    telling.look()
    assert telling.outbox.waiting(OWNER) == 3
    assert telling.send() == []
    telling.world.switches.fail_status = None
    telling.look()
    telling.clock.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert telling.send() == []
