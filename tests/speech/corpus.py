"""Every sentence of made-up athletes' mornings, in four languages, with its seconds.

A state is a world that a reviewer has to think of: a beginner, somebody ill, a race
day. In each one the same questions are asked, the most important first, and a few
things are written.
"""

from __future__ import annotations

import io
import logging
import re
import subprocess
import tempfile
import wave
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from bridge.app import create_app
from bridge.config import Config
from bridge.domain.speech.breath import MOST_S, count_words
from bridge.domain.speech.phrases import LANGUAGES
from bridge.notify.channels import Channels
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.store.athletes import OWNER
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import SECRET_KEY, Clock, let_in, services_of
from tests.support.internet import Internet
from tests.support.services import migrated_database

RATE = 175  # words a minute, as espeak-ng counts them
MOST_WORDS = 30
MOST_LONG_PERCENT = 2.0  # of all sentences may take longer than one breath
LONGEST_S = 15.0

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class State:
    """One state of the world: its name, and what makes it so."""

    name: str
    prepare: Callable[[World, Clock], None]
    empty: bool = False
    offline: bool = False  # upstream is down from the second round on


@dataclass(frozen=True, slots=True)
class Asked:
    """One question or one write, as a phone sends it."""

    method: str
    path: str
    body: Fields | None = None

    @property
    def shown(self) -> str:
        """Return it in one line."""
        sent = "".join(f" {name}: {value}" for name, value in (self.body or {}).items())
        return f"{self.method} {self.path}{sent}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence, where it was heard, and how long it takes."""

    asked: str
    state: str
    language: str
    speech: str
    seconds: float = 0.0


# The most important first: what is asked every morning, then what is asked at times.
QUESTIONS = (
    *(
        Asked("GET", path)
        for path in (
            "/v1/today",
            "/v1/workouts/next",
            "/v1/activities/latest",
            "/v1/workouts/today",
            "/v1/fitness",
            "/v1/week",
            "/v1/wellness",
            "/v1/activities/latest/laps?type=Run",
            "/v1/race",
            "/v1/events",
            "/v1/weather",
            "/v1/today?day=yesterday",
            "/v1/workouts/today?day=tomorrow",
            "/v1/week?day=next%20monday",
            "/v1/streak",
            "/v1/messages",
            "/v1/changes",
            "/v1/changes?cursor=0&kinds=gear",
            "/v1/bests?type=Ride&period=1y",
            "/v1/bests?type=Run&period=42d",
            "/v1/zones?type=Ride",
            "/v1/zones?type=Run",
            "/v1/zones?type=Swim",
            "/v1/wellness?oldest=yesterday&newest=today",
            "/v1/activities",
            "/v1/activities/search?q=lake",
            "/v1/activities/latest?type=Swim",
            "/v1/gear",
            "/v1/athlete",
            "/v1/doctor",
        )
    ),
)
WRITES = (
    Asked("POST", "/v1/workouts?preview=yes", {"text": "5 x 4 min hard run tomorrow"}),
    Asked("PUT", "/v1/wellness", {"weight_kg": 72.5, "mood": "good", "sleep_s": "7h"}),
    Asked("PUT", "/v1/wellness", {"weight_kg": 72.5, "mood": "good", "sleep_s": "7h"}),
    Asked("POST", "/v1/undo", {}),
    Asked("POST", "/v1/activities/latest/rating", {"rpe": 7, "feel": "good"}),
    Asked("PATCH", "/v1/activities/latest", {"name": "Round the lake"}),
    Asked("POST", "/v1/workouts", {"text": "Saturday 90 minutes easy ride"}),
    Asked("POST", "/v1/workouts/next/move?preview=yes", {"day": "Sunday"}),
    Asked("POST", "/v1/workouts/next/move", {"day": "Saturday"}),
    Asked("POST", "/v1/workouts/next/done?preview=yes", {}),
    Asked("POST", "/v1/workouts/next/skip", {}),
    Asked("POST", "/v1/undo", {}),
    Asked("PATCH", "/v1/zones/Ride?preview=yes", {"ftp_w": 288}),
    Asked("PATCH", "/v1/zones/Ride", {"zone": 2, "to_w": 200}),
    Asked("POST", "/v1/undo?preview=yes", {}),
    Asked(
        "POST",
        "/v1/health",
        {"resting_hr": "2026-11-23T06:00:00;2026-11-23T06:00:00;48 bpm"},
    ),
    Asked("POST", "/v1/events", {"category": "note", "name": "Sore", "day": "today"}),
    Asked("PATCH", "/v1/messages?preview=yes", {"off": "morning_brief, week"}),
    Asked("PATCH", "/v1/messages", {"off": "morning_brief, week"}),
    Asked("PATCH", "/v1/messages", {"off": "week"}),
    Asked("GET", "/v1/messages"),
    Asked("POST", "/v1/undo", {}),
    Asked("PATCH", "/v1/messages", {"off": "all"}),
    Asked("PATCH", "/v1/messages", {"on": "after_activity, new_best, trouble"}),
    Asked("GET", "/v1/messages"),
    Asked("PATCH", "/v1/messages", {"morning_at": "6:30", "quiet_from": "21:00"}),
    Asked("PATCH", "/v1/messages", {"on": "all"}),
    Asked("PATCH", "/v1/messages", {"on": "weekly"}),
    Asked("PATCH", "/v1/messages", {"language": "de"}),
    # What goes wrong.
    Asked("PUT", "/v1/wellness", {"weight_kg": 725}),
    Asked("PUT", "/v1/wellness", {"mood": "purple"}),
    Asked("POST", "/v1/workouts", {"text": "dance on Saturday"}),
    Asked("POST", "/v1/workouts", {"text": "ride 9 hours easy tomorrow"}),
    Asked("GET", "/v1/activities/i999"),
    Asked("GET", "/v1/today?day=someday"),
)


