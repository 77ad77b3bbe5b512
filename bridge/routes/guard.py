"""Who may pass, and what a route takes: token, scope and parameters, then the view.

The device token decides whose data it is, or the view key where a route takes one;
nothing else in the request does.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import msgspec
from flask import Flask, Response, request

from bridge.errors import (
    BodyTooLarge,
    BridgeError,
    HeaderUnclear,
    NotSignedIn,
    ParametersClash,
    RepeatedParameter,
    ScopeTooSmall,
    TooManyTries,
    UnknownKey,
    UnknownParameter,
    UnknownWebhook,
    UpstreamSlow,
)
from bridge.routes.address import client_address
from bridge.routes.params import DAY, EVERYWHERE, KEY, NEWEST, OLDEST
from bridge.routes.replies import unless_known
from bridge.routes.route import KEEPING, Body, Keeping, Route, routes_of_app
from bridge.services import (
    Made,
    RequestState,
    asks_anew,
    deadline,
    device,
    services,
    settled,
    state,
)
from bridge.tokens import (
    LARGEST_WEBHOOK,
    authenticate,
    holds_more,
    is_hook_key,
    is_same,
    mask,
)

if TYPE_CHECKING:
    from bridge.store.devices import Device, Scope

# The setup page puts a device here to try a shortcut. What a client sends stands in
# the environ under HTTP_… names only, so that nobody else can.
TRIED_BY = "bridge.tried_by"
PATIENCE_S = 0.1  # with whoever works the same answer out
_KINDS = ("bearer", "basic")
# No token holds any of these: they came around it, between its parts or before it.
_WRAPPED = re.compile(r"""["'<>{}()]|[^!-~]|bearer""", re.IGNORECASE)
_SPEAKABLE = re.compile(r"[A-Za-z0-9_.-]{1,40}", re.ASCII)


def add_routes(app: Flask, routes: Sequence[Route]) -> None:
    """Add every route to ``app``, each behind its guard."""
    for route in routes:
        app.add_url_rule(
            route.path,
            endpoint=route.endpoint,
            view_func=_guarded(route),
            methods=[route.method],
            provide_automatic_options=False,
        )


def nearest_path(path: str, method: str) -> str:
    """Return the known address nearest to ``path`` that takes ``method``.

    Nobody who only wanted to read is sent to a route that writes.
    """
    whole = [
        route.path
        for route in routes_of_app()
        if route.method == method and "<" not in route.path
    ]
    near = get_close_matches(path[:100], whole, n=1, cutoff=0.7)
    return near[0] if near else "/openapi.json"


def _guarded(route: Route) -> Callable[..., Response]:
    @cache
    def meant() -> tuple[Callable[..., Response], Body | None, bool]:
        """Import what the table names, with the first who is let in."""
        is_record = route.answer is not None or route.items is not None
        return route.view, route.body, is_record

    def guarded(**path_values: Any) -> Response:
        return settled(partial(answered, **path_values))

    def answered(**path_values: Any) -> Response:
        known = _let_in(route, path_values.get(KEY.name))
        view, body, is_record = meant()
        if not route.other_params:
            _check_params(route, body)
        if body is not None and route.once:
            from bridge.routes.writing import once

            return once(body, lambda: view(**path_values))
        if is_record and _is_alike(route):
            is_behind = KEEPING in request.environ  # of who looks at what the phone has
            answer = _shared(route, known, lambda: view(**path_values))
            if "If-None-Match" in request.headers and not is_behind:
                answer = unless_known(answer)
            return answer
        answer = view(**path_values)
        if known.client is not None and asks_anew():
            known.client.note_look()
        return answer

    return guarded


def _let_in(route: Route, key_in_path: str | None) -> RequestState:
    sent = key_in_path or request.args.get(KEY.name)
    if route.scope == "webhook":
        require_webhook(key_in_path or "")
    elif route.scope == "view" and sent:
        require_view(sent)
    elif route.scope is not None:
        require_device("read" if route.scope == "view" else route.scope)
    known = state()
    known.failures = route.failures
    return known


def _is_alike(route: Route) -> bool:
    """Tell whether a record is the same for all devices that may ask for it."""
    is_asked_by_device = route.method == "GET" and route.scope is not None
    return is_asked_by_device and route.alike and not asks_anew()


def _shared(
    route: Route, state: RequestState, view: Callable[[], Response]
) -> Response:
    """Answer with those who ask the same at this moment: it is worked out once.

    A write of the athlete's ends that, as it ends the freshness of what is kept. Where
    the route lets its answers be given again, and nothing in this one is old, it is
    marked for who stands in front.
    """
    known = device()
    question = (
        (known.athlete, known.writes, known.scope),
        (request.path, request.query_string, request.host),
        (request.headers.get("Accept-Language"), request.headers.get("X-Shortcut")),
    )

    def work_out() -> Made:
        response, used = view(), state.client
        body = response.get_data()
        read_at = used.read_at if used and used.stale_at is None else []
        if route.kept is not None and response.status_code == 200 and read_at:
            response.headers["Cache-Control"] = "private, no-cache"
            response.set_etag(hashlib.sha256(body).hexdigest()[:24])
            keeping = Keeping(route.kept, "read", min(read_at))
            request.environ[KEEPING] = keeping
        return body, response.status_code, list(response.headers)

    try:
        made = services().alike.share(
            question, work_out, patience_s=PATIENCE_S, wait_s=deadline().remaining_s()
        )
    except UpstreamSlow:  # perhaps of one who had less time left
        made = work_out()
    body, status, headers = made
    return Response(body, status, headers)


