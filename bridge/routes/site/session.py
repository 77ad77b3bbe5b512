"""Who sits at the browser, what only its own forms may send, what it made just now.

**The session** is a signed cookie, for thirty days. Signing out takes it from this
browser. A copy of it, made before, is ended with all others of the athlete, by
signing out everywhere. Before anybody signs in there is a session as well, of nobody:
its form token keeps other sites from signing a browser in.

**A form** carries a token signed for the session, which only our own pages can send.

**What a form has made** is handed on to the page that shows it. A form answers with a
redirect, so that neither Back nor reloading sends it again; what the next page shows
travels in a signed cookie of this session alone.

Each is signed for its own purpose: none of them is another, nor a device token.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from flask import Response, request
from itsdangerous import BadData, Signer, URLSafeSerializer

from bridge.routes.address import is_secure
from bridge.routes.site.page import PageRefused, go_to
from bridge.services import NOBODY, Session, services, state
from bridge.tokens import Purpose

LIFE = timedelta(days=30)
LONGEST_COOKIE = 1000
RECIPES_FILLED = timedelta(minutes=30)
_DEVICE = "device"  # no path of a page begins without a slash
_MOST_REMEMBERED = 8  # a cookie is short
FIELD = "form"


def read_session() -> Session | None:
    """Return the session of this request; None for a forged, old or ended one."""
    cookie = request.cookies.get(cookie_name(), "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    try:
        session = Session(*_signed(Purpose.SESSION).loads(cookie))
    except (BadData, TypeError, ValueError):
        return None
    return session if _still_counts(session) else None


def session() -> Session:
    """Return this request's session, made now where there is none."""
    known = state()
    if known.session is None:
        known.session, known.cookie = _fresh(), "set"
    return known.session


def begin_session(athlete: str) -> None:
    """Begin a session of ``athlete`` under a new id, sent with this answer."""
    state().session, state().cookie = _fresh(athlete), "set"


def end_session() -> None:
    """Take the cookie from this browser with this answer; a copy of it stays good."""
    state().session, state().cookie = None, "delete"


def send_session(response: Response) -> Response:
    """Set the cookie where the session is new; delete it after a sign-out.

    A form that came without a cookie is answered without one: another site sent it,
    and the browser may well keep a session that a new one would replace.
    """
    known, cookie = state().session, state().cookie
    if cookie == "delete":
        _set_cookie(response, cookie_name(), "", life_s=0)
    elif known is None or cookie == "keep":
        return response
    elif known.is_signed_in or request.method != "POST":
        row = [known.session_id, known.athlete, known.version, known.started_at_s]
        value = str(_signed(Purpose.SESSION).dumps(row))
        life_s = int(LIFE.total_seconds())
        _set_cookie(response, cookie_name(), value, life_s=life_s)
    return response


def cookie_name() -> str:
    """Return the cookie's name; the prefix binds it to this very host."""
    return "__Host-bridge" if is_secure(services().public_url) else "bridge"


def form_token() -> str:
    """Return what every form of this session carries."""
    return _signer().get_signature(session().session_id).decode()


def require_form() -> None:
    """Let only a form of our own pages pass.

    Raises
    ------
    PageRefused
        If its token is missing or another session's, or another site sent it.
    """
    # Browsers name the sender themselves; older ones do not, and the token decides.
    elsewhere = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    sent = request.form.get(FIELD, "")
    known = sent.isascii() and _signer().verify_signature(
        session().session_id.encode(), sent.encode()
    )
    if elsewhere or not known:
        raise PageRefused(403, "form_refused")


def sign_once(made_id: str) -> str:
    """Return what a form carries that makes ``made_id``, however often it is sent."""
    signature = _signer().get_signature(f"{session().session_id}.{made_id}")
    return f"{made_id}.{signature.decode()}"


def read_once(sent: str) -> str | None:
    """Return the id that a form of this session makes; None for anything else."""
    made_id = sent.partition(".")[0]
    is_ours = sent.isascii() and secrets.compare_digest(sign_once(made_id), sent)
    return made_id if is_ours else None


def hand_on(path: str, made: str, life: timedelta) -> Response:
    """Send the browser on to ``path``, which may show ``made`` for a while."""
    now_s = services().clock().timestamp()
    row = [session().session_id, path, made, now_s + life.total_seconds()]
    response = go_to(path)
    value = str(_signed(Purpose.MADE).dumps(row))
    _set_cookie(response, _made_name(), value, life_s=int(life.total_seconds()))
    return response


def handed_on() -> str | None:
    """Return what was handed on to this page, None where that is over."""
    return _read_made(_made_name(), request.path)


def _read_made(name: str, path_meant: str) -> str | None:
    """Return what a cookie of this session says was made for this path."""
    cookie = request.cookies.get(name, "")
    if not cookie or len(cookie) > LONGEST_COOKIE:
        return None
    try:
        session_id, path, made, ends_at_s = _signed(Purpose.MADE).loads(cookie)
    except (BadData, TypeError, ValueError):
        return None
    meant = (session_id, path) == (session().session_id, path_meant)
    return str(made) if meant and services().clock().timestamp() < ends_at_s else None


def remember_device(response: Response, device_id: str) -> Response:
    """Let this session's recipes hold the device's token, for half an hour.

    The devices made before are remembered with it, the latest at the end.
    """
    known = [each for each in remembered_devices() if each != device_id]
    made = " ".join([*known, device_id][-_MOST_REMEMBERED:])
    ends_at_s = services().clock().timestamp() + RECIPES_FILLED.total_seconds()
    row = [session().session_id, _DEVICE, made, ends_at_s]
    value = str(_signed(Purpose.MADE).dumps(row))
    life_s = int(RECIPES_FILLED.total_seconds())
    _set_cookie(response, f"{cookie_name()}-device", value, life_s=life_s)
    return response


def remembered_devices() -> list[str]:
    """Return the ids of what this session made within half an hour, latest last."""
    return (_read_made(f"{cookie_name()}-device", _DEVICE) or "").split()


def take_back(response: Response) -> Response:
    """Delete the cookie with this answer: it was for one look."""
    _set_cookie(response, _made_name(), "", life_s=0)
    return response


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


def _set_cookie(response: Response, name: str, value: str, *, life_s: int) -> None:
    """Set a cookie that only this site's server reads."""
    response.set_cookie(
        name,
        value,
        max_age=life_s,
        secure=is_secure(services().public_url),
        httponly=True,
        # Not Strict: after a link of another site we would take the owner for nobody.
        samesite="Lax",
    )


def _signed(purpose: Purpose) -> URLSafeSerializer:
    return URLSafeSerializer(
        list(services().config.secret_keys),
        salt=purpose,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )


def _signer() -> Signer:
    return Signer(
        list(services().config.secret_keys),
        salt=Purpose.FORM,
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )


def _made_name() -> str:
    return f"{cookie_name()}-made"
