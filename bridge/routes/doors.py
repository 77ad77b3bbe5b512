"""Opens the doors of the table: guard, parameters, then the view."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from flask import Flask, Response, request

from bridge.errors import ParametersClash, RepeatedParameter, UnknownParameter
from bridge.routes.auth import require_device
from bridge.routes.params import DAY, EVERYWHERE, NEWEST, OLDEST
from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.routes.writing import once

_SPEAKABLE = re.compile(r"[A-Za-z0-9_.-]{1,40}", re.ASCII)


def open_doors(app: Flask) -> None:
    """Add every route of the table to ``app``, each behind its guard."""
    for route in ROUTES:
        app.add_url_rule(
            route.path,
            endpoint=route.endpoint,
            view_func=_guarded(route),
            methods=[route.method],
            provide_automatic_options=False,
        )


def nearest_path(path: str, method: str) -> str:
    """Return the known address nearest to ``path`` that takes ``method``.

    Nobody who only wanted to read is sent to a door that writes.
    """
    whole = [
        route.path
        for route in ROUTES
        if route.method == method and "<" not in route.path
    ]
    near = get_close_matches(path[:100], whole, n=1, cutoff=0.7)
    return near[0] if near else "/openapi.json"


def _guarded(route: Route) -> Callable[..., Response]:
    def door(**path_values: Any) -> Response:
        require_device(route)
        if not route.other_params:
            _check_params(route)
        if route.body is None:
            return route.view(**path_values)
        return once(route.body, lambda: route.view(**path_values))

    return door


def _check_params(route: Route) -> None:
    known = [param.name for param in (*route.params, *EVERYWHERE)]
    known += route.body.names if route.body else ()
    for name, values in request.args.lists():
        if name not in known:
            shown = name if _SPEAKABLE.fullmatch(name) else "?"
            nearest = get_close_matches(shown, known, n=1, cutoff=0)[0]
            words = {"nearest": nearest, "known": ", ".join(known)}
            raise UnknownParameter(shown, name=shown, **words)
        if len(values) > 1:
            raise RepeatedParameter(name, name=name)
    _refuse_day_beside_range()
    for param in (*route.params, *EVERYWHERE):
        param.get()  # refuses what it does not understand, before upstream is asked


def _refuse_day_beside_range() -> None:
    for other in (OLDEST.name, NEWEST.name):
        if DAY.name in request.args and other in request.args:
            raise ParametersClash(other, name=DAY.name, other=other)
