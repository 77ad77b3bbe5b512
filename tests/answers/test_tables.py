"""Wellness and calendar as CSV: a row a day or an entry, nothing private unasked."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

from bridge.simulator.world import World
from tests.support.asking import refused


def table(phone: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = phone.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_wellness_is_a_row_a_day_without_what_is_private(
    phone: FlaskClient, world: World
) -> None:
    day = world.today()
    world.set_wellness(day, weight=71.83, comments="canary", sleepSecs=25_000)
    rows = table(phone, "/v1/wellness.csv?oldest=2026-11-20&newest=2026-11-23")
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    assert rows[-1]["date"] == f"{day}"
    assert rows[-1]["sleep_s"] == "25000"
    assert not {"weight_kg", "comments", "menstrual_phase"} & set(rows[-1])
    assert "canary" not in str(rows)


def test_what_is_private_is_a_column_where_it_is_named(
    phone: FlaskClient, world: World
) -> None:
    world.set_wellness(world.today(), weight=71.83, comments="slept well")
    path = "/v1/wellness.csv?oldest=today&fields=weight_kg,comments"
    (row,) = table(phone, path)
    assert row == {
        "date": f"{world.today()}",
        "weight_kg": "71.83",
        "comments": "slept well",
    }
    refused(phone, f"{path},custom_coffee", 400, "bad_parameter")


def test_the_calendar_is_a_row_an_entry(phone: FlaskClient, world: World) -> None:
    world.add_event(name="=Tempo", category="NOTE")
    rows = table(phone, "/v1/events.csv?category=NOTE&day=today")
    assert [row["name"] for row in rows] == ["'=Tempo"]
    assert rows[0]["category"] == "NOTE"
    refused(
        phone, "/v1/events.csv?oldest=2026-11-23&newest=2026-11-20", 400, "bad_range"
    )
