"""Wellness and calendar as CSV: a row a day, a row an entry."""

from __future__ import annotations

from functools import partial

from flask import Response

from bridge.domain.activity.files import csv_text
from bridge.domain.calendar.event import Event
from bridge.domain.raw import flatten_all
from bridge.domain.wellness.custom import is_custom
from bridge.domain.wellness.day import Wellness, flatten_wellness
from bridge.domain.wellness.fields import SPOKEN_ONLY_WHEN_ASKED
from bridge.errors import BadParameter
from bridge.routes.api.calendar.events import read_events
from bridge.routes.params import FIELDS, open_range
from bridge.routes.replies import send_file
from bridge.services import client

CSV = "text/csv; charset=utf-8"


def wellness() -> Response:
    """Send the days of a range, oldest first; every day where no range is asked.

    What is private is a column where it is named, and the named ones are the columns
    then.
    """
    asked = FIELDS.get() or []
    if any(map(is_custom, asked)):
        raise BadParameter("no column", name=FIELDS.name, example=FIELDS.example)
    flatten = partial(flatten_wellness, private=bool(asked))
    days = flatten_all(flatten, client().wellness(*open_range()))
    days.sort(key=lambda day: day.date)
    names = Wellness.__struct_fields__
    plain = [name for name in names if name not in SPOKEN_ONLY_WHEN_ASKED]
    columns = ["date", *asked] if asked else plain
    return send_file(csv_text(days, columns), CSV, "wellness.csv")


def events() -> Response:
    """Send the calendar of a range, by default the week to come."""
    text = csv_text(read_events(), Event.__struct_fields__)
    return send_file(text, CSV, "events.csv")
