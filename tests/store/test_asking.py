"""What the store keeps of asking: one open question a device, and habits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bridge.store.asking.habits import MOST_TIMES
from bridge.store.asking.questions import OPEN_FOR
from bridge.store.athletes import OWNER
from bridge.store.engine import Store
from tests.support.services import SINCE as NOW

RECORD = {"say": "Schläfst du? 🚴", "calls": {"yes": {"fields": {"weight_kg": 72.5}}}}


def device_of(store: Store) -> str:
    return store.devices.add("iPhone", "write", OWNER, NOW).device_id


def test_a_question_is_kept_as_it_was_asked(store: Store) -> None:
    device_id = device_of(store)
    asked = store.questions.ask(device_id, RECORD, NOW)
    assert asked.expires_at == NOW + OPEN_FOR
    assert store.questions.find(device_id, NOW) == asked
    assert store.questions.take(device_id, NOW, asked.question_id) == asked


def test_a_device_has_one_question_at_a_time(store: Store) -> None:
    device_id = device_of(store)
    first = store.questions.ask(device_id, RECORD, NOW)
    second = store.questions.ask(device_id, RECORD, NOW)
    assert store.questions.take(device_id, NOW, first.question_id) is None
    assert store.questions.find(device_id, NOW) == second


def test_another_device_takes_nothing(store: Store) -> None:
    device_id, other = device_of(store), device_of(store)
    asked = store.questions.ask(device_id, RECORD, NOW)
    assert store.questions.take(other, NOW, asked.question_id) is None
    assert store.questions.find(device_id, NOW) is not None


def test_of_many_who_take_a_question_one_gets_it(store: Store) -> None:
    device_id = device_of(store)
    store.questions.ask(device_id, RECORD, NOW)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: store.questions.take(device_id, NOW), range(8)))
    assert len([each for each in taken if each is not None]) == 1
    assert store.questions.find(device_id, NOW) is None


def test_a_question_ends_by_itself_and_when_it_is_ended(store: Store) -> None:
    device_id = device_of(store)
    store.questions.ask(device_id, RECORD, NOW)
    assert store.questions.find(device_id, NOW + OPEN_FOR) is None
    assert store.questions.take(device_id, NOW + OPEN_FOR) is None
    store.questions.ask(device_id, RECORD, NOW)
    store.questions.end(device_id)
    assert store.questions.find(device_id, NOW + timedelta(seconds=1)) is None


def test_an_id_that_is_none_takes_nothing(store: Store) -> None:
    device_id = device_of(store)
    store.questions.ask(device_id, RECORD, NOW)
    for odd in ("' OR 1=1 --", "x\x00", "é" * 16, "0" * 15):
        assert store.questions.take(device_id, NOW, odd) is None
    assert store.questions.find(device_id, NOW) is not None


def test_habits_are_counted_for_each_device(store: Store) -> None:
    device_id, other = device_of(store), device_of(store)
    for intent in ("form", "form", "week"):
        store.habits.note(device_id, intent)
    assert store.habits.of(device_id) == {"form": 2, "week": 1}
    assert store.habits.of(other) == {}


def test_a_habit_never_counts_beyond_its_bound(store: Store) -> None:
    device_id = device_of(store)
    store.habits.note(device_id, "week")
    for _ in range(MOST_TIMES):
        store.habits.note(device_id, "form")
    assert store.habits.of(device_id) == {"form": MOST_TIMES // 2, "week": 0}


def test_questions_and_habits_go_with_the_account(store: Store) -> None:
    device_id = device_of(store)
    store.questions.ask(device_id, RECORD, NOW)
    store.habits.note(device_id, "form")
    store.athletes.delete(OWNER)
    assert store.questions.find(device_id, NOW) is None
    assert store.habits.of(device_id) == {}
