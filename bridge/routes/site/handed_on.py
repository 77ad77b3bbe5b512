"""What a form has made, handed on to the page that shows it.

A form answers with a redirect, so that neither Back nor reloading sends it again.
What the next page shows travels in a signed cookie of this session alone.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from flask import Response, request
from itsdangerous import BadData, URLSafeSerializer

from bridge.routes.site.rendering import go_to
from bridge.routes.site.sessions import LONGEST_COOKIE, cookie_name, session, set_cookie
from bridge.services import services
from bridge.tokens import Purpose


def hand_on(place: str, made: str, life: timedelta) -> Response:
    """Send the browser on to ``place``, which may show ``made`` for a while."""
    now_s = services().clock().timestamp()
    row = [session().session_id, place, made, now_s + life.total_seconds()]
    response = go_to(place)
    value = str(_serializer().dumps(row))
    set_cookie(response, _name(), value, life_s=int(life.total_seconds()))
    return response


def handed_on() -> str | None:
    """Return what was handed on to this page, None where that is over."""
    cookie = request.cookies.get(_name(), "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    try:
        session_id, place, made, ends_at_s = _serializer().loads(cookie)
    except (BadData, TypeError, ValueError):
        return None
    meant = (session_id, place) == (session().session_id, request.path)
    return str(made) if meant and services().clock().timestamp() < ends_at_s else None


def take_back(response: Response) -> Response:
    """Delete the cookie with this answer: it was for one look."""
    set_cookie(response, _name(), "", life_s=0)
    return response


def _name() -> str:
    return f"{cookie_name()}-made"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(
        list(services().config.secret_keys),
        salt=Purpose.MADE,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
