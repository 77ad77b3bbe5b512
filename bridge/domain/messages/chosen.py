"""What an athlete sends to choose what is told, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

import msgspec

from bridge.domain.flat import Scalar
from bridge.domain.inputs import InputError, Mistake, refused
from bridge.domain.inputs.clocks import take_written_clock
from bridge.domain.inputs.tokens import folded, tokenize
from bridge.domain.messages.topics import NAMES, Choices
from bridge.domain.speech.breath import Part, in_one_breath
from bridge.domain.speech.phrases import LANGUAGES
from bridge.domain.speech.voice import Voice
from bridge.domain.values import Values
from bridge.errors import NothingToWrite

MESSAGE_INPUTS: Final[tuple[tuple[str, str, Scalar], ...]] = (
    ("on", "what to switch on: names with commas, or all", "week, recovery"),
    ("off", "what to switch off: names with commas, or all", "morning_brief"),
    ("morning_at", "when the morning messages come, local time", "06:30"),
    ("evening_at", "when the evening messages come", "18:00"),
    ("quiet_from", "when the quiet hours begin", "22:00"),
    (
        "quiet_until",
        "when the quiet hours end; same as quiet_from: never quiet",
        "07:00",
    ),
    ("language", "language of the messages: en, de, fr, es; own: the athlete's", "de"),
)
MEANT: Final[Mapping[str, str]] = {
    "topics": "on",
    "morning": "morning_at",
    "evening": "evening_at",
    "time": "morning_at",
    "lang": "language",
}
_ALL: Final = "all"
_OWN: Final = "own"
_CLOCKS: Final = ("morning_at", "evening_at", "quiet_from", "quiet_until")
_LONGEST: Final = 400
_ANY_DAY: Final = date(2026, 1, 1)


class MessageTopic(msgspec.Struct, frozen=True, kw_only=True):
    """One of the ten, on or off."""

    topic: str
    title: str
    on: bool


class MessageChoices(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is told, when, and by how many channels."""

    on: str
    off: str
    morning_at: str
    evening_at: str
    quiet_from: str
    quiet_until: str
    language: str | None = None  # None: the athlete's own
    channels: int
    already: bool | None = None  # it was so before
    preview: bool | None = None  # nothing was changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is chosen from now on; ``language`` empty is the athlete's own."""

    choices: Choices
    language: str


def read_choices(sent: Mapping[str, object], known: Chosen) -> Chosen:
    """Return what is chosen from now on.

    Raises
    ------
    NothingToWrite
        If nothing was sent.
    BadField
        If a topic, a time or a language is not understood.
    """
    if not sent:
        raise NothingToWrite("no field", name="on", example="on: week")
    choices = known.choices.switched(
        on=_names("on", sent.get("on")), off=_names("off", sent.get("off"))
    )
    clocks = {name: _clock(name, sent[name]) for name in _CLOCKS if name in sent}
    language = known.language
    if "language" in sent:
        language = _language(sent["language"])
    return Chosen(
        choices=replace(choices, **clocks),  # type: ignore[arg-type]  # by name
        language=language,
    )


def values_of(chosen: Chosen) -> dict[str, str | bool]:
    """Return what is chosen, a value for each thing that can be."""
    choices = chosen.choices
    return {
        **{name: name in choices.on for name in NAMES},
        **{name: f"{getattr(choices, name):%H:%M}" for name in _CLOCKS},
        "language": chosen.language,
    }


def chosen_with(known: Chosen, values: Values) -> Chosen:
    """Return what is chosen once some of its values are as given."""
    after = values_of(known) | dict(values)
    clocks = {name: time.fromisoformat(str(after[name])) for name in _CLOCKS}
    on = frozenset(name for name in NAMES if after[name])
    return Chosen(choices=Choices(on=on, **clocks), language=str(after["language"]))


def say_values(known: Chosen, values: Values, voice: Voice) -> str:
    """Say some of what is chosen, such as what an undo brought back.

    ``known`` has the other end of the quiet hours where one alone is said.
    """
    now = chosen_with(known, values)
    choices = now.choices
    on = [name for name in NAMES if values.get(name) is True]
    off = [name for name in NAMES if values.get(name) is False]
    is_quiet = choices.quiet_from != choices.quiet_until
    return in_one_breath(
        voice,
        [
            _say_topics(on, voice, "message.on") if on else None,
            _say_topics(off, voice, "message.off") if off else None,
            _say_at("morning", choices.morning_at, voice)
            if "morning_at" in values
            else None,
            _say_at("evening", choices.evening_at, voice)
            if "evening_at" in values
            else None,
            _say_quiet(choices, voice, is_quiet=is_quiet)
            if not values.keys().isdisjoint(("quiet_from", "quiet_until"))
            else None,
            _say_language(now.language, voice) if "language" in values else None,
        ],
    )


def say_choice(name: str, voice: Voice) -> str:
    """Say what can be chosen, in a sentence: ``the morning brief``."""
    if name in NAMES:
        return voice.say(f"message.name.{name}")
    return voice.field(name)


def _say_at(which: str, clock: time, voice: Voice) -> str:
    return voice.say(f"message.{which}", time=_say_clock(clock, voice))


def _say_quiet(choices: Choices, voice: Voice, *, is_quiet: bool) -> str:
    if not is_quiet:
        return voice.say("message.never_quiet")
    return voice.say(
        "message.quiet",
        start=_say_clock(choices.quiet_from, voice),
        end=_say_clock(choices.quiet_until, voice),
    )


def _say_language(language: str, voice: Voice) -> str:
    if language not in LANGUAGES:
        return voice.say("message.own_language")
    return voice.say(f"message.in_{language}")


