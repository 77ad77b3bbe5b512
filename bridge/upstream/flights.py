"""Identical questions at once are one call, whoever asks: thread or process."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from bridge.errors import UpstreamSlow
from bridge.turns import this_thread
from bridge.upstream.memory import Memory

_LOOK_EVERY_S = 0.02  # at another process; a call takes ten times as long
# A call this long is upstream's illness: till then the first one waits for the news.
_FIRST_WAITS_S = 3.0
_WORTH_A_TRY_S = 2.0  # with less time left, nobody asks again what was slow just now


class Unanswered(UpstreamSlow):
    """Somebody else is asking the same, and has no answer yet."""


@dataclass(slots=True)
class Flight:
    """One question on its way."""

    began_s: float = field(default_factory=time.monotonic)
    landed: threading.Event = field(default_factory=threading.Event)
    body: bytes | None = None
    error: Exception | None = None


class Flights:
    """The questions that are on their way to upstream."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._flights: dict[str, Flight] = {}
        self._lock = threading.Lock()

    def share(
        self,
        question: str,
        ask: Callable[[], bytes],
        look: Callable[[], bytes | None],
        *,
        wait_s: float,
        patience_s: float,
    ) -> bytes:
        """Return what upstream answers to whoever asked first.

        Parameters
        ----------
        question
            The same for the same question only.
        ask
            Asks upstream and keeps the answer.
        look
            Returns a fresh answer that another process has got by now.
        wait_s
            How long to wait at most, in all.
        patience_s
            How long the call may take before the others give up; the first one waits
            a little longer. It goes on behind them. Without end for who has to wait.

        Raises
        ------
        Exception
            What the first one got, or Unanswered when nothing came in time.
        """
        until_s = time.monotonic() + wait_s
        while True:
            with self._lock:
                flight = self._flights.get(question)
                is_first = flight is None
                if flight is None:
                    flight = self._flights[question] = Flight()
            limit_s = min(until_s, flight.began_s + patience_s)
            if is_first:
                lead = partial(self._lead, question, flight, ask, look, limit_s)
                if math.isinf(patience_s):
                    return lead()
                threading.Thread(target=_quietly, args=(lead,), daemon=True).start()
                limit_s = max(limit_s, min(until_s, flight.began_s + _FIRST_WAITS_S))
            with this_thread.waiting:
                has_landed = flight.landed.wait(max(0.0, limit_s - time.monotonic()))
            if not has_landed:
                raise Unanswered("somebody else is asking the same")
            if flight.body is not None:
                return flight.body
            has_time = until_s - time.monotonic() > _WORTH_A_TRY_S
            was_asked = not isinstance(flight.error, Unanswered)
            is_slow = isinstance(flight.error, UpstreamSlow)
            may_fare_better = is_slow and was_asked and has_time
            if flight.error is not None and not may_fare_better:
                raise flight.error.with_traceback(None)

    def _lead(
        self,
        question: str,
        flight: Flight,
        ask: Callable[[], bytes],
        look: Callable[[], bytes | None],
        limit_s: float,
    ) -> bytes:
        try:
            flight.body = self._ask_alone(question, ask, look, limit_s)
        except Exception as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                del self._flights[question]
            flight.landed.set()
        return flight.body

    def _ask_alone(
        self,
        question: str,
        ask: Callable[[], bytes],
        look: Callable[[], bytes | None],
        limit_s: float,
    ) -> bytes:
        """Ask, unless another process does: then wait for its answer."""
        while True:
            with self._memory.alone(question) as is_alone:
                if is_alone:
                    return look() or ask()
            if time.monotonic() > limit_s:
                raise Unanswered("another process is asking the same")
            time.sleep(_LOOK_EVERY_S)
            body = look()
            if body is not None:
                return body


def _quietly(lead: Callable[[], bytes]) -> None:
    with suppress(Exception):  # whoever waits for the flight is told
        lead()
