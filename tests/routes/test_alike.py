"""The same, asked by several at once, is worked out once, and waited for by one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bridge.coalesce import Coalescer
from bridge.errors import NoRecord
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from tests.conftest import Clock, let_in
from tests.upstream.test_protected import Ill


class Counting:
    """Works an answer out; the first one who does so hangs."""

    def __init__(self) -> None:
        self.lock, self.started, self.well = threading.Lock(), 0, threading.Event()

    def __call__(self) -> int:
        with self.lock:
            self.started += 1
            number = self.started
        if number == 1:
            assert self.well.wait(30)
        else:
            time.sleep(0.05)
        return number


def test_while_the_first_one_hangs_one_more_works_it_out_for_all() -> None:
    alike: Coalescer[int] = Coalescer()
    work_out = Counting()

    def ask(_: int) -> int:
        return alike.share("same", work_out, patience_s=0.5, wait_s=30)

    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(ask, number) for number in range(50)]
        while sum(future.done() for future in asked) < 49:
            time.sleep(0.01)
        assert work_out.started == 2
        work_out.well.set()
        assert sorted(future.result() for future in asked) == [1] + [2] * 49


def test_nothing_is_kept_for_who_comes_later() -> None:
    alike: Coalescer[int] = Coalescer()
    numbers = iter(range(10))
    for expected in range(3):
        made = alike.share("same", numbers.__next__, patience_s=1, wait_s=1)
        assert made == expected


def test_what_is_asked_otherwise_is_worked_out_beside_it() -> None:
    alike: Coalescer[int] = Coalescer()
    work_out = Counting()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(alike.share, "first", work_out, patience_s=30, wait_s=30)
        while not work_out.started:
            time.sleep(0.01)
        assert alike.share("other", work_out, patience_s=30, wait_s=30) == 2
        work_out.well.set()
        assert first.result() == 1


def test_who_shares_a_failure_is_told_of_it() -> None:
    alike: Coalescer[int] = Coalescer()
    begun, well = threading.Event(), threading.Event()

    def fail() -> int:
        begun.set()
        assert well.wait(30)
        raise NoRecord("none")

    def ask() -> int:
        return alike.share("same", fail, patience_s=30, wait_s=30)

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(ask)]
        assert begun.wait(30)
        asked.append(pool.submit(ask))
        time.sleep(0.05)
        well.set()
        for future in asked:
            with pytest.raises(NoRecord):
                future.result()


# through the phone


@pytest.fixture
def ill(world: World) -> Ill:
    return Ill(create_simulator(world))


def timed(phone: FlaskClient, path: str, **headers: str) -> tuple[float, Any]:
    began_s = time.monotonic()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = phone.get(path, headers=named).get_json()
    return time.monotonic() - began_s, body


@pytest.mark.slow
def test_of_fifty_phones_on_a_hanging_upstream_one_waits(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    app = make_app(transport=ill)
    phones = [let_in(app, name=f"Phone {number}") for number in range(50)]
    phones[0].get("/v1/fitness")
    clock.advance(minutes=5)
    ill.hangs = threading.Event()
    with ThreadPoolExecutor(50) as pool:
        asked = [pool.submit(timed, phone, "/v1/fitness") for phone in phones]
        results = [future.result() for future in asked]
    ill.hangs.set()
    assert {body["stale"] for _, body in results} == {"yes"}
    # the first one waits three seconds for the news, the others a sixth of one
    assert sum(took_s > 2.5 for took_s, _ in results) <= 1


def test_each_has_the_answer_in_its_own_language_and_form(
    make_app: Callable[..., Flask], ill: Ill, clock: Clock
) -> None:
    app = make_app(transport=ill)
    phone = let_in(app)
    phone.get("/v1/fitness")
    clock.advance(minutes=5)
    ill.hangs = threading.Event()
    asked = [
        ("/v1/fitness", {"Accept-Language": "de"}, "Stand"),
        ("/v1/fitness", {"Accept-Language": "en"}, "As of"),
        ("/v1/fitness?lang=fr", {}, "À "),
        ("/v1/fitness?format=text", {"Accept-Language": "en"}, "As of"),
    ]

    def ask(path: str, headers: dict[str, str]) -> str:
        answer = let_in(app).get(path, headers=headers)
        known = answer.get_json(silent=True)
        return str(known["speech"] if known else answer.text)

    with ThreadPoolExecutor(8) as pool:
        told = [
            (expected, pool.submit(ask, path, headers))
            for _ in range(2)
            for path, headers, expected in asked
        ]
        said = [(expected, future.result()) for expected, future in told]
    ill.hangs.set()
    by_question = [said[number][1] for number in range(len(asked))]
    assert len(set(by_question)) == 4, by_question
    assert [text for _, text in said[: len(asked)]] == [
        text for _, text in said[len(asked) :]
    ]
