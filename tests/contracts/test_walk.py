"""What is counted of a request's way is the same every time, and all of it ours."""

from __future__ import annotations

from pathlib import Path

from bench.walk import REQUESTS, SOURCE, phone, table, walk


def test_the_way_of_a_request_is_counted_the_same_every_time() -> None:
    with phone() as client:
        first = [walk(client, request) for request in REQUESTS]
    with phone() as client:
        again = [walk(client, request) for request in REQUESTS]
    assert table(first) == table(again)
    for way in first:
        assert 0 < way.files < way.crossings < way.calls


def test_the_simulator_is_no_part_of_the_way() -> None:
    with phone() as client:
        entered = walk(client, REQUESTS[0]).entered
    rooms = {Path(file).relative_to(SOURCE).parts[0] for file in entered}
    assert {"routes", "domain", "upstream"} <= rooms
    assert "simulator" not in rooms
