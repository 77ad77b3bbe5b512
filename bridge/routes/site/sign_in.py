"""Signing in with a one-time code, and taking the phone along by a QR picture.

There are no passwords.
"""

from __future__ import annotations

from io import BytesIO

from flask import Response, request
from markupsafe import Markup

from bridge.addresses import address_of
from bridge.codes import digest, in_groups, new_code, read_code
from bridge.routes.address import client_address
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import (
    begin_session,
    end_session,
    hand_on,
    handed_on,
    session,
)
from bridge.routes.site.words import words
from bridge.services import services
from bridge.store.athletes import OWNER
from bridge.store.codes import LIFE

_STATUS = {"short": 400, "wrong": 403, "used": 410, "expired": 410}


def show() -> Response:
    """Ask for the code; the demo lets in who sits before it."""
    known, here = services(), address_of(client_address())
    if known.config.demo and here is not None and here.is_loopback:
        begin_session(OWNER)
        return go_to("/")
    return _ask()


def show_pairing() -> Response:
    """Offer to go on with the code of the QR picture; looking at it uses nothing."""
    code = read_code(request.args.get("code", ""))
    if code is None:
        return _ask("short" if "code" in request.args else "", by_hand=True)
    return render("pair.html", code=in_groups(code))


def submit() -> Response:
    """Sign this browser in, if the code is right."""
    known = services()
    now = known.clock()
    code = read_code(request.form.get("code", ""))
    code_hash = "" if code is None else digest(code, known.config.secret_keys)
    athlete = None if code is None else known.store.codes.spend(code_hash, now)
    if athlete is not None:
        begin_session(athlete)
        return go_to("/")
    # Only wrong ones count: behind a tunnel a stranger has the owner's address.
    if not known.tries.may(client_address(), now):
        raise PageRefused(429, "too_many_tries")
    if code is None:
        return _ask("short")
    return _ask(known.store.codes.why_not(code_hash, now))


def leave() -> Response:
    """Sign this browser out."""
    end_session()
    return go_to("/sign-in")


def leave_everywhere() -> Response:
    """Sign every browser out, also a lost phone's."""
    services().store.athletes.end_sessions(session().athlete)
    return leave()


def create_pairing() -> Response:
    """Make a pairing code and lead to its picture."""
    known = services()
    code = new_code()
    known.store.codes.add(
        digest(code, known.config.secret_keys),
        "pairing",
        session().athlete,
        known.clock(),
    )
    return hand_on("/pairing", code, LIFE["pairing"])


def show_picture() -> Response:
    """Show the code as a picture, as long as it lives."""
    known, code = services(), handed_on()
    if code is None:
        return go_to("/setup/phone")
    link = f"{known.address}/pair?code={code}"
    return render("pairing.html", code=code, link=link, picture=_qr(link))


def _ask(wrong: str = "", *, by_hand: bool = False) -> Response:
    status = _STATUS.get(wrong, 200)
    account = services().store.athletes.find(OWNER)
    first = account is not None and account.first_sign_in_at is None
    return render(
        "sign_in.html", status=status, wrong=wrong, first=first, by_hand=by_hand
    )


def _qr(link: str) -> Markup:
    import segno

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(
        picture,
        kind="svg",
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        title=str(words().pairing.picture),
        omitsize=True,
        border=4,
        light="#fff",
        dark="#000",
    )
    return Markup(picture.getvalue().decode())  # noqa: S704  # drawn by us
