from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.overview.fitness import (
    DayLoad,
    Fitness,
    RawFitness,
    flatten_fitness,
    form_zone,
    say_fitness,
)
from bridge.domain.speech.voice import ENGLISH, Voice, known_locale
from tests.domain.odd import VOICES, assert_speakable, odd_records

DAY = date(2026, 11, 23)


def row(day: date, ctl: object, atl: object, load: object = None) -> RawFitness:
    return RawFitness(
        id=day.isoformat(), ctl=ctl, atl=atl, ctl_load=load, atl_load=load, ramp_rate=2
    )


def test_form_is_fitness_minus_fatigue() -> None:
    fitness = flatten_fitness([row(DAY, 60.04, 72.5)], DAY)
    assert fitness == Fitness(
        date="2026-11-23",
        ctl=60.0,
        atl=72.5,
        form=-12.5,
        form_percent=-20.8,
        form_zone="optimal",
        ramp_rate=2.0,
    )


def test_change_is_counted_from_a_week_before() -> None:
    rows = [row(DAY, 60, 60), row(DAY - timedelta(days=7), 55.5, 60)]
    assert flatten_fitness(rows, DAY).ctl_change_7d == 4.5


def test_beginner_with_no_fitness_has_no_form_in_percent() -> None:
    fitness = flatten_fitness([row(DAY, 0, 0)], DAY)
    assert (fitness.form, fitness.form_percent) == (0.0, None)
    said = say_fitness(fitness, ENGLISH, DAY, as_percent=True)
    assert said == "No fitness yet; it starts with your first activity."


def test_a_day_without_a_row_has_only_its_date() -> None:
    fitness = flatten_fitness([], DAY)
    assert fitness == Fitness(date="2026-11-23")
    assert say_fitness(fitness, ENGLISH, DAY) == (
        "There's no fitness data for this day yet."
    )


def test_form_of_today_leaves_out_what_is_planned_only() -> None:
    ctl_share, atl_share = 1 - math.exp(-1 / 42), 1 - math.exp(-1 / 7)
    with_plan = row(
        DAY, 50 + (100 - 50) * ctl_share, 40 + (100 - 40) * atl_share, load=100
    )
    rows = [with_plan, row(DAY - timedelta(days=1), 50, 40)]
    fitness = flatten_fitness(rows, DAY, load=DayLoad(planned=100))
    rested = (50 - 50 * ctl_share) - (40 - 40 * atl_share)
    assert fitness.form == pytest.approx(rested, abs=0.06)
    whole = (50 + 50 * ctl_share) - (40 + 60 * atl_share)
    assert fitness.form_after_plan == pytest.approx(whole, abs=0.06)
    assert fitness.form != fitness.form_after_plan


def test_form_follows_the_athletes_own_number_of_days() -> None:
    share = 1 - math.exp(-1 / 30)
    rows = [
        row(DAY, 50 + 50 * share, 50 + 50 * share, load=100),
        row(DAY - timedelta(days=1), 50, 50),
    ]
    fitness = flatten_fitness(rows, DAY, load=DayLoad(planned=100))
    assert fitness.form == pytest.approx(0, abs=0.06)


@pytest.mark.parametrize(
    ("counted", "load", "taken_out"),
    [
        (100, DayLoad(done=40, planned=60), 60),
        (100, DayLoad(done=0, planned=60), 60),  # Strava hides what made the other 40
        (40, DayLoad(done=40, planned=60), 0),  # upstream does not count the plan yet
        (100, DayLoad(done=100), 0),
        (100, None, 0),
    ],
)
def test_only_planned_load_that_is_counted_is_taken_out(
    counted: int, load: DayLoad | None, taken_out: int
) -> None:
    shares = 1 - math.exp(-1 / 42), 1 - math.exp(-1 / 7)
    ctl, atl = (
        value + (counted - value) * share
        for value, share in zip((50, 40), shares, strict=True)
    )
    rows = [row(DAY, ctl, atl, load=counted), row(DAY - timedelta(days=1), 50, 40)]
    fitness = flatten_fitness(rows, DAY, load=load)
    before = ctl - atl + taken_out * (shares[1] - shares[0])
    assert fitness.form == pytest.approx(before, abs=0.051)
    assert (fitness.form_after_plan is None) is (load is None)


