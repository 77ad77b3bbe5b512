"""Every recorded body that has a flatten goes through it with the right numbers.

The numbers were worked out by hand from the recorded bodies.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from bridge.domain.activity.activity import Activity, RawActivity, flatten_activity
from bridge.domain.activity.bests import RawCurves, RawEftp, flatten_bests, flatten_eftp
from bridge.domain.activity.lap import Lap, RawLaps, flatten_laps, read_laps
from bridge.domain.athlete.athlete import RawAthlete, flatten_athlete, read_settings
from bridge.domain.athlete.gear import RawGear, flatten_gear
from bridge.domain.calendar.event import Event, RawEvent, flatten_event
from bridge.domain.calendar.workout import read_steps
from bridge.domain.flat import flatten, flatten_items, plain
from bridge.domain.overview.fitness import DayLoad, RawFitness, flatten_fitness
from bridge.domain.wellness.day import RawWellness, flatten_wellness
from bridge.domain.zones.settings import (
    RawSportSettings,
    flatten_thresholds,
    read_sport_settings,
)
from bridge.domain.zones.zone import Zone, flatten_zones

Record = TypeVar("Record")


class Bodies:
    """The folder of recorded bodies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        return (self.folder / f"{name}.json").read_text(encoding="utf-8")

    def json(self, name: str) -> Any:
        return json.loads(self.text(name))

    def read(self, name: str, record: type[Record]) -> Record:
        """Decode a body as the client does."""
        return msgspec.json.decode(self.text(name), type=record)

    def webhook(self, name: str) -> dict[str, Any]:
        """Return the first event of a recorded webhook."""
        event: dict[str, Any] = self.json(f"webhook_{name}")["events"][0]
        return event

    def laps(self, name: str, sport: str) -> list[Lap]:
        return flatten_laps(read_laps(self.read(name, RawLaps)), sport)


@pytest.fixture(scope="module")
def bodies(shared: Path) -> Bodies:
    return Bodies(shared / "reference" / "fixtures")


def activity_of(raw: object) -> Activity:
    return flatten_activity(msgspec.convert(raw, RawActivity))


def event_of(raw: object) -> Event:
    return flatten_event(msgspec.convert(raw, RawEvent))


# activities


def test_the_list_of_activities(bodies: Bodies) -> None:
    raws = bodies.read("activities_list", list[RawActivity])
    ride, run, virtual, mobility, stub = map(flatten_activity, raws)
    assert (ride.activity_id, ride.name, ride.type) == (
        "i90009001",
        "Quality ride",
        "Ride",
    )
    assert (ride.distance_km, ride.moving_s, ride.elapsed_s) == (53.06, 6333, 6480)
    assert (ride.training_load, ride.intensity_percent) == (103, 76.4)
    assert (ride.power_w, ride.normalized_power_w) == (202, 214)
    assert (ride.heart_rate_bpm, ride.max_heart_rate_bpm) == (150, 181)
    assert ride.speed_km_per_h == 30.2
    assert (run.pace_s_per_km, run.cadence_spm, run.climb_m) == (484.5, 146, 22)
    assert (run.rpe, run.feel, run.compliance_percent) == (2, 2, 96)
    assert run.interval_summary == "3x 6m54s 134bpm, 1x 8m8s 140bpm"
    assert (virtual.cadence_rpm, virtual.calories_kcal) == (93, 517)
    assert (virtual.event_id, virtual.device) == ("70000001", "Garmin Edge 840")
    assert (mobility.type, mobility.distance_km, mobility.moving_s) == (
        "Workout",
        None,
        887,
    )
    assert (stub.source, stub.strava_only, stub.moving_s) == ("STRAVA", True, None)


def test_a_strava_stub_with_its_note(bodies: Bodies) -> None:
    stub = flatten_activity(bodies.read("activity_strava_stub", RawActivity))
    assert (stub.activity_id, stub.strava_only) == ("18000000001", True)
    assert stub.start_local == "2026-04-15T18:03:11"


