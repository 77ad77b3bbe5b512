"""Who sits at the browser: a signed cookie, for thirty days.

Signing out takes the cookie from this browser. A copy of it, made before, is ended
with all others of the athlete, by signing out everywhere.

The cookie is no device token and no device token is a session: each is signed for its
own purpose. Before anybody signs in there is a session as well, of nobody: its form
token keeps other sites from signing a browser in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, g, request
from itsdangerous import BadData, URLSafeSerializer

from bridge.services import services
from bridge.tokens import Purpose

LIFE = timedelta(days=30)
LONGEST_COOKIE = 1000
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One browser; ``athlete`` is empty before it has signed in."""

    session_id: str
    athlete: str = NOBODY
    version: int = 0  # the account's session_version at sign-in
    started_at_s: int = 0

    @property
    def is_signed_in(self) -> bool:
        """Tell whether this is somebody's session."""
        return self.athlete != NOBODY


def read_session() -> Session | None:
    """Return the session of this request; None for a forged, old or ended one."""
    cookie = request.cookies.get(cookie_name(), "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    try:
        session = Session(*_serializer().loads(cookie))
    except (BadData, TypeError, ValueError):
        return None
    return session if _still_counts(session) else None


def session() -> Session:
    """Return this request's session, made now where there is none."""
    found: Session | None = g.get("session")
    if found is None:
        found = g.session = _fresh()
        g.new_session = True
    return found


def sign_in(athlete: str) -> None:
    """Begin a session of ``athlete`` under a new id, sent with this answer."""
    g.session, g.new_session = _fresh(athlete), True


def sign_out() -> None:
    """Take the cookie from this browser with this answer; a copy of it stays good."""
    g.session, g.new_session = None, False
    g.end_session = True


def send_session(response: Response) -> Response:
    """Set the cookie where the session is new; delete it after a sign-out.

    A form that came without a cookie is answered without one: another site sent it,
    and the browser may well keep a session that a new one would replace.
    """
    if g.get("end_session"):
        set_cookie(response, cookie_name(), "", life_s=0)
    elif g.get("new_session") and (g.session.is_signed_in or request.method != "POST"):
        known: Session = g.session
        row = [known.session_id, known.athlete, known.version, known.started_at_s]
        value = str(_serializer().dumps(row))
        life_s = int(LIFE.total_seconds())
        set_cookie(response, cookie_name(), value, life_s=life_s)
    return response


def cookie_name() -> str:
    """Return the cookie's name; the prefix binds it to this very host."""
    return "__Host-bridge" if services().config.is_https else "bridge"


def set_cookie(response: Response, name: str, value: str, *, life_s: int) -> None:
    """Set a cookie that only this site's server reads."""
    response.set_cookie(
        name,
        value,
        max_age=life_s,
        secure=services().config.is_https,
        httponly=True,
        # Not Strict: after a link of another site we would take the owner for nobody.
        samesite="Lax",
    )


def _fresh(athlete: str = NOBODY) -> Session:
    known = services()
    account = known.store.athletes.find(athlete) if athlete else None
    version = account.session_version if account else 0
    now_s = int(known.clock().timestamp())
    return Session(secrets.token_urlsafe(16), athlete, version, now_s)


def _still_counts(session: Session) -> bool:
    now_s = services().clock().timestamp()
    if not 0 <= now_s - session.started_at_s < LIFE.total_seconds():
        return False
    if not session.is_signed_in:
        return True
    account = services().store.athletes.find(session.athlete)
    return account is not None and account.session_version == session.version


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(
        list(services().config.secret_keys),
        salt=Purpose.SESSION,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