@pytest.mark.parametrize(
    ("form", "zone"),
    [
        (-30.6, "high_risk"),
        (-30.4, "optimal"),
        (-30, "optimal"),
        (-10, "optimal"),
        (-9.6, "optimal"),
        (-9.4, "grey"),
        (5, "grey"),
        (5.4, "grey"),
        (5.6, "fresh"),
        (25, "fresh"),
        (25.6, "transition"),
        (None, None),
    ],
)
def test_the_number_that_is_said_decides_the_zone(
    form: float | None, zone: str | None
) -> None:
    assert form_zone(form) == zone


def test_the_zone_is_that_of_the_percentage_where_the_site_shows_percent() -> None:
    rows = [row(DAY, 20, 28)]
    assert flatten_fitness(rows, DAY).form_zone == "grey"
    percent = flatten_fitness(rows, DAY, as_percent=True)
    assert (percent.form_percent, percent.form_zone) == (-40.0, "high_risk")
    assert say_fitness(percent, ENGLISH, DAY, as_percent=True) == (
        "Form minus 40 percent: too much right now. Fitness 20. Fatigue 28."
    )


SENTENCES = {
    "en": "Form minus 2: balanced, neither tired nor fresh. After today's training "
    "minus 11: productive. Fitness 58, up 1 in a week. Fatigue 60.",
    "de": "Form minus 2: ausgeglichen. Nach dem Training heute minus 11: produktiv. "
    "Fitness 58, plus 1 in einer Woche. Ermüdung 60.",
    "fr": "Forme moins 2 : à l'équilibre, ni fatigue ni fraîcheur. Après la "
    "séance du jour, elle sera à moins 11 : charge productive. Condition 58, plus 1 en "
    "une semaine. Fatigue 60.",
    "es": "Forma menos 2: en equilibrio. Tras el entreno de hoy, quedará en menos 11: "
    "productiva. Condición 58, más 1 en una semana. Fatiga 60.",
}


@pytest.mark.parametrize("language", list(SENTENCES))
def test_all_its_numbers_are_told_and_form_explained_where_there_is_room(
    language: str,
) -> None:
    fitness = Fitness(
        date="2026-11-23",
        ctl=58.0,
        atl=60.2,
        form=-2.2,
        form_zone="grey",
        form_after_plan=-10.9,
        form_after_plan_zone="optimal",
        ctl_change_7d=1.2,
    )
    said = say_fitness(fitness, Voice(str(known_locale(language))), DAY)
    assert said.replace("\u00a0", " ").replace("\u202f", " ") == SENTENCES[language]


def test_another_day_has_its_own_tense() -> None:
    fitness = Fitness(date="2026-11-23", ctl=58.0, atl=60.0, form=-2.0)
    eve, morrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert say_fitness(fitness, ENGLISH, eve).startswith("Form will be minus 2: ")
    assert say_fitness(fitness, ENGLISH, morrow).startswith("Form was minus 2: ")


def test_an_impossible_fitness_is_left_out() -> None:
    impossible = RawFitness(id="2026-11-23", ctl=1e300, atl=5, ramp_rate=-1e300)
    fitness = flatten_fitness([impossible], DAY)
    assert fitness == Fitness(date="2026-11-23", atl=5.0)


points = st.floats(0, 1000) | st.floats()


@given(
    st.lists(
        odd_records(
            RawFitness,
            id=st.sampled_from(["2026-11-23", "2026-11-22", "2026-11-16"]),
            ctl=points,
            atl=points,
            ctl_load=points,
            atl_load=points,
        ),
        max_size=4,
    ),
    st.none() | st.builds(DayLoad, done=st.floats(0, 500), planned=st.floats(0, 500)),
    st.booleans(),
)
def test_any_rows_give_a_sentence(
    rows: list[RawFitness], load: DayLoad | None, percent: bool
) -> None:
    fitness = flatten_fitness(rows, DAY, load=load, as_percent=percent)
    for voice in VOICES:
        assert_speakable(say_fitness(fitness, voice, DAY, as_percent=percent))
