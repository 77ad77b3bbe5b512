"""Numbers, measures, days and times as a voice should have them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.speech.trim import begin
from bridge.domain.speech.voice import Voice
from bridge.simulator.world import World
from tests.conftest import Clock
from tests.speech.heard import assert_own
from tests.support.asking import AUCKLAND_MOMENTS, auckland, phone_of, told
from tests.support.routes import some_activity

GERMAN = Voice("de_DE")
AUSTRIAN = Voice("de_AT")
GERMAN_IMPERIAL = Voice("de_DE", "imperial")
FRENCH = Voice("fr_FR")
SPANISH = Voice("es_ES")
MONDAY = date(2026, 11, 23)


def test_german_numbers_have_a_comma_and_units_are_words() -> None:
    assert GERMAN.say_distance(12.44) == "12,4 Kilometer"
    assert GERMAN.say_distance(1) == "ein Kilometer"
    assert GERMAN.say_weight(72.5) == "72,5 Kilogramm"
    assert GERMAN.number(1234567.5, 1) == "1.234.567,5"
    assert GERMAN.say_duration(3907) == "eine Stunde 5"
    assert GERMAN.say_pace(312) == "5 Minuten 12 pro Kilometer"
    assert GERMAN.say_swim_pace(125) == "2 Minuten 5 pro 100 Meter"
    assert GERMAN.say_speed(25) == "25 Kilometer pro Stunde"
    assert GERMAN.listed(["a", "b", "c"]) == "a, b und c"


def test_german_imperial_measures_are_words_too() -> None:
    voice = GERMAN_IMPERIAL
    assert voice.say_distance(16.09344) == "10 Meilen"
    assert voice.show_distance(1.609344) == "1 mi"
    assert voice.say_climb(100) == "330 Fuß"
    assert voice.say_weight(72.5) == "159,8 Pfund"
    assert voice.say_pace(300) == "8 Minuten 3 pro Meile"
    assert voice.say_temperature(20) == "68 Grad"


def test_french_numbers_are_singular_below_two_and_grouped_by_a_narrow_gap() -> None:
    assert FRENCH.say_distance(1.44) == "1,4 kilomètre"
    assert FRENCH.say_distance(12345) == "12\u202f300 kilomètres"
    assert FRENCH.show_distance(12345) == "12\u202f345 km"
    assert FRENCH.say_weight(72.5) == "72,5 kilogrammes"
    assert FRENCH.say_duration(3907) == "1 heure 5"
    assert FRENCH.say_pace(312) == "5 minutes 12 au kilomètre"
    assert FRENCH.say_swim_pace(125) == "2 minutes 5 aux 100 mètres"
    assert FRENCH.say("watts", n=0) == "0 watt"
    assert FRENCH.say("wellness.steps", n=1e6, number="1") == "1 de pas."
    assert Voice("fr_CA", "imperial").say_distance(16.09344) == "10 milles"


def test_spanish_joins_hours_minutes_and_names_with_a_word() -> None:
    assert SPANISH.say_distance(12.44) == "12,4 kilómetros"
    assert SPANISH.number(1234567.5, 1) == "1.234.567,5"
    assert SPANISH.say_duration(3907) == "una hora 5"
    assert SPANISH.say_duration(3600) == "una hora"
    assert SPANISH.say_pace(312) == "5 minutos 12 por kilómetro"
    assert SPANISH.say_swim_pace(125) == "2 minutos 5 cada 100 metros"
    assert SPANISH.say("wellness.steps", n=1e6, number="1") == "1 de pasos."
    assert Voice("es_ES", "imperial").say_distance(16.09344) == "10 millas"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("Remo", "Surf y Remo"),
        ("Intervalos", "Surf e Intervalos"),
        ("índice", "Surf e índice"),
        ("hidratación", "Surf e hidratación"),
        ("Hielo", "Surf y Hielo"),
        ("Yoga", "Surf y Yoga"),
    ],
)
def test_a_spanish_and_gives_way_before_its_own_sound(last: str, said: str) -> None:
    assert SPANISH.listed(["Surf", last]) == said
    assert SPANISH.listed(["Vela", "Surf", last]) == f"Vela, {said}"
    assert SPANISH.listed([last]) == last
    assert FRENCH.listed(["Surf", last]) == f"Surf et {last}"


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0, "las 0:05"), (1, "la 1:05"), (2, "las 2:05"), (13, "las 13:05")],
)
def test_a_spanish_hour_has_its_article(hour: int, said: str) -> None:
    moment = datetime(2026, 11, 23, hour, 5)  # noqa: DTZ001 - a wall clock
    assert SPANISH.time(moment) == said
    assert SPANISH.say("plan.at", time=said) == f"a {said}"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "ayer"),
        (MONDAY, "hoy"),
        (date(2026, 11, 24), "mañana"),
        (date(2026, 11, 27), "el viernes"),
        (date(2026, 11, 20), "el viernes pasado"),
        (date(2026, 12, 1), "el martes 1 de diciembre"),
        (date(2027, 1, 2), "el sábado 2 de enero de 2027"),
    ],
)
def test_spanish_days_have_their_article(day: date, said: str) -> None:
    assert SPANISH.day(day, MONDAY) == said


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice(), "minus 12 degrees"),
        (FRENCH, "moins 12 degrés"),
        (SPANISH, "menos 12 grados"),
        (GERMAN, "minus 12 Grad"),
        (Voice("de_DE", fahrenheit=True), "10 Grad"),
    ],
)
def test_a_sign_is_a_word(voice: Voice, said: str) -> None:
    assert voice.say_temperature(-12) == said


def test_a_pace_is_no_time_of_day() -> None:
    assert GERMAN.say_pace(342) == "5 Minuten 42 pro Kilometer"
    assert GERMAN.show_pace(342) == "5:42 /km"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "gestern"),
        (MONDAY, "heute"),
        (date(2026, 11, 24), "morgen"),
        (date(2026, 11, 27), "am Freitag"),
        (date(2026, 11, 20), "am Freitag"),
        (date(2026, 12, 4), "am Freitag, 4. Dezember"),
        (date(2027, 1, 2), "am Samstag, 2. Januar 2027"),
    ],
)
def test_german_days_are_named_by_their_distance(day: date, said: str) -> None:
    assert GERMAN.day(day, MONDAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 22), "hier"),
        (MONDAY, "aujourd'hui"),
        (date(2026, 11, 24), "demain"),
        (date(2026, 11, 27), "vendredi"),
        (date(2026, 11, 20), "vendredi dernier"),
        (date(2026, 12, 4), "vendredi 4 décembre"),
        (date(2026, 12, 1), "mardi 1er décembre"),
        (date(2027, 1, 1), "vendredi 1er janvier 2027"),
        (date(2027, 1, 11), "lundi 11 janvier 2027"),
    ],
)
def test_french_days_have_an_article_never_before_a_weekday(
    day: date, said: str
) -> None:
    assert FRENCH.day(day, MONDAY) == said


def test_regions_have_their_own_months_and_clocks() -> None:
    evening = datetime(2026, 11, 23, 19, 5)  # noqa: DTZ001 - a wall clock
    assert AUSTRIAN.day(date(2027, 1, 2), MONDAY) == "am Samstag, 2. Jänner 2027"
    assert Voice("en_US").day(date(2026, 12, 4), MONDAY) == "on Friday December 4"
    assert Voice("en_US").time(evening) == "7:05 PM"
    assert Voice("en_GB").time(evening) == "19:05"
    assert GERMAN.time(evening) == "19:05 Uhr"
    assert FRENCH.time(evening) == "19h05"


@given(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 2),
    st.sampled_from(["en_GB", "en_US", "de_DE", "de_AT", "fr_FR", "fr_CA", "es_ES"]),
)
def test_every_number_has_words(value: float, digits: int, locale: str) -> None:
    voice = Voice(locale)
    assert 1 <= len(voice.number(value, digits)) < 30
    said = voice.say_number(value, digits)
    assert not said.startswith("-")
    if voice.language != "en" and abs(value) < 1e15:
        assert_own(said, voice.language)


@pytest.mark.parametrize(
    ("chosen", "shown", "said"),
    [
        (("en", "meters"), " km", "kilometres"),
        (("en", "feet"), " mi", "miles"),
        (("de", "meters"), " km", "Kilometer"),
        (("de", "feet"), " mi", "Meilen"),
        (("fr", "meters"), " km", "kilomètres"),
        (("fr", "feet"), " mi", "miles"),
        (("es", "meters"), " km", "kilómetros"),
        (("es", "feet"), " mi", "millas"),
    ],
)
def test_language_and_units_are_chosen_apart(
    phone: FlaskClient, world: World, chosen: tuple[str, str], shown: str, said: str
) -> None:
    run = world.activities[some_activity(world)]
    world.athlete["locale"], world.athlete["measurement_preference"] = chosen
    body = told(phone, f"/v1/activities/{run['id']}")
    assert body["distance_km"] == round(run["distance"] / 1000, 2)
    assert body["distance_text"].endswith(shown)
    assert body["pace_text"].endswith(f"/{shown.strip()}")
    assert said in body["speech"]


@pytest.mark.parametrize("moment", AUCKLAND_MOMENTS)
@pytest.mark.parametrize(
    "words",
    [
        ("en", "today", "yesterday"),
        ("de", "heute", "gestern"),
        ("fr", "aujourd'hui", "hier"),
        ("es", "hoy", "ayer"),
    ],
)
def test_today_is_the_athletes_today_in_a_sentence(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    moment: tuple[str, datetime],
    words: tuple[str, str, str],
) -> None:
    day, now = moment
    lang, today, yesterday = words
    there = auckland(clock, now, world)
    there.activities.clear()
    there.events.clear()
    phone = phone_of(make_app, there)
    path = f"/v1/workouts/today?lang={lang}"
    before = date.fromisoformat(day) - timedelta(days=1)
    assert today in told(phone, path)["speech"].lower()
    assert yesterday in told(phone, f"{path}&day={before}")["speech"].lower()
    there.add_activity(type="Run", start_date_local=f"{before}T23:30:00")
    speech = told(phone, f"/v1/activities/latest?lang={lang}")["speech"]
    assert speech.startswith(begin(yesterday))


def test_an_old_answer_tells_its_time_in_the_athletes_zone(
    make_app: Callable[..., Flask], world: World, clock: Clock
) -> None:
    evening = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)  # 23:30 in Auckland
    there = auckland(clock, evening, world)
    phone = phone_of(make_app, there)
    path = "/v1/fitness?day=2026-11-23"
    told(phone, path)
    there.switches.fail_status = 503
    clock.advance(minutes=20)
    assert "As of 23:30;" in told(phone, path)["speech"]
    clock.advance(hours=1)
    assert "Read yesterday at 23:30;" in told(phone, path)["speech"]
    german = told(phone, f"{path}&lang=de")["speech"]
    assert "Gelesen gestern um 23:30 Uhr," in german
