"""English. Written for the ear: the most important first, whole words."""

from __future__ import annotations

from bridge.domain.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    # numbers, measures, days
    "number.minus": "minus {number}",
    "number.plus": "plus {number}",
    "percent": "{number} percent",
    "pace.per_km": "{time} per kilometre",
    "pace.per_mile": "{time} per mile",
    "pace.per_100m": "{time} per 100 metres",
    "pace.per_100y": "{time} per 100 yards",
    "temperature.degrees": {"one": "{n} degree", "other": "{n} degrees"},
    "date.same_year": "d MMMM",
    "date.other_year": "d MMMM y",
    "time.pattern": "H:mm",
    "day.yesterday": "yesterday",
    "day.today": "today",
    "day.tomorrow": "tomorrow",
    "day.on": "on {day}",
    "day.last": "last {day}",
    # fitness
    "fitness.none": "There is no fitness data for this day yet.",
    "fitness.now": "Form is {form}, {zone}. Fitness {ctl}, fatigue {atl}.",
    "form_zone.high_risk": "high risk",
    "form_zone.optimal": "optimal training",
    "form_zone.grey": "the grey zone",
    "form_zone.fresh": "fresh",
    "form_zone.transition": "transition",
    "form_zone.unknown": "without a zone",
}
