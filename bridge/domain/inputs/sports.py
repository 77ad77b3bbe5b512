"""Sports by their words, English and German."""

from __future__ import annotations

from bridge.domain.inputs.refusals import InputError, InputKind
from bridge.domain.inputs.texts import plain_text
from bridge.domain.inputs.tokens import Phrases, all_mean, tokenize

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


def parse_sport(value: object) -> str:
    """Return upstream's name of a sport: "laufen" and "running" are "Run"."""
    refusal = InputError(InputKind.NOT_A_WORKOUT, "run, ride or swim", seen="sport")
    tokens = tokenize(plain_text(value, refusal))
    taken = SPORTS.take(tokens, 0)
    if taken is None or taken[1] != len(tokens):
        raise refusal
    return taken[0]
