"""``bridge sync``: a mirror of everything, safe to interrupt, and nothing else."""

from __future__ import annotations

import json
import random
import re
import sqlite3
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from bridge.background import looking
from bridge.errors import ConfigError, UpstreamBusy, UpstreamDown
from bridge.ledger.mirror import Mirroring
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.store.backends import build_engine, read_address
from bridge.store.mirror import Mirror, open_mirror
from tests.conftest import Clock, services_of
from tests.support.live import PROGRAM, Operator, Upstream, settings_for
from tests.support.services import Postgres

Sync = Callable[[], int]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.slow)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database beside the bridge's own, of each backend in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/mirror.db"
    address: str = request.getfixturevalue("postgres").empty_database()
    return address


@pytest.fixture
def world(clock: Clock) -> World:
    """Eight years of an athlete who does little."""
    world = small(World.empty(now=clock))
    for year in range(2018, 2026):
        start = f"{year}-05-01T08:00:00"
        world.add_activity(name=f"Year {year}", start_date_local=start)
        world.set_wellness(f"{year}-05-02", weight=70.5, comments="slept well")
    return world


def small(world: World) -> World:
    """Let an athlete do, sleep and plan a little."""
    for day in range(1, 7):
        start = f"{world.today() - timedelta(days=day)}T08:00:00"
        world.add_activity(name=f"Day {day}", start_date_local=start)
    for day in (1, 40):
        start = f"{world.today() + timedelta(days=day)}T00:00:00"
        world.add_event(name="Tempo", start_date_local=start)
    return world


@pytest.fixture
def mirror(database_url: str, world: World) -> Any:
    """A mirror of each backend in turn."""
    made = open_mirror(database_url, "sqlite:///own.db", world.athlete_id)
    yield made
    made.close()


@pytest.fixture
def sync(app: Flask, mirror: Mirror, clock: Clock) -> Sync:
    """Run once to the end; return how many calls it took."""
    services = services_of(app)
    client_of = looking(services, seconds=60)

    def run() -> int:
        before = services.wire.budget.spent(client_of(OWNER)._credentials.name)  # type: ignore[union-attr]
        mirroring = Mirroring(
            mirror=mirror,
            client=lambda: client_of(OWNER),
            clock=clock,
            today=clock.now.date(),
            sleep=lambda seconds: clock.advance(seconds=seconds),
        )
        for _ in mirroring.run():
            pass
        after = services.wire.budget.spent(client_of(OWNER)._credentials.name)  # type: ignore[union-attr]
        return after - before

    return run


def rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    engine = build_engine(read_address(url))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(sql))]
    engine.dispose()
    return found


def test_an_athlete_of_eight_years_is_mirrored_whole(
    sync: Sync, world: World, database_url: str
) -> None:
    sync()
    mirrored = rows(database_url, "SELECT activity_id, name FROM activities")
    assert dict(mirrored) == {
        key: row.get("name") for key, row in world.activities.items()
    }
    (laps,) = rows(database_url, "SELECT count(*) FROM laps")[0]
    assert laps >= len(world.activities)
    ((weight, comments),) = rows(
        database_url, "SELECT weight_kg, comments FROM wellness WHERE date='2019-05-02'"
    )
    assert (weight, comments) == (70.5, "slept well")
    events = rows(database_url, "SELECT event_id FROM events")
    assert {event_id for (event_id,) in events} == set(map(str, world.events))


@pytest.mark.slow
def test_a_second_run_costs_little_and_takes_over_what_changed(
    sync: Sync, world: World, database_url: str, clock: Clock
) -> None:
    first = sync()
    record = next(row for row in world.newest_first() if not row.get("_stub"))
    record["name"] = "Renamed"
    old = next(row for row in world.activities.values() if row["name"] == "Year 2019")
    old["name"] = "Old and renamed"
    clock.advance(minutes=1)
    assert sync() <= 5 < first
    name = f"SELECT name FROM activities WHERE activity_id='{record['id']}'"
    assert rows(database_url, name) == [("Renamed",)]
    clock.advance(hours=21)
    sync()
    name = f"SELECT name FROM activities WHERE activity_id='{old['id']}'"
    assert rows(database_url, name) == [("Old and renamed",)]


@pytest.mark.slow
def test_what_is_deleted_is_marked_with_its_proof(
    sync: Sync, world: World, database_url: str, clock: Clock
) -> None:
    sync()
    record = next(row for row in world.newest_first() if not row.get("_stub"))
    del world.activities[record["id"]]
    world.touch()
    clock.advance(minutes=1)
    sync()
    gone = "SELECT activity_id FROM activities WHERE deleted_at IS NOT NULL"
    assert rows(database_url, gone) == [(record["id"],)]


@pytest.mark.slow
def test_an_outage_marks_nothing_and_the_next_run_goes_on(
    sync: Sync, world: World, database_url: str, clock: Clock
) -> None:
    world.switches.fail_path = "/events"
    world.switches.fail_status = 500
    with pytest.raises(UpstreamDown):
        sync()
    world.switches.fail_status = None
    clock.advance(minutes=5)
    sync()
    gone = "SELECT count(*) FROM activities WHERE deleted_at IS NOT NULL"
    assert rows(database_url, gone) == [(0,)]


@pytest.mark.slow
def test_it_stops_when_the_calls_of_the_day_are_spent_and_goes_on_there(
    app: Flask, sync: Sync, world: World, mirror: Mirror, clock: Clock
) -> None:
    services = services_of(app)
    budget, name = services.wire.budget, looking(services)(OWNER)._credentials.name
    assert budget is not None
    while budget.spent(name) < 1493:
        clock.advance(seconds=1)
        budget.wait_for_turn(name, "background", 0)
    with pytest.raises(UpstreamBusy):
        sync()
    assert mirror.state("history_newest")
    assert 0 < len(mirror.without_laps()) < len(world.activities)


