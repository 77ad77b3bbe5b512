"""Curves, efforts and histograms follow from what was done."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from bridge.simulator.activities.curves import best_stretch
from tests.simulator.api import Api, api

__all__ = ["api"]


def newest(api: Api, kind: str) -> Any:
    rows = api.get("/athlete/0/activities", oldest="2026-06-01")
    return next(r for r in rows if r.get("type") == kind and r["analyzed"])


def test_the_best_window_is_found_wherever_it_begins() -> None:
    def brute(lengths: list[int], values: list[float], window: int) -> float:
        line = [v for s, v in zip(lengths, values, strict=True) for _ in range(s)]
        starts = range(len(line) - window + 1)
        return max(sum(line[at : at + window]) / window for at in starts)

    lengths, values = [60, 10, 50, 200, 30], [120.0, 500.0, 90.0, 210.0, 400.0]
    for window in (1, 5, 10, 40, 120, 300):
        found = best_stretch(lengths, values, window, lambda one, two: one > two)
        assert found is not None
        assert found[0] == pytest.approx(brute(lengths, values, window))
    assert best_stretch(lengths, values, 351, lambda one, two: one > two) is None


def test_power_falls_with_time_and_names_its_activities(api: Api) -> None:
    body = api.get("/athlete/0/power-curves", type="Ride", curves="1y,42d,s0")
    assert [row["id"] for row in body["list"]] == ["1y", "42d", "s0"]
    year, month, _ = body["list"]
    watts = year["values"]
    assert (watts[0], watts[-1]) == (max(watts), min(watts))
    pairs = zip(year["values"], month["values"], strict=False)
    assert all(one >= two for one, two in pairs)
    assert len(year["secs"]) == len(year["activity_id"]) == len(year["watts_per_kg"])
    assert set(year["activity_id"]) <= set(body["activities"])
    own = api.get(f"/activity/{year['activity_id'][4]}/power-curve")
    assert own["values"][4] == year["values"][4]


def test_pace_curves_give_seconds_by_distance(api: Api) -> None:
    curve = api.get("/athlete/0/pace-curves", type="Run")["list"][0]
    assert curve["values"] == sorted(curve["values"])
    kilometre = curve["values"][curve["distance"].index(1000)]
    assert 200 < kilometre < 300


def test_a_curve_needs_a_sport_and_a_known_span(api: Api) -> None:
    assert api.refused("GET", "/athlete/0/power-curves")[0] == 422
    path = "/athlete/0/power-curves?type=Ride&curves=forever"
    assert api.refused("GET", path)[0] == 422


def test_histograms_add_up_to_the_moving_time(api: Api) -> None:
    ride = newest(api, "Ride")
    for kind in ("hr", "power"):
        rows = api.get(f"/activity/{ride['id']}/{kind}-histogram")
        assert set(rows[0]) == {"min", "max", "secs"}
        assert sum(row["secs"] for row in rows) == ride["moving_time"]


def test_best_efforts_do_not_overlap_and_fall(api: Api) -> None:
    path = f"/activity/{newest(api, 'Ride')['id']}/best-efforts"
    efforts = api.get(path, stream="watts", duration=300, count=4)["efforts"]
    averages = [row["average"] for row in efforts]
    assert averages == sorted(averages, reverse=True)
    spans = sorted((row["start_index"], row["end_index"]) for row in efforts)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    for query in ("", "?stream=watts", "?stream=nope&duration=9"):
        assert api.refused("GET", path + query)[0] == 422


@pytest.mark.parametrize(
    "part",
    """
    power-vs-hr hr-load-model segments map weather-summary power-curves hr-curve.json
    pace-curve pace-histogram gap-histogram
    """.split(),  # noqa: SIM905 - a text reads better than forty quotes
)
def test_every_part_of_an_activity_answers(api: Api, part: str) -> None:
    path = f"/activity/{newest(api, 'Ride')['id']}/{part}"
    assert api.refused("GET", path)[0] == 200


@pytest.mark.parametrize("kind", ["power", "hr", "pace"])
def test_curves_of_each_activity_of_a_range(api: Api, kind: str) -> None:
    path = f"/athlete/0/activity-{kind}-curves"
    query = {"oldest": "2026-11-01", "newest": "2026-11-22"}
    assert api.get(path, **query)["curves"]
    assert api.refused("GET", path)[0] == 422
