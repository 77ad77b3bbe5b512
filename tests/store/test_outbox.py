"""The outbox: with what it tells of or not at all, once a day, again until it is."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bridge.domain.changes.change import Thing, compared
from bridge.domain.messages.message import Message
from bridge.domain.messages.topics import Choices
from bridge.errors import BadField
from bridge.store.athletes import OWNER
from bridge.store.changes import LookResult
from bridge.store.engine import Store, open_store
from bridge.store.outbox import LEASE, RETRY_AFTER_S, Channel, NewChannel
from tests.support.services import SINCE as NOW

TODAY = date(2026, 11, 23)


def new(name: str = "My phone", digest: str = "d1") -> NewChannel:
    return NewChannel(
        type="ntfy", name=name, sealed_target=f"v1.{digest}", target_digest=digest
    )


def message(subject: str = "gear_due:b1", day: date = TODAY) -> Message:
    return Message(
        name="gear_due", subject=subject, day=day, speech="Chain due.", title="Gear"
    )


@pytest.fixture
def channel(store: Store) -> Channel:
    return store.outbox.add_channel(OWNER, new(), NOW)


@pytest.fixture
def other_worker(store: Store, ready_url: str) -> Iterator[Store]:
    other = open_store(ready_url)
    yield other
    other.close()


def test_nobody_chose_anything_yet(store: Store) -> None:
    settings = store.outbox.settings(OWNER)
    assert settings.choices == Choices()
    assert (settings.language, settings.seen) == ("", {})
    assert store.outbox.channels(OWNER) == []


def test_choices_come_back_as_they_were_made(store: Store) -> None:
    chosen = Choices(
        on=frozenset({"week", "trouble"}),
        morning_at=time(5, 45),
        evening_at=time(20),
        quiet_from=time(21, 30),
        quiet_until=time(5, 30),
    )
    store.outbox.choose(OWNER, chosen, language="fr")
    assert store.outbox.settings(OWNER).choices == chosen
    assert store.outbox.settings(OWNER).language == "fr"
    store.outbox.choose(OWNER, Choices(on=frozenset()), language="")
    assert store.outbox.settings(OWNER).choices.on == frozenset()


def test_one_key_pair_signs_whoever_asks_first(store: Store) -> None:
    assert store.outbox.keep_vapid(OWNER, "first", "v1.a").vapid_public == "first"
    again = store.outbox.keep_vapid(OWNER, "second", "v1.b")
    assert (again.vapid_public, again.sealed_vapid_key) == ("first", "v1.a")


def test_a_message_waits_once_for_each_channel_in_use(
    store: Store, channel: Channel
) -> None:
    other = store.outbox.add_channel(OWNER, new("Home", "d2"), NOW)
    assert store.outbox.tell(OWNER, [message()], NOW) == 1
    taken = store.outbox.take(NOW)
    ids = {each.channel.channel_id for each in taken}
    assert ids == {channel.channel_id, other.channel_id}
    assert len({each.message_id for each in taken}) == 2
    assert {each.speech for each in taken} == {"Chain due."}


def test_a_subject_is_told_once_a_day(store: Store, channel: Channel) -> None:
    assert store.outbox.tell(OWNER, [message(), message()], NOW) == 1
    assert store.outbox.tell(OWNER, [message()], NOW) == 0
    assert store.outbox.tell(OWNER, [message("gear_due:b2")], NOW) == 1
    tomorrow = message(day=TODAY + timedelta(days=1))
    assert store.outbox.tell(OWNER, [tomorrow], NOW) == 1
    assert store.outbox.last_days(OWNER)["gear_due:b1"] == tomorrow.day
    assert store.outbox.waiting(OWNER) == 3


def test_what_is_not_committed_is_not_told(store: Store, channel: Channel) -> None:
    def fail() -> None:
        with store.database.writing() as connection:
            store.outbox.put(connection, OWNER, [message()], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.outbox.take(NOW) == []
    assert store.outbox.last_days(OWNER) == {}


def looked(store: Store, lease_by: str = "me") -> LookResult:
    """Return a look that found one activity."""
    store.changes.ensure(OWNER)
    state = store.changes.claim(OWNER, NOW, lease_by)
    assert state is not None
    things = [Thing(kind="activity", id="i1", day="2026-11-23", values={"name": "Run"})]
    after = replace(state, looks=state.looks + 1, last_look_at=NOW)
    return LookResult(
        before=state, after=after, at=NOW, comparison=compared(things, {})
    )


def test_a_message_is_written_with_the_change_it_tells_of(
    store: Store, channel: Channel
) -> None:
    assert store.changes.commit(looked(store), [message()]) == 1
    assert store.outbox.waiting(OWNER) == 1


def test_who_lost_the_ledger_tells_nothing(store: Store, channel: Channel) -> None:
    seen = looked(store)
    store.changes.release(seen.before, NOW)
    assert store.changes.commit(seen, [message()]) is None
    assert store.outbox.waiting(OWNER) == 0
    assert store.outbox.last_days(OWNER) == {}
    assert store.changes.head(OWNER) == 0


def test_who_takes_a_message_has_it_alone_for_a_minute(
    store: Store, other_worker: Store, channel: Channel
) -> None:
    store.outbox.tell(OWNER, [message()], NOW)
    (first,) = store.outbox.take(NOW)
    assert other_worker.outbox.take(NOW + timedelta(seconds=59)) == []
    (again,) = other_worker.outbox.take(NOW + LEASE)
    assert again.message_id == first.message_id
    assert (first.tries, again.tries) == (1, 2)


def test_many_takers_share_what_is_due(
    store: Store, other_worker: Store, channel: Channel
) -> None:
    many = [message(f"gear_due:{n}") for n in range(40)]
    store.outbox.tell(OWNER, many, NOW)
    stores = [store, other_worker] * 4
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda one: one.outbox.take(NOW, most=7), stores))
    ids = [each.message_id for batch in batches for each in batch]
    assert len(ids) == len(set(ids))
    rest = [each.message_id for each in store.outbox.take(NOW, most=100)]
    assert len({*ids, *rest}) == 40


def test_what_arrived_is_not_sent_again(store: Store, channel: Channel) -> None:
    store.outbox.tell(OWNER, [message()], NOW)
    (delivery,) = store.outbox.take(NOW)
    store.outbox.sent(delivery, NOW)
    assert store.outbox.take(NOW + timedelta(days=1)) == []
    (after,) = store.outbox.channels(OWNER)
    assert (after.last_sent_at, after.last_trouble) == (NOW, None)


def test_what_fails_is_tried_again_from_5_seconds_to_10_hours(
    store: Store, channel: Channel
) -> None:
    store.outbox.tell(OWNER, [message()], NOW)
    (first,) = store.outbox.take(NOW)
    store.outbox.failed(first, "down", NOW)
    now = NOW
    for wait_s in RETRY_AFTER_S:
        assert store.outbox.take(now + timedelta(seconds=wait_s - 1)) == []
        now += timedelta(seconds=wait_s)
        (again,) = store.outbox.take(now)
        assert again.message_id == first.message_id
        store.outbox.failed(again, "down", now)
    assert store.outbox.waiting(OWNER) == 0
    assert store.outbox.channels(OWNER)[0].last_trouble == "down"


def test_a_channel_that_is_gone_is_disabled_with_all_that_waits(
    store: Store, channel: Channel
) -> None:
    store.outbox.tell(OWNER, [message(), message("gear_due:b2")], NOW)
    (delivery,) = store.outbox.take(NOW, most=1)
    store.outbox.failed(delivery, "gone", NOW)
    assert store.outbox.channels(OWNER)[0].disabled_at == NOW
    assert store.outbox.take(NOW + timedelta(hours=12)) == []
    assert store.outbox.tell(OWNER, [message("gear_due:b3")], NOW) == 1
    assert store.outbox.waiting(OWNER) == 0


def test_the_same_phone_again_is_the_same_channel_in_use_again(
    store: Store, channel: Channel
) -> None:
    store.outbox.tell(OWNER, [message()], NOW)
    (delivery,) = store.outbox.take(NOW)
    store.outbox.failed(delivery, "gone", NOW)
    again = store.outbox.add_channel(OWNER, new("New name"), NOW)
    assert again.channel_id == channel.channel_id
    assert (again.name, again.disabled_at) == ("New name", None)


def test_what_would_be_wrong_by_now_is_not_sent(store: Store, channel: Channel) -> None:
    wrong_at = NOW + timedelta(hours=1)
    late = Message(
        name="race_tomorrow",
        subject="race_tomorrow",
        day=TODAY,
        speech="Tomorrow.",
        title="Race",
        not_before=NOW + timedelta(minutes=10),
        expires_at=wrong_at,
    )
    store.outbox.tell(OWNER, [late], NOW)
    assert store.outbox.take(NOW + timedelta(minutes=9)) == []
    assert store.outbox.take(wrong_at) == []
    assert store.outbox.waiting(OWNER) == 0


def test_a_channel_is_removed_by_its_owner_alone(
    store: Store, channel: Channel
) -> None:
    store.athletes.ensure("i2", NOW, "guest")
    assert store.outbox.remove_channel("guest", channel.channel_id) is False
    assert store.outbox.remove_channel(OWNER, "' OR 1=1 --") is False
    assert store.outbox.channels("guest") == []
    store.outbox.tell(OWNER, [message()], NOW)
    assert store.outbox.remove_channel(OWNER, channel.channel_id) is True
    assert store.outbox.take(NOW) == []


def test_a_name_that_cannot_be_is_refused(store: Store) -> None:
    with pytest.raises(BadField):
        store.outbox.add_channel(OWNER, new("\n"), NOW)


def test_who_is_due_is_looked_at_by_one(
    store: Store, other_worker: Store, channel: Channel
) -> None:
    until = NOW + timedelta(minutes=5)
    assert store.outbox.take_due(NOW, until) == [OWNER]
    assert other_worker.outbox.take_due(NOW, until) == []
    assert other_worker.outbox.take_due(until, until + timedelta(minutes=5)) == [OWNER]
    store.outbox.tell_at(OWNER, NOW + timedelta(hours=3))
    assert store.outbox.take_due(NOW + timedelta(hours=2), until) == []


def test_a_clock_that_was_set_back_puts_nothing_off_for_days(
    store: Store, channel: Channel
) -> None:
    ahead = NOW + timedelta(days=30)
    store.outbox.tell(OWNER, [message()], ahead)
    store.outbox.tell_at(OWNER, ahead)
    assert len(store.outbox.take(NOW)) == 1
    assert store.outbox.take(NOW) == []
    until = NOW + timedelta(minutes=5)
    assert store.outbox.take_due(NOW, until) == [OWNER]
    assert store.outbox.take_due(NOW, until) == []
