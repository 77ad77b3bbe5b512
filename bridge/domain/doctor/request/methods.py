"""Judge the method: which one the address takes, and whether a body fits it."""

from __future__ import annotations

from typing import Any

from bridge.domain.doctor.request.model import Request, Seen, seen
from bridge.domain.doctor.request.routes import Route, find_route

_EVENTS = "athlete/A/events*"
_WELLNESS = "athlete/A/wellness*"
_ACTIVITIES = "athlete/A/activities"


def given_method(request: Request) -> str:
    """Return the method that is sent: named, or implied by a body."""
    if request.method:
        return "GET" if request.method == "HEAD" else request.method
    return "GET" if request.body is None else "POST"


def is_method_known(request: Request) -> bool:
    """Say whether the text tells the method; a list of headers with a body may not."""
    implied = request.body is None or request.form == "curl"
    return request.method is not None or implied


def check_method(
    request: Request, route: Route, segments: list[str], payload: Any
) -> tuple[str, list[str], list[Seen]]:
    """Return method and segments as they should be, and what is wrong."""
    method = given_method(request)
    if not is_method_known(request):
        return _nearest(method, route), segments, []
    if request.body is not None and request.body_kind not in ("multipart", "file"):
        if purpose := _by_purpose(method, route, segments, payload):
            return purpose
        if method == "GET":
            return _get_with_body(route, segments, payload)
    if method in route.needs:
        return method, segments, []
    if rerouted := _elsewhere(method, route, segments):
        return rerouted
    wanted = _nearest(method, route)
    return wanted, segments, [seen("wrong_method", given=method, wanted=wanted)]


def _by_purpose(
    method: str, route: Route, segments: list[str], payload: Any
) -> tuple[str, list[str], list[Seen]] | None:
    """Return the fix where the address takes the method for something else."""
    pattern = "/".join(route.parts)
    names_category = isinstance(payload, dict) and "category" in payload
    if pattern == _EVENTS and method in ("PUT", "PATCH") and names_category:
        return "POST", segments, [seen("put_without_id")]
    if pattern == _WELLNESS and method == "POST" and isinstance(payload, dict | list):
        return "PUT", _bulk(segments, payload), [seen("wellness_post_json")]
    if pattern == _ACTIVITIES and method != "GET" and isinstance(payload, dict):
        return "POST", [*segments, "manual"], [seen("activity_json_upload")]
    return None


def _bulk(segments: list[str], payload: Any) -> list[str]:
    return [*segments[:2], "wellness-bulk"] if isinstance(payload, list) else segments


def _get_with_body(
    route: Route, segments: list[str], payload: Any
) -> tuple[str, list[str], list[Seen]]:
    wanted = _nearest("POST", route)
    if purpose := _by_purpose(wanted, route, segments, payload):
        wanted, segments, _ = purpose
    return wanted, segments, [seen("get_with_body", wanted=wanted)]


def _elsewhere(
    method: str, route: Route, segments: list[str]
) -> tuple[str, list[str], list[Seen]] | None:
    """Return the fix where the method belongs to the neighbouring address."""
    many_by_id = route.parts[2:] == ("activities", "N")
    if many_by_id and method in ("PUT", "DELETE", "PATCH"):
        wanted = "DELETE" if method == "DELETE" else "PUT"
        found = [seen("activity_under_athlete", wanted="/activity/ID")]
        return wanted, ["activity", segments[3]], found
    return None


def _nearest(method: str, route: Route) -> str:
    wishes = {
        "POST": ("POST", "PUT"),
        "PUT": ("PUT", "POST"),
        "PATCH": ("PUT", "POST"),
        "DELETE": ("DELETE", "PUT"),
    }.get(method, ("GET", "PUT", "POST"))
    fitting = [wish for wish in wishes if wish in route.needs]
    return fitting[0] if fitting else next(iter(route.needs))


def route_of(segments: list[str], fallback: Route) -> Route:
    """Return the route of changed ``segments``."""
    return find_route(segments) or fallback