def _usual(world: World, clock: Clock) -> None:
    del world, clock


def _no_heart(world: World, clock: Clock) -> None:
    del clock
    for row in world.activities.values():
        row.update({"average_heartrate": None, "max_heartrate": None})
    for row in world.wellness.values():
        row.update(dict.fromkeys(("hrv", "hrvSDNN", "restingHR")))


def _swims_alone(world: World, clock: Clock) -> None:
    del clock
    for key, row in list(world.activities.items()):
        if row.get("type") not in ("Swim", "OpenWaterSwim"):
            del world.activities[key]
    for event_id, event in list(world.events.items()):
        if event["category"] == "WORKOUT" and event.get("type") != "Swim":
            del world.events[event_id]
    _plan(world, 0, name="Endurance swim", type="Swim", moving_time=3000)


def _plan(world: World, days: int, **fields: Any) -> Fields:
    day = world.today() + timedelta(days=days)
    lasting = fields.pop("lasting", 1)
    start = datetime.combine(day, fields.pop("at", time()))
    end = datetime.combine(day + timedelta(days=lasting), time())
    edges = {"start_date_local": start.isoformat(), "end_date_local": end.isoformat()}
    return world.add_event(**edges, **fields)


def _sessions(count: int) -> Callable[[World, Clock], None]:
    names = ("Morning run", "Threshold 4x8", "Strength")
    types = ("Run", "Ride", "WeightTraining")

    def prepare(world: World, clock: Clock) -> None:
        del clock
        for event_id in [key for key in world.events if _is_today(world, key)]:
            del world.events[event_id]
        for name, kind in list(zip(names, types, strict=True))[:count]:
            _plan(world, 0, name=name, type=kind, moving_time=3600)

    return prepare


def _is_today(world: World, event_id: int) -> bool:
    return str(world.events[event_id]["start_date_local"])[:10] == str(world.today())


def _block(category: str, name: str) -> Callable[[World, Clock], None]:
    def prepare(world: World, clock: Clock) -> None:
        del clock
        _plan(world, -1, category=category, name=name, lasting=4)

    return prepare


def _race(days: int) -> Callable[[World, Clock], None]:
    def prepare(world: World, clock: Clock) -> None:
        del clock
        for event_id in [key for key in world.events if _is_today(world, key)]:
            del world.events[event_id]
        race = {"category": "RACE_A", "name": "City Half Marathon", "type": "Run"}
        _plan(world, days, at=time(10), distance=21097, **race)

    return prepare


def _stub(world: World, clock: Clock) -> None:
    del clock
    world.add_activity(source="STRAVA", start_date_local="2026-11-23T06:00:00")


