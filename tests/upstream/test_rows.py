"""What upstream answers may be long or odd; work on it is bounded all the same."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bridge.domain.raw import RawRecord
from bridge.errors import UpstreamGarbage
from bridge.routes.replies import disposition
from bridge.simulator.world import World
from bridge.upstream.answers import MOST_OBJECTS, MOST_ROWS, decode
from tests.upstream.scripted import DAY, Script, client_on, ok


def rows(count: int) -> bytes:
    return b"[" + b",".join([b'{"id":"i1"}'] * count) + b"]"


def test_a_list_that_nobodys_training_fills_is_refused() -> None:
    with pytest.raises(UpstreamGarbage, match="10001 rows"):
        decode(rows(MOST_ROWS + 1), list[RawRecord], "/activities")


def test_a_list_that_would_fill_the_memory_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(UpstreamGarbage, match="100001 objects"):
        decode(rows(MOST_OBJECTS + 1), list[RawRecord], "/activities")


def test_a_list_of_a_long_life_is_read() -> None:
    assert len(decode(rows(MOST_ROWS), list[RawRecord], "/activities")) == MOST_ROWS


@pytest.mark.parametrize("odd", [None, "", {}, [], "\n"])
def test_an_account_without_an_id_is_a_failure_with_a_sentence(
    phone: FlaskClient, world: World, odd: object
) -> None:
    world.athlete["id"] = odd
    answer = phone.get("/v1/athlete")
    assert answer.status_code in {200, 502}
    assert answer.json is not None
    assert answer.json["speech"].endswith(".")


@pytest.mark.parametrize("name", ['a"b.csv', "a\r\nX: y.csv", "a\x00.csv", "\u202eb"])
def test_a_file_name_stays_within_its_header(name: str) -> None:
    line = disposition(name)
    assert line.isprintable()
    assert line.count('"') == 2


TWICE = [
    {"id": f"{DAY}T00:00:00", "sleepSecs": None, "weight": 72.5, "ctl": None},
    {"id": f"{DAY}", "sleepSecs": 27000, "weight": 80.0, "ctl": 60.0},
]


@pytest.mark.parametrize("rows_sent", [TWICE, TWICE[::-1]])
def test_a_day_that_comes_twice_is_one_and_whole(
    rows_sent: list[dict[str, object]],
) -> None:
    client = client_on(Script(ok(rows_sent)))
    (day,) = client.wellness(DAY, DAY)
    assert (day.sleep_s, day.weight_kg) == (27000, rows_sent[0]["weight"])
    (wellness,), (fitness,) = client.mornings(DAY, DAY)
    assert (wellness.sleep_s, fitness.ctl) == (27000, 60.0)


def test_an_activity_or_event_that_comes_twice_counts_once() -> None:
    sent = [{"id": "i1"}, {"id": "i1", "name": "Easy"}, {"id": None}, {"id": None}]
    client = client_on(Script(ok(sent)))
    assert [row.name for row in client.activities(DAY, DAY)] == ["Easy", None, None]
    assert [row.name for row in client.events(DAY, DAY)] == ["Easy", None, None]
