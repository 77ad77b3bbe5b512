"""The Intervals.icu client: one method for one upstream endpoint.

Methods return upstream's records untouched but for the keys we do not read. How a
call is bounded is :mod:`bridge.upstream.transport`'s business.
"""

from __future__ import annotations

import contextlib
import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, NoReturn, TypeVar
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter

from bridge import __version__
from bridge.domain.activity import RawActivity
from bridge.domain.athlete import RawAthlete
from bridge.domain.bests import RawCurves, RawEftp
from bridge.domain.event import RawEvent
from bridge.domain.fitness import RawFitness
from bridge.domain.gear import RawGear
from bridge.domain.lap import RawActivityWithLaps
from bridge.domain.raw import RawRecord, fields_of
from bridge.domain.sport_settings import RawSportSettings
from bridge.domain.weather import RawForecasts
from bridge.domain.wellness import RawWellness
from bridge.errors import BadRequest, UpstreamBusy, UpstreamDown, UpstreamSlow
from bridge.upstream.answers import (
    asks_for_a_pause,
    decode,
    error_of,
    is_worth_another_try,
    retry_after_s,
)
from bridge.upstream.cache import Cache
from bridge.upstream.deadline import Deadline, within
from bridge.upstream.gate import Gate
from bridge.upstream.transport import read_bounded

Answer = requests.Response  # unread, as it came from the wire
Transport = BaseAdapter  # what carries prepared requests; tests mount a simulator

API = "/api/v1"
USER_AGENT = f"intervals-bridge/{__version__} (Apple Shortcuts bridge)"
LARGEST_ANSWER = 32 * 1024 * 1024
TRIES = 3

ACTIVITY_FIELDS = fields_of(RawActivity)
Curves = Literal["power", "hr", "pace"]
FileKind = Literal["file", "fit-file", "gpx-file"]

