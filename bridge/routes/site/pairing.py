"""From the computer to the phone: a QR picture that opens this site there."""

from __future__ import annotations

from io import BytesIO

from flask import Response
from markupsafe import Markup

from bridge.codes import digest, new_code
from bridge.routes.site.handed_on import hand_on, handed_on
from bridge.routes.site.rendering import go_to, render
from bridge.routes.site.sessions import session
from bridge.services import services
from bridge.store.codes import LIFE


def create() -> Response:
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


def show() -> Response:
    """Show the code as a picture, as long as it lives."""
    known, code = services(), handed_on()
    if code is None:
        return go_to("/#phone")
    link = f"{known.config.address}/pair?code={code}"
    reachable = bool(known.config.public_url)
    return render(
        "pairing.html", code=code, link=link, picture=_qr(link), reachable=reachable
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
        title="QR code that opens this page on your phone",
        omitsize=True,
        border=4,
        light="#fff",
        dark="#000",
    )
    return Markup(picture.getvalue().decode())  # noqa: S704  # drawn by us
