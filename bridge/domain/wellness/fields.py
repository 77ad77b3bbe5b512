"""The one table of wellness: upstream's key, our name, what can be true.

Reading and writing use the same rows, so that what is read under a name is
written under it too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bridge.domain.flat import Scalar, amount, text, whole_amount
from bridge.domain.measures import SCALES
from bridge.domain.speech.phrases import LANGUAGES, fields_of

_UNIT = re.compile("_(?:kg|bpm|ms|s|percent|per_min|mmhg|l|kcal|g|cm|mmol_per_l)$")
_ARTICLE = re.compile(r"^(?:the|der|die|das|den|le|la|les|el|los|las) |^l['\u2019]")


@dataclass(frozen=True, slots=True)
class WellnessField:
    """One value of a wellness day.

    ``least`` and ``most`` bound what is believed; ``digits`` are the decimals kept,
    0 for whole numbers; ``words`` are what a text may be, empty for any text, None
    for a number.
    """

    name: str
    upstream: str
    least: float = 0
    most: float = 0
    digits: int = 0
    words: frozenset[str] | None = None
    private: bool = False

    @property
    def scale(self) -> bool:
        """Tell whether each of its numbers has a word: 1 great, 4 poor."""
        return self.name in SCALES

    def read(self, value: object) -> Scalar | None:
        """Return the value as ours, or None for what cannot be true."""
        if self.words is not None:
            found = text(value)
            return found if not self.words or found in self.words else None
        if self.digits:
            return amount(value, self.digits, least=self.least, most=self.most)
        return whole_amount(value, least=self.least, most=self.most)


_PHASES = frozenset({"PERIOD", "FOLLICULAR", "OVULATING", "LUTEAL", "NONE"})

WELLNESS_FIELDS: tuple[WellnessField, ...] = (
    WellnessField("weight_kg", "weight", 1, 500, digits=2),
    WellnessField("resting_hr_bpm", "restingHR", 1, 250),
    WellnessField("hrv_ms", "hrv", 1, 500, digits=1),
    WellnessField("hrv_sdnn_ms", "hrvSDNN", 1, 500, digits=1),
    WellnessField("sleep_s", "sleepSecs", 1, 172_800),
    WellnessField("sleep_score", "sleepScore", 1, 100, digits=1),
    WellnessField("sleep_quality", "sleepQuality", 1, 4),
    WellnessField("avg_sleeping_hr_bpm", "avgSleepingHR", 1, 250, digits=1),
    WellnessField("spo2_percent", "spO2", 1, 100, digits=1),
    WellnessField("respiration_per_min", "respiration", 1, 100, digits=1),
    WellnessField("systolic_mmhg", "systolic", 1, 400),
    WellnessField("diastolic_mmhg", "diastolic", 1, 300),
    WellnessField("soreness", "soreness", 0, 4),
    WellnessField("fatigue", "fatigue", 0, 4),
    WellnessField("stress", "stress", 0, 4),
    WellnessField("mood", "mood", 1, 4),
    WellnessField("motivation", "motivation", 1, 4),
    WellnessField("injury", "injury", 1, 4),
    WellnessField("hydration", "hydration", 1, 4),
    WellnessField("hydration_volume_l", "hydrationVolume", 0, 50, digits=2),
    WellnessField("readiness", "readiness", -1000, 1000, digits=1),
    WellnessField("steps", "steps", 0, 500_000),
    WellnessField("eaten_kcal", "kcalConsumed", 0, 50_000),
    WellnessField("carbohydrates_g", "carbohydrates", 0, 10_000, digits=1),
    WellnessField("protein_g", "protein", 0, 10_000, digits=1),
    WellnessField("fat_g", "fatTotal", 0, 10_000, digits=1),
    WellnessField("body_fat_percent", "bodyFat", 0.5, 100, digits=1),
    WellnessField("abdomen_cm", "abdomen", 1, 500, digits=1),
    WellnessField("vo2max", "vo2max", 1, 150, digits=1),
    WellnessField("blood_glucose_mmol_per_l", "bloodGlucose", 0.1, 100, digits=1),
    WellnessField("lactate_mmol_per_l", "lactate", 0.1, 50, digits=1),
    WellnessField("baevsky_index", "baevskySI", 0, 100_000, digits=1),
    WellnessField("menstrual_phase", "menstrualPhase", words=_PHASES, private=True),
    WellnessField(
        "menstrual_phase_predicted",
        "menstrualPhasePredicted",
        words=_PHASES,
        private=True,
    ),
    WellnessField("comments", "comments", words=frozenset(), private=True),
)

WELLNESS_BY_NAME: Mapping[str, WellnessField] = MappingProxyType(
    {field.name: field for field in WELLNESS_FIELDS}
)
SPOKEN_ONLY_WHEN_ASKED = frozenset(
    {"weight_kg", "menstrual_phase", "menstrual_phase_predicted", "comments"}
)


def wellness_field(said: str) -> str | None:
    """Return the field that is called so, with its unit or without: ``weight``.

    What it is called in a sentence of any language is understood too: "poids".
    """
    return _said_names().get(said.strip().casefold())


@cache
def _said_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for field in WELLNESS_FIELDS:
        for language in LANGUAGES:
            spoken = fields_of(language).get(field.name, ("", ""))[0]
            bare = _ARTICLE.sub("", spoken.casefold())
            for name in (spoken.casefold(), bare):
                names.setdefault(name, field.name)
        names.setdefault(_UNIT.sub("", field.name), field.name)
    return {**names, **{name: name for name in WELLNESS_BY_NAME}}
