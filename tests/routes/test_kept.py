"""Answers that are given again in front of Flask: when, to whom, and what ends them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.kept import LARGEST_BYTES, MOST_BYTES, KeptAnswers
from bridge.routes.route import KEEPING
from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.vault import Vault, key_context
from tests.conftest import Clock, in_front, let_in, services_of, token_for
from tests.support.routes import path_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FITNESS = "/v1/fitness"


class Behind:
    """The bridge behind the layer: counts who comes, and may be interrupted."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app
        self.asked: list[str] = []
        self.meanwhile: Callable[[], object] = bool

    def __call__(
        self, environ: WSGIEnvironment, start: StartResponse
    ) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        made = self.app(environ, start)
        self.meanwhile()
        return made


class Worker:
    """One process: a bridge with the layer in front, and a phone that asks it."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.app, self.services = app, services_of(app)
        self.behind = Behind(app.wsgi_app)
        app.wsgi_app = self.behind  # type: ignore[assignment,method-assign]  # to count
        in_front(app, clock)
        assert isinstance(app.wsgi_app, KeptAnswers)
        self.front = app.wsgi_app
        self.phone = let_in(app)

    def is_given(
        self, path: str, phone: FlaskClient | None = None, **how: object
    ) -> bool:
        """Ask, and tell whether it was answered in front."""
        before = len(self.behind.asked)
        answer = (phone or self.phone).get(path, **how)
        assert answer.status_code in {200, 304}, answer.get_data(as_text=True)
        return len(self.behind.asked) == before

    def warm(self, path: str = FITNESS) -> None:
        """Have an answer kept."""
        self.phone.get("/v1/athlete?refresh=yes")  # the settings are known
        assert not self.is_given(path)
        assert self.is_given(path)


@pytest.fixture
def worker(make_app: Callable[..., Flask], clock: Clock) -> Worker:
    return Worker(make_app(), clock)


@pytest.fixture
def other(make_app: Callable[..., Flask], clock: Clock, worker: Worker) -> Worker:
    """Another worker of the same machine: the same files, a memory of its own."""
    del worker
    return Worker(make_app(), clock)


def test_the_same_bytes_are_given_again(worker: Worker) -> None:
    worker.warm()
    made = worker.app.test_client().get(
        FITNESS, headers={"Authorization": f"Bearer {token_for(worker.app)}"}
    )
    again = worker.phone.get(FITNESS)
    assert again.get_data() == made.get_data()
    assert dict(again.headers) == dict(made.headers)
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert len(worker.behind.asked) == 2  # the look, and the first one


def test_who_has_it_already_is_told_so(worker: Worker) -> None:
    worker.warm()
    etag = worker.phone.get(FITNESS).headers["ETag"]
    for path in (FITNESS, "/v1/week"):  # given, made
        etag = worker.phone.get(path).headers["ETag"]
        known = worker.phone.get(path, headers={"If-None-Match": f'"x", W/{etag}'})
        assert (known.status_code, known.get_data()) == (304, b"")
        assert known.headers["ETag"] == etag
        assert "Content-Length" not in known.headers
    plain = worker.phone.get(FITNESS, headers={"If-None-Match": '"x"'})
    assert plain.status_code == 200


def test_without_the_layer_it_is_told_so_too(phone: FlaskClient) -> None:
    etag = phone.get(FITNESS).headers["ETag"]
    known = phone.get(FITNESS, headers={"If-None-Match": etag})
    assert (known.status_code, known.get_data()) == (304, b"")
    assert known.headers["Cache-Control"] == "private, no-cache"


# What ends an answer.


def write(worker: Worker) -> None:
    writer = let_in(worker.app, "write")
    answer = writer.post("/v1/wellness", json={"weight_kg": 71})
    assert answer.status_code == 200, answer.get_data(as_text=True)


def write_raw(worker: Worker) -> None:
    raw = let_in(worker.app, "raw")
    answer = raw.put("/api/v1/athlete/0/wellness/2026-11-23", json={"weight": 71.5})
    assert answer.status_code == 200
    answer.close()


def look(worker: Worker) -> None:
    assert worker.phone.get("/v1/week?refresh=yes").status_code == 200


ENDINGS = {"a write": write, "a raw write": write_raw, "a look": look}


@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("by_another", [False, True], ids=["here", "elsewhere"])
def test_it_is_over_with(
    worker: Worker,
    other: Worker,
    end: Callable[[Worker], None],
    by_another: bool,
) -> None:
    worker.warm()
    end(other if by_another else worker)
    assert not worker.is_given(FITNESS)
    worker.phone.get(FITNESS)  # the settings may have been read anew
    assert worker.is_given(FITNESS)


def test_it_is_over_after_a_minute_whenever_it_was_made(
    worker: Worker, clock: Clock
) -> None:
    worker.phone.get(FITNESS)  # read at 0 s
    clock.advance(seconds=40)
    assert not worker.is_given(FITNESS)  # made at 40 s of what was read at 0
    clock.advance(seconds=15)
    assert worker.is_given(FITNESS)
    clock.advance(seconds=6)
    assert not worker.is_given(FITNESS)


def test_it_is_over_at_midnight(worker: Worker, clock: Clock) -> None:
    clock.advance(hours=16, minutes=54, seconds=50)  # 23:59:50 in Berlin
    worker.warm()
    clock.advance(seconds=9)
    assert worker.is_given(FITNESS)
    clock.advance(seconds=2)
    assert not worker.is_given(FITNESS)


def test_what_speaks_of_the_hour_is_over_with_the_minute(
    worker: Worker, clock: Clock
) -> None:
    clock.advance(seconds=50)
    worker.warm("/v1/today")
    assert not worker.is_given("/v1/week")
    clock.advance(seconds=15)
    assert not worker.is_given("/v1/today")
    assert worker.is_given("/v1/week")


def test_it_is_over_with_the_time_zone_and_the_units(
    worker: Worker, world: World
) -> None:
    changes = {"timezone": "America/New_York", "measurement_preference": "feet"}
    for name, value in changes.items():
        worker.warm()
        world.athlete[name] = value
        worker.phone.get("/v1/athlete?refresh=yes")
        assert not worker.is_given(FITNESS)


def test_it_is_over_when_the_settings_are_to_be_read_again(worker: Worker) -> None:
    worker.warm()
    worker.services.settings.clear()
    assert not worker.is_given(FITNESS)


def test_it_is_over_with_the_key(
    make_app: Callable[..., Flask], clock: Clock, world: World
) -> None:
    one, two = (Worker(make_app(api_key=""), clock) for _ in range(2))
    store, secrets = one.services.store, one.services.config.secret_keys
    account = store.athletes.find(OWNER)
    assert account is not None
    context = key_context(OWNER, account.credential_version + 1)
    assert store.athletes.keep_key(account, Vault(secrets).seal(world.api_key, context))
    for worker in (one, two):
        worker.warm()
    account = two.services.store.athletes.find(OWNER)
    assert account is not None
    assert two.services.store.athletes.keep_key(account, None)
    for worker in (one, two):
        assert worker.phone.get(FITNESS).status_code == 503


def test_a_device_that_is_shut_out_by_anybody_is_out_at_once(
    worker: Worker, other: Worker, clock: Clock
) -> None:
    worker.warm()
    store = worker.services.store
    for device in store.devices.of_athlete(OWNER):
        other.services.store.devices.revoke(device.device_id, clock())
    assert worker.phone.get(FITNESS).get_json()["code"] == "token_revoked"


def test_where_the_database_does_not_tell_the_row_is_read_each_time(
    worker: Worker, other: Worker, clock: Clock
) -> None:
    for each in (worker, other):
        each.services.store.database._watch = None  # as with PostgreSQL
    worker.warm()
    write(other)
    assert not worker.is_given(FITNESS)
    assert worker.is_given(FITNESS)
    for device in other.services.store.devices.of_athlete(OWNER):
        other.services.store.devices.revoke(device.device_id, clock())
    assert worker.phone.get(FITNESS).get_json()["code"] == "token_revoked"


def test_a_device_whose_time_is_over_is_out(worker: Worker, clock: Clock) -> None:
    worker.warm()
    until = clock() + timedelta(seconds=20)
    device = worker.services.store.devices.add("Short", "read", OWNER, clock(), until)
    token = worker.services.tokens.issue(device.device_id)
    short = worker.app.test_client()
    short.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    assert worker.is_given(FITNESS, short)
    clock.advance(seconds=20)
    assert short.get(FITNESS).get_json()["code"] == "token_expired"


def test_a_forged_token_opens_nothing_that_is_kept(worker: Worker) -> None:
    worker.warm()
    good = worker.phone.environ_base["HTTP_AUTHORIZATION"]
    other = "A" if good[-8] != "A" else "B"  # the last one has bits that say nothing
    for forged in (
        good[:-8] + other + good[-7:],
        good.replace("icb_", "icb_0"),
        good + " x",
        "",
    ):
        stranger = worker.app.test_client()
        stranger.environ_base["HTTP_AUTHORIZATION"] = forged
        assert stranger.get(FITNESS).status_code == 401


# The race of a write with an answer that is being made.


def test_an_answer_that_a_write_overtook_is_not_kept(
    worker: Worker, other: Worker
) -> None:
    worker.phone.get("/v1/athlete?refresh=yes")
    worker.behind.meanwhile = lambda: write(other)
    old = worker.phone.get("/v1/wellness").get_json()["weight_kg"]
    worker.behind.meanwhile = bool
    assert not worker.is_given("/v1/wellness")
    assert worker.phone.get("/v1/wellness").get_json()["weight_kg"] == 71 != old


# What another question is.


@pytest.mark.parametrize(
    "how",
    [
        {"path": FITNESS + "?lang=de"},
        {"path": FITNESS + "?format=text"},
        {"path": FITNESS + "?day=yesterday"},
        {"headers": {"Accept-Language": "fr"}},
        {"headers": {"X-Shortcut": "training-form/1"}},
        {"headers": {"Host": "other.test"}},
    ],
    ids=str,
)
def test_another_question_has_another_answer(
    worker: Worker, how: dict[str, object]
) -> None:
    worker.warm()
    asked = {"path": FITNESS, **how}
    assert not worker.is_given(**asked)  # type: ignore[arg-type]  # a path and headers
    assert worker.is_given(**asked)  # type: ignore[arg-type]


def test_the_same_in_another_order_is_the_same(worker: Worker) -> None:
    worker.warm("/v1/activities?limit=3&lang=de")
    assert worker.is_given("/v1/activities?lang=de&limit=3")
    spoken = {"Accept-Language": "de-DE,de;q=0.9"}
    assert not worker.is_given(FITNESS, headers=spoken)
    assert worker.is_given(FITNESS + "", headers={"Accept-Language": "de,en;q=0.5"})


# What is never kept.


@pytest.mark.parametrize(
    "path",
    [
        *("/v1/fitness?refresh=yes", "/v1/activities.csv", "/v1/menu", "/v1/doctor"),
        *("/v1/ask?q=my form", "/v1/flat/athlete/0", "/api/v1/athlete/0"),
        *("/v1/activities/latest/laps.csv", "/openapi.json", "/healthz"),
    ],
)
def test_some_answers_are_made_each_time(worker: Worker, path: str) -> None:
    worker.warm()
    raw = let_in(worker.app, "raw")
    raw.get(path)
    assert not worker.is_given(path, raw)


def test_no_failure_is_kept(worker: Worker) -> None:
    worker.warm()
    for path in ("/v1/fitness?day=never", "/v1/nowhere", "/v1/activities/i999"):
        for _ in range(2):
            before = len(worker.behind.asked)
            answer = worker.phone.get(path)
            assert answer.status_code >= 400
            assert answer.headers["Cache-Control"] == "no-store"
            assert len(worker.behind.asked) == before + 1


def test_no_stopgap_is_kept(worker: Worker, world: World, clock: Clock) -> None:
    worker.warm()
    clock.advance(seconds=61)
    world.switches.fail_status = 503
    for _ in range(2):
        assert not worker.is_given(FITNESS)
        answer = worker.phone.get(FITNESS)
        assert answer.get_json()["stale"] == "yes"
        assert answer.headers["Cache-Control"] == "no-store"


# What hardly ever changes.


def test_what_lasts_is_given_while_it_is_made_anew(
    worker: Worker, world: World, clock: Clock
) -> None:
    worker.warm("/v1/gear")
    world.gear["b7102"]["name"] = "Renamed"
    clock.advance(seconds=100)
    made_anew = threading.Event()
    worker.behind.meanwhile = made_anew.set
    old = worker.phone.get("/v1/gear").get_data(as_text=True)
    assert "Renamed" not in old
    assert made_anew.wait(10)
    worker.services.pool.submit(bool).result()
    while worker.front._anew:
        time.sleep(0.01)
    assert worker.is_given("/v1/gear")
    assert "Renamed" in worker.phone.get("/v1/gear").get_data(as_text=True)
    clock.advance(seconds=361)
    assert not worker.is_given("/v1/gear")


# Bounds, and what is noted.


def test_only_so_much_is_kept(worker: Worker) -> None:
    worker.warm()
    for number in range(40):
        worker.phone.get(f"{FITNESS}?day=2026-11-{number % 20 + 1:02d}&lang=en")
    held = [kept.size for kept in worker.front._kept.values()]
    assert sum(held) == worker.front._held_bytes <= MOST_BYTES
    kept = next(iter(worker.front._kept.values()))
    for number in range(2 * MOST_BYTES // LARGEST_BYTES):
        body = bytes(LARGEST_BYTES - 2048)
        worker.front._keep((number,), replace(kept, body=body))
    assert worker.front._held_bytes <= MOST_BYTES
    assert len(worker.front._kept) < MOST_BYTES // (LARGEST_BYTES // 2)


def test_the_last_use_is_noted_here_as_there(worker: Worker, clock: Clock) -> None:
    worker.warm()
    clock.advance(minutes=2)
    worker.warm()
    clock.advance(seconds=59)
    before = len(worker.behind.asked)
    worker.phone.get(FITNESS).close()
    assert len(worker.behind.asked) == before
    (device,) = worker.services.store.devices.of_athlete(OWNER)
    assert device.last_used_at == clock()


def test_each_route_says_whether_its_answers_are_kept(app: Flask, world: World) -> None:
    raw = let_in(app, "raw")
    for route in ROUTES:
        if route.method != "GET" or route.scope not in {"read", "raw"}:
            assert route.kept is None
            continue
        answer = raw.get(path_of(route, world))
        if answer.status_code != 200:
            continue
        kept = "private, no-cache" if route.kept else "no-store"
        assert answer.headers["Cache-Control"] == kept, route.path
        assert ("ETag" in answer.headers) == (route.kept is not None), route.path
    assert KEEPING not in raw.environ_base