def _names(field: str, value: object) -> Sequence[str]:
    if value is None:
        return ()
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _refused(field, value)
    names = [part.strip().lower().replace(" ", "_") for part in value.split(",")]
    if names == [_ALL]:
        return NAMES
    if not set(names) <= set(NAMES):
        raise _refused(field, value)
    return names


def _clock(field: str, value: object) -> time:
    text = value if isinstance(value, str) else str(value)
    tokens = tokenize(text[:40])
    taken = take_written_clock(tokens, 0)
    if taken is not None and taken[1] == len(tokens):
        return taken[0].time
    if text.strip().isdecimal() and int(text) < 24:
        return time(int(text))
    raise _refused(field, value)


def _language(value: object) -> str:
    text = folded(value) if isinstance(value, str) else ""
    if text == _OWN:
        return ""
    if text not in LANGUAGES:
        raise _refused("language", value)
    return text


def _refused(field: str, value: object) -> Exception:
    examples = {name: str(example) for name, _, example in MESSAGE_INPUTS}
    error = InputError(Mistake.NOT_A_TEXT, examples[field], seen=str(value)[:40])
    return refused(field, error, examples[field])


def flatten_choices(
    chosen: Chosen, channels: int, *, already: bool = False, preview: bool = False
) -> MessageChoices:
    """Return what is chosen as it is answered."""
    choices = chosen.choices
    return MessageChoices(
        on=", ".join(name for name in NAMES if name in choices.on),
        off=", ".join(name for name in NAMES if name not in choices.on),
        morning_at=f"{choices.morning_at:%H:%M}",
        evening_at=f"{choices.evening_at:%H:%M}",
        quiet_from=f"{choices.quiet_from:%H:%M}",
        quiet_until=f"{choices.quiet_until:%H:%M}",
        language=chosen.language or None,
        channels=channels,
        already=already or None,
        preview=preview or None,
    )


def topics_of(choices: Choices, voice: Voice) -> list[MessageTopic]:
    """Return the ten, each on or off."""
    return [
        MessageTopic(
            topic=name, title=voice.say(f"message.{name}"), on=name in choices.on
        )
        for name in NAMES
    ]


def say_choices(chosen: Chosen, voice: Voice, *, channels: int) -> str:
    """Say what is told; first that nothing can be, where there is no channel."""
    choices = chosen.choices
    is_quiet = choices.quiet_from != choices.quiet_until
    quiet = _say_quiet(choices, voice, is_quiet=is_quiet)
    morning = _say_at("morning", choices.morning_at, voice)
    parts: list[Part] = [
        None if channels else voice.say("message.no_channel"),
        _say_on(choices, voice),
    ]
    spare: list[Part] = [
        morning if choices.on else None,
        quiet if choices.on and is_quiet else None,
    ]
    return in_one_breath(voice, parts, spare)


def say_chosen(
    before: Chosen, after: Chosen, voice: Voice, *, channels: int, preview: bool
) -> str:
    """Say what is told from now on that was not, and what no more."""
    old, new = before.choices, after.choices
    on = [name for name in NAMES if name in new.on - old.on]
    off = [name for name in NAMES if name in old.on - new.on]
    if before == after:
        return in_one_breath(voice, (voice.say("message.already"),))
    everything = not new.on or len(new.on) == len(NAMES)
    switched: list[Part] = (
        [_say_on(new, voice)]
        if everything and (on or off)
        else [
            _say_topics(on, voice, "message.switched_on") if on else None,
            _say_topics(off, voice, "message.switched_off") if off else None,
        ]
    )
    is_other_time = old.morning_at != new.morning_at
    morning = _say_at("morning", new.morning_at, voice)
    is_quiet = new.quiet_from != new.quiet_until
    quiet = _say_quiet(new, voice, is_quiet=is_quiet)
    is_other_night = (old.quiet_from, old.quiet_until) != (
        new.quiet_from,
        new.quiet_until,
    )
    changed: list[Part] = [
        *switched,
        morning if is_other_time else None,
        _say_at("evening", new.evening_at, voice)
        if old.evening_at != new.evening_at
        else None,
        quiet if is_other_night else None,
        _say_language(after.language, voice)
        if before.language != after.language
        else None,
        voice.say("message.no_channel") if on and not channels else None,
    ]
    intro = voice.say("message.would_change") if preview else None
    return in_one_breath(voice, [intro, *changed])


def _say_topics(names: Sequence[str], voice: Voice, key: str) -> list[str]:
    """Say topics: all of them, else how many there are and the first few.

    Of what is on, those that are off are said where they are fewer.
    """
    if key == "message.on" and not names:
        return [voice.say("message.none")]
    if key == "message.on" and len(names) == len(NAMES):
        return [voice.say("message.all")]
    count, said = len(names), [voice.say(f"message.name.{name}") for name in names]
    whole = voice.say(key, names=voice.listed(said))
    if count == 1:
        return [whole]
    some = f"{key}_some"
    return [
        whole,
        *(
            voice.say(some, n=count, names=voice.listed(said[:most]))
            for most in range(count - 1, 0, -1)
        ),
        voice.say(f"{key}_count", n=count),
    ]


def _say_on(choices: Choices, voice: Voice) -> list[str]:
    """Say what is on, as :func:`_say_topics`, or all but what is off."""
    on = [name for name in NAMES if name in choices.on]
    off = [name for name in NAMES if name not in choices.on]
    if not off or len(off) >= len(on):
        return _say_topics(on, voice, "message.on")
    names = voice.listed([voice.say(f"message.name.{name}") for name in off])
    return [
        voice.say("message.all_but", n=len(off), names=names),
        *_say_topics(on, voice, "message.on")[1:],
    ]


def _say_clock(clock: time, voice: Voice) -> str:
    return voice.say_time(datetime.combine(_ANY_DAY, clock))
