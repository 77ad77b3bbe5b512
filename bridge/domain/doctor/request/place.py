"""Judge address, method, query and body together, and write the draft."""

from __future__ import annotations

from bridge.domain.doctor.request import body as bodies
from bridge.domain.doctor.request.address import Address, without_prefix
from bridge.domain.doctor.request.ids import check_athlete_id, check_other_ids
from bridge.domain.doctor.request.methods import check_method, route_of
from bridge.domain.doctor.request.model import Draft, Request, Seen, seen
from bridge.domain.doctor.request.payload import check_payload
from bridge.domain.doctor.request.places import find_place
from bridge.domain.doctor.request.queries import check_query
from bridge.domain.doctor.request.routes import Route

KEY_TEST = ("athlete", "0")  # the smallest request that tells whether a key works


def key_test() -> Draft:
    """Return the draft of a request that only tests the key."""
    return Draft(segments=list(KEY_TEST), parts=("athlete", "A"))


def check_place(request: Request, address: Address) -> tuple[Draft | None, list[Seen]]:
    """Return the request as it should be, None where that cannot be known."""
    segments, found = without_prefix(list(address.segments))
    found += address.marks
    if "oauth" in segments[:2]:
        return None, [*address.marks, seen("oauth_address")]
    if not segments:
        return None, [*address.marks, seen("path_missing")]
    route, segments, marks = find_place(segments)
    found += marks
    if route is None:
        return None, found
    return _check_route(request, address, route, segments, found)


def _check_route(
    request: Request,
    address: Address,
    route: Route,
    segments: list[str],
    found: list[Seen],
) -> tuple[Draft, list[Seen]]:
    body = bodies.read_body(request)
    method, segments, marks = check_method(request, route, segments, body.payload)
    found += marks
    route = route_of(segments, route)
    segments, marks = _check_ids(route, segments, method)
    query, query_marks = check_query([*address.query, *request.query], route, method)
    draft = Draft(method=method, segments=segments, query=query, parts=route.parts)
    return draft, found + marks + query_marks + _check_body(request, body, route, draft)


def _check_ids(
    route: Route, segments: list[str], method: str
) -> tuple[list[str], list[Seen]]:
    fixed, found = check_other_ids(route, segments, method)
    if "A" in route.parts:
        at = route.parts.index("A")
        fixed[at], marks = check_athlete_id(segments[at])
        found += marks
    return fixed, found


def _check_body(
    request: Request, body: bodies.Body, route: Route, draft: Draft
) -> list[Seen]:
    if request.body is None or draft.method == "GET":
        return []
    draft.has_payload = True
    found = [*body.found, *bodies.check_content_type(request, body)]
    if not body.readable:
        return found
    payload, marks = bodies.without_secrets(body.payload)
    payload, more = check_payload(payload, route, draft.method)
    # A body that is wrong in a way only its author can mend is not written out:
    # pasting the corrected line would store wrong zones.
    if payload and all(one.mended for one in more):
        draft.payload = payload
    return found + marks + more