def test_strava_stubs_without_a_note(bodies: Bodies) -> None:
    raws = bodies.read("activities_sync_chain_stubs.synthetic", list[RawActivity])
    stubs = [flatten_activity(raw) for raw in raws]
    assert [stub.strava_only for stub in stubs] == [True, True, True]
    assert [stub.date for stub in stubs] == ["2026-05-01", "2026-05-02", "2026-05-03"]


def test_activities_with_their_laps_are_activities_too(bodies: Bodies) -> None:
    run = flatten_activity(
        bodies.read("activity_run_with_intervals.assembled", RawActivity)
    )
    assert (run.type, run.pace_s_per_km) == ("Run", 484.5)
    ride = flatten_activity(
        bodies.read("activity_virtualride_with_intervals.assembled", RawActivity)
    )
    assert (ride.type, ride.distance_km, ride.power_w) == ("VirtualRide", 28.45, 131)


def test_activities_of_webhooks(bodies: Bodies) -> None:
    run = activity_of(bodies.webhook("activity_uploaded_run")["activity"])
    assert (run.distance_km, run.training_load, run.cadence_spm) == (4.5, 23, 146)
    ride = activity_of(bodies.webhook("activity_uploaded_virtualride")["activity"])
    assert (ride.normalized_power_w, ride.intensity_percent) == (139, 66.8)
    gym = activity_of(bodies.webhook("activity_uploaded_workout")["activity"])
    assert (gym.calories_kcal, gym.elapsed_s) == (74, 947)
    best = activity_of(bodies.webhook("activity_achievements")["activity"])
    assert (best.power_w, best.training_load) == (131, 41)
    deleted = activity_of(bodies.webhook("activity_deleted")["activity"])
    assert (deleted.activity_id, deleted.moving_s) == ("i90000002", None)


# laps


def test_laps_of_a_run_lose_their_sliver(bodies: Bodies) -> None:
    laps = bodies.laps("activity_intervals_run", "Run")
    assert [lap.lap for lap in laps] == [1, 2, 3, 4, 5]
    assert [lap.pace_s_per_km for lap in laps] == [394.2, 341.8, 334.0, 353.3, 330.3]
    first = laps[0]
    assert (first.label, first.kind) == ("2km at a conversational pace", "work")
    assert (first.distance_km, first.moving_s, first.cadence_spm) == (1.997, 787, 151)
    assert (first.heart_rate_bpm, first.power_w) == (146, 78)


def test_laps_of_a_ride_keep_five_seconds(bodies: Bodies) -> None:
    laps = bodies.laps("activity_intervals_ride", "VirtualRide")
    assert [lap.kind for lap in laps] == ["recovery", *["work"] * 3, "recovery"]
    assert [lap.power_w for lap in laps] == [113, 181, 199, 222, 171]
    assert [lap.cadence_rpm for lap in laps] == [99, 93, 106, 102, 58]
    assert laps[-1].elapsed_s == 5


def test_laps_of_a_swim_have_pace_for_100_metres(bodies: Bodies) -> None:
    laps = bodies.laps("activity_intervals_openwaterswim", "OpenWaterSwim")
    assert len(laps) == 1
    assert (laps[0].distance_km, laps[0].pace_s_per_100m) == (0.185, 418.4)


def test_laps_inside_an_activity(bodies: Bodies) -> None:
    inside = bodies.laps("activity_run_with_intervals.assembled", "Run")
    assert inside == bodies.laps("activity_intervals_run", "Run")
    ride = bodies.laps("activity_virtualride_with_intervals.assembled", "VirtualRide")
    assert [lap.power_w for lap in ride] == [113, 181, 199, 222, 171]


def test_eighteen_intervals_and_their_event(bodies: Bodies) -> None:
    body = bodies.json("activity_ride_17_laps_with_event")
    raw = msgspec.convert(body["activity"], RawLaps)
    laps = flatten_laps(read_laps(raw), "Ride")
    assert len(laps) == 18
    assert [lap.power_w for lap in laps[:4]] == [168, 357, 118, 383]
    assert sum(lap.moving_s or 0 for lap in laps) == 4364
    activity, event = activity_of(body["activity"]), event_of(body["event"])
    assert (activity.event_id, activity.compliance_percent) == (event.event_id, 99)
    assert (event.planned_load, event.planned_s) == (84, 3690)
    assert (event.workout_steps or "").startswith(
        "15 min Warm-up 165-215 W 90 rpm, 3 × (30 s Activation 380 W 105 rpm, "
        "1 min Easy 150 W), 4 min Settle 150 W"
    )


