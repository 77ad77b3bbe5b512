"""What can be asked for: a table of intents, each with its route and its words.

A sentence is heard as things: words with a meaning (``[concepts]`` of the files in
``words/``), and slots (``day``, ``sport``, ``number`` …). An intent fits where one of
its ``cues`` is heard whole and nothing is left that it does not know. Among those that
fit, the longest cue wins; two that are equal are asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

Tense = Literal["back", "ahead"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Intent:
    """One thing that can be asked for.

    Attributes
    ----------
    route
        Method and path, as in the table of routes.
    cues
        Any of them, parted by a bar; each a few things that must all be heard.
    may
        What else may be heard.
    params
        Which slot fills which query parameter.
    tense
        Which way a bare weekday points.
    lasting
        One word does not take it back, so that it is asked about first.
    never
        What rules it out, whatever else the word can mean.
    """

    name: str
    route: str
    cues: str
    may: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    tense: Tense = "ahead"
    lasting: bool = False
    never: frozenset[str] = frozenset()

    @property
    def writes(self) -> bool:
        """Tell whether it changes anything."""
        return not self.route.startswith("GET ")

    @cached_property
    def cue_sets(self) -> tuple[frozenset[str], ...]:
        """Return the cues, the longest first."""
        cues = [frozenset(cue.split()) for cue in self.cues.split("|")]
        return tuple(sorted(cues, key=len, reverse=True))

    @cached_property
    def known(self) -> frozenset[str]:
        """Return everything that it knows beside its cue."""
        words = frozenset(self.may.split()) | frozenset(self.params)
        return words | (ALWAYS if self.writes else ALWAYS_READ)


ALWAYS: Final = frozenset({"filler", "and", "be", "polite", "wish"})
ALWAYS_READ: Final = ALWAYS | {
    "everything",
    "question",
    "past",
    "verdict",
    "to",
    "off",
    "until",
    "since",
    "lift",
    "call",
    "each",
    "anymore",
    "out",
    "receive",
    "have",
    "when",
}
_DAY: Final = {"day": "day"}
_SPORT: Final = {"sport": "type"}
_SPAN: Final = {"range": "oldest", "day": "day"}
_WORKOUT: Final = "workout sport planned it to off day next last clock laps"
WELLNESS: Final = (
    "sleep sleep_score sleep_quality weight hrv resting_hr mood motivation soreness "
    "stress injury hydration water steps kcal carbs protein fat body_fat spo2 "
    "respiration vo2max glucose lactate systolic diastolic pressure readiness abdomen "
    "fatigue"
)
# How tired one is the form tells, where nothing was written down of it.
_ANY_FIELD: Final = "|".join(each for each in WELLNESS.split() if each != "fatigue")
MESSAGES: Final[Mapping[str, str]] = {  # what is heard, and the topic that it means
    "plan_changes": "plan_changed",
    "morning": "morning_brief",
    "brief": "morning_brief",
    "workout": "after_activity",
    "sport": "after_activity",
    "totals": "week",
    "range": "week",
    "wellness": "recovery",
    "hrv": "recovery",
    "best": "new_best",
    "ftp": "new_best",
    "gear": "gear_due",
    "race": "race_tomorrow",
    "streak": "streak_at_risk",
    "doctor": "trouble",
}
_MESSAGES: Final = " ".join(MESSAGES)
_TELL, _HUSH = (
    "|".join(f"{verb} {topic}" for verb in verbs for topic in (*MESSAGES, "message"))
    for verbs in (("notify", "switch"), ("mute", "not anymore", "switch out"))
)

INTENTS: Final[tuple[Intent, ...]] = (
    Intent(name="today", route="GET /v1/today",
           cues="brief|ready|brief day|brief planned|brief planned day"
           "|brief have day",
           may="workout form fitness feel sleep next planned", params=_DAY,
           tense="back"),
    Intent(name="form", route="GET /v1/fitness", cues="form|fitness|form fitness"
           "|fatigue",
           may="fatigue workout best ready last", params=_DAY, tense="back"),
    Intent(name="week", route="GET /v1/week",
           cues="totals|workout range past|totals range|question workout range"
           "|brief totals|brief range|brief totals range|totals past range",
           may="workout sport last next planned finish range2 brief",
           params={"range": "day", "day": "day"}),
    Intent(name="workout_today", route="GET /v1/workouts/today",
           cues="planned|planned day|workout day|sport day|workout sport day"
           "|workout planned|question workout|planned workout day|planned sport day"
           "|question rest|have day|have ready day",
           may="workout sport planned clock rest",
           params=(_DAY | _SPORT)),
    Intent(name="workout_next", route="GET /v1/workouts/next",
           cues="next workout|next sport|next|next planned|when sport|when workout"
           "|when planned sport|when planned workout",
           may="workout sport planned clock calendar", params=_SPORT,
           never=frozenset({"past", "race"})),
    Intent(name="calendar", route="GET /v1/events",
           cues="calendar|calendar range|calendar planned|planned range|calendar day"
           "|workout next range|question range_ahead",
           may="planned workout next sport race calendar rest",
           params={"range": "oldest", "day": "day"}),
    Intent(name="race", route="GET /v1/race",
           cues="race|question race|race next|question race next",
           may="next until sport planned calendar distance last workout"),
    Intent(name="latest", route="GET /v1/activities/latest",
           cues="last workout|last sport|question past workout|question past sport"
           "|last workout sport|question verdict|last|question verdict sport"
           "|question verdict workout|last race|question past race"
           "|question verdict race",
           may="workout sport last feel finish verdict race", params=_SPORT,
           tense="back"),
    Intent(name="laps", route="GET /v1/activities/latest/laps",
           cues="laps|laps last workout|laps last sport|laps sport|laps last",
           may="workout sport last best", params=_SPORT, tense="back"),
    Intent(name="activities", route="GET /v1/activities",
           cues="past day|past workout day|past sport day|past range|past sport range"
           "|question finish day|question finish range|list sport|list workout"
           "|last workout range|sport range|list past|question list|past race day",
           may="workout sport last finish planned list",
           params=(
               {"range": "oldest", "day": "day", "sport": "type"}),
           tense="back"),
    Intent(name="search", route="GET /v1/activities/search", cues="find",
           may="text workout last sport", params={"text": "q"},
           tense="back"),
    Intent(name="wellness", route="GET /v1/wellness",
           cues=f"{_ANY_FIELD}|wellness|question feel|question measure",
           may=f"{WELLNESS} last wellness measure",
           params=_SPAN, tense="back"),
    Intent(name="streak", route="GET /v1/streak", cues="streak|streak workout",
           may="workout last sport totals day past"),
    Intent(name="bests", route="GET /v1/bests", cues="best|best sport|best range",
           may="workout sport last ftp power distance duration fitness pace_word",
           params={"sport": "type", "range": "period"},
           tense="back"),
    Intent(name="zones", route="GET /v1/zones",
           cues="zones|ftp|lthr|threshold|threshold_pace|max_hr|zones workout",
           may="sport ftp lthr threshold threshold_pace max_hr resting_hr workout",
           params=_SPORT),
    Intent(name="gear", route="GET /v1/gear", cues="gear|gear sport",
           may="sport finish last workout"),
    Intent(name="weather", route="GET /v1/weather", cues="weather|weather workout",
           may="workout sport next planned race", params=_DAY),
    Intent(name="athlete", route="GET /v1/athlete", cues="athlete|athlete doctor"),
    Intent(name="changes", route="GET /v1/changes",
           cues="changed|question changed",
           may="last workout day calendar plan planned totals range",
           tense="back"),
    Intent(name="messages", route="GET /v1/messages",
           cues="message|question message",
           may="notify past last everything workout"),
    Intent(name="tell", route="PATCH /v1/messages", cues=_TELL,
           may=f"{_MESSAGES} message each everything day next planned finish question"
           " past to last"),
    Intent(name="hush", route="PATCH /v1/messages",
           cues=f"{_HUSH}|unwanted message|unwanted morning",
           may=f"{_MESSAGES} message each everything day next planned finish to not"
           " anymore notify question"),
    Intent(name="doctor", route="GET /v1/doctor", cues="doctor|why not|why doctor",
           may="not why workout day"),
    Intent(name="menu", route="GET /v1/menu", cues="menu", may="log"),
    Intent(name="log", route="PUT /v1/wellness", cues="measure|log measure",
           may="log past sleep night day measure wellness to", tense="back",
           never=frozenset({"lift"})),
    Intent(name="rate", route="POST /v1/activities/<activity>/rating",
           cues="rating|rate rating|rate number|rating workout|rating sport",
           may="log past sport workout last rating rate verdict day to race",
           tense="back"),
    Intent(name="did", route="POST /v1/activities/manual",
           cues="did sport duration|did sport distance|log sport duration"
           "|log sport distance",
           may="log did past finish sport workout duration distance day clock to off",
           tense="back", never=frozenset({"plan", "next", "planned"})),
    Intent(name="plan", route="POST /v1/workouts", cues="dictated"),
    Intent(name="move", route="POST /v1/workouts/<workout>/move",
           cues="move day|move workout day|move sport day|move planned day|move clock"
           "|move range|move workout range|move sport range",
           may=_WORKOUT),
    Intent(name="skip", route="POST /v1/workouts/<workout>/skip",
           cues="skip|skip workout|skip sport|skip day|cancel|cancel workout"
           "|cancel sport|not workout|not sport day|not workout day|forget workout"
           "|forget sport",
           may=f"{_WORKOUT} skip"),
    Intent(name="finish", route="POST /v1/workouts/<workout>/done",
           cues="finish|finish workout|finish sport|finish planned",
           may=f"{_WORKOUT} past"),
    Intent(name="delete", route="DELETE /v1/events/<event>",
           cues="delete workout|delete sport|delete race|delete day|delete rest"
           "|delete note|delete sick|delete holiday|cancel race|delete planned"
           "|cancel workout|cancel sport|delete calendar|cancel|cancel holiday",
           may=f"{_WORKOUT} calendar", lasting=True,
           never=frozenset({"last"})),
    Intent(name="undo", route="POST /v1/undo", cues="undo",
           may="log last past verdict"),
    Intent(name="race_new", route="POST /v1/events", cues="race_entry"),
    Intent(name="note", route="POST /v1/events", cues="note text|note_entry",
           may="text day to log plan and"),
    Intent(name="away", route="POST /v1/events", cues="sick|holiday|injured",
           may="day until to off past log plan and range workout since"),
    Intent(name="rename", route="PATCH /v1/activities/<activity>",
           cues="rename text|rename last text|rename sport text|rename workout text",
           may="text last workout sport to", tense="back"),
    Intent(name="set_zones", route="PATCH /v1/zones/<sport>",
           cues="limit|limit sport|log limit", may="sport limit log to"),
    Intent(name="apply_zones", route="POST /v1/zones/<sport>/apply",
           cues="apply zones|apply zones sport|apply zones workout",
           may="sport to past workout apply last ftp", lasting=True),
)  # fmt: skip
BY_NAME: Final[Mapping[str, Intent]] = {intent.name: intent for intent in INTENTS}

# In the menu nobody fills anything in: these mean one thing as they stand.
WRITTEN_IN_THE_MENU: Final = ("undo", "skip", "finish", "move")
_MORNING, _EVENING = range(4, 11), range(16, 23)
_LIKELY: Final[Mapping[str, tuple[range, int]]] = {
    "today": (_MORNING, 9),
    "wellness": (_MORNING, 6),
    "workout_today": (_MORNING, 5),
    "weather": (_MORNING, 4),
    "latest": (_EVENING, 9),
    "laps": (_EVENING, 5),
    "workout_next": (_EVENING, 6),
    "finish": (_EVENING, 4),
    "week": (_EVENING, 3),
    "form": (range(24), 3),
    "race": (range(24), 1),
}


def likely_at(intent: str, hour: int) -> int:
    """Return how likely an intent is at an hour of the day, in times asked."""
    hours, times = _LIKELY.get(intent, (range(0), 0))
    return times if hour in hours else 0


# Nobody says these: files and their like, ids, samples of a watch, and asking itself.
UNSPOKEN: Final = frozenset(
    {
        "GET /v1/activities/latest/laps.csv",
        "GET /v1/activities/latest/streams.csv",
        "GET /v1/activities/latest/file",
        "GET /v1/activities/<activity>",
        "GET /v1/activities/<activity>/laps",
        "GET /v1/activities/<activity>/laps.csv",
        "GET /v1/activities/<activity>/streams.csv",
        "GET /v1/activities/<activity>/file",
        "GET /v1/workouts/<workout>/file",
        "POST /v1/activities",
        "GET /v1/activities.csv",
        "GET /v1/changes.csv",
        "GET /v1/wellness.csv",
        "GET /v1/events.csv",
        "POST /v1/wellness",  # the same as PUT
        "POST /v1/health",
        "POST /webhooks/intervals/<key>",
        "PATCH /v1/events/<event>",
        "GET /v1/flat/<path:path>",
        *(
            f"{m} /api/v1/<path:path>"
            for m in ("GET", "POST", "PUT", "PATCH", "DELETE")
        ),
        "GET /widgets/scriptable.js",
        "GET /openapi.json",
        "GET /healthz",
        "GET /readyz",
        "POST /v1/ask",
        "GET /v1/ask",
        "GET /v1/cards/<card>",  # for the eye
        "GET /w/<name>.png",
        "GET /w/<name>.svg",
        "GET /w/<name>.trmnl.json",
        "GET /calendar/<key>.ics",
    }
)
