"""Try it: the request of a shortcut, made by the bridge itself, and what Siri says."""

from __future__ import annotations

from contextvars import Context
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as Answer

from bridge.routes.auth import TRIED_BY
from bridge.routes.replies import send
from bridge.routes.site.gallery import entry_of, language_wanted
from bridge.routes.site.refusals import PageRefused
from bridge.routes.site.sessions import session
from bridge.services import services
from bridge.store.devices import Device

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def show(slug: str) -> Response:
    """Run the shortcut's own request and tell what would be spoken.

    Only what asks is run: a shortcut that writes would write.
    """
    path = entry_of(slug).tries.removeprefix("GET ")
    if not path:
        raise PageRefused(
            409,
            "not_tried",
            "Nothing to try here",
            "This shortcut writes to your account, so the page does not try it.",
        )
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy
    # In a context of its own: nothing of this request is seen there.
    answer = Context().run(Response.from_app, app.wsgi_app, _environ(path))
    return _told(answer)


def _environ(path: str) -> WSGIEnvironment:
    from werkzeug.test import create_environ

    headers = {
        "Accept": "application/json",
        "Accept-Language": _languages(),
    }
    environ = create_environ(path, headers=headers)
    environ["REMOTE_ADDR"] = request.remote_addr or ""
    environ[TRIED_BY] = Device(
        device_id="page",
        athlete=session().athlete,
        name="The setup page",
        scope="read",
        created_at=services().clock(),
        expires_at=None,
        last_used_at=None,
        revoked_at=None,
    )
    return environ


def _languages() -> str:
    """Return the browser's languages; the page's first, where that was chosen."""
    own = request.headers.get("Accept-Language", "")
    wanted = language_wanted()
    if (request.accept_languages.best or "").partition("-")[0] == wanted:
        return own
    return f"{wanted}, {own}" if "language" in request.args and own else own or wanted


def _told(answer: Answer) -> Response:
    """Pass on what is spoken; of a file, only its name."""
    if answer.mimetype == "application/json":
        return Response(
            answer.get_data(), answer.status_code, content_type=answer.mimetype
        )
    named = answer.headers.get("Content-Disposition", "").partition('filename="')[2]
    name = named.partition('"')[0] or "a file"
    answer.close()
    return send({"file": name}, f"It saves {name} on your phone.")
