"""What the sentences mean and what to do: the words of ``docs/phrases.md``."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Sentences of one kind; ``prefixes`` are the first words of their keys."""

    title: str
    about: str
    prefixes: tuple[str, ...]


GROUPS: tuple[Group, ...] = (
    Group(
        "Form and fitness",
        "Form is fitness minus fatigue: how rested you are. Below minus 30 it is too "
        "much; minus 30 to minus 10 is where training works best; "
        "up to plus 5 little changes; up to plus 25 you are fresh, for a race; beyond "
        "that fitness is lost. Where your Intervals.icu page shows form in percent of "
        "fitness, so does the sentence.",
        ("fitness", "form_zone"),
    ),
    Group(
        "Cards and feeds",
        "What stands on a card, in a picture or in the calendar feed, to be read and "
        "not to be heard: short; a card's sentence (`speech`) says it whole.",
        ("card", "feed"),
    ),
    Group(
        "Messages",
        "What is told without being asked: titles, what they are called in a sentence, "
        "and what `/v1/messages` says. What a message says beside is the sentence of "
        "the same question.",
        ("message",),
    ),
    Group(
        "Asking",
        "What `/v1/ask` says around an answer. A question is answered by a whole yes, "
        "no or “the second” in the next sentence of the same device, for five minutes.",
        ("ask",),
    ),
    Group(
        "The morning brief",
        "In this order, as far as one breath goes: a verdict if one is due (ill, hurt, "
        "away, race day, better easy), what is done, what is to do with its main set, "
        "what of the night is not as usual, a race within three weeks, form. A "
        "difference in sleep is said from three quarters of an hour on, against the 7 "
        "nights before; what is normal is at most one word.",
        ("brief",),
    ),
    Group(
        "Activities",
        "When and what, how far and how long, climbs from 100 metres on; pace, power "
        "or speed, heart rate; then how it was against its plan, or against your own "
        "six weeks.",
        ("activity", "activities", "load", "search"),
    ),
    Group(
        "Strava",
        "Strava forbids Intervals.icu to pass its activities on, so only their day is "
        "known. What to do is said with it.",
        ("strava",),
    ),
    Group(
        "Laps",
        "How often and how long the alike ones were, how the first and the last went, "
        "which was the best where one stands out, and where the heart rate went.",
        ("laps", "watts", "beats"),
    ),
    Group(
        "Wellness",
        "Each value is a sentence of its own, said where it was entered; `{word}` is "
        "one of the scale below. Weight, comments and the menstrual phase are said "
        "only when asked for by name.",
        ("wellness",),
    ),
    Group(
        "Words of the scales",
        "Pieces of other sentences. The numbers are those of Intervals.icu: on most "
        "scales the lowest is the best.",
        ("scale", "phase"),
    ),
    Group(
        "Names of values",
        "Pieces of other sentences: how a field is called in a failure or a change.",
        ("field",),
    ),
    Group(
        "Plan and calendar",
        "What stands in the calendar: workouts and races to do, what is done, and what "
        "else there is that day. Of a workout the first steps are said, as many as one "
        "can keep in mind.",
        ("plan", "events", "steps", "workout"),
    ),
    Group(
        "Kinds of calendar entries",
        "Pieces of other sentences.",
        ("category",),
    ),
    Group(
        "The week",
        "From Monday to Sunday, done against planned; what was missed; what is left "
        "from today on, the next two by name; and the week before.",
        ("week",),
    ),
    Group(
        "Race and streak",
        "A race is counted in days up to three weeks, then in weeks. A streak lives "
        "until the day, or the week, is over.",
        ("race", "streak"),
    ),
    Group(
        "What changed",
        "The newest first, three of them by name; what came all at once, as after a "
        "first look, is counted alone.",
        ("changes",),
    ),
    Group(
        "Periods",
        "The days that a sum or a list is about, where that is not the usual week.",
        ("period",),
    ),
    Group(
        "Bests",
        "The best power, heart rate or time for the usual durations and distances, and "
        "the threshold power that Intervals.icu estimates.",
        ("bests",),
    ),
    Group(
        "Zones and athlete",
        "The thresholds, and zone 2, which is trained most.",
        ("zones", "athlete"),
    ),
    Group(
        "Gear",
        "What is due comes first: from 90 percent of a reminder it is soon, from 100 "
        "percent now. Then what went furthest.",
        ("gear",),
    ),
    Group("Weather", "For the next session, or a day asked for.", ("weather",)),
    Group(
        "Sports",
        "The name of a sport, for ear and eye, and what doing it is called.",
        ("sport", "discipline"),
    ),
    Group(
        "Names",
        "Pieces of names: what stands for the signs in a title like 5x1km @4:05/km.",
        ("name",),
    ),
    Group(
        "Writing wellness",
        "What Intervals.icu has now is read back, not what was sent.",
        ("stored",),
    ),
    Group(
        "Health samples",
        "What a phone sent out of Apple Health: taken over, or left alone and why.",
        ("health",),
    ),
    Group(
        "Writing the calendar",
        "What was written, moved, skipped, done or removed; with `preview=yes` what "
        "would be, and nothing is written.",
        ("event", "dictation", "assumed"),
    ),
    Group(
        "Writing to activities",
        "How a session felt, its name, its gear; and files that were sent on.",
        ("session", "upload", "manual"),
    ),
    Group(
        "Changing zones",
        "Each threshold or limit that changes, with what it was before.",
        ("change", "apply"),
    ),
    Group(
        "Taking back",
        "The last write of this device is undone, unless somebody changed it since.",
        ("undo",),
    ),
    Group(
        "The doctor",
        "What was looked at. A problem says what to do; the first one is spoken.",
        ("doctor",),
    ),
    Group(
        "Old answers and updates",
        "Said behind another sentence.",
        ("stale", "update"),
    ),
    Group(
        "The bridge itself",
        "What a monitor and the raw routes are told.",
        ("alive", "ready", "flat", "webhook"),
    ),
    Group(
        "Numbers, days and words",
        "Pieces of other sentences. Numbers, units, dates and lists are Babel's.",
        ("number", "one", "percent", "pace", "temperature", "time", "day", "word"),
    ),
    Group(
        "What a device may do",
        "A failure that wants a larger permission names it.",
        ("scope",),
    ),
    Group(
        "For the eye",
        "Numbers in the `…_text` keys; they are never spoken.",
        ("show",),
    ),
)

