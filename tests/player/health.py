"""Health data and dates on the phone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.player.content import Items, RunStopped, Sample, number_text
from tests.player.document import Action, BadShortcut
from tests.player.tokens import detail_of

if TYPE_CHECKING:
    from tests.player.play import Player

_DATE_LETTERS = {
    "yyyy": "%Y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "mm": "%M",
    "ss": "%S",
}


def find_health_samples(player: Player, action: Action) -> Items:
    rows = action.parameters["WFContentItemFilter"]["Value"]
    kind, days = _health_filter(rows["WFActionParameterFilterTemplates"])
    phone = player.phone
    if kind not in phone.health and phone.complains_without_samples:
        raise RunStopped(f"No samples of {kind} were found")
    since = phone.now.replace(tzinfo=None) - timedelta(days=days)
    known = [] if phone.locked else phone.health.get(kind, [])
    found = [sample for sample in known if sample.start >= since]
    if action.parameters.get("WFHKSampleFilteringGroupBy") == "Day":
        return _by_day(found, phone.language)
    return list(found)


def _health_filter(rows: list[dict[str, Any]]) -> tuple[str, int]:
    by_property = {row["Property"]: row for row in rows}
    kind_row, date_row = by_property["Type"], by_property["Start Date"]
    if kind_row["Operator"] != 4 or date_row["Operator"] != 1001:
        raise BadShortcut("the player knows “Type is” and “in the last days” only")
    if date_row["Values"]["Unit"] != 16:
        raise BadShortcut("the player knows days only")
    kind = kind_row["Values"]["Enumeration"]["Value"]
    return kind, int(date_row["Values"]["Number"])


def _by_day(samples: list[Sample], language: str) -> Items:
    totals: dict[date, float] = {}
    for sample in samples:
        day = sample.start.date()
        totals[day] = totals.get(day, 0) + float(sample.value)
    unit = samples[0].unit if samples else ""
    return [
        Sample(_midnight(day), _midnight(day), number_text(total, language), unit)
        for day, total in totals.items()
    ]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def detail_of_health_sample(player: Player, action: Action) -> Items:
    name = action.parameters["WFContentItemPropertyName"]
    return [detail_of(item, name) for item in player.items(action, "WFInput")]


def format_date(player: Player, action: Action) -> Items:
    if action.parameters.get("WFDateFormatStyle") != "Custom":
        raise BadShortcut("the player knows custom date formats only")
    pattern = player.text(action, "WFDateFormat")
    items = player.items(action, "WFDate")
    if not all(isinstance(item, datetime) for item in items):
        raise RunStopped("Format Date: Shortcuts couldn’t convert to Date")
    return [item.strftime(_strftime(pattern)) for item in items]


def _strftime(pattern: str) -> str:
    """Translate a Unicode date pattern; what stands in quotes stays."""
    found = ""
    for quoted, letters, other in re.findall(
        r"'([^']*)'|([A-Za-z]+)|([^A-Za-z']+)", pattern
    ):
        if letters and letters not in _DATE_LETTERS:
            raise BadShortcut(f"nobody taught the player the date letters {letters}")
        found += quoted or _DATE_LETTERS.get(letters, "") or other
    return found
