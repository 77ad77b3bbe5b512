"""Give the pretend athlete a profile, gear, routes and a place to get rained on."""

from __future__ import annotations

from datetime import date, timedelta

from bridge.simulator.athlete import gear
from bridge.simulator.athlete.sports import RIDES, RUNS
from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import stamp
from bridge.simulator.seed.sessions import HISTORY_DAYS, Session
from bridge.simulator.state import State

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


def new_athlete(state: State, timezone: str, activated: str) -> Record:
    """Return the account: who it is, its units, its secrets."""
    return ACCOUNT | {
        "id": state.athlete_id,
        "timezone": timezone,
        "status_updated": activated,
        "icu_activated": activated,
        "icu_last_seen": state.stamp(),
        "icu_friend_invite_token": CANARY_INVITE,
        "icu_api_key": CANARY_KEY,
        "password": CANARY_PASSWORD,
    }


def add_forecast(state: State) -> None:
    """Add the one place the athlete wants the weather of."""
    state.forecasts = [
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


def add_gear(state: State) -> None:
    """Add bikes, shoes (one pair retired) and a chain."""
    began = state.today() - timedelta(days=HISTORY_DAYS)
    change = state.today() - timedelta(days=SHOE_CHANGE_DAYS)
    bought: list[Record] = [
        {"type": "Bike", "name": "Road Bike", "distance": 4120000.0},
        {"type": "Bike", "name": "Trainer Bike"},
        {"type": "Shoes", "name": "Old Trainers", "retired": change.isoformat()},
        {"type": "Shoes", "name": "Cloud Trainers", "purchased": change.isoformat()},
        {"type": "Wetsuit", "name": "Wetsuit"},
        {"type": "Chain", "name": "Chain 12s"},
    ]
    pieces = [gear.create(state, {"purchased": str(began)} | piece) for piece in bought]
    state.gear[pieces[0]["id"]]["component_ids"] = [pieces[5]["id"]]


def add_reminders(state: State) -> None:
    """Add a chain that wants wax, shoes that soon want others, and a service."""
    since = stamp(state.now() - timedelta(days=60))
    for piece, name, limit, used in (
        ("Road Bike", "Wax the chain", {"distance": 400000.0}, 428000.0),
        ("Road Bike", "Service", {"days": 365}, 0.0),
        ("Cloud Trainers", "New shoes", {"distance": 700000.0}, 651000.0),
    ):
        record = next(row for row in state.gear.values() if row["name"] == piece)
        gear.add_reminder(state, record, {"name": name} | limit)
        reminder = record["reminders"][-1]
        reminder["last_reset"] = since
        reminder["starting_distance"] -= used


def gear_for(state: State, session: Session, day: date) -> Record | None:
    """Return the gear an activity names: id, name, distance, primary."""
    pieces = list(state.gear.values())
    old = (state.today() - day).days > SHOE_CHANGE_DAYS
    if session.type in RIDES:
        piece = pieces[1] if session.indoor else pieces[0]
    elif session.type in RUNS:
        piece = pieces[2] if old else pieces[3]
    elif session.type == "OpenWaterSwim":
        piece = pieces[4]
    else:
        return None
    return {"id": piece["id"], "name": piece["name"], "distance": None, "primary": True}


def route_for(state: State, name: str) -> int:
    """Return the number of the route a ride of that name follows."""
    for number, route in state.routes.items():
        if route["name"] == name:
            return number
    number = state.next_id("route")
    state.routes[number] = {
        "athlete_id": state.athlete_id,
        "route_id": number,
        "name": name,
        "rename_activities": False,
        "commute": False,
    }
    return number


def add_custom_items(state: State) -> None:
    """Add one chart of the athlete's own."""
    number = state.next_id("custom_item")
    state.custom_items[number] = {
        "id": number,
        "athlete_id": state.athlete_id,
        "type": "FITNESS_CHART",
        "visibility": "PRIVATE",
        "name": "Sleep and form",
        "content": {"plots": ["sleepSecs", "form"]},
        "usage_count": 1,
        "index": 0,
        "updated": state.stamp(),
    }
