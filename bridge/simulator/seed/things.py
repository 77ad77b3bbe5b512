"""Give the pretend athlete a profile, gear, a coach and a few habits."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bridge.simulator.activities import records as activities
from bridge.simulator.athlete import gear
from bridge.simulator.athlete.sports import RIDES, RUNS
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp
from bridge.simulator.seed.season import HISTORY_DAYS
from bridge.simulator.seed.session import Session
from bridge.simulator.talk import talk

if TYPE_CHECKING:
    from bridge.simulator.world import World

CANARY_KEY = "canary-api-key-do-not-show"
CANARY_INVITE = "canary-invite-token-do-not-show"
CANARY_PASSWORD = "canary-password-do-not-show"  # noqa: S105 - a lure, not a secret
SHOE_CHANGE_DAYS = 365
ACCOUNT: Record = {
    "name": "Robin Falk",
    "firstname": "Robin",
    "lastname": "Falk",
    "measurement_preference": "meters",
    "weight_pref_lb": False,
    "fahrenheit": False,
    "wind_speed": "KMH",
    "rain": "MM",
    "email": "robin@example.org",
    "sex": "X",
    "city": "Potsdam",
    "country": "Germany",
    "locale": "en",
    "visibility": "PRIVATE",
    "status": "ACTIVE",
    "icu_resting_hr": 48,
    "icu_weight": 71.6,
    "icu_weight_sync": "NONE",
    "icu_permission": "WRITE",
    "icu_effort_secs": [5, 60, 300, 1200],
    "icu_coach": False,
    "icu_admin": False,
    "icu_date_of_birth": "1988-04-02",
    "icu_form_as_percent": False,
    "icu_mmp_days": 90,
    "icu_wellness_prompt": True,
    "icu_wellness_keys": ["restingHR", "hrv", "sleepSecs", "weight", "soreness"],
    "icu_track_menstrual_cycle": False,
    "activity_rpe_prompt": True,
    "icu_garmin_health": True,
    "icu_garmin_training": True,
    "icu_garmin_sync_activities": True,
    "icu_garmin_download_wellness": True,
    "wahoo_user_id": "sim-wahoo",
    "wahoo_sync_activities": True,
    "zwift_user_id": "sim-zwift",
    "zwift_sync_activities": True,
    "icu_email_verified": True,
    "height": 1.76,
    "height_units": "CM",
    "plan": "FREE",
    "has_password": True,
    "beta_user": False,
    "strava_authorized": True,
    "strava_sync_activities": True,
}


def new_athlete(world: World, timezone: str, activated: str) -> Record:
    """Return the account: who it is, its units, its secrets."""
    return ACCOUNT | {
        "id": world.athlete_id,
        "timezone": timezone,
        "status_updated": activated,
        "icu_activated": activated,
        "icu_last_seen": world.stamp(),
        "icu_friend_invite_token": CANARY_INVITE,
        "icu_api_key": CANARY_KEY,
        "password": CANARY_PASSWORD,
    }


def add_forecast(world: World) -> None:
    """Add the one place the athlete wants the weather of."""
    world.forecasts = [
        {
            "id": 1,
            "provider": "OPEN_WEATHER",
            "location": "Potsdam, Germany",
            "label": "Home",
            "lat": 52.4212,
            "lon": 13.1846,
            "enabled": True,
        }
    ]


def add_gear(world: World) -> None:
    """Add bikes, shoes (one pair retired) and a chain."""
    began = world.today() - timedelta(days=HISTORY_DAYS)
    change = world.today() - timedelta(days=SHOE_CHANGE_DAYS)
    bought: list[Record] = [
        {"type": "Bike", "name": "Road Bike", "distance": 4120000.0},
        {"type": "Bike", "name": "Trainer Bike"},
        {"type": "Shoes", "name": "Old Trainers", "retired": change.isoformat()},
        {"type": "Shoes", "name": "Cloud Trainers", "purchased": change.isoformat()},
        {"type": "Wetsuit", "name": "Wetsuit"},
        {"type": "Chain", "name": "Chain 12s"},
    ]
    pieces = [gear.create(world, {"purchased": str(began)} | piece) for piece in bought]
    world.gear[pieces[0]["id"]]["component_ids"] = [pieces[5]["id"]]


def add_reminders(world: World) -> None:
    """Add a chain that wants wax, shoes that soon want others, and a service."""
    since = stamp(world.now() - timedelta(days=60))
    for piece, name, limit, used in (
        ("Road Bike", "Wax the chain", {"distance": 400000.0}, 428000.0),
        ("Road Bike", "Service", {"days": 365}, 0.0),
        ("Cloud Trainers", "New shoes", {"distance": 700000.0}, 651000.0),
    ):
        record = next(row for row in world.gear.values() if row["name"] == piece)
        gear.add_reminder(world, record, {"name": name} | limit)
        reminder = record["reminders"][-1]
        reminder["last_reset"] = since
        reminder["starting_distance"] -= used


def gear_for(world: World, session: Session, day: date) -> Record | None:
    """Return the gear an activity names: id, name, distance, primary."""
    pieces = list(world.gear.values())
    old = (world.today() - day).days > SHOE_CHANGE_DAYS
    if session.type in RIDES:
        piece = pieces[1] if session.indoor else pieces[0]
    elif session.type in RUNS:
        piece = pieces[2] if old else pieces[3]
    elif session.type == "OpenWaterSwim":
        piece = pieces[4]
    else:
        return None
    return {"id": piece["id"], "name": piece["name"], "distance": None, "primary": True}


def route_for(world: World, name: str) -> int:
    """Return the number of the route a ride of that name follows."""
    for number, route in world.routes.items():
        if route["name"] == name:
            return number
    number = world.next_id("route")
    world.routes[number] = {
        "athlete_id": world.athlete_id,
        "route_id": number,
        "name": name,
        "rename_activities": False,
        "commute": False,
    }
    return number


def add_conversations(world: World) -> None:
    """Let a coach comment on the last runs and rides."""
    rng = random.Random(f"{world.seed}:talk")
    coach = talk.create_chat(world, {"type": "PRIVATE", "name": "Coach Kim"})
    words = ["Nicely paced.", "Keep the easy days easy.", "How were the legs?"]
    talk.say(world, coach["id"], rng.choice(words), "i515151", "Coach Kim")
    own = [row for row in activities.newest_first(world) if row["id"] in world.sessions]
    for record in own[:3]:
        talk.comment(world, record, rng.choice(words), "i515151", "Coach Kim")


def add_custom_items(world: World) -> None:
    """Add one chart of the athlete's own."""
    number = world.next_id("custom_item")
    world.custom_items[number] = {
        "id": number,
        "athlete_id": world.athlete_id,
        "type": "FITNESS_CHART",
        "visibility": "PRIVATE",
        "name": "Sleep and form",
        "content": {"plots": ["sleepSecs", "form"]},
        "usage_count": 1,
        "index": 0,
        "updated": world.stamp(),
    }
