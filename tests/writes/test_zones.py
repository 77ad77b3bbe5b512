"""Writing zones from the phone: what goes upstream, what is kept, what is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from bridge.simulator.faults import Fault
from bridge.simulator.world import World
from bridge.store.tables import journal
from tests.conftest import Clock, let_in, services_of
from tests.writes.writing import done, writer, writes

__all__ = ["writer"]

RIDE = "/api/v1/athlete/0/sport-settings/410001"
POWER = [55, 75, 90, 105, 120, 150, 999]
MOVED = [55, 78, 90, 105, 120, 150, 999]


def sport(world: World, number: int = 0) -> dict[str, Any]:
    return dict(world.sports[number])


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {key for key in after if after[key] != before.get(key)}


def test_ftp_288_and_one_limit_at_78_are_one_call_and_leave_the_rest(
    writer: FlaskClient, world: World
) -> None:
    before = sport(world)
    assert before["power_zones"] == POWER
    answer = writer.patch("/v1/zones/Ride?ftp_w=288&zone=2&to_percent=78")
    assert answer.status_code == 200, answer.text
    after = sport(world)
    assert differing(before, after) <= {"ftp", "power_zones", "updated"}
    assert (after["ftp"], after["power_zones"]) == (288, MOVED)
    (sent,) = writes(world)
    assert (sent.method, sent.path) == ("PUT", RIDE)
    assert sent.query == {"recalcHrZones": "false"}
    assert sent.body == {
        "ftp": 288,
        "power_zones": MOVED,
        "power_zone_names": before["power_zone_names"],
    }
    assert answer.get_json()["speech"] == (
        "Saved. FTP 288 watts, up from 265. Power zone 2 up to 78 percent, "
        "that's 224 watts, it was 75 percent."
    )
    assert answer.get_json()["ftp_w"] == 288
    assert [row["field"] for row in answer.get_json()["items"]] == [
        "ftp_w",
        "power_zones_percent",
    ]
    assert all(row["kept"] == "yes" for row in answer.get_json()["items"])


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"ftp_w": "288"}},
        {"json": {"ftp_w": "288 W"}},
        {"json": {"ftp_w": 288}},
        {"data": {"ftp_w": "288,0"}},
        {"query_string": {"ftp_w": "288"}},
    ],
)
def test_the_fields_may_stand_in_the_body_or_in_the_query(
    writer: FlaskClient, world: World, sent: dict[str, Any]
) -> None:
    answer = writer.patch("/v1/zones/Ride", **sent)
    assert answer.status_code == 200, answer.text
    assert sport(world)["ftp"] == 288


@pytest.mark.parametrize("name", ["ride", "VirtualRide", "Rad", "cycling"])
def test_a_sport_is_known_by_its_types_and_its_words(
    writer: FlaskClient, world: World, name: str
) -> None:
    assert writer.patch(f"/v1/zones/{name}?ftp_w=288").status_code == 200
    assert sport(world)["ftp"] == 288


@pytest.mark.parametrize("name", ["Yoga", "Rowing", "%F0%9F%92%A9", "..", "0"])
def test_a_sport_without_settings_is_refused_and_never_another_one_written(
    writer: FlaskClient, world: World, name: str
) -> None:
    answer = writer.patch(f"/v1/zones/{name}?ftp_w=288")
    assert answer.status_code in {400, 404}
    assert writes(world) == []


def test_a_preview_says_the_change_and_writes_nothing(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.patch("/v1/zones/Ride?ftp_w=288&preview=yes")
    assert answer.get_json()["preview"] == "yes"
    assert answer.get_json()["speech"].startswith(
        "Nothing is saved yet. FTP 288 watts, up from 265."
    )
    assert writes(world) == []
    assert sport(world)["ftp"] == 265


def test_the_template_asks_for_a_preview_and_then_writes(
    writer: FlaskClient, world: World
) -> None:
    change = "/v1/zones/Run?threshold_pace=4%3A00"
    assert writer.patch(f"{change}&preview=yes").status_code == 200
    answer = writer.patch(change)
    assert "Threshold pace 4 minutes per kilometre, it was 4 minutes 5" in answer.text
    assert sport(world, 1)["threshold_pace"] == pytest.approx(1000 / 240, abs=1e-5)


def test_a_swimmers_pace_is_for_100_metres(writer: FlaskClient, world: World) -> None:
    answer = writer.patch("/v1/zones/Swim", json={"threshold_pace": "1:25/100m"})
    assert sport(world, 2)["threshold_pace"] == pytest.approx(100 / 85, abs=1e-5)
    assert answer.get_json()["threshold_pace_s_per_100m"] == 85.0


def test_a_bare_pace_of_an_athlete_who_hears_miles_is_refused(
    writer: FlaskClient, world: World
) -> None:
    world.athlete["measurement_preference"] = "feet"
    answer = writer.patch("/v1/zones/Run", json={"threshold_pace": "6:30"})
    assert (answer.status_code, answer.get_json()["code"]) == (422, "bare_pace")
    assert "6 minutes 30 per mile" in answer.get_json()["speech"]
    assert writes(world) == []


def test_a_limit_in_beats_sends_limits_and_names_together(
    writer: FlaskClient, world: World
) -> None:
    before = sport(world)
    answer = writer.patch("/v1/zones/Ride?zone=2&to_bpm=151")
    assert answer.status_code == 200, answer.text
    (sent,) = writes(world)
    assert set(sent.body) == {"hr_zones", "hr_zone_names"}
    after = sport(world)
    assert differing(before, after) <= {"hr_zones", "updated"}
    assert after["max_hr"] == before["max_hr"]
    assert "Heart rate zone 2 up to 151 beats a minute" in answer.get_json()["speech"]


def test_a_maximum_heart_rate_is_kept_because_the_zones_end_with_it(
    writer: FlaskClient, world: World
) -> None:
    answer = writer.patch("/v1/zones/Ride", json={"max_hr_bpm": "193"})
    assert answer.status_code == 200, answer.text
    after = sport(world)
    assert (after["max_hr"], after["hr_zones"][-1]) == (193, 193)
    assert answer.get_json()["max_hr_bpm"] == 193
    assert answer.get_json()["speech"].count("193") == 1


def test_a_new_threshold_heart_rate_leaves_the_zones_and_says_so(
    writer: FlaskClient, world: World
) -> None:
    before = sport(world)
    answer = writer.patch("/v1/zones/Ride", json={"lthr_bpm": 171})
    assert differing(before, sport(world)) <= {"lthr", "updated"}
    assert "heart rate zones stay as they are" in answer.get_json()["speech"]


def test_all_limits_and_names_come_as_lists_or_texts(
    writer: FlaskClient, world: World
) -> None:
    sent = {
        "pace_zones_percent": [80, 95, 100, 999],
        "pace_zone_names": "Easy, Steady, Hard, Fast",
    }
    answer = writer.patch("/v1/zones/Run", json=sent)
    assert answer.status_code == 200, answer.text
    after = sport(world, 1)
    assert after["pace_zones"] == [80, 95, 100, 999]
    assert after["pace_zone_names"] == ["Easy", "Steady", "Hard", "Fast"]
    assert answer.get_json()["items"][1]["value"] == "Easy, Steady, Hard, Fast"


@pytest.mark.parametrize(
    ("sent", "code", "told"),
    [
        ({}, "nothing_to_write", "ftp_w"),
        ({"ftp": 288}, "unknown_field", "ftp_w"),
        ({"athlete_id": "i999", "ftp_w": 288}, "read_only_field", "athlete_id"),
        ({"user_id": 1, "ftp_w": 288}, "unknown_field", "user_id"),
        ({"ftp_w": "1,234"}, "bad_field", "288"),
        ({"ftp_w": 28}, "out_of_bounds", "say 30 to 1,000"),
        ({"zone": 2}, "missing_field", "to_percent"),
        ({"zone": 2, "to_percent": 95}, "out_of_bounds", "say 56 to 89"),
        ({"zone": 2, "to_percent": 288}, "watts_as_percent", "sounds like watts"),
        ({"power_zones_percent": [146, 199, 239, 278, 318, 398, 999]},
         "watts_as_percent", "sounds like watts"),
        ({"power_zones_percent": POWER[:-1]}, "open_end", "999"),
        ({"power_zones_percent": [55, 90, 75, 105, 120, 150, 999]},
         "not_rising", "75 comes after 90"),
        ({"power_zones_percent": [60, 90, 999]}, "wrong_count", "3 values"),
        ({"hr_zone_names": "A, B"}, "wrong_count", "7 values"),
        ({"zone": 2, "to_pace": "4:40"}, "no_zones", "the pace zones"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_written(
    writer: FlaskClient, world: World, sent: dict[str, Any], code: str, told: str
) -> None:
    answer = writer.patch("/v1/zones/Ride", json=sent)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code), answer.text
    body = answer.get_json()
    assert told in body["speech"] + body["hint"]
    assert len(answer.get_json()["speech"]) <= 255
    assert writes(world) == []


def test_a_read_only_device_is_refused(app: Flask, world: World) -> None:
    for path in ("/v1/zones/Ride?ftp_w=288", "/v1/zones/Ride?ftp_w=288&preview=yes"):
        answer = let_in(app).patch(path)
        assert (answer.status_code, answer.get_json()["code"]) == (
            403,
            "scope_too_small",
        )
    assert let_in(app).post("/v1/zones/Ride/apply").status_code == 403
    assert world.requests == []


def test_an_upstream_that_wants_every_zone_gets_them_once(
    writer: FlaskClient, world: World
) -> None:
    world.switches.old_zone_rule = True
    before = sport(world)
    answer = writer.patch("/v1/zones/Ride?ftp_w=288&zone=2&to_percent=78")
    assert answer.status_code == 200, answer.text
    part, whole = writes(world)
    assert set(part.body) == {"ftp", "power_zones", "power_zone_names"}
    assert set(whole.body) >= {"power_zones", "hr_zones", "pace_zones"}
    assert whole.query == {"recalcHrZones": "false"}
    assert differing(before, sport(world)) <= {"ftp", "power_zones", "updated"}


def test_a_refusal_of_the_whole_set_is_told_and_not_sent_a_third_time(
    writer: FlaskClient, world: World
) -> None:
    refusal = Fault(status=422, method="PUT", error="Invalid threshold pace")
    world.switches.fail_next += [refusal, refusal]
    answer = writer.patch("/v1/zones/Ride?ftp_w=288")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "upstream_rejected")
    assert "Invalid threshold pace" in answer.get_json()["hint"]
    assert len(writes(world)) == 2
    assert sport(world)["ftp"] == 265


def test_a_write_whose_answer_is_lost_is_looked_up_and_not_repeated(
    writer: FlaskClient, world: World
) -> None:
    world.switches.drop_connection_after_write = True
    answer = writer.patch("/v1/zones/Ride?ftp_w=288")
    assert answer.status_code == 200, answer.text
    assert "The answer was lost" in answer.get_json()["speech"]
    assert len(writes(world)) == 1


def test_a_write_that_never_arrived_is_said(writer: FlaskClient, world: World) -> None:
    world.switches.fail_next.append(Fault(status=502, method="PUT"))
    answer = writer.patch("/v1/zones/Ride?ftp_w=288")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "write_lost")
    assert sport(world)["ftp"] == 265


def test_the_same_twice_is_written_once_and_288_undo_288_is_three_writes(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    change = "/v1/zones/Ride?ftp_w=288"
    first, again = writer.patch(change), writer.patch(change)
    assert first.get_json() == again.get_json()
    assert len(writes(world)) == 1
    clock.advance(seconds=5)
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert sport(world)["ftp"] == 265
    assert writer.patch(change).status_code == 200
    assert (sport(world)["ftp"], len(writes(world))) == (288, 3)


def test_the_same_threshold_again_is_said_to_be_so_and_is_no_last_write(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    assert writer.patch("/v1/zones/Ride?indoor_ftp_w=250").status_code == 200
    clock.advance(seconds=5)
    answer = writer.patch("/v1/zones/Ride?ftp_w=265")
    assert answer.get_json()["speech"] == "FTP was already 265 watts."
    limits = writer.patch("/v1/zones/Ride?zone=2&to_percent=75").get_json()["speech"]
    assert limits.startswith("Power zone 2 stays as it is: 75 percent, that's")
    assert limits.endswith("watts.")
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert sport(world)["indoor_ftp"] == 258


def test_undo_restores_limits_and_the_maximum(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    before = sport(world)
    sent = {"max_hr_bpm": 193, "zone": 2, "to_percent": 78, "metric": "power"}
    assert writer.patch("/v1/zones/Ride", json=sent).status_code == 200
    assert differing(before, sport(world)) >= {"max_hr", "hr_zones", "power_zones"}
    clock.advance(minutes=5)
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "yes", answer.text
    assert differing(before, sport(world)) <= {"updated"}


def test_undo_restores_names_and_counts_together(
    writer: FlaskClient, world: World
) -> None:
    before = sport(world, 1)
    sent = {"pace_zones_percent": "80, 95, 999", "pace_zone_names": "A, B, C"}
    assert writer.patch("/v1/zones/Run", json=sent).status_code == 200
    assert writer.post("/v1/undo").get_json()["undone"] == "yes"
    assert differing(before, sport(world, 1)) <= {"updated"}


def test_undo_takes_back_what_an_earlier_version_noted_as_text(
    app: Flask, writer: FlaskClient, world: World
) -> None:
    before = sport(world)
    sent = {"zone": 2, "to_percent": 78, "power_zone_names": "A, B, C, D, E, F, G"}
    assert writer.patch("/v1/zones/Ride", json=sent).status_code == 200
    noted = {
        "before_json": {
            "power_zones_percent": "55, 75, 90, 105, 120, 150, 999",
            "power_zone_names": "\n".join(before["power_zone_names"]),
        },
        "after_json": {
            "power_zones_percent": "55, 78, 90, 105, 120, 150, 999",
            "power_zone_names": "A\nB\nC\nD\nE\nF\nG",
        },
    }
    values = {name: json.dumps(noted[name]) for name in noted}
    with services_of(app).store.database.writing() as connection:
        assert connection.execute(update(journal).values(values)).rowcount == 1
    answer = writer.post("/v1/undo").get_json()
    assert answer["restored"] == "power_zones_percent, power_zone_names", answer
    assert differing(before, sport(world)) <= {"updated"}


def test_undo_leaves_what_somebody_else_changed_since(
    writer: FlaskClient, world: World
) -> None:
    writer.patch("/v1/zones/Ride?ftp_w=288&indoor_ftp_w=280")
    world.sports[0]["ftp"] = 300
    answer = writer.post("/v1/undo")
    assert "the FTP" in answer.get_json()["speech"]
    assert (sport(world)["ftp"], sport(world)["indoor_ftp"]) == (300, 258)


def test_applying_says_first_what_it_will_do_and_rewrites_the_past_only_then(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    preview = writer.post("/v1/zones/Ride/apply?preview=yes")
    count = preview.get_json()["activities"]
    assert count > 10
    assert f"all {count} past activities" in preview.get_json()["speech"]
    assert "can't be undone" in preview.get_json()["speech"]
    assert writes(world) == []
    writer.patch("/v1/zones/Ride?zone=2&to_percent=78")
    answer = writer.post("/v1/zones/Ride/apply")
    assert f"{count} past activities" in answer.get_json()["speech"]
    assert writes(world)[-1].path == f"{RIDE}/apply"
    clock.advance(seconds=10)
    rides = writer.get("/v1/activities/latest?type=Ride")
    activity = world.activities[rides.get_json()["activity_id"]]
    assert activity["icu_power_zones"] == MOVED


def test_undo_after_applying_says_that_it_stays_and_takes_nothing_else_back(
    writer: FlaskClient, world: World, clock: Clock
) -> None:
    assert writer.patch("/v1/zones/Ride?ftp_w=288").status_code == 200
    assert writer.post("/v1/zones/Ride/apply").status_code == 200
    clock.advance(seconds=5)
    answer = writer.post("/v1/undo")
    assert answer.get_json()["undone"] == "no"
    assert answer.get_json()["speech"] == (
        "Past activities that were recalculated keep their new zones."
    )
    assert sport(world)["ftp"] == 288
    assert len(writes(world)) == 2


def test_applying_whose_answer_is_lost_may_have_happened(
    writer: FlaskClient, world: World
) -> None:
    world.switches.drop_connection_after_write = True
    answer = writer.post("/v1/zones/Ride/apply")
    assert (answer.status_code, answer.get_json()["code"]) == (502, "write_unknown")
    assert "keep their new zones" in writer.post("/v1/undo").get_json()["speech"]


def test_applying_without_a_past_asks_nothing(
    writer: FlaskClient, world: World
) -> None:
    world.activities.clear()
    answer = writer.post("/v1/zones/Ride/apply")
    assert answer.get_json()["activities"] == 0
    assert "no past activity" in answer.get_json()["speech"]
    assert writes(world) == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"zone": 2, "to_bpm": 150},
            "Zona de pulso 2 hasta 150 pulsaciones por minuto, antes 149. ",
        ),
        ({"zone": 2, "to_percent": 78}, "Zona de potencia 2 hasta el 78 por ciento, "),
    ],
)
def test_in_spanish_a_percentage_has_an_article_and_beats_have_none(
    app: Flask, sent: dict[str, object], told: str
) -> None:
    writer = let_in(app, "write")
    headers = {"Accept-Language": "es"}
    answer = writer.patch("/v1/zones/Ride", json=sent, headers=headers)
    assert told in answer.get_json()["speech"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "up to 4 minutes 40 per kilometre, it was 4 minutes 39 per kilometre"),
        ("de", "bis 4 Minuten 40 pro Kilometer"),
    ],
)
def test_a_limit_sent_as_a_pace_is_said_as_one(
    writer: FlaskClient, language: str, said: str
) -> None:
    sent = {"zone": 2, "to_pace": "4:40/km"}
    path = f"/v1/zones/Run?lang={language}"
    told = done(writer.patch(path, json=sent))
    assert said in told["speech"]
    assert "%" not in told["speech"]
    assert "percent" not in told["speech"].casefold()
    again = done(writer.patch(path, json=sent, headers={"Idempotency-Key": "again"}))
    assert "%" not in again["speech"]
    assert "percent" not in again["speech"].casefold()
