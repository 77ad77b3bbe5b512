"""Forms that only our own pages can send: a token signed for the session."""

from __future__ import annotations

import hashlib

from flask import request
from itsdangerous import Signer

from bridge.routes.site.refusals import PageRefused
from bridge.routes.site.sessions import session
from bridge.services import services
from bridge.tokens import Purpose

FIELD = "form"


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
        raise PageRefused(
            403,
            "form_refused",
            "This form is no longer valid",
            "Nothing was done. The page was open for too long, or your browser keeps "
            "no cookies. Go back, load the page again and try once more.",
        )


def _signer() -> Signer:
    return Signer(
        list(services().config.secret_keys),
        salt=Purpose.FORM,
        key_derivation="hmac",
        digest_method=hashlib.sha256,
    )