def test_our_own_database_is_refused(tmp_path: Path, migrated: bytes) -> None:
    own = tmp_path / "bridge.db"
    own.write_bytes(migrated)
    (tmp_path / "link.db").symlink_to(own)
    for name in ("bridge.db", "link.db"):
        with pytest.raises(ConfigError, match="own database"):
            open_mirror(f"sqlite:///{tmp_path}/{name}", f"sqlite:///{own}", "i1")
    with pytest.raises(ConfigError, match="database of a bridge"):
        open_mirror(f"sqlite:///{own}", "sqlite:///elsewhere.db", "i1")
    assert own.read_bytes() == migrated


@pytest.mark.slow
def test_a_database_that_is_read_only_is_refused(postgres: Postgres) -> None:
    address = postgres.empty_database()
    read_only = f"{address}?options=-c%20default_transaction_read_only%3Don"
    for _ in range(2):  # before its tables are there, and with them
        with pytest.raises(ConfigError, match="cannot be written") as refused:
            open_mirror(read_only, "sqlite:///own.db", "i1")
        assert postgres.password not in str(refused.value)
        open_mirror(address, "sqlite:///own.db", "i1").close()


def test_tables_of_somebody_else_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE activities (id INTEGER)")
    connection.close()
    with pytest.raises(ConfigError, match="somebody else: activities"):
        open_mirror(f"sqlite:///{path}", "sqlite:///own.db", "i1")


def test_a_mirror_of_another_athlete_or_version_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    open_mirror(url, "sqlite:///own.db", "i1").close()
    with pytest.raises(ConfigError, match="another athlete"):
        open_mirror(url, "sqlite:///own.db", "i2")
    with sqlite3.connect(tmp_path / "x.db") as connection:
        connection.execute("UPDATE mirror SET value='9' WHERE name='format'")
    connection.close()
    with pytest.raises(ConfigError, match="no mirror of this version"):
        open_mirror(url, "sqlite:///own.db", "i1")


@pytest.mark.parametrize(
    "address", ["mysql://a:hunter2@b/c", "x.db", "sqlite://", "postgres://a:hunter2@b/"]
)
def test_an_address_that_is_none_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(ConfigError, match="mirror's address") as refused:
        open_mirror(address, "sqlite:///own.db", "i1")
    assert "hunter2" not in str(refused.value)


@pytest.mark.slow
def test_the_command_says_what_it_did_and_shows_no_password(
    operator: Operator, upstream: Upstream
) -> None:
    upstream.show(small(World.empty()))
    operator.settings |= settings_for(upstream, operator.folder)
    none = operator.run("sync")
    assert none.returncode == 1
    assert "bridge sync --to" in none.stderr
    operator.settings["BRIDGE_MIRROR_URL"] = "sqlite:///training.db"
    done = operator.run("sync")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "The mirror is complete: SQLite file training.db\n"
    (count,) = rows(
        f"sqlite:///{operator.folder}/training.db", "SELECT count(*) FROM activities"
    )[0]
    assert count == len(upstream.world.activities)
    away = operator.run("sync", "--to", "postgresql://ana:hunter2@127.0.0.1:1/x")
    assert away.returncode == 1
    assert "hunter2" not in away.stdout + away.stderr


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_a_mirror_that_is_killed_twenty_times_is_whole_in_the_end(
    operator: Operator,
    upstream: Upstream,
    backend: str,
    request: pytest.FixtureRequest,
) -> None:
    address = f"sqlite:///{operator.folder}/x.db"
    if backend == "postgres":
        address = request.getfixturevalue("postgres").empty_database()
    upstream.show(small(World.empty()))
    operator.settings |= settings_for(upstream, operator.folder)
    operator.settings["BRIDGE_MIRROR_URL"] = address
    for _ in range(20):
        with subprocess.Popen(
            [str(PROGRAM), "sync"],
            cwd=operator.folder,
            env=operator.environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            time.sleep(random.uniform(0.8, 2.5))
            process.kill()
    done = operator.run("sync")
    assert done.returncode == 0, done.stderr
    names = rows(address, "SELECT activity_id, name FROM activities")
    assert dict(names) == {
        key: row.get("name") for key, row in upstream.world.activities.items()
    }
    waiting = "SELECT count(*) FROM activities WHERE laps_at IS NULL AND name<>''"
    assert rows(address, waiting) == [(0,)]


def test_the_questions_of_the_page_are_answered(sync: Sync, database_url: str) -> None:
    sync()
    page = Path(__file__).parents[2].joinpath("docs", "mirror.md").read_text("utf-8")
    questions = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(questions) >= 5
    for question in questions:
        rows(database_url, question.rstrip().rstrip(";"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # it reads a file
def test_the_notebook_runs_on_a_mirror_and_holds_no_output(
    sync: Sync, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync()
    monkeypatch.setenv("MIRROR_FILE", database_url.removeprefix("sqlite:///"))
    page = Path(__file__).parents[2].joinpath("docs", "mirror.ipynb")
    cells = [
        cell
        for cell in json.loads(page.read_text("utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    names: dict[str, Any] = {}
    for cell in cells:
        assert cell["outputs"] == []
        exec("".join(cell["source"]), names)  # our own page
    assert "2018-05" in names["hours_by_month"]
    assert names["weights_kg"] == [70.5] * 8
    names["mirror"].close()
