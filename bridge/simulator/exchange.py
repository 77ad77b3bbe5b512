"""Read requests and give answers: what all routes of the simulator share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from flask import Blueprint, Response, current_app, request

from bridge.simulator.fields.bodies import Record
from bridge.simulator.moments import local_edge
from bridge.simulator.refusals import (
    missing_parameter,
    semantic,
    unparsable,
    wrong_type,
)
from bridge.simulator.state import State

View = TypeVar("View", bound=Callable[..., Any])


def the_world() -> State:
    """Return the world this application shows."""
    world: State = current_app.extensions["world"]
    return world


def suffixed(
    blueprint: Blueprint, rule: str, *, csv: bool = True
) -> Callable[[View], View]:
    """Route a rule bare and with each suffix clients send, odd ones included."""
    suffixes = (".json", "json", ".csv", "csv") if csv else (".json", "json")

    def register(view: View) -> View:
        name = view.__name__
        blueprint.get(rule, endpoint=name)(view)
        for suffix in suffixes:
            endpoint = f"{name}_{suffix.replace('.', 'dot_')}"
            blueprint.get(rule + suffix, endpoint=endpoint)(view)
        return view

    return register


def wants_csv() -> bool:
    """Tell whether the path asks for CSV."""
    return request.path.endswith("csv")


def reply(value: Any, status: int = 200) -> Response:
    """Answer with JSON."""
    data = msgspec.json.encode(value)
    return Response(data, status=status, mimetype="application/json")


def nothing() -> Response:
    """Answer 200 without a body, as upstream does after some writes."""
    return Response(b"", status=200)


def reply_csv(columns: Sequence[str], rows: Iterable[Record], *, bom: bool) -> Response:
    """Answer with CSV, a list in one cell as JSON."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    data = ("\ufeff" if bom else "") + text.getvalue()
    return Response(data.encode(), mimetype="text/csv")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        return json.dumps(value)
    return value


def reply_file(data: bytes, filename: str, kind: str) -> Response:
    """Answer with a file to save."""
    response = Response(data, mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def json_body() -> Any:
    """Return the parsed body.

    Raises
    ------
    Refusal
        400 when it is no JSON, or holds numbers JSON does not know.
    """
    try:
        return json.loads(request.get_data(), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise unparsable(str(error)) from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"Non-standard token '{name}'")


def wanted(name: str) -> str:
    """Return a query parameter that must be there."""
    value = request.args.get(name)
    if not value:
        raise missing_parameter(name)
    return value


def whole(name: str, default: int | None = None) -> int | None:
    """Return a whole number from the query."""
    value = request.args.get(name)
    return default if value in (None, "") else number(name, str(value))


def number(name: str, text: str) -> int:
    """Read a whole number of a path or query, as upstream refuses it."""
    try:
        return int(text)
    except ValueError as error:
        raise wrong_type(name, text, "java.lang.Integer") from error


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes or no from the query."""
    value = request.args.get(name)
    if value in (None, ""):
        return default
    if value not in ("true", "false"):
        raise wrong_type(name, str(value), "boolean")
    return value == "true"


def listed(name: str) -> list[str]:
    """Return a comma-separated or repeated query parameter as a list."""
    values = ",".join(request.args.getlist(name)).split(",")
    return [value.strip() for value in values if value.strip()]


def edges(
    oldest: datetime | None, newest: datetime | None
) -> tuple[datetime, datetime]:
    """Return the range a list asks for, with defaults; both ends are included."""
    low, high = request.args.get("oldest"), request.args.get("newest")
    start = local_edge(low, end=False) if low else oldest
    end = local_edge(high, end=True) if high else newest
    if start is None or end is None:
        raise missing_parameter("newest" if start else "oldest")
    return start, end


def uploaded_file() -> tuple[str, bytes]:
    """Return name and content of the multipart part `file`."""
    part = request.files.get("file")
    if part is None:
        raise semantic("Required request part 'file' is not present")
    name, data = part.filename or "upload.fit", part.read()
    part.close()
    return name, data
