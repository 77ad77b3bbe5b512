"""The weather of a day, where upstream has a forecast for it.

The spec names only the place of a forecast; the days in it are read as OpenWeather
writes them, which is unverified. What is not there is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from bridge.domain.flat import amount, text, whole_amount
from bridge.domain.moment import read_day
from bridge.domain.raw import RawRecord
from bridge.domain.speech.breath import in_one_breath
from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice

_COLDEST, _HOTTEST = -60.0, 60.0
_KM_PER_H = 3.6


class RawForecasts(RawRecord):
    """What is read of a ``WeatherDTO``."""

    forecasts: object = None


class Weather(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The forecast of one day at the athlete's first place."""

    date: str
    place: str | None = None
    low_c: float | None = None
    high_c: float | None = None
    rain_mm: float | None = None
    wind_km_per_h: int | None = None
    session: str | None = None  # the next planned one, which this is about


def flatten_weather(
    raw: RawForecasts, day: date, *, session: str | None = None
) -> Weather:
    """Flatten the forecast of one day.

    Parameters
    ----------
    raw
        Forecasts by place, the athlete's first place counts; degrees Celsius,
        millimetres, metres a second.
    day
        The local day.
    session
        What the planned session is called that the question is about.

    Returns
    -------
    Weather
        Only ``date`` where there is no forecast for the day.

    Source
    ------
    GET /api/v1/athlete/{id}/weather-forecast, schema ``WeatherDTO``.
    """
    for place, row in _days(raw):
        if read_day(row.get("id") or row.get("date")) != day:
            continue
        temperature = row.get("temp")
        range_ = temperature if isinstance(temperature, Mapping) else {}
        return Weather(
            date=day.isoformat(),
            place=place,
            low_c=amount(range_.get("min"), 0, least=_COLDEST, most=_HOTTEST),
            high_c=amount(range_.get("max"), 0, least=_COLDEST, most=_HOTTEST),
            rain_mm=amount(row.get("rain"), 1, most=1000),
            wind_km_per_h=whole_amount(row.get("wind_speed"), _KM_PER_H, most=500),
            session=session,
        )
    return Weather(date=day.isoformat(), session=session)


def say_weather(weather: Weather, voice: Voice, today: date) -> str:
    """Say how warm, how wet and how windy it will be."""
    day = read_day(weather.date)
    when = voice.day(day, today) if day else ""
    session = None
    if weather.session:
        session = voice.say("weather.session", name=weather.session)
    if weather.low_c is None or weather.high_c is None:
        none = begin(voice.say("weather.none", day=voice.bare_day(day or today, today)))
        return in_one_breath(voice, (session, none))
    low, high = voice.say_degrees(weather.low_c), voice.say_degrees(weather.high_c)
    range_ = voice.say("weather.range", day=when, low=low, high=high)
    if low == high:
        range_ = voice.say("weather.around", day=when, degrees=high)
    return in_one_breath(
        voice,
        (
            session,
            range_,
            _say_rain(weather.rain_mm, voice),
            _say_wind(weather.wind_km_per_h, voice),
        ),
    )


def _say_rain(rain_mm: float | None, voice: Voice) -> str | None:
    if rain_mm is None:
        return None
    key = "weather.dry" if rain_mm < 0.3 else "weather.wet"
    return voice.say(key if rain_mm < 5 else "weather.very_wet")


def _say_wind(km_per_h: int | None, voice: Voice) -> str | None:
    if km_per_h is None or km_per_h < 20:
        return None
    return voice.say("weather.windy", speed=voice.say_speed(km_per_h))


def _days(raw: RawForecasts) -> Iterator[tuple[str | None, Mapping[str, object]]]:
    places = raw.forecasts if isinstance(raw.forecasts, list) else []
    for place in places[:1]:
        if not isinstance(place, Mapping):
            continue
        name = text(place.get("label"), 60) or text(place.get("location"), 60)
        rows = place.get("daily")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, Mapping):
                yield name, row
