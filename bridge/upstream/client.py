"""The Intervals.icu client: one method for one upstream endpoint.

Methods return upstream's records untouched but for the keys we do not read. How a
call is made is :mod:`bridge.upstream.call`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, TypeVar

from bridge.domain.activity.activity import (
    RawActivity,
    RawActivityIds,
    RawWritableActivity,
)
from bridge.domain.activity.bests import RawCurves, RawEftp
from bridge.domain.activity.lap import RawActivityWithLaps
from bridge.domain.athlete.athlete import RawAthlete
from bridge.domain.athlete.gear import RawGear
from bridge.domain.athlete.weather import RawForecasts
from bridge.domain.calendar.event import RawEvent
from bridge.domain.changes.change import Noun
from bridge.domain.changes.reading import ACTIVITY_KEYS
from bridge.domain.flat import ident
from bridge.domain.moment import read_day_text
from bridge.domain.overview.fitness import RawFitness
from bridge.domain.raw import RawRecord, fields_of, without_doubles
from bridge.domain.wellness.day import RawWellness
from bridge.domain.zones.settings import RawSportSettings
from bridge.errors import NoRecord, NotFlat, UpstreamGarbage
from bridge.upstream.answers import decode, make_sense, read_date
from bridge.upstream.call import Answer, Caller

# Second keys of power are no keys of the schema: they are read, not asked for.
_UNASKED = frozenset({"average_watts", "weighted_average_watts"})
ACTIVITY_FIELDS = fields_of(RawActivity, but=_UNASKED)
Curves = Literal["power", "hr", "pace"]
FileFormat = Literal["file", "fit-file", "gpx-file"]

_UNFINISHED = (b"{", b"[", b"<!", b"<html")  # neither JSON nor a file

Row = TypeVar("Row", bound=RawRecord)
Own = TypeVar("Own", bound=RawActivity)


_DAY_LETTERS = len("2026-11-23")


class Client(Caller):
    """Ask Intervals.icu on behalf of one athlete, for one answer."""

    def athlete(self) -> RawAthlete:
        """Return the athlete with preferences: ``GET /athlete/{id}``."""
        raw = self._get(RawAthlete, self._athlete)
        self._wire.own_ids[self._credentials.name] = ident(raw.id)
        return raw

    def kept_athlete(self) -> RawAthlete | None:
        """Return the athlete as upstream gave it within a day; asks nobody."""
        return self._kept(RawAthlete, self._athlete)

    def server_time(self) -> datetime | None:
        """Return upstream's clock, if key and id are good: ``GET …/profile``."""
        target = f"{self._athlete}/profile"
        response = self.get(target)
        self._whole(response, target)
        return read_date(response.headers.get("Date", ""))

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
        rows = self._get(
            list[RawActivity],
            f"{self._athlete}/activities",
            oldest=oldest.isoformat(),
            newest=f"{newest.isoformat()}T23:59:59",
            limit=None if limit is None else str(limit),
            fields=fields,
        )
        return without_doubles(rows, lambda row: ident(row.id))

    def search(self, words: str, limit: int) -> list[RawActivity]:
        """Return activities by name or #tag: ``GET …/activities/search``."""
        return self._get(
            list[RawActivity],
            f"{self._athlete}/activities/search",
            q=words,
            limit=str(limit),
        )

    def activity(self, activity_id: str) -> RawActivity:
        """Return one activity of this athlete: ``GET /activity/{id}``.

        Raises
        ------
        NoRecord
            If there is none, or it is another athlete's: a coach's key opens those
            too.
        """
        return self._own(self._get(RawActivity, f"/activity/{activity_id}"))

    def activity_ids(self, oldest: date, newest: date) -> list[RawActivityIds]:
        """Return the ids of activities, and those their makers gave them."""
        return self._get(
            list[RawActivityIds],
            f"{self._athlete}/activities",
            oldest=oldest.isoformat(),
            newest=f"{newest.isoformat()}T23:59:59",
            fields=fields_of(RawActivityIds),
        )

    def writable_activity(self, activity_id: str) -> RawWritableActivity:
        """Return what of an activity can be written; as :meth:`activity`."""
        return self._own(self._get(RawWritableActivity, f"/activity/{activity_id}"))

    def matching_activities(self, settings_id: str) -> list[RawActivityIds]:
        """Return the activities of a sport: ``GET …/matching-activities``."""
        path = f"{self._athlete}/sport-settings/{settings_id}/matching-activities"
        return self._get(list[RawActivityIds], path)

    def activity_with_laps(self, activity_id: str) -> RawActivityWithLaps:
        """Return one activity and its laps; as :meth:`activity`."""
        path = f"/activity/{activity_id}"
        return self._own(self._get(RawActivityWithLaps, path, intervals="true"))

    def _own(self, raw: Own) -> Own:
        whose = ident(raw.icu_athlete_id)
        if whose is not None and whose != self._own_id():
            raise NoRecord("an activity of another athlete")
        return raw

    def _own_id(self) -> str | None:
        """Return the id of the athlete that is ``0`` to this key; it never changes."""
        credentials, known = self._credentials, self._wire.own_ids
        if credentials.athlete_id != "0":
            return credentials.athlete_id
        if credentials.name not in known:
            self.athlete()
        return known[credentials.name]

    def fitness(self, oldest: date, newest: date) -> list[RawFitness]:
        """Return the fitness of days: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawFitness, oldest, newest)

    def wellness(self, oldest: date, newest: date) -> list[RawWellness]:
        """Return wellness rows: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawWellness, oldest, newest)

    def wellness_rows(self, oldest: date, newest: date) -> list[Mapping[str, object]]:
        """Return wellness rows, whole: ``GET /athlete/{id}/wellness``."""
        return self._get(
            list[Mapping[str, object]],
            f"{self._athlete}/wellness",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
        )

    def _wellness(self, record: type[Row], oldest: date, newest: date) -> list[Row]:
        rows = self._get(
            list[record],  # type: ignore[valid-type]  # a type made at run time
            f"{self._athlete}/wellness",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
            fields=fields_of(record),
        )
        return _one_a_day(rows)

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

        def read(body: bytes) -> tuple[list[RawWellness], list[RawFitness]]:
            wellness = decode(body, list[RawWellness], "/wellness")
            make_sense(wellness, "/wellness")
            fitness = decode(body, list[RawFitness], "/wellness")
            return _one_a_day(wellness), _one_a_day(fitness)

        return self._answer_to(target, read)

    def eftp(self, oldest: date, newest: date) -> list[RawEftp]:
        """Return estimated FTP of days: ``GET /athlete/{id}/wellness``."""
        return self._wellness(RawEftp, oldest, newest)

    def events(
        self, oldest: date, newest: date, *, categories: Sequence[str] = ()
    ) -> list[RawEvent]:
        """Return calendar entries: ``GET /athlete/{id}/events``."""
        rows = self._get(
            list[RawEvent],
            f"{self._athlete}/events",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
            category=",".join(categories) or None,
        )
        return without_doubles(rows, lambda row: ident(row.id))

    def event(self, event_id: str) -> Mapping[str, object]:
        """Return one calendar entry, whole: ``GET /athlete/{id}/events/{id}``."""
        return self._get(dict[str, object], f"{self._athlete}/events/{event_id}")

    def event_rows(self, oldest: date, newest: date) -> list[Mapping[str, object]]:
        """Return calendar entries, whole: ``GET /athlete/{id}/events``."""
        return self._get(
            list[Mapping[str, object]],
            f"{self._athlete}/events",
            oldest=oldest.isoformat(),
            newest=newest.isoformat(),
        )

    def rows(
        self, noun: Noun, days: tuple[date, date], *, whole: bool = False
    ) -> list[Mapping[str, object]]:
        """Return what the ledger compares: one call.

        ``days`` bound activities, wellness and the calendar; sports and gear have none.
        Only ``whole`` activities have fields of the athlete's own; all else always has.
        """
        dated: dict[str, str | None] = {
            "oldest": days[0].isoformat(),
            "newest": days[1].isoformat(),
        }
        path, query = {
            "activity": (
                "activities",
                {
                    "oldest": dated["oldest"],
                    "newest": f"{dated['newest']}T23:59:59",
                    "fields": None if whole else ACTIVITY_KEYS,
                },
            ),
            "wellness": ("wellness", dated),
            "event": ("events", dated),
            "zones": ("sport-settings", {}),
            "gear": ("gear", {}),
        }[noun]
        record = list[Mapping[str, object]]
        return self._get(record, f"{self._athlete}/{path}", **query)

    def row(self, noun: Noun, thing_id: str) -> Mapping[str, object]:
        """Return one thing on its own, whole; of gear what it has run up.

        Raises
        ------
        NoRecord
            If there is none: it is gone.
        """
        path = {
            "activity": f"/activity/{thing_id}",
            "wellness": f"{self._athlete}/wellness/{thing_id}",
            "event": f"{self._athlete}/events/{thing_id}",
            "zones": f"{self._athlete}/sport-settings/{thing_id}",
            "gear": f"{self._athlete}/gear/{thing_id}/calc",
        }[noun]
        return self._get(dict[str, object], path)

    def with_laps(self, activity_ids: Sequence[str]) -> list[RawActivityWithLaps]:
        """Return several activities and their laps; unknown ones are left out."""
        path = f"{self._athlete}/activities/{','.join(activity_ids)}"
        return self._get(list[RawActivityWithLaps], path, intervals="true")

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

    def activity_file(self, activity_id: str, kind: FileFormat) -> bytes:
        """Return the original, or a FIT or GPX file made from it."""
        return self.read(self._file(f"/activity/{activity_id}/{kind}"))

    def workout_file(self, event_id: str, ending: str) -> bytes:
        """Return a workout as a file: ``GET …/events/{id}/download.{ending}``."""
        path = f"{self._athlete}/events/{event_id}/download.{ending}"
        return self.read(self._file(path))

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
        path = path_and_query.partition("?")[0]

        def read(body: bytes) -> object:
            try:
                value = decode(body, object, path)
            except UpstreamGarbage as error:
                if not body or body.startswith(_UNFINISHED):
                    raise
                raise NotFlat(path) from error
            return make_sense(value, path) if isinstance(value, dict) else value

        return self._answer_to(path_and_query, read)


def _one_a_day(rows: list[Row]) -> list[Row]:
    """Return one row for each day, also where a day came twice, once of them empty."""
    ids = (getattr(row, "id", None) for row in rows)
    days = {each[:_DAY_LETTERS] for each in ids if isinstance(each, str)}
    if len(days) == len(rows):
        return rows  # as nearly always: no row is looked at twice
    return without_doubles(rows, lambda row: read_day_text(getattr(row, "id", None)))