def test_laps_after_they_were_rewritten(bodies: Bodies) -> None:
    laps = bodies.laps("intervals_put_response", "Ride")
    assert [lap.label for lap in laps] == [None, "PROBE Lap 1", "PROBE Lap 2", None]
    assert [lap.moving_s for lap in laps] == [904, 16, 14, 3430]


# wellness and fitness


def test_a_day_fed_by_a_watch(bodies: Bodies) -> None:
    day = flatten_wellness(bodies.read("wellness_row_garmin", RawWellness))
    expected = {
        "date": "2026-04-15",
        "weight_kg": 77.36,
        "resting_hr_bpm": 59,
        "hrv_ms": 46.0,
        "sleep_s": 22242,
        "sleep_score": 76.0,
        "sleep_quality": 3,
        "steps": 11208,
        "body_fat_percent": 24.6,
        "updated_at": "2026-04-15T16:29:54Z",
    }
    assert plain(day) == expected
    record = bodies.webhook("wellness_updated")["records"][0]
    assert plain(flatten_wellness(msgspec.convert(record, RawWellness))) == expected


def test_a_day_full_of_nulls(bodies: Bodies) -> None:
    raw = bodies.read("wellness_row_full_nulls", RawWellness)
    assert plain(flatten_wellness(raw, private=True)) == {
        "date": "2025-05-24",
        "weight_kg": 78.0,
        "resting_hr_bpm": 50,
        "steps": 2303,
        "updated_at": "2025-05-25T08:10:00Z",
    }


def test_the_answer_to_a_check_in(bodies: Bodies) -> None:
    body = bodies.json("wellness_put_request_response")["response"]
    raw = msgspec.convert({**body, "id": "2026-11-23"}, RawWellness)
    assert plain(flatten_wellness(raw)) == {
        "date": "2026-11-23",
        "sleep_quality": 3,
        "soreness": 2,
        "fatigue": 2,
        "stress": 2,
        "mood": 4,
        "motivation": 4,
        "locked": "yes",
    }


def test_fitness_over_112_days(bodies: Bodies) -> None:
    rows = bodies.read("wellness_list_fitness_112d", list[RawFitness])
    assert len(rows) == 112
    ninth = flatten_fitness(rows, date(2026, 5, 9))
    assert (ninth.ctl, ninth.atl, ninth.form) == (52.0, 54.2, -2.2)
    assert (ninth.form_zone, ninth.ramp_rate) == ("grey", -1.4)
    assert ninth.ctl_change_7d == -1.4
    every = DayLoad(planned=1000)
    second = flatten_fitness(rows, date(2026, 5, 2), load=every)
    # 50.821545 e^(-1/42) - 51.094646 e^(-1/7) = 49.6258 - 44.2928
    assert second.form == 5.3
    assert second.form_after_plan == -12.0
    assert second.form_after_plan_zone == "optimal"


def test_fitness_and_estimated_ftp_of_a_webhook(bodies: Bodies) -> None:
    records = bodies.webhook("fitness_updated")["records"]
    rows = msgspec.convert(records, list[RawFitness])
    today = flatten_fitness(rows, date(2026, 4, 16))
    assert (today.ctl, today.atl, today.form) == (18.9, 38.3, -19.3)
    eftp = flatten_eftp(msgspec.convert(records, list[RawEftp]))
    assert eftp is not None
    assert (eftp.date, eftp.eftp_w, eftp.eftp_change_w) == ("2026-09-15", 179, -29)


def test_estimated_ftp_may_be_null(bodies: Bodies) -> None:
    row = bodies.read("wellness_row_full_nulls", RawEftp)
    assert flatten_eftp([row], "Run") is None
    ride = flatten_eftp([row])
    assert ride is not None
    assert ride.eftp_w == 283


