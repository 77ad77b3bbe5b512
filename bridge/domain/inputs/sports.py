"""Sports and intensities by their words, English and German."""

from __future__ import annotations

from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Phrases, all_mean, tokenize

_ENDINGS = ("", "e", "er", "en", "es", "em")


def _inflected(stems: str, zone: int) -> dict[str, int]:
    return {stem + end: zone for stem in stems.split("|") for end in _ENDINGS}


SPORTS = Phrases(
    all_mean("run|running|runs|jog|jogging", "Run")
    | all_mean("laufen|lauf|dauerlauf|joggen|rennen", "Run")
    | all_mean("ride|riding|bike|biking|bike ride|bicycle|cycle|cycling", "Ride")
    | all_mean("rad|fahrrad|radfahren|rad fahren|fahrrad fahren|radfahrt", "Ride")
    | all_mean("radeln|rennrad|radtour", "Ride")
    | all_mean("swim|swimming|schwimmen", "Swim")
    | all_mean("walk|walking|spazieren|spaziergang|walken", "Walk")
    | all_mean("hike|hiking|wandern|wanderung", "Hike")
    | all_mean("row|rowing|rudern", "Rowing")
)
INTENSITIES = Phrases(
    all_mean("recovery|very easy|very light|regeneration", 1)
    | _inflected("sehr locker|sehr leicht|sehr ruhig|regenerativ", 1)
    | all_mean("easy|light|relaxed|endurance|ga1|grundlage|grundlagenausdauer", 2)
    | _inflected("locker|leicht|ruhig|gemütlich", 2)
    | all_mean("moderate|tempo|brisk", 3)
    | _inflected("moderat|zügig", 3)
    | all_mean("hard|threshold|schwelle|an der schwelle", 4)
    | _inflected("hart|intensiv", 4)
    | all_mean("very hard|vo2 max|vo2", 5)
    | _inflected("sehr hart|sehr intensiv", 5)
    | {f"{word} {zone}": zone for zone in range(1, 8) for word in ("z", "zone")}
)


def parse_sport(value: object) -> str:
    """Return upstream's name of a sport: "laufen" and "running" are "Run"."""
    refusal = InputError(InputKind.NOT_A_WORKOUT, "run, ride or swim", seen="sport")
    tokens = tokenize(plain_text(value, refusal))
    taken = SPORTS.take(tokens, 0)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]