def _check_params(route: Route, body: Body | None) -> None:
    known = [param.name for param in (*route.params, *EVERYWHERE)]
    known += body.names if body else ()
    for name, values in request.args.lists():
        is_own = body is not None and body.knows(name)
        if name not in known and not is_own:
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


def require_view(key: str) -> None:
    """Let in who holds a view key; a right one is taken whatever came before it.

    A key that is wrong, revoked or something else is answered alike, in the same time:
    nobody learns which it was.

    Raises
    ------
    UnknownKey
        If it opens nothing.
    TooManyTries
        For the next wrong one of an address that tried many.
    """
    known = services()
    now = known.clock()
    view = known.store.views.find(key)
    if view is None or view.revoked_at is not None:
        raise _unless_too_many(UnknownKey(mask(key)))
    state().view, state().athlete, state().used_at = view, view.athlete, now


def require_webhook(key: str) -> None:
    """Let Intervals.icu in, which brings a secret in the body; keep the body to read.

    Whatever is wrong is answered alike: nobody learns which it was. The log says.

    Raises
    ------
    UnknownWebhook
        If webhooks are off, or path, secret or ``Authorization`` are not ours.
    TooManyTries
        For the next wrong one of an address that tried many.
    BodyTooLarge
        Over 256 kB, under the right path.
    """
    config = services().config
    if not config.webhook_secret or not is_hook_key(key, config.secret_keys):
        raise _unless_too_many(UnknownWebhook("off, or a wrong path"))
    body = request.stream.read(LARGEST_WEBHOOK + 1)
    if len(body) > LARGEST_WEBHOOK:
        raise BodyTooLarge("a webhook over 256 kB")
    sent = _object_of(body)
    header = request.headers.get("Authorization", "")
    is_secret_right = is_same(str(sent.get("secret", "")), config.webhook_secret)
    is_header_right = not config.webhook_authorization or is_same(
        header, config.webhook_authorization
    )
    if not (is_secret_right and is_header_right):
        wrong = "Authorization" if is_secret_right else "secret in the body"
        raise _unless_too_many(UnknownWebhook(f"a webhook with a wrong {wrong}"))
    state().fields = sent


def _object_of(body: bytes) -> dict[str, object]:
    try:
        return msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return {}


def _unless_too_many(refusal: BridgeError) -> BridgeError:
    """Return a refusal, or that its address tried too many by now."""
    known = services()
    if known.key_tries.may(client_address(), known.clock()):
        return refusal
    return TooManyTries("wrong keys")


def require_device(scope: Scope) -> None:
    """Let a device in whose scope is enough.

    Raises
    ------
    NotSignedIn
        Without a token, or with one that is forged, expired or revoked.
    ScopeTooSmall
        If the device may not do this.
    """
    known = services()
    now = known.clock()
    tried: Device | None = request.environ.get(TRIED_BY)
    device = tried or authenticate(known.tokens, known.store.devices, token_sent(), now)
    state().device, state().athlete = device, device.athlete
    if not device.allows(scope):
        raise ScopeTooSmall(f"{device.device_id} has {device.scope}", scope=scope)
    if tried is None:
        state().used_at = now


def note_use(response: Response) -> Response:
    """Note when a device or view was used last, after the answer: nobody waits."""
    known = state()
    used_at, device, view = known.used_at, known.device, known.view
    if used_at is None:
        return response
    store = services().store
    if device is not None:
        asked = f"{request.method} {request.path}"[:200]
        response.call_on_close(lambda: store.devices.touch(device, used_at, asked))
    if view is not None:
        response.call_on_close(lambda: store.views.touch(view, used_at))
    return response


def token_sent() -> str:
    """Return the token of ``Bearer <token>``, or of Basic with user ``API_KEY``.

    Raises
    ------
    NotSignedIn
        If the header is missing or empty.
    HeaderUnclear
        If it is neither, comes twice (a proxy has one of its own), or if the token in
        it is quoted, doubled, broken by a blank or has more behind it: the token
        itself may be good.
    """
    headers = [value.strip() for value in request.headers.getlist("Authorization")]
    header = ",".join(filter(None, headers))  # a server joins them as well
    kind, _, rest = header.partition(" ")
    sent = rest.strip()
    if not header or (kind.lower() in _KINDS and not sent):
        raise NotSignedIn("no Authorization header with a token")
    if "," in header or kind.lower() not in _KINDS:
        raise HeaderUnclear("several headers, or neither Bearer nor Basic")
    token = sent if kind.lower() == "bearer" else _basic_password(sent)
    if _WRAPPED.search(token) or holds_more(token):
        raise HeaderUnclear("a token that is quoted, doubled or parted")
    return token


def _basic_password(encoded: str) -> str:
    try:
        pair = b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise HeaderUnclear("Basic that is not base64") from error
    user, _, password = pair.partition(":")
    if user != "API_KEY" or not password:
        raise HeaderUnclear("Basic without the user API_KEY or without a password")
    return password