# calendar


def test_the_calendar_of_a_week(bodies: Bodies) -> None:
    raws = bodies.read("events_list_resolved", list[RawEvent])
    events = [flatten_event(raw) for raw in raws]
    assert [event.planned_load for event in events] == [31, 35, 49, 35, 32, None, 5]
    assert [event.planned_s for event in events[:3]] == [3000, 3000, 2400]
    assert [event.category for event in events] == [*["WORKOUT"] * 5, "NOTE", "WORKOUT"]
    assert [event.done for event in events] == [*[False] * 5, None, False]
    assert events[1].workout_steps == (
        "10 min 10-30% FTP, 10 min 40% FTP 30-90 rpm, 10 min ramp 10-60% FTP, "
        "10 min Z2 85 rpm, 10 min Z3-Z4"
    )
    assert events[2].planned_distance_km == 5.43
    assert events[4].workout_steps is None
    assert events[6].workout_steps == (
        "800 m 20% pace, 500 m 70% pace, 10 min 20% pace, 300 m 100% pace"
    )


def test_a_note_that_was_created(bodies: Bodies) -> None:
    note = event_of(bodies.json("event_note_create")["response"][0])
    assert plain(note) == {
        "event_id": "70000010",
        "category": "NOTE",
        "name": "tp-075 fixture note",
        "date": "2026-05-25",
        "start_local": "2026-05-25T00:00:00",
        "end_local": "2026-05-26T00:00:00",
        "description": "tp-075 captured note fixture",
    }


def test_a_ride_and_the_workout_it_followed(bodies: Bodies) -> None:
    body = bodies.json("ride_and_paired_event_sweetspot")
    activity, event = activity_of(body["activity"]), event_of(body["event"])
    assert (activity.moving_s, activity.training_load) == (4121, 72)
    assert (event.planned_s, event.planned_load) == (4200, 75)
    paired = flatten_event(
        msgspec.convert(body["event"], RawEvent), paired={"70000004": "i90000005"}
    )
    assert (paired.done, paired.paired_activity_id) == (True, "i90000005")


def test_all_recorded_workouts_last_as_long_as_their_steps(bodies: Bodies) -> None:
    samples = bodies.json("workout_description_to_doc_samples")["samples"]
    assert len(samples) == 25
    for sample in samples:
        event = event_of({**sample, "category": "WORKOUT"})
        steps = read_steps(sample["workout_doc"])
        seconds = sum(
            step.reps * sum(inner.duration_s or 0 for inner in step.steps)
            if step.steps
            else step.duration_s or 0
            for step in steps
        )
        assert seconds == sample["moving_time"] == event.planned_s
        assert event.planned_load == sample["icu_training_load"]
        assert event.workout_steps


def test_a_library_workout_has_steps(bodies: Bodies) -> None:
    steps = read_steps(bodies.json("workout_create")["response"]["workout_doc"])
    assert [(step.duration_s, step.targets[0].units) for step in steps] == [
        (600, "power_zone")
    ]


# settings


def test_zones_of_four_sports(bodies: Bodies) -> None:
    raws = bodies.read("sport_settings_list", list[RawSportSettings])
    ride, run, swim, other = map(flatten_thresholds, raws)
    assert (ride.ftp_w, ride.indoor_ftp_w, ride.lthr_bpm) == (280, 260, 178)
    assert (ride.sweet_spot_from_w, ride.sweet_spot_to_w) == (235, 271)
    assert (run.sport, run.ftp_w, run.max_hr_bpm) == ("Run", None, 203)
    assert swim.threshold_pace_s_per_100m == 120.0
    assert (other.sport, other.types) == ("Other", "Other")
    zones = flatten_zones(raws[0])
    watts = [(zone.from_w, zone.to_w) for zone in zones if zone.kind == "power"]
    assert watts[1] == (155, 210)
    assert watts[-1] == (421, None)
    beats = [(zone.from_bpm, zone.to_bpm) for zone in zones if zone.kind != "power"]
    assert beats[0] == (None, 143)
    assert beats[-1] == (189, 198)


