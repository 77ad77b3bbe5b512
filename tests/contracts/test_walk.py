"""What is counted of a request's way is the same every time, and all of it ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.walk import REQUESTS, SOURCE, Walk, phone, table, walk

# What one who reads has to follow; a reader of sentences looks before it reads.
MOST_CROSSINGS = {"/v1/fitness": 200, "/v1/zones/Ride": 450, "/v1/workouts": 620}


@pytest.fixture(scope="module")
def ways() -> list[Walk]:
    """Walk all the requests once."""
    return walked()


def walked() -> list[Walk]:
    with phone() as client:
        return [walk(client, request) for request in REQUESTS]


def test_the_way_of_a_request_is_counted_the_same_every_time(ways: list[Walk]) -> None:
    assert table(ways) == table(walked())
    for way in ways:
        assert 0 < way.files < way.crossings < way.calls


def test_no_request_takes_more_hops_than_one_can_follow(ways: list[Walk]) -> None:
    hops = {way.request.path: way.crossings for way in ways}
    assert hops.keys() == MOST_CROSSINGS.keys()
    assert [path for path in hops if hops[path] > MOST_CROSSINGS[path]] == [], hops


def test_the_simulator_is_no_part_of_the_way(ways: list[Walk]) -> None:
    rooms = {Path(file).relative_to(SOURCE).parts[0] for file in ways[0].entered}
    assert {"routes", "domain", "upstream"} <= rooms
    assert "simulator" not in rooms
