"""Health data and dates on the phone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.player.content import Items, RunStopped, Sample, to_number
from tests.player.document import Action, BadShortcut
from tests.player.tokens import detail_of, read_variable

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
    if phone.locked:
        raise RunStopped("Find Health Samples: Health is locked with the iPhone")
    if kind not in phone.health:
        # Nothing ever recorded it, or Shortcuts may not read it: an alert, then on.
        player.need_somebody(f"No Samples Found: {kind}")
        player.run.questions.append(f"No Samples Found: {kind}")
    # "In the last 2 days" is today and the two whole days before.
    midnight = datetime.combine(phone.now.astimezone(phone.zone), time(), phone.zone)
    since = midnight - timedelta(days=days)
    known = [_aware(sample, phone.zone) for sample in phone.health.get(kind, [])]
    found = [sample for sample in known if sample.start >= since]
    if action.parameters.get("WFHKSampleFilteringGroupBy") == "Day":
        found = _by_day(found)
    player.health_items += len(found)
    return list(found)


def _aware(sample: Sample, zone: ZoneInfo) -> Sample:
    start, end = (
        moment if moment.tzinfo else moment.replace(tzinfo=zone)
        for moment in (sample.start, sample.end)
    )
    return replace(sample, start=start, end=end)


def _health_filter(rows: list[dict[str, Any]]) -> tuple[str, int]:
    by_property = {row["Property"]: row for row in rows}
    kind_row, date_row = by_property["Type"], by_property["Start Date"]
    if kind_row["Operator"] != 4 or date_row["Operator"] != 1001:
        raise BadShortcut("the player knows “Type is” and “in the last days” only")
    if date_row["Values"]["Unit"] != 16:
        raise BadShortcut("the player knows days only")
    kind = kind_row["Values"]["Enumeration"]["Value"]
    return kind, int(date_row["Values"]["Number"])


def _by_day(samples: list[Sample]) -> list[Sample]:
    """Make one of each day: what counts is added up, all sources, the rest averaged."""
    days: dict[date, list[Sample]] = {}
    for sample in samples:
        days.setdefault(sample.start.date(), []).append(sample)
    return [
        Sample(
            min(each.start for each in of_day),
            max(each.end for each in of_day),
            f"{_of_day(of_day):.15g}",  # a dot in every language
            of_day[0].unit,
        )
        for of_day in days.values()
    ]


def _of_day(samples: list[Sample]) -> float:
    values = [float(sample.value) for sample in samples]
    return sum(values) if samples[0].unit == "count" else fmean(values)


def log_health_sample(player: Player, action: Action) -> Items:
    """Write a quantity into Apple Health; its magnitude is a number or a variable."""
    field = action.parameters["WFQuantitySampleQuantity"]
    quantity = field["Value"]
    if field["WFSerializationType"] != "WFQuantityFieldValue":
        raise BadShortcut("the quantity has a shape of its own")
    if "WFSerializationType" in quantity["Magnitude"]:
        raise BadShortcut("the magnitude is the bare variable")
    if player.phone.locked:
        raise RunStopped("Log Health Sample: Health is locked with the iPhone")
    (number,) = read_variable(quantity["Magnitude"], player.lookup)
    value = to_number(number, player.phone.language)
    if value is None:
        raise RunStopped(f"Log Health Sample: {number} is no number")
    kind = action.parameters["WFQuantitySampleType"]
    player.run.logged.append(f"{kind} {value} {quantity['Unit']}")
    return []


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
