"""All activities as one CSV file: upstream's own, or the columns of the bridge."""

from __future__ import annotations

from flask import Response, request

from bridge.domain.activity.activity import Activity, flatten_activity
from bridge.domain.activity.sheet import sheet
from bridge.routes.api.activity.choice import readable
from bridge.routes.params import COLUMNS, NEWEST, OLDEST, TYPE, open_range
from bridge.routes.replies import send_file
from bridge.services import client
from bridge.upstream.files import stream_file

CSV = "text/csv; charset=utf-8"
FILE_NAME = "activities.csv"


def activities() -> Response:
    """Send upstream's own file; with a range or columns, the bridge's."""
    ours = {param.name for param in (OLDEST, NEWEST, COLUMNS, TYPE)}
    if not ours & set(request.args):
        answer = client().activities_csv()
        return send_file(stream_file(answer), CSV, FILE_NAME)
    oldest, newest = open_range()
    found = readable(client().activities(oldest, newest), TYPE.get())
    rows = [flatten_activity(raw) for raw in found]
    columns = COLUMNS.get() or Activity.__struct_fields__
    return send_file(sheet(rows, columns), CSV, FILE_NAME)
