"""The athlete: who it is, and how the athlete's own site shows things."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec

from bridge.domain.flat import amount, ident, text, whole_amount
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath, short
from bridge.domain.speech.voice import Units, Voice
from bridge.domain.sport import say_discipline
from bridge.domain.zones.settings import (
    RawSportSettings,
    Thresholds,
    flatten_thresholds,
    read_sport_settings,
)
from bridge.errors import UpstreamGarbage

_IMPERIAL_WORDS = ("feet", "foot", "mile", "imperial", "yard")


class RawAthlete(RawRecord):
    """What is read of a ``WithSportSettings``: never a key, a token or an address."""

    id: object = None
    name: object = None
    timezone: object = None
    locale: object = None
    measurement_preference: object = None
    fahrenheit: object = None
    weight_pref_lb: object = None
    icu_form_as_percent: object = None
    icu_weight: object = None
    icu_resting_hr: object = None
    strava_authorized: object = None
    sport_settings: object = msgspec.field(default=None, name="sportSettings")


class Athlete(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The athlete's public face and preferences."""

    athlete_id: str
    name: str | None = None
    timezone: str
    timezone_is_known: bool
    locale: str | None = None
    units: str  # metric or imperial
    form_as_percent: bool
    weight_kg: float | None = None
    resting_hr_bpm: int | None = None
    sports: str | None = None  # the first sport of each settings record


@dataclass(frozen=True, slots=True)
class AthleteSettings:
    """What the bridge needs to answer one athlete.

    ``locale`` is as upstream has it (``de``, ``en-GB`` …), None where it has none.
    """

    timezone: str = "UTC"
    timezone_is_known: bool = False
    locale: str | None = None
    units: Units = "metric"
    form_as_percent: bool = False
    fahrenheit: bool | None = None  # None: as the units have it
    pounds: bool | None = None
    thresholds: tuple[Thresholds, ...] = ()  # of each sport

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone that decides which day it is."""
        return ZoneInfo(self.timezone)


def read_settings(raw: RawAthlete) -> AthleteSettings:
    """Read the athlete's preferences, each with what is usual where it is odd.

    Parameters
    ----------
    raw
        ``measurement_preference`` is ``meters``; other values were never seen, so
        every word for feet or miles counts as imperial.

    Source
    ------
    GET /api/v1/athlete/{id}, schema ``WithSportSettings``.
    """
    name = text(raw.timezone, 100)
    known = name is not None and _is_timezone(name)
    preference = (text(raw.measurement_preference, 40) or "").lower()
    imperial = any(word in preference for word in _IMPERIAL_WORDS)
    return AthleteSettings(
        timezone=name if known and name is not None else "UTC",
        timezone_is_known=known,
        locale=text(raw.locale, 40),
        units="imperial" if imperial else "metric",
        form_as_percent=raw.icu_form_as_percent is True,
        fahrenheit=_flag(raw.fahrenheit),
        pounds=_flag(raw.weight_pref_lb),
        thresholds=tuple(map(flatten_thresholds, _sport_settings(raw))),
    )


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def flatten_athlete(raw: RawAthlete) -> Athlete:
    """Flatten the athlete.

    Parameters
    ----------
    raw
        The athlete's record; weight in kilograms.

    Raises
    ------
    UpstreamGarbage
        If there is no ``id``.

    Source
    ------
    GET /api/v1/athlete/{id}, schema ``WithSportSettings``.
    """
    athlete_id = ident(raw.id)
    if athlete_id is None:
        raise UpstreamGarbage("a record of athlete without an id")
    settings = read_settings(raw)
    sports = [row.sport for row in map(flatten_thresholds, _sport_settings(raw))]
    return Athlete(
        athlete_id=athlete_id,
        name=text(raw.name, 100),
        timezone=settings.timezone,
        timezone_is_known=settings.timezone_is_known,
        locale=settings.locale,
        units=settings.units,
        form_as_percent=settings.form_as_percent,
        weight_kg=amount(raw.icu_weight, 2, least=1, most=500),
        resting_hr_bpm=whole_amount(raw.icu_resting_hr, least=1, most=250),
        sports=", ".join(sports) or None,
    )


def say_athlete(athlete: Athlete, voice: Voice) -> str:
    """Say whose data this is, the sports and the time zone; never the weight."""
    who = short(athlete.name or athlete.athlete_id, voice)
    named = [sport for sport in (athlete.sports or "").split(", ") if sport != "Other"]
    sports = [say_discipline(sport, voice) for sport in named]
    city = voice.city(athlete.timezone).replace("/", ", ")
    return in_one_breath(
        voice,
        (
            voice.say("athlete.sports", name=who, sports=voice.listed(sports))
            if any(named)
            else voice.say("athlete.name", name=who),
            voice.say("athlete.zone", zone=city)
            if athlete.timezone_is_known
            else voice.say("athlete.no_zone"),
        ),
    )


def _sport_settings(raw: RawAthlete) -> list[RawSportSettings]:
    return read_sport_settings(raw.sport_settings)


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a key at all, a folder
        return False
    return True