def _imperial(world: World, clock: Clock) -> None:
    del clock
    world.athlete |= {
        "measurement_preference": "feet",
        "fahrenheit": True,
        "weight_pref_lb": True,
        "locale": "en-US",
        "timezone": "America/New_York",
    }


def _all_done(world: World, clock: Clock) -> None:
    clock.advance(hours=13)
    for event in list(world.events.values()):
        if event["category"] == "WORKOUT" and _is_today(world, event["id"]):
            fields = {name: event.get(name) for name in ("type", "name", "moving_time")}
            done = world.add_activity(
                **{name: value for name, value in fields.items() if value},
                start_date_local=f"{world.today()}T17:30:00",
                paired_event_id=event["id"],
            )
            event["paired_activity_id"] = done["id"]


def _missed(world: World, clock: Clock) -> None:
    del clock
    for days in (-1, -2):
        _plan(world, days, name="Tempo", type="Run", moving_time=3600)


def _bad_night(world: World, clock: Clock) -> None:
    del clock
    world.set_wellness(world.today(), hrv=38, restingHR=61, sleepSecs=4 * 3600)


def _by_watch(world: World, clock: Clock) -> None:
    del clock
    for row in world.wellness.values():
        row.update({"hrvSDNN": row.get("hrv"), "hrv": None})


def _no_sleep(world: World, clock: Clock) -> None:
    del clock
    row = world.wellness[str(world.today())]
    row.update(dict.fromkeys(("sleepSecs", "sleepScore", "hrv", "hrvSDNN")))


def _sunday(world: World, clock: Clock) -> None:
    del world
    clock.now = datetime.combine(date(2026, 11, 22), time(19), clock.now.tzinfo)


def _silent(world: World, clock: Clock) -> None:
    del clock
    world.switches.fail_status = 503


def _busy(world: World, clock: Clock) -> None:
    del clock
    world.switches.retry_after_s = 5400


def _refused(world: World, clock: Clock) -> None:
    del clock
    world.api_key = "another-key-than-the-bridge-has"


STATES = (
    State("a usual Monday", _usual),
    State("a beginner", _usual, empty=True),
    State("three sessions", _sessions(3)),
    State("nothing planned", _sessions(0)),
    State("all done, evening", _all_done),
    State("missed sessions", _missed),
    State("a bad night", _bad_night),
    State("no sleep yet", _no_sleep),
    State("SDNN alone", _by_watch),
    State("no heart rate", _no_heart),
    State("swims alone", _swims_alone),
    State("ill", _block("SICK", "Flu")),
    State("injured", _block("INJURED", "Achilles")),
    State("on holiday", _block("HOLIDAY", "Lanzarote")),
    State("race day", _race(0)),
    State("race tomorrow", _race(1)),
    State("a Strava stub", _stub),
    State("imperial, twelve hours", _imperial),
    State("Sunday evening", _sunday),
    State("offline, with memory", _usual, offline=True),
    State("offline, at once", _silent),
    State("asked to wait", _busy),
    State("key refused", _refused),
)


def corpus() -> list[Spoken]:
    """Return every sentence, by question, then by state, then by language."""
    logger = logging.getLogger("bridge")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # what fails is meant to
    try:
        found = [
            spoken
            for state in STATES
            for language in LANGUAGES
            for spoken in _heard(state, language)
        ]
    finally:
        logger.setLevel(level)
    places = {asked.shown: place for place, asked in enumerate([*QUESTIONS, *WRITES])}
    states = {state.name: place for place, state in enumerate(STATES)}
    found.sort(key=lambda row: (places[row.asked], states[row.state]))
    return found


def _heard(state: State, language: str) -> list[Spoken]:
    clock = Clock()
    world = World.empty(now=clock) if state.empty else World(now=clock)
    key = world.api_key
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "bridge.db"
        database.write_bytes(migrated_database())
        config = Config(
            secret_keys=(SECRET_KEY,),
            api_key=key,
            upstream_url="https://upstream.test",
            database_url=f"sqlite:///{database}",
            public_url="https://bridge.example",
            upstream_per_second=500,  # nobody waits for a place
        )
        net = Internet(WSGIAdapter(create_simulator(world)))
        app = create_app(config, transport=net, clock=clock)
        net.give_address(app, config.public_url)
        try:
            state.prepare(world, clock)
            world.touch()
            phone = let_in(app, "write", "Ana’s iPhone")
            if not state.empty:
                _add_channel(app, clock)
            if state.offline:
                _ask_all(phone, QUESTIONS, language)
                clock.advance(minutes=40)
                world.switches.fail_status = 503
            asked = QUESTIONS if _is_broken(state) else (*QUESTIONS, *WRITES)
            return [
                Spoken(one.shown, state.name, language, speech)
                for one, speech in _ask_all(phone, asked, language)
            ]
        finally:
            services_of(app).close()


