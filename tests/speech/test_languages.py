"""The tables of all languages side by side, and which one a phone hears."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial

import pytest
from babel import Locale
from flask import Flask
from flask.testing import FlaskClient

from bridge.domain.calendar.dictation import example_in
from bridge.domain.calendar.words import CATEGORIES, read_category, read_colour
from bridge.domain.inputs import (
    InputError,
    parse_day,
    parse_distance,
    parse_duration,
    parse_scale,
    read_sport,
)
from bridge.domain.inputs.scales import Scale
from bridge.domain.speech.language import phrase_of
from bridge.domain.speech.phrases import (
    LANGUAGES,
    Phrase,
    fields_of,
    phrases_of,
    words_of,
)
from bridge.domain.speech.voice import Voice, known_locale
from bridge.domain.sport import TYPES
from bridge.domain.wellness.input import WELLNESS_INPUTS
from bridge.errors import BadField
from bridge.simulator.world import World
from tests.conftest import Clock, let_in
from tests.speech.heard import STUMBLES, assert_heard
from tests.support.routes import JSON, open_route, path_of

MONDAY = date(2026, 11, 23)
FOR_THE_EYE = ("show.", "time.", "card.", "feed.")
ANSWERS = [route for route in JSON if route.path != "/openapi.json"]

every_language = pytest.mark.parametrize("language", LANGUAGES)


def forms_of(phrase: Phrase) -> Mapping[str, str]:
    return {"other": phrase} if isinstance(phrase, str) else phrase


def placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


# the tables


@every_language
def test_every_language_has_every_phrase(language: str) -> None:
    assert set(phrases_of(language)) == set(phrases_of("en"))


@every_language
def test_every_phrase_takes_the_same_words_in_every_language(language: str) -> None:
    for key, english in phrases_of("en").items():
        wanted = placeholders(forms_of(english)["other"])
        assert placeholders(forms_of(phrases_of(language)[key])["other"]) == wanted, key


@every_language
def test_every_plural_has_the_forms_that_its_language_needs(language: str) -> None:
    rules = Locale(language).plural_form.rules
    for key, phrase in phrases_of(language).items():
        if isinstance(phrase, str):
            continue
        assert set(phrase) == {*rules, "other"}, key
        for form in phrase.values():
            assert placeholders(form) <= placeholders(phrase["other"]), key


@every_language
def test_what_bends_with_a_number_in_english_bends_in_every_language(
    language: str,
) -> None:
    table = phrases_of(language)
    for key, english in phrases_of("en").items():
        if isinstance(english, Mapping) and isinstance(table[key], str):
            assert key in UNBENT.get(language, ()), key


UNBENT = {  # "1 Watt", "2 Watt"
    "de": {
        "activity.power",
        "bests.down",
        "bests.eftp",
        "bests.up",
        "session.grams",
        "steps.watts",
        "steps.zone",
        "temperature.degrees",
        "upload.preview",
        "watts",
        "wellness.abdomen_cm",
        "wellness.blood_glucose_mmol_per_l",
        "wellness.carbohydrates_g",
        "wellness.fat_g",
        "wellness.lactate_mmol_per_l",
        "wellness.protein_g",
        "zones.ftp",
    }
}


@every_language
def test_a_placeholder_is_a_name_and_nothing_else(language: str) -> None:
    for key, phrase in phrases_of(language).items():
        for form in forms_of(phrase).values():
            for _, name, spec, conversion in string.Formatter().parse(form):
                assert name is None or name.isidentifier(), key
                assert not spec, key
                assert not conversion, key


@every_language
def test_a_file_holds_texts_and_nothing_else(language: str) -> None:
    for key, phrase in phrases_of(language).items():
        assert all(isinstance(form, str) for form in forms_of(phrase).values()), key


UNDERSTOOD = ("days", "scales", "categories", "colours")


def leaves(
    table: Mapping[str, object], above: str = ""
) -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


@every_language
@pytest.mark.parametrize("purpose", UNDERSTOOD)
def test_every_language_is_understood_in_all_that_english_is(
    purpose: str, language: str
) -> None:
    own = dict(leaves(words_of(language, purpose)))
    english = dict(leaves(words_of("en", purpose)))
    assert list(own) == list(english)
    for name, words in own.items():
        assert isinstance(words, list), name
        assert all(words), name
        assert len(set(words)) == len(words), name


@every_language
def test_what_is_understood_stands_for_what_upstream_has(language: str) -> None:
    assert set(words_of(language, "categories")) <= set(CATEGORIES)
    assert set(words_of(language, "sports")) <= set(TYPES)
    for colour, words in words_of(language, "colours").items():
        assert {read_colour(word) for word in [colour, *words]} == {colour}
    for category, words in words_of(language, "categories").items():
        assert {read_category(word) for word in words} == {category}


def test_a_star_stands_for_every_ending() -> None:
    said = words_of("de", "days")["next"]
    assert {"nächste", "nächster", "nächsten"} <= set(said)
    assert not any("*" in word for word in said)


def test_a_start_reads_no_language() -> None:
    """Reading takes a hundredth of a second each; a start has none to lose."""
    program = (
        "import bridge.app, bridge.routes.table\n"
        "from bridge.domain.speech.phrases import _file_of\n"
        "assert _file_of.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@every_language
def test_what_is_spoken_has_no_abbreviation(language: str) -> None:
    for key, phrase in phrases_of(language).items():
        if key.startswith(FOR_THE_EYE):
            continue
        for form in forms_of(phrase).values():
            found = STUMBLES.search(form)
            assert found is None, f"{key}: {found and found.group()}"


@every_language
def test_no_phrase_is_too_long_to_be_spoken_whole(language: str) -> None:
    for key, phrase in phrases_of(language).items():
        for form in forms_of(phrase).values():
            assert 1 <= len(form) <= 240, key
            assert form == form.strip(), key


@every_language
@pytest.mark.parametrize("n", [0, 1, 2, 5, -3, 1_000_000])
def test_every_phrase_is_heard_with_none_one_many_and_odd_numbers(
    n: int, language: str
) -> None:
    voice = Voice(str(known_locale(language)))
    words = fillings(voice, n)
    for key in phrases_of(language):
        if key.startswith(FOR_THE_EYE):
            continue
        wanted = placeholders(forms_of(phrases_of(language)[key])["other"]) - {"n"}
        filled = {name: words.get(name, "Tempo") for name in wanted}
        said = voice.say(key, n=n, **filled)
        # What ends with a colon goes on.
        whole = f"{said} Tempo." if said.endswith(":") else said
        assert_heard(whole, language, names="Tempo")


def fillings(voice: Voice, n: int) -> dict[str, str]:
    """Return what stands in a placeholder; a name stands in all others."""
    duration, number = voice.say_duration(5400), voice.say_number(n)
    return {
        "day": voice.calendar_day(MONDAY - timedelta(days=9), MONDAY),
        "weekday": voice.weekday(MONDAY),
        **dict.fromkeys(("time", "difference", "wait", "planned", "done"), duration),
        "weight": voice.say_weight(72.5),
        "distance": voice.say_distance(1234.5),
        "climb": voice.say_climb(1234),
        "pace": voice.say_pace(245),
        "speed": voice.say_speed(25),
        **dict.fromkeys(("number", "low", "high", "ctl", "atl", "form"), number),
        "example": voice.field_example("mood"),
    }


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_another_language_is_translated(language: str) -> None:
    """What is the same in both is a name, a number or a word of both languages."""
    english = phrases_of("en")
    same = [
        key for key, phrase in phrases_of(language).items() if phrase == english[key]
    ]
    spoken = [key for key in same if not key.startswith((*FOR_THE_EYE, "sport."))]
    spoken = [key for key in spoken if placeholders_only(english[key]) is False]
    assert set(spoken) <= SAME_WORDS[language]


SAME_WORDS = {
    "de": {
        "activity.done",
        "bests.time",
        "brief.hrv",
        "brief.normal_hrv",
        "fitness.fitness",
        "wellness.average_hrv",
        "wellness.average_sdnn",
        "wellness.hrv_ms",
        "wellness.hrv_sdnn_ms",
        "fitness.form",
        "field.ftp_w",
        "number.minus",
        "number.plus",
        "scale.feel.3",
        "weather.windy",
        "wellness.motivation",
        "wellness.stress",
    },
    "fr": {
        "one.length-mile",
        "athlete.sports",
        "wellness.vo2max",
        "zones.max_hr",
        "category.NOTE",
        "field.description",
        "fitness.fatigue",
        "field.ftp_w",
        "field.planned_distance_km",
        "field.rpe",
        "field.type",
        "name.zone",
        "number.plus",
        "one.duration-minute",
        "one.length-yard",
        "scale.sleep_quality.1",
        "wellness.fatigue",
        "wellness.motivation",
        "wellness.stress",
    },
    "es": {
        "field.ftp_w",
        "scale.feel.3",
        "wellness.vo2max",
        "word.no",
    },
}


def placeholders_only(phrase: Phrase) -> bool:
    words = "".join(text for text, *_ in string.Formatter().parse(str(phrase)))
    return not any(letter.isalpha() for letter in words)


def test_a_phrase_that_a_language_lacks_is_said_in_english() -> None:
    assert phrase_of("a", {"a": "eins"}, lambda: {"a": "one"}) == "eins"
    assert phrase_of("b", {"a": "eins"}, lambda: {"b": "two"}) == "two"


def test_the_cure_for_strava_is_never_cut_off() -> None:
    for language in LANGUAGES:
        voice = Voice(language)
        for days in range(1, 400):
            day = voice.day(MONDAY - timedelta(days=days), MONDAY)
            head = voice.say("strava.day", day=day)
            assert len(f"{head} {voice.say('strava.cure')}") <= 255, (language, day)


# which language


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("de", "de_DE"),
        ("DE", "de_DE"),
        ("de-AT", "de_AT"),
        ("de_CH", "de_DE"),  # its decimal point would be read as one
        ("de-Latn-DE", "de_DE"),
        ("en", "en_GB"),
        ("en-US", "en_US"),
        ("en_us", "en_US"),
        ("en-DE", "en_GB"),
        ("fr", "fr_FR"),
        ("fr-CA", "fr_CA"),
        ("fr-BE", "fr_FR"),
        ("es-ES", "es_ES"),
        ("es-MX", "es_ES"),  # its decimal point would be read as one
        ("it-IT", None),
        ("deutsch", None),
        ("", None),
        (None, None),
    ],
)
def test_a_language_tag_means_a_locale(tag: str | None, locale: str | None) -> None:
    assert known_locale(tag) == locale
    if locale:
        Locale.parse(locale)


FORM_IS = {
    "de": "Form minus 2: ausgeglichen",
    "en": "Form minus 2: balanced",
    "fr": "Forme moins 2",
    "es": "Forma menos 2",
}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        (("?lang=de", "en-GB", "en"), "de"),
        (("?lang=de_CH", "en-GB", "en"), "de"),
        (("?lang=en-US", "de-DE", "de"), "en"),
        (("", "de-AT,de;q=0.9,en;q=0.5", "en"), "de"),
        (("", "en;q=0.5,de;q=0.9", "en"), "de"),
        (("", "nl-NL,it;q=0.9,de;q=0.1", "en"), "de"),
        (("", "de;q=0,en", "de"), "en"),
        (("", "de;q=0", "en"), "en"),
        (("", "it-IT", "de"), "de"),
        (("", "fr-FR", "de"), "fr"),
        (("", "", "fr"), "fr"),
        (("?lang=es", "fr-FR", "de"), "es"),
        (("", "es-419", "en"), "es"),
        (("", "*", "de_DE"), "de"),
        (("", "", "de-CH"), "de"),
        (("", "", "it"), "en"),
        (("", "", None), "en"),
    ],
)
def test_the_language_is_asked_for_else_the_phones_else_the_athletes(
    phone: FlaskClient, world: World, asked: tuple[str, str, str | None], language: str
) -> None:
    query, accepted, world.athlete["locale"] = asked
    answer = phone.get(f"/v1/fitness{query}", headers={"Accept-Language": accepted})
    assert answer.get_json()["speech"].startswith(FORM_IS[language])


def test_a_failure_is_told_in_the_athletes_language_once_it_is_known(
    phone: FlaskClient, world: World, clock: Clock
) -> None:
    world.athlete["locale"] = "de"
    phone.get("/v1/fitness")
    clock.advance(days=2)  # longer than an old answer stands in
    world.switches.fail_status = 503
    speech = phone.get("/v1/fitness").get_json()["speech"]
    assert speech.startswith("Intervals antwortet nicht.")


@every_language
def test_every_answer_is_heard_in_every_language(
    raw_phone: FlaskClient, world: World, language: str
) -> None:
    for route in ANSWERS:
        path = path_of(route, world)
        headers = {"Accept-Language": f"{language}-{language.upper()}"}
        body = open_route(raw_phone, route, path, headers).get_json()
        if route.body is None:
            assert body["status"] == "ok", body
        assert_heard(body["speech"], language, names="\n".join(given_words(body)))
        mark = "&" if "?" in path else "?"
        if route.method == "GET":
            asked = raw_phone.get(f"{path}{mark}lang={language}").get_json()
            assert asked["speech"] == body["speech"], path


def given_words(value: object) -> Iterator[str]:
    """Yield the words of an answer that somebody else chose, the longest first."""
    found = sorted(set(_words(value)), key=len, reverse=True)
    yield from (word for word in found if any(letter.isalpha() for letter in word))


def _words(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        own = ("speech", "status", "text", "sport")
        for key, inside in value.items():
            if not key.endswith((*own, "_text")):
                yield from _words(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _words(inside)
    elif isinstance(value, str):
        yield from [value, *value.split(", ")]


@every_language
@pytest.mark.parametrize(
    "status",
    # the last one is tried again and again, with pauses
    [401, 403, 404, 422, 429, pytest.param(503, marks=pytest.mark.slow)],
)
def test_every_failure_of_upstream_is_heard_in_every_language(
    raw_phone: FlaskClient, world: World, status: int, language: str
) -> None:
    world.switches.fail_status = status
    for route in ANSWERS:
        headers = {"Accept-Language": language}
        answer = open_route(raw_phone, route, path_of(route, world), headers)
        body = answer.get_json()
        if body["status"] == "error":
            names = "" if status != 422 else body["speech"].partition(": ")[2]
            assert_heard(body["speech"], language, names=names)


@every_language
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nowhere"),
        ("GET", "/v1/fitness?day=never"),
        ("GET", "/v1/fitness?dya=today"),
        ("GET", "/v1/fitness?day=today&day=today"),
        ("GET", "/v1/activities?oldest=2026-11-23&newest=2026-11-01"),
        ("GET", "/v1/activities/%20"),
        ("GET", "/v1/activities/i999"),
        ("DELETE", "/v1/fitness"),
        ("GET", "/v1/flat/athlete/0/activities.csv"),
    ],
)
def test_every_refusal_is_heard_in_every_language(
    app: Flask, method: str, path: str, language: str
) -> None:
    device = let_in(app, "read" if "flat" in path else "raw")
    answer = device.open(path, method=method, headers={"Accept-Language": language})
    body = answer.get_json()
    assert body["status"] == "error"
    assert_heard(body["speech"], language, names="day")
    english = device.open(path, method=method, headers={"Accept-Language": "en"})
    if language != "en":
        assert english.get_json()["speech"] != body["speech"]


@every_language
def test_a_stranger_is_refused_in_every_language(app: Flask, language: str) -> None:
    answer = app.test_client().get(f"/v1/fitness?lang={language}")
    assert_heard(answer.get_json()["speech"], language)


# examples in failures


@every_language
def test_every_language_names_the_same_fields(language: str) -> None:
    names, english = fields_of(language), fields_of("en")
    assert list(names) == list(english)
    for name, words in names.items():
        assert (len(words) == 2 and all(words)) or name == "other", name
        for word in words:
            assert_heard(word, language, names="Tempo")


@every_language
def test_the_example_of_a_field_is_understood(language: str) -> None:
    voice = Voice(language)
    readers: dict[str, Callable[[str], object]] = {
        field.name: field.read
        for field in WELLNESS_INPUTS
        if "menstrual" not in field.name and field.name != "locked"
    }
    for name in ("rpe", "feel"):
        readers[name] = partial(parse_scale, scale=Scale(name))
    for name in ("day", "oldest", "newest", "end_local"):
        readers[name] = day_of
    readers |= {"category": read_category, "colour": read_colour}
    readers |= {"type": read_sport, "sport": read_sport}
    readers |= {"planned_s": parse_duration, "planned_distance_km": parse_distance}
    for name, read in readers.items():
        for example in alternatives(voice.field_example(name)):
            assert read(example), (name, example)


def day_of(text: str) -> date:
    return parse_day(text, MONDAY)


def alternatives(example: str) -> list[str]:
    if "," in example and example[0].isdigit():
        return [example]
    return re.split(r", | or | oder | ou | o ", example)


@every_language
def test_a_sentence_to_dictate_stays_whole(language: str) -> None:
    for sentence in map(example_in, LANGUAGES):
        words = {"part": "Tempo", "sentence": sentence}
        assert sentence in Voice(language).fill("error.unclear_workout", words)


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("phase d\u2019entraînement", "PLAN"),
        ("Seance", "WORKOUT"),
        ("sesion", "WORKOUT"),
        ("LESIÓN", "INJURED"),
    ],
)
def test_words_are_known_without_accents_and_with_a_phones_apostrophe(
    said: str, category: str
) -> None:
    assert read_category(said) == category
    assert read_colour("turkis") == "teal"
    assert parse_scale("tres bien", Scale.FEEL) == parse_scale("très bien", Scale.FEEL)


@pytest.mark.parametrize("said", ["2026-11-28\u0336", "-\u03013d"])
def test_a_mark_on_a_digit_or_sign_is_not_overlooked(said: str) -> None:
    with pytest.raises(InputError):
        parse_day(said, MONDAY)


def test_a_colour_as_long_as_a_book_is_refused_unread() -> None:
    with pytest.raises(BadField):
        read_colour("red" + "\u0301" * 100)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Die Stimmung habe ich nicht verstanden. Sag zum Beispiel gut oder 2."),
        ("fr", "Je n'ai pas compris l'humeur. Dis par exemple bonne ou 2."),
        ("es", "No he entendido el ánimo. Di por ejemplo bueno o 2."),
    ],
)
def test_a_refused_rating_has_an_example_in_the_language(
    app: Flask, language: str, told: str
) -> None:
    writer = let_in(app, "write")
    headers = {"Accept-Language": language}
    answer = writer.post("/v1/wellness", json={"mood": "blau"}, headers=headers)
    body = answer.get_json()
    assert body["speech"] == told
    assert body["hint"] == "For example mood: good or 2"  # for who builds a shortcut