T = TypeVar("T")
Row = TypeVar("Row", bound=RawRecord)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Whose data: the key never shows in a repr."""

    api_key: str = field(repr=False)
    athlete_id: str = "0"

    @property
    def authorization(self) -> str:
        """Return the header: Basic, with the literal user name ``API_KEY``."""
        pair = f"API_KEY:{self.api_key}".encode()
        return "Basic " + b64encode(pair).decode("ascii")

    @property
    def name(self) -> str:
        """Return a name for tables and logs that gives nothing away."""
        return hashlib.sha256(self.api_key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Wire:
    """What all clients of a process share."""

    adapter: Transport
    base_url: str
    gate: Gate = field(default_factory=Gate)
    cache: Cache | None = None  # None: every question goes upstream


class Client:
    """Ask Intervals.icu on behalf of one athlete, for one answer.

    Parameters
    ----------
    wire
        The shared connection pool.
    credentials
        Key and athlete id.
    deadline
        When all calls of this client have to be over.
    fresh
        Whether every question goes upstream, whatever is kept.

    Attributes
    ----------
    stale_at
        When upstream gave the oldest answer that had to do because it did not
        answer now; None where everything is fresh.
    """

    def __init__(
        self,
        wire: Wire,
        credentials: Credentials,
        deadline: Deadline,
        *,
        fresh: bool = False,
    ):
        self._wire = wire
        self._credentials = credentials
        self._deadline = deadline
        self._fresh = fresh
        self.stale_at: datetime | None = None
        self._athlete = f"/athlete/{credentials.athlete_id}"

    # one method, one endpoint

    def athlete(self) -> RawAthlete:
        """Return the athlete with preferences: ``GET /athlete/{id}``."""
        return self._get(RawAthlete, self._athlete)

    def server_time(self) -> datetime | None:
        """Return upstream's clock, if key and id are good: ``GET …/profile``."""
        target = f"{self._athlete}/profile"
        response = self.get(target)
        self._whole(response, target)
        try:
            return parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return None

    def sport_settings(self) -> list[RawSportSettings]:
        """Return thresholds and zones: ``GET /athlete/{id}/sport-settings``."""
        return self._get(list[RawSportSettings], f"{self._athlete}/sport-settings")

    def activities(
        self,
        oldest: date,
        newest: date,
        *,
        limit: int | None = None,
        fields: str = ACTIVITY_FIELDS,
    ) -> list[RawActivity]:
        """Return activities, newest first: ``GET /athlete/{id}/activities``."""
        return self._get(
            list[RawActivity],
            f"{self._athlete}/activities",
            oldest=oldest.isoformat(),
            newest=f"{newest.isoformat()}T23:59:59",
            limit=None if limit is None else str(limit),
            fields=fields,
        )

    def search(self, words: str, limit: int) -> list[RawActivity]:
        """Return activities by name or #tag: ``GET …/activities/search``."""
        return self._get(
            list[RawActivity],
            f"{self._athlete}/activities/search",
            q=words,
            limit=str(limit),
        )

    def activity(self, activity_id: str) -> RawActivity:
        """Return one activity: ``GET /activity/{id}``."""
        return self._get(RawActivity, f"/activity/{activity_id}")

    def activity_with_laps(self, activity_id: str) -> RawActivityWithLaps:
        """Return one activity and its laps: ``GET /activity/{id}?intervals=true``."""
        return self._get(
            RawActivityWithLaps, f"/activity/{activity_id}", intervals="true"
        )

    def fitness(self, oldest: date, newest: date) -> list[RawFitness]:
        """Return the fitness of days: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawFitness, oldest, newest)

    def wellness(self, oldest: date, newest: date) -> list[RawWellness]:
        """Return wellness rows: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawWellness, oldest, newest)

    def _wellness(self, record: type[Row], oldest: date, newest: date) -> list[Row]:
        return self._get(
            list[record],  # type: ignore[valid-type]  # a type made at run time
            f"{self._athlete}/wellness",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
            fields=fields_of(record),
        )

    def mornings(
        self, oldest: date, newest: date
    ) -> tuple[list[RawWellness], list[RawFitness]]:
        """Return wellness and fitness of days in one call."""
        target = self._target(
            f"{self._athlete}/wellness",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
            fields=f"{fields_of(RawWellness)},{fields_of(RawFitness)}",
        )
        body = self._body_of(target)
        wellness = decode(body, list[RawWellness], "/wellness")
        return wellness, decode(body, list[RawFitness], "/wellness")

    def eftp(self, oldest: date, newest: date) -> list[RawEftp]:
        """Return estimated FTP of days: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawEftp, oldest, newest)

    def events(
        self, oldest: date, newest: date, *, categories: Sequence[str] = ()
    ) -> list[RawEvent]:
        """Return calendar entries: ``GET /athlete/{id}/events``."""
        return self._get(
            list[RawEvent],
            f"{self._athlete}/events",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
            category=",".join(categories) or None,
        )

    def gear(self) -> list[RawGear]:
        """Return bikes, shoes and parts: ``GET /athlete/{id}/gear``."""
        return self._get(list[RawGear], f"{self._athlete}/gear")

    def curves(self, kind: Curves, sport: str, period: str) -> RawCurves:
        """Return bests: ``GET /athlete/{id}/{power,hr,pace}-curves``."""
        path = f"{self._athlete}/{kind}-curves"
        return self._get(RawCurves, path, type=sport, curves=period)

    def weather_forecast(self) -> RawForecasts:
        """Return the weather of the next days: ``GET …/weather-forecast``."""
        return self._get(RawForecasts, f"{self._athlete}/weather-forecast")

    def streams_csv(self, activity_id: str, types: str | None) -> Answer:
        """Stream the recorded data: ``GET /activity/{id}/streams.csv``."""
        return self._file(
            self._target(f"/activity/{activity_id}/streams.csv", types=types)
        )

    def activity_file(self, activity_id: str, kind: FileKind) -> bytes:
        """Return the original, or a FIT or GPX file made from it."""
        return self._read(self._file(f"/activity/{activity_id}/{kind}"))

    def activities_csv(self) -> Answer:
        """Stream upstream's own file: ``GET /athlete/{id}/activities.csv``."""
        return self._file(f"{self._athlete}/activities.csv")

    def _file(self, target: str) -> Answer:
        response = self.get(target)
        if response.status_code != 200:
            self._refuse(response, target)
        return response

    def anything(self, path_and_query: str) -> object:
        """Return whatever upstream answers to a GET, as plain JSON values."""
        return self._get(object, path_and_query)

    # the wire

    def send(
        self,
        method: str,
        path_and_query: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterable[bytes] | None = None,
    ) -> Answer:
        """Send one call and return the answer unread, whatever its status.

        Raises
        ------
        UpstreamBusy
            While upstream's ``Retry-After`` is not over; nothing is sent then.
        UpstreamDown, UpstreamSlow
            When no answer came, or not in time.
        BadRequest
            When a header of the caller cannot be sent on.
        """
        self._knock()
        request = self._prepared(method, path_and_query, headers or {}, body)
        with within(self._deadline):
            left_s = self._deadline.check(f"before {method}")
            response = self._wire.adapter.send(request, stream=True, timeout=left_s)
        if asks_for_a_pause(response):
            self._wire.gate.close(self._credentials.name, retry_after_s(response))
        return response

    def _prepared(
        self,
        method: str,
        path_and_query: str,
        headers: Mapping[str, str],
        body: bytes | Iterable[bytes] | None,
    ) -> requests.PreparedRequest:
        url = f"{self._wire.base_url}{API}{path_and_query}"
        ours = {
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            **headers,
            "Authorization": self._credentials.authorization,
        }
        try:
            request = requests.Request(method, url, ours, data=body).prepare()
        except requests.RequestException as error:
            raise BadRequest(f"{method}: {type(error).__name__}") from None
        request.url = url  # not re-quoted
        return request

    def _get(self, record: type[T], path: str, **query: str | None) -> T:
        return decode(self._body_of(self._target(path, **query)), record, path)

    @staticmethod
    def _target(path: str, **query: str | None) -> str:
        asked = {name: value for name, value in query.items() if value is not None}
        return f"{path}?{urlencode(asked, safe=':,')}" if asked else path

    def _body_of(self, target: str) -> bytes:
        """Return a body of the last minute, else upstream's, else one of the day."""
        cache, owner = self._wire.cache, self._owner
        if cache is None:
            return self._get_bytes(target)
        kept = None if self._fresh else cache.fresh(owner, target)
        if kept is not None:
            return kept.body
        writes = cache.writes(owner)
        try:
            body = self._get_bytes(target)
        except (UpstreamDown, UpstreamSlow, UpstreamBusy):
            kept = cache.stale(owner, target)
            if kept is None:
                raise
            self.stale_at = min(self.stale_at or kept.at, kept.at)
            return kept.body
        cache.keep(owner, target, body, writes=writes)
        return body

    @property
    def _owner(self) -> str:
        """Return whose answers these are: the athlete, under this very key."""
        return f"{self._credentials.athlete_id} {self._credentials.name}"

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a GET, again where that may help, and return the answer unread."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(UpstreamDown):
                answer = self.send("GET", target, headers=headers)
                if not is_worth_another_try(answer):
                    return answer
                answer.close()
        return self.send("GET", target, headers=headers)

    def _get_bytes(self, target: str, tries: int = TRIES) -> bytes:
        try:
            answer = self.send("GET", target)
            if answer.status_code == 200:
                return self._read(answer)
        except UpstreamDown:
            if tries == 1:
                raise
        else:
            if tries == 1 or not is_worth_another_try(answer):
                self._refuse(answer, target)
            answer.close()
        return self._get_bytes(target, tries - 1)

    def _whole(self, response: Answer, target: str) -> bytes:
        if response.status_code != 200:
            self._refuse(response, target)
        return self._read(response)

    def _read(self, response: Answer) -> bytes:
        with within(self._deadline):
            return read_bounded(response, LARGEST_ANSWER)

    def _refuse(self, response: Answer, target: str) -> NoReturn:
        body = self._read(response)
        path = target.partition("?")[0]
        raise error_of(response, body, path, secret=self._credentials.api_key)

    def _knock(self) -> None:
        left = self._wire.gate.remaining_s(self._credentials.name)
        if left:
            raise UpstreamBusy("the gate is still closed", retry_after_s=left)
