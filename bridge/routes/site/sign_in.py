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
from bridge.services import services
from bridge.store.athletes import OWNER
from bridge.store.codes import LIFE

_WRONG = {
    "short": (
        400,
        "This code is not complete. It has twelve signs, such as 7KQM-X2RB-9TPD.",
    ),
    "wrong": (
        403,
        "This code is wrong. Compare it once more, or make a new one.",
    ),
    "used": (410, "This code was used already. It works once; make a new one."),
    "expired": (410, "The time of this code is over. Make a new one."),
}


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
        return _ask(*(_WRONG["short"] if "code" in request.args else (200, "")))
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
        raise PageRefused(
            429,
            "too_many_tries",
            "Too many tries",
            "Too many wrong codes were tried from your network. Make a new code and "
            "enter it: the right one is taken at any time.",
        )
    if code is None:
        return _ask(*_WRONG["short"])
    return _ask(*_WRONG[known.store.codes.why_not(code_hash, now)])


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
        return go_to("/#phone")
    link = f"{known.config.address}/pair?code={code}"
    reachable = bool(known.config.public_url)
    return render(
        "pairing.html", code=code, link=link, picture=_qr(link), reachable=reachable
    )


def _ask(status: int = 200, wrong: str = "") -> Response:
    account = services().store.athletes.find(OWNER)
    first = account is not None and account.first_sign_in_at is None
    return render("sign_in.html", status=status, wrong=wrong, first=first)


def _qr(link: str) -> Markup:
    import segno

    picture = BytesIO()
    segno.make(link, error="m", micro=False).save(
        picture,
        kind="svg",
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        title="QR code that opens this page on your phone",
        omitsize=True,
        border=4,
        light="#fff",
        dark="#000",
    )
    return Markup(picture.getvalue().decode())  # noqa: S704  # drawn by us
