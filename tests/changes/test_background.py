"""What goes on when nobody asks: a day of looks, within the quota and in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from bridge.background import ledger_of
from bridge.domain.changes.schedule import MOST_CALLS, is_night
from bridge.ledger.due import Ledger, do_due
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.budget import PER_DAY_UNASKED
from bridge.upstream.call import Credentials
from bridge.upstream.client import Client
from tests.changes.conftest import Looker
from tests.conftest import Clock, let_in, services_of
from tests.support.asking import told

STEP = timedelta(seconds=20)


@pytest.fixture
def world(clock: Clock) -> World:
    """An athlete of few activities: what is counted is calls."""
    world = World.empty(now=clock)
    for day in ("2026-11-20", "2026-11-22"):
        world.add_activity(name="Lake run", start_date_local=f"{day}T08:00:00")
    return world


@pytest.fixture
def ledger(app: Flask) -> Ledger:
    """The ledger as the background of the app looks into it, begun."""
    services_of(app).store.changes.ensure(OWNER)
    return ledger_of(app)


def rename(world: World, number: int) -> str:
    """Rename the newest activity; return its id."""
    record = next(row for row in world.newest_first() if not row.get("_stub"))
    record["name"] = f"Name {number}"
    world.touch()
    return str(record["id"])


def run(ledger: Ledger, clock: Clock, until: datetime) -> None:
    """Do what is due until then, as a worker that looks around every 20 seconds."""
    while clock.now < until:
        if do_due(ledger, clock.now):
            clock.now += STEP
            continue
        state = ledger.changes.state(OWNER)
        assert state is not None
        due = state.next_look_at or clock.now
        steps = max(1, -((clock.now - due) // STEP))  # rounded up
        clock.now = min(clock.now + steps * STEP, until)


def run_out_of_history(looker: Looker) -> None:
    """Look, and read what there is of the years before."""
    for _ in range(40):
        looker.clock.advance(seconds=10)
        do_due(looker.ledger, looker.clock.now)
        state = looker.changes.state(OWNER)
        if state is not None and state.passed_on is not None:
            break
    looker.clock.advance(minutes=6)


def seen_after(ledger: Ledger, since: int) -> list[datetime]:
    page = ledger.changes.page(OWNER, since, ("activity",), 100_000)
    return [item.at for item in page.items if item.change.change == "edited"]


@pytest.mark.slow
def test_a_whole_day_stays_within_the_quota_and_finds_each_edit_in_time(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)  # midnight in Berlin
    run(ledger, clock, clock.now + timedelta(hours=5))  # the first look, the history
    spent, late = len(world.requests), []
    for hour in range(5, 23):
        cursor, edited_at = ledger.changes.head(OWNER), clock.now
        rename(world, hour)
        run(ledger, clock, clock.now + timedelta(hours=1))
        (seen_at,) = seen_after(ledger, cursor)
        late.append(seen_at - edited_at)
    assert max(late) <= timedelta(minutes=5, seconds=40)
    assert 18 * 12 * 2 <= len(world.requests) - spent <= 650
    spent = len(world.requests)
    run(ledger, clock, clock.now + timedelta(hours=6))  # the night
    looked = ledger.changes.state(OWNER)
    assert looked is not None
    assert looked.last_look_at is not None
    assert not is_night(looked.local(looked.last_look_at))
    assert looked.passed_on is not None
    assert f"{looked.passed_on}" == "2026-11-25"
    assert len(world.requests) - spent < 60


def test_while_somebody_asks_it_looks_each_minute_until_1000_calls(
    app: Flask, ledger: Ledger, world: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 24, 4, 1, tzinfo=UTC)
    do_due(ledger, clock.now)
    cursor = ledger.changes.head(OWNER)
    for _ in range(3):
        ledger.changes.ask(OWNER, clock.now)
        edited_at = clock.now
        rename(world, clock.now.minute)
        run(ledger, clock, clock.now + timedelta(minutes=3))
        assert seen_after(ledger, cursor)[0] - edited_at <= timedelta(seconds=100)
        cursor = ledger.changes.head(OWNER)
    busy = replace(ledger, calls_of=lambda _: 1001)
    before = len(world.requests)
    for _ in range(10):
        ledger.changes.ask(OWNER, clock.now)
        run(busy, clock, clock.now + timedelta(minutes=1))
    assert len(world.requests) - before <= 10


@pytest.mark.slow
def test_asked_all_day_the_background_spends_no_more_than_1500_calls(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    before = len(world.requests)
    for _ in range(24 * 6):
        ledger.changes.ask(OWNER, clock.now)
        run(ledger, clock, clock.now + timedelta(minutes=10))
    spent = len(world.requests) - before
    assert 1000 < spent <= PER_DAY_UNASKED


def test_a_webhook_brings_one_look_a_minute_after_the_last(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 24, 4, 1, tzinfo=UTC)
    run(ledger, clock, clock.now + timedelta(minutes=7))
    cursor, edited_at = ledger.changes.head(OWNER), clock.now
    rename(world, 1)
    ledger.changes.make_due(OWNER)
    run(ledger, clock, clock.now + timedelta(minutes=2))
    (seen_at,) = seen_after(ledger, cursor)
    assert seen_at - edited_at <= timedelta(seconds=80)
    before = len(world.requests)
    run(ledger, clock, seen_at + timedelta(minutes=5))
    assert len(world.requests) == before  # then each five minutes again
    run(ledger, clock, seen_at + timedelta(minutes=5, seconds=20))
    assert len(world.requests) > before


def called_during(looker: Looker, calls: int) -> Ledger:
    """Return the ledger of a look during whose first ``calls`` a webhook comes."""
    left = [calls]

    def make_client(athlete: str) -> Client:
        if left[0]:
            left[0] -= 1
            looker.changes.make_due(OWNER)
        return looker.ledger.client_of(athlete)

    return replace(looker.ledger, client_of=make_client)


def test_a_webhook_during_a_look_leads_to_another_right_after_it(
    looker: Looker,
) -> None:
    looker.look()
    looker.clock.advance(minutes=6)
    run_out_of_history(looker)
    ledger, cursor = called_during(looker, 1), looker.changes.head(OWNER)
    assert do_due(ledger, looker.clock.now) == 1
    rename(looker.world, 1)  # what the webhook told of
    looker.clock.advance(seconds=2)
    assert do_due(ledger, looker.clock.now) == 1
    assert len(seen_after(ledger, cursor)) == 1
    looker.clock.advance(seconds=70)
    assert do_due(ledger, looker.clock.now) == 0  # then each five minutes again


def test_webhooks_during_every_look_bring_two_looks_a_minute_and_no_more(
    looker: Looker,
) -> None:
    looker.look()
    looker.clock.advance(minutes=6)
    run_out_of_history(looker)
    ledger, looks = called_during(looker, 100), 0
    for _ in range(60):
        looks += do_due(ledger, looker.clock.now)
        looker.clock.advance(seconds=5)
    assert 8 <= looks <= 10


def test_a_webhook_just_after_a_look_is_answered_a_minute_after_it(
    looker: Looker,
) -> None:
    looker.look()
    looker.clock.advance(minutes=6)
    run_out_of_history(looker)
    assert do_due(looker.ledger, looker.clock.now) == 1
    looker.clock.advance(seconds=10)
    looker.changes.make_due(OWNER)
    looks = []
    for _ in range(10):
        looks.append(do_due(looker.ledger, looker.clock.now))
        looker.clock.advance(seconds=10)
    assert looks == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_a_webhook_whose_look_fails_or_dies_is_still_answered(
    looker: Looker,
) -> None:
    looker.look()
    looker.clock.advance(minutes=6)
    run_out_of_history(looker)
    looker.changes.make_due(OWNER)
    looker.world.switches.fail_status = 500
    assert do_due(looker.ledger, looker.clock.now) == 0
    looker.world.switches.fail_status = None
    looker.clock.advance(minutes=5)
    assert looker.changes.claim_due(looker.clock.now, "dies") is not None
    looker.clock.advance(minutes=1)
    state = looker.changes.claim_due(looker.clock.now, "me")
    assert state is not None
    assert state.called == "taken"


@pytest.mark.slow
def test_webhooks_all_day_cost_no_more_than_1500_calls(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    before = len(world.requests)
    for _ in range(24 * 60):
        ledger.changes.make_due(OWNER)
        run(ledger, clock, clock.now + timedelta(minutes=1))
    spent = len(world.requests) - before
    assert 1000 < spent <= PER_DAY_UNASKED


def test_with_its_calls_spent_it_waits_for_the_next_day(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    do_due(ledger, clock.now)
    empty = replace(ledger, calls_of=lambda _: MOST_CALLS)
    before = len(world.requests)
    run(empty, clock, clock.now + timedelta(hours=2))
    assert len(world.requests) == before
    state = ledger.changes.state(OWNER)
    assert state is not None
    assert state.next_look_at == datetime(2026, 11, 24, tzinfo=UTC)


def test_the_calls_of_the_background_are_counted_by_the_budget(
    app: Flask, ledger: Ledger, world: World, clock: Clock
) -> None:
    assert do_due(ledger, clock.now) == 1
    assert ledger.calls_of(OWNER) == len(world.requests) > 0
    doctor = told(let_in(app), "/v1/doctor")
    (row,) = [row for row in doctor["items"] if row["check"] == "calls"]
    assert f"{ledger.calls_of(OWNER)} of them in the background" in row["text"]


@pytest.mark.parametrize("ready_url", ["postgres"], indirect=True)
def test_with_postgresql_they_are_counted_for_all_machines(
    make_app: Callable[..., Flask], ready_url: str, world: World, clock: Clock
) -> None:
    app = make_app(database_url=ready_url)
    facts = services_of(app).store.facts
    services_of(app).store.athletes.ensure("0", clock.now, OWNER)
    services_of(app).store.changes.ensure(OWNER)
    ledger = ledger_of(app)
    key_name = Credentials(world.api_key).name
    before = facts.unasked(key_name, f"{clock.now:%Y-%m-%d}")
    assert do_due(ledger, clock.now) == 1
    after = facts.unasked(key_name, f"{clock.now:%Y-%m-%d}")
    assert after - before == len(world.requests) > 0
    facts.count_unasked(key_name, f"{clock.now:%Y-%m-%d}")  # by another machine
    assert ledger.calls_of(OWNER) == after + 1


def test_a_clock_that_jumps_back_stops_nothing(
    ledger: Ledger, world: World, clock: Clock
) -> None:
    do_due(ledger, clock.now)
    clock.now -= timedelta(days=3)
    cursor = ledger.changes.head(OWNER)
    rename(world, 1)
    run(ledger, clock, clock.now + timedelta(minutes=6))
    assert len(seen_after(ledger, cursor)) == 1


def test_a_look_that_fails_is_due_again_and_says_so(
    ledger: Ledger, world: World, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    world.switches.fail_status = 500
    assert do_due(ledger, clock.now) == 0
    assert "a look failed: upstream_down" in caplog.text
    assert do_due(ledger, clock.now) == 0
    world.switches.fail_status = None
    clock.advance(minutes=5)
    assert do_due(ledger, clock.now) == 1


def test_eight_years_are_read_in_chunks_and_are_no_news(looker: Looker) -> None:
    for year in range(2018, 2026):
        day = f"{year}-05-01T08:00:00"
        looker.world.add_activity(name=f"Year {year}", start_date_local=day)
    looker.look()
    ledger = looker.ledger
    for _ in range(14):
        looker.clock.advance(seconds=10)
        do_due(ledger, looker.clock.now)
    state = looker.changes.state(OWNER)
    assert state is not None
    assert state.passed_on is not None
    names = {item.change.summary.get("name") for item in looker.after()}
    assert {f"Year {year}" for year in range(2018, 2026)} <= names
    assert {item.change.change for item in looker.after()} == {"added"}