NOTES: dict[str, str] = {
    "fitness.after_plan": "once all that is planned today is done",
    "form_zone.grey_explained": "the same, where there is room to explain it",
    "fitness.steady": "by less than a point in a week",
    "fitness.none": "a day to come, or an account without training",
    "search.cut": "as many as were asked for; ask for more with limit",
    "form_zone.high_risk": "form below −30: rest",
    "form_zone.optimal": "−30 to −10: training works",
    "form_zone.grey": "−10 to +5: neither training much nor resting",
    "form_zone.fresh": "+5 to +25: ready to race",
    "form_zone.transition": "above +25: fitness is being lost",
    "strava.cure": "for this, and for the next ones",
    "laps.not_analyzed": "the file has just been uploaded",
    "wellness.readiness": "on the scale of the watch or app it comes from",
    "wellness.hrv_sdnn_ms": "SDNN; the usual variability is rMSSD",
    "wellness.baevsky_index": "Baevsky's index, from heart rate variability",
    "wellness.vo2max": "millilitres a minute and kilogram",
    "wellness.locked.yes": "other sources cannot change a locked day",
    "brief.no_sleep": "the watch has not synced yet",
    "brief.hrv_low": "more than one standard deviation below the mean of 60 days",
    "brief.hrv_high": "more than one standard deviation above the mean of 60 days",
    "plan.block": "a note, a holiday, a phase of that day",
    "steps.first": "there are more steps",
    "steps.unknown": "neither how long nor how hard is known",
    "steps.zone": "a piece; of power unless the next ones follow",
    "steps.watts": "a piece",
    "steps.percent": "a piece; of threshold power unless the next ones follow",
    "steps.of_lthr": "a piece, around the percentage",
    "steps.of_hr": "a piece, around the percentage",
    "steps.of_pace": "a piece, around the percentage",
    "steps.by_hr": "a piece, around the zone",
    "steps.by_pace": "a piece, around the zone",
    "load": "a piece",
    "activity.done": "a piece",
    "wellness.comments": "the comment as it was written",
    "wellness.days": "where nothing of them is known",
    "day.coming": "a weekday to come",
    "day.on": "a date",
    "day.first": "the first day of a month",
    "number.range": "low to high",
    "week.left": "from today on; what was missed is not counted",
    "week.done_of_planned": "moving time done, of all that is planned",
    "streak.today_counts": "today has no training yet, and the streak ends tonight",
    "changes.noted": "many things at once, all of them new",
    "changes.wellness": "a piece: a day of wellness",
    "changes.zones": "a piece: thresholds and zones of a sport",
    "changes.more": "there is more than one answer holds",
    "gear.soon": "90 percent of the reminder are used up",
    "athlete.no_zone": "what is “today” may be wrong",
    "stale.today": "Intervals.icu is silent; this is the last answer it gave",
    "stale.earlier": "the same, when the last answer is not from today",
    "stored.lost": "the connection broke, but the write arrived",
    "stored.locked": "before writing; some sources write to a locked day",
    "stored.empty": "asked for by name, and nothing stands there",
    "stored.now": "in place of what was sent",
    "event.not_understood": "for example: - 20m 80%; or leave the text as a note",
    "event.entry": "written, or to be written; then its values",
    "event.nameless": "the same for an entry without a name",
    "event.days": "of an entry that lasts",
    "event.field": "one value of an entry or activity",
    "event.skipped_name": "what the note is called that a skipped workout becomes",
    "event.there_already": "moved to the day where it is",
    "session.of": "which activity it is; then what stands there now",
    "change.value": "one threshold after the change",
    "change.limit": "the upper limit of one zone",
    "change.limit_percent": 'a limit, behind "up to"',
    "change.empty": "in place of a value",
    "change.percent_and_watts": "a limit of a power zone, both ways",
    "change.as_before": "it was sent, and is what it was",
    "laps.unknown": "in place of an effort",
    "watts": "the effort of one lap",
    "beats": "the same, where there is no power",
    "plan.at": "the time of a workout",
    "events.day": "one day of the calendar",
    "events.more": "too many for one breath",
    "week.this": "begins the sentence, as do the next three",
    "bests.of": "which sport the bests are of; the last year unless asked otherwise",
    "bests.one": "such as 5 minutes: 262 watts",
    "zones.sport": "which sport the zones are of",
    "zones.watts": "zone 2",
    "zones.beats": "zone 2",
    "gear.reminder": "where the reminder has no name",
    "gear.retired": "asked for with what is no longer used",
    "steps.repeat": "also of laps alike, one after the other",
    "time.pattern": "7:05, as Babel writes it",
    "time.pattern_12_h": "the same in America",
    "number.two_units": "1 hour 5",
    "undo.stuck": "some fields cannot be emptied from outside",
    "doctor.phone.home": "fine, as long as you ask at home",
    "doctor.phone.no_dot": "a phone makes a link of a text only where a host has a dot",
    "doctor.quota.used": "Intervals.icu counts requests per quarter of an hour and day",
}

PIECES = (
    *("scale.", "phase.", "field.", "category.", "sport.", "scope.", "dictation."),
    *("event.field.", "change.field.", "change.limit.", "one."),
)


def note_of(key: str) -> str:
    """Return what a phrase means; of a piece, what it is a word for."""
    start = next((start for start in PIECES if key.startswith(start)), None)
    return NOTES.get(key, "") if start is None else f"`{key.removeprefix(start)}`"