def _add_channel(app: Flask, clock: Clock) -> None:
    """Let messages reach the athlete; nothing is ever sent there."""
    known = services_of(app)
    target = NtfyTarget(url="https://ntfy.sh/ana")
    channels = Channels(known.store.outbox, lambda: known.config, Outside())
    channels.add(OWNER, target, "ntfy", clock())


def _is_broken(state: State) -> bool:
    return state.offline or state.prepare in (_silent, _busy, _refused)


def _ask_all(
    phone: FlaskClient, asked: Sequence[Asked], language: str
) -> list[tuple[Asked, str]]:
    said = []
    for one in asked:
        headers = {"Accept-Language": language}
        answer = phone.open(one.path, method=one.method, json=one.body, headers=headers)
        said.append((one, str(answer.get_json()["speech"])))
    return said


def timed(rows: Iterable[Spoken], program: Path) -> list[Spoken]:
    """Return the sentences with the seconds that espeak-ng takes for each."""
    known: dict[tuple[str, str], float] = {}
    found = []
    for row in rows:
        key = (row.language, row.speech)
        if key not in known:
            known[key] = seconds_of(row.speech, row.language, program)
        found.append(Spoken(row.asked, row.state, row.language, row.speech, known[key]))
    return found


def seconds_of(speech: str, language: str, program: Path) -> float:
    """Return how long a voice speaks, to a tenth of a second."""
    command = [str(program), "-s", str(RATE), "-v", language, "--stdout", speech]
    sound = subprocess.run(command, check=True, capture_output=True).stdout
    with wave.open(io.BytesIO(sound)) as played:
        # Written to a pipe, the head does not know how much follows.
        frames = (len(sound) - 44) / (played.getsampwidth() * played.getnchannels())
        return round(float(frames / played.getframerate()), 1)


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long the sentences of one language are."""

    count: int
    median_s: float
    longest_s: float
    longest: str
    long_percent: float
    most_words: int
    most_characters: int


def lengths_of(rows: Iterable[Spoken], language: str) -> Lengths:
    """Return the lengths of the different sentences of a language."""
    said = {row.speech: row.seconds for row in rows if row.language == language}
    longest = max(said, key=lambda speech: said[speech])
    long = sum(seconds > MOST_S for seconds in said.values())
    return Lengths(
        count=len(said),
        median_s=round(median(said.values()), 1),
        longest_s=said[longest],
        longest=longest,
        long_percent=round(100 * long / len(said), 1),
        most_words=max(map(count_words, said)),
        most_characters=max(map(len, said)),
    )


_ROW = re.compile(r"- ([0-9]+\.[0-9]) s \*\((.+?)\)\* (.+)")


def page_of(rows: Sequence[Spoken], language: str) -> list[str]:
    """Return the lines of a page: by question, each sentence once with its states."""
    lines: list[str] = []
    mine = [row for row in rows if row.language == language]
    for asked in dict.fromkeys(row.asked for row in mine):
        lines += ["", f"### `{asked}`", ""]
        states: dict[str, list[Spoken]] = {}
        for row in mine:
            if row.asked == asked:
                states.setdefault(row.speech, []).append(row)
        for speech, heard in states.items():
            where = ", ".join(dict.fromkeys(row.state for row in heard))
            lines.append(f"- {heard[0].seconds:.1f} s *({where})* {speech}")
    return lines


def read_page(text: str, language: str) -> list[Spoken]:
    """Return the sentences of a page that was written, as far as it tells."""
    return [
        Spoken("", row[2], language, row[3], float(row[1]))
        for row in map(_ROW.fullmatch, text.splitlines())
        if row is not None
    ]