def test_pace_zones_of_a_runner(bodies: Bodies) -> None:
    raw = bodies.read("sport_settings_run_with_pace.partial", RawSportSettings)
    thresholds = flatten_thresholds(raw)
    assert (thresholds.threshold_pace_s_per_km, thresholds.ftp_w) == (310.0, 415)
    paces = [zone for zone in flatten_zones(raw) if zone.kind == "pace"]
    assert [zone.name for zone in paces][-3:] == ["Zone 5a", "Zone 5b", "Zone 5c"]
    assert [zone.to_pace_s_per_km for zone in paces] == [
        400.0,
        353.5,
        328.7,
        310.0,
        299.8,
        278.0,
        None,
    ]


def test_zones_in_watts_have_the_middle_upstream_aims_at(bodies: Bodies) -> None:
    body = bodies.json("power_zone_targets_resolved")
    raw = RawSportSettings(
        types=["Ride"], ftp=body["ftp"], power_zones=body["power_zones"]
    )
    bounded = [zone for zone in flatten_zones(raw) if zone.zone not in ("1", "7")]
    aims = {f"Z{zone.zone}": _middle(zone) for zone in bounded}
    assert len(aims) == 5
    assert aims == {name: body["targets_watts"][name] for name in aims}


def _middle(zone: Zone) -> int:
    """Return the middle, half watts up."""
    return ((zone.from_w or 0) + (zone.to_w or 0) + 1) // 2


def test_settings_of_a_webhook(bodies: Bodies) -> None:
    event = bodies.webhook("sport_settings_updated")
    raws = read_sport_settings(event["sportSettings"])
    assert [flatten_thresholds(raw).ftp_w for raw in raws] == [210]


def test_the_athlete(bodies: Bodies) -> None:
    raw = bodies.read("athlete.assembled", RawAthlete)
    assert plain(flatten_athlete(raw)) == {
        "athlete_id": "i000001",
        "name": "Test Athlete",
        "timezone": "Europe/Vienna",
        "timezone_is_known": "yes",
        "locale": "de",
        "units": "metric",
        "form_as_percent": "no",
        "weight_kg": 83.48,
        "resting_hr_bpm": 48,
        "sports": "Ride, Run, Swim, Other",
    }
    assert read_settings(raw).zone.key == "Europe/Vienna"


# gear and curves


def test_gear(bodies: Bodies) -> None:
    raws = bodies.read("gear_list.synthetic", list[RawGear])
    bike, shoes = (flatten_gear(raw, date(2026, 11, 23)) for raw in raws)
    assert (bike.gear_id, bike.type, bike.distance_km) == ("123", "Bike", 1.2)
    assert (bike.reminder, bike.reminder_percent) == ("Replace chain", 15)
    assert (bike.reminder_due, bike.components) == (False, 2)
    assert (shoes.gear_id, shoes.retired, shoes.retired_on) == (
        "shoe-7",
        True,
        "2025-11-30",
    )


def test_power_curves(bodies: Bodies) -> None:
    raw = bodies.read("power_curves.synthetic", RawCurves)
    bests = flatten_bests(raw, "Ride", "power")
    assert [(best.duration_s, best.power_w, best.activity_id) for best in bests] == [
        (5, 780, "i100"),
        (15, 550, "i101"),
        (30, 450, "i101"),
        (60, 380, "i102"),
        (300, 280, "i104"),
        (600, 260, "i105"),
        (1200, 245, "i106"),
        (3600, 210, "i107"),
    ]
    assert (bests[0].relative_power_w_per_kg, bests[0].period) == (10.4, "This season")


# whatever it is


def test_every_recorded_body_becomes_flat(bodies: Bodies) -> None:
    names = sorted(path.stem for path in bodies.folder.glob("*.json"))
    assert len(names) > 40
    for name in names:
        body = bodies.json(name)
        rows = flatten_items(body) if isinstance(body, list) else [flatten(body)]
        for row in rows:
            assert all(type(value) in (str, int, float) for value in row.values())
