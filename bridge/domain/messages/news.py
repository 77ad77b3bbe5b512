"""What of a look at Intervals.icu may have to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bridge.domain.activity.activity import Activity
from bridge.domain.changes.change import Change
from bridge.domain.flat import Flat, number, text, whole_amount

_DONE = "analyzed"  # the field that appears when upstream has worked an activity out


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is worth reading anew to be told.

    Attributes
    ----------
    activities
        Those that came, or were analysed, as far as the look knows them.
    calendar, wellness, zones, gear
        Whether anything of it changed that may matter.
    """

    activities: tuple[Activity, ...] = ()
    calendar: bool = False
    wellness: bool = False
    zones: bool = False
    gear: bool = False

    @property
    def is_any(self) -> bool:
        """Tell whether there is anything."""
        parts = (self.calendar, self.wellness, self.zones, self.gear)
        return bool(self.activities) or any(parts)


def news_of(changes: Iterable[Change], today: date) -> News:
    """Return what of some changes may have to be told on the athlete's day."""
    known = list(changes)
    return News(
        activities=tuple(
            _activity(change.id, change.summary)
            for change in known
            if change.kind == "activity"
            and (change.change == "added" or _DONE in change.fields)
        ),
        calendar=any(change.kind == "event" for change in known),
        wellness=any(
            change.kind == "wellness" and change.id == today.isoformat()
            for change in known
        ),
        zones=any(
            change.kind == "zones" and "ftp" in change.fields for change in known
        ),
        gear=any(
            change.kind == "gear" and "reminder_due" in change.fields
            for change in known
        ),
    )


def _activity(activity_id: str, summary: Flat) -> Activity:
    return Activity(
        activity_id=activity_id,
        name=text(summary.get("name"), 200),
        type=text(summary.get("type"), 60),
        date=text(summary.get("day"), 10),
        distance_km=number(summary.get("distance_km")),
        moving_s=whole_amount(summary.get("moving_s")),
    )
