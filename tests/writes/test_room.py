"""The room of writes by itself, on a shelf that does as a test likes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values
from bridge.errors import (
    NotKept,
    UpstreamDown,
    UpstreamRejected,
    WriteLost,
    WriteUnknown,
)
from bridge.store.athletes import OWNER
from bridge.store.devices import Device
from bridge.store.engine import Store
from bridge.store.journal import Author
from bridge.store.replays import Asked
from bridge.writes.carry import Outcome, carry_out
from bridge.writes.undo import TakenBack, plan, take_back
from bridge.writes.writable import Change, Changeable, Makeable

NOW = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)


@dataclass
class Shelf(Changeable, Makeable):
    """Things in a dictionary; it refuses, drops and loses what a test wants."""

    name = "shelf"
    things: dict[str, dict[str, object]] = field(default_factory=dict)
    ignores: tuple[str, ...] = ()
    refuses: bool = False
    loses_answer: bool = False
    loses_write: bool = False
    is_silent: bool = False
    sent: int = 0

    def read(self, targets: Sequence[str]) -> Mapping[str, Values | None]:
        if self.is_silent:
            raise UpstreamDown("silent")
        return {target: self.things.get(target) for target in targets}  # type: ignore[misc]

    def change(self, wanted: Mapping[str, Values]) -> None:
        self._sent()
        for target, values in wanted.items():
            kept = {name: values[name] for name in values if name not in self.ignores}
            if not self.loses_write:
                self.things[target] |= kept
        self._answered()

    def make(self, values: Values) -> str:
        self._sent()
        if not self.loses_write:
            self.things[f"n{self.sent}"] = dict(values)
        self._answered()
        return f"n{self.sent}"

    def remove(self, target: str) -> None:
        self._sent()
        if not self.loses_write:
            del self.things[target]
        self._answered()

    def find(self, values: Values) -> str | None:
        if self.is_silent:
            raise UpstreamDown("silent")
        found = [name for name, thing in self.things.items() if thing == values]
        return found[0] if found else None

    def say(self, target: str, values: Values, voice: Voice) -> str:
        return f"{target} {voice.language} {dict(values)}."

    def _sent(self) -> None:
        self.sent += 1
        if self.refuses:
            raise UpstreamRejected("no", reason="no")

    def _answered(self) -> None:
        if self.loses_answer:
            raise UpstreamDown("lost")


@pytest.fixture
def device(store: Store) -> Device:
    return store.devices.add("iPhone", "write", OWNER, NOW)


@pytest.fixture
def author(device: Device) -> Author:
    return Author(
        athlete=OWNER,
        device_id=device.device_id,
        write_id="w1",
        source="shelf",
        now=NOW,
    )


def change(before: Values | None, wanted: Values | None, target: str = "a") -> Change:
    return Change(target=target, before=before, wanted=wanted)


def carried(kind: Shelf, one: Change, store: Store, author: Author) -> Outcome:
    (outcome,) = carry_out(kind, [one], store.journal, author)
    return outcome


def undone(kind: Shelf, store: Store, author: Author) -> TakenBack:
    entries = store.journal.last_write(author.device_id or "", NOW)
    (done,) = take_back(kind, plan(kind, entries), store.journal, NOW)
    return done


def writes_of(store: Store, device: Device) -> int:
    found = store.devices.find(device.device_id)
    assert found is not None
    return found.writes


def test_a_part_that_is_not_kept_is_named_and_not_noted_as_ours(
    store: Store, author: Author
) -> None:
    shelf = Shelf(things={"a": {"x": 1, "y": 1}}, ignores=("y",))
    one = change({"x": 1, "y": 1}, {"x": 2, "y": 2})
    outcome = carried(shelf, one, store, author)
    assert (outcome.not_kept, outcome.kept) == (("y",), {"x": 2})
    (entry,) = store.journal.about(OWNER, "shelf", "a")
    assert (entry.before, entry.after) == ({"x": 1, "y": 1}, {"x": 2})
    assert entry.device_name == "iPhone"


def test_nothing_kept_is_a_failure_and_leaves_no_note(
    store: Store, author: Author
) -> None:
    shelf = Shelf(things={"a": {"x": 1}}, ignores=("x",))
    with pytest.raises(NotKept) as refused:
        carried(shelf, change({"x": 1}, {"x": 2}), store, author)
    assert refused.value.words == {"names": "x"}
    assert store.journal.about(OWNER, "shelf", "a") == []


def test_a_refusal_leaves_no_note(store: Store, author: Author) -> None:
    shelf = Shelf(things={"a": {"x": 1}}, refuses=True)
    with pytest.raises(UpstreamRejected):
        carried(shelf, change({"x": 1}, {"x": 2}), store, author)
    assert store.journal.last_write(author.device_id or "", NOW) == []


def test_the_note_is_there_before_upstream_is_asked(
    store: Store, author: Author
) -> None:
    class Curious(Shelf):
        def change(self, wanted: Mapping[str, Values]) -> None:
            (entry,) = store.journal.about(OWNER, "shelf", "a")
            assert (entry.before, entry.after) == ({"x": 1}, {"x": 2})
            super().change(wanted)

    shelf = Curious(things={"a": {"x": 1}})
    assert carried(shelf, change({"x": 1}, {"x": 2}), store, author).kept == {"x": 2}


def test_the_count_of_writes_goes_up_after_the_write_too(
    store: Store, author: Author, device: Device
) -> None:
    seen: list[int] = []

    class Watched(Shelf):
        def change(self, wanted: Mapping[str, Values]) -> None:
            super().change(wanted)
            seen.append(writes_of(store, device))

    carried(Watched(things={"a": {"x": 1}}), change({"x": 1}, {"x": 2}), store, author)
    assert writes_of(store, device) > seen[0]


@pytest.mark.parametrize("silent", [False, True])
def test_the_count_goes_up_where_nobody_knows_what_was_stored(
    store: Store, author: Author, device: Device, silent: bool
) -> None:
    shelf = Shelf(things={"a": {"x": 1}}, loses_answer=True, is_silent=silent)
    seen = writes_of(store, device)
    if silent:
        with pytest.raises(WriteUnknown):
            carried(shelf, change({"x": 1}, {"x": 2}), store, author)
        (entry,) = store.journal.about(OWNER, "shelf", "a")
        assert entry.after == {"x": 2}
    else:
        assert carried(shelf, change({"x": 1}, {"x": 2}), store, author).lost
    assert writes_of(store, device) >= seen + 2


def test_what_was_made_is_noted_under_its_id_and_removed_by_an_undo(
    store: Store, author: Author
) -> None:
    shelf = Shelf()
    outcome = carried(shelf, change(None, {"x": 1}, target=""), store, author)
    assert outcome.target == "n1"
    done = undone(shelf, store, author)
    assert (shelf.things, done.is_done) == ({}, True)


def test_what_was_made_but_not_answered_is_found(store: Store, author: Author) -> None:
    shelf = Shelf(loses_answer=True)
    outcome = carried(shelf, change(None, {"x": 1}, target=""), store, author)
    assert (outcome.target, outcome.lost) == ("n1", True)
    assert shelf.sent == 1


def test_what_was_neither_made_nor_answered_is_told_as_lost(
    store: Store, author: Author
) -> None:
    shelf = Shelf(loses_answer=True, loses_write=True)
    with pytest.raises(WriteLost):
        carried(shelf, change(None, {"x": 1}, target=""), store, author)
    assert store.journal.last_write(author.device_id or "", NOW) == []


def test_what_was_removed_is_made_again_by_an_undo(
    store: Store, author: Author
) -> None:
    shelf = Shelf(things={"a": {"x": 1, "y": 2}})
    outcome = carried(shelf, change({"x": 1, "y": 2}, None), store, author)
    assert (outcome.happened, shelf.things) == (True, {})
    done = undone(shelf, store, author)
    assert list(shelf.things.values()) == [{"x": 1, "y": 2}]
    assert done.restored == {"x": 1, "y": 2}


def test_what_was_made_and_changed_since_is_not_removed(
    store: Store, author: Author
) -> None:
    shelf = Shelf()
    carried(shelf, change(None, {"x": 1}, target=""), store, author)
    shelf.things["n1"]["x"] = 7
    done = undone(shelf, store, author)
    assert (done.is_done, done.step.changed) == (False, {"x": 7})
    assert shelf.things == {"n1": {"x": 7}}


def test_an_undo_that_could_do_nothing_may_be_tried_again(
    store: Store, author: Author
) -> None:
    shelf = Shelf(things={"a": {"x": 1}})
    carried(shelf, change({"x": 1}, {"x": 2}), store, author)
    shelf.things["a"]["x"] = 7
    assert not undone(shelf, store, author).is_done
    shelf.things["a"]["x"] = 2
    assert undone(shelf, store, author).is_done
    (entry,) = store.journal.last_write(author.device_id or "", NOW)
    assert (entry.undone_at, shelf.things["a"]) == (NOW, {"x": 1})


def test_old_notes_are_cleared_away(store: Store, author: Author) -> None:
    shelf = Shelf(things={"a": {"x": 1}, "b": {"x": 1}})
    carried(shelf, change({"x": 1}, {"x": 2}), store, author)
    later = Author(
        athlete=OWNER,
        device_id=author.device_id,
        write_id="w2",
        source="shelf",
        now=NOW + timedelta(days=91),
    )
    carried(shelf, change({"x": 1}, {"x": 2}, "b"), store, later)
    assert store.journal.about(OWNER, "shelf", "a") == []
    assert len(store.journal.about(OWNER, "shelf", "b")) == 1


def test_another_write_ends_the_minute_of_one_that_is_still_under_way(
    store: Store, device: Device
) -> None:
    one, other = (
        Asked(device_id=device.device_id, slot=slot, fingerprint=slot, keyed=False)
        for slot in ("one", "other")
    )
    first = store.replays.reserve(one, NOW)
    assert store.replays.reserve(one, NOW).state == "taken"
    assert store.replays.reserve(other, NOW).state == "mine"
    store.replays.answer(first, 200, "{}", NOW)
    again = store.replays.reserve(one, NOW)
    assert (again.state, again.tries) == ("mine", 1)
    assert again.write_id != first.write_id
