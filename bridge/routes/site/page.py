"""What a page of the setup site is: how it looks, how it refuses, what it loads.

A page is HTML under a policy that allows nothing but our own files; a failure is a
page with a sentence, never a stack trace.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Literal

from flask import Response, render_template, request

from bridge.domain.failure import speech_of
from bridge.domain.speech.trim import for_the_eye
from bridge.errors import BridgeError, UnknownPath
from bridge.routes.named import Named
from bridge.routes.replies import send
from bridge.routes.site.words import COOKIE, NAMES, page_language, words
from bridge.services import Failures, state, stranger_voice

LARGEST_FORM = 128 * 1024  # a pasted request, with its answer
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HTML = "text/html; charset=utf-8"
_NAMED = ("/recipes/", "/shortcuts/")
_API = ("/v1/", "/api/")
_FOLDER = Path(__file__).parents[2] / "static"
_KINDS = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "touch-icon.png": "image/png",
    "today.css": "text/css; charset=utf-8",
    "today.js": "text/javascript; charset=utf-8",
    "messages.js": "text/javascript; charset=utf-8",
    "worker.js": "text/javascript; charset=utf-8",
    "today.webmanifest": "application/manifest+json",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
    "icon-maskable.png": "image/png",
}
_WORKER = "worker.js"
_YEAR_S = 365 * 24 * 3600
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, eq=False)
class Page:
    """One address of the setup site. The list is :mod:`bridge.routes.site.table`.

    What shows it is named there, and imported when somebody asks for it first.

    A POST carries its session's form token, whoever is asking; ``guard`` says whether
    the session has to be somebody's.
    """

    method: Literal["GET", "POST"]
    path: str
    view: Named[Callable[..., Response]] = Named("bridge.routes.site")
    guard: Literal["session", "open"] = "session"
    # "flat" is JSON, for the page's script; "asked" a page for who asks for HTML.
    failures: Failures = "page"

    @property
    def endpoint(self) -> str:
        """Return the name Flask knows the page by."""
        return f"page {self.method} {self.path}"


def render(template: str, *, status: int = 200, **given: object) -> Response:
    """Answer with a page, in the language of its reader."""
    language = state().language or page_language()
    body = render_template(
        template,
        t=words(),
        page_language=language,
        languages=NAMES,
        status=status,
        **given,
    )
    page = as_page(Response(body, status, content_type=HTML))
    if request.args.get("lang") == language:
        page.set_cookie(
            COOKIE, language, max_age=_YEAR_S, httponly=True, samesite="Lax"
        )
    return page


def as_page(response: Response) -> Response:
    """Return the answer under the policy of pages."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    return response


def go_to(path: str) -> Response:
    """Send the browser on to a path of ours, so that reloading repeats nothing."""
    return Response(status=303, headers={"Location": path})


class PageRefused(Exception):
    """A refusal that a person reads in a browser.

    Parameters
    ----------
    status
        The HTTP status.
    code
        A word for scripts and tests; its words stand under ``errors.<code>``.
    filled
        What is filled into them.
    """

    def __init__(self, status: int, code: str, **filled: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.filled = filled


def answer_refusal(refused: PageRefused) -> Response:
    """Answer a refusal as a page, or as flat JSON to the page's script."""
    say = words().errors[refused.code]
    sentence = say.text.format(**refused.filled)
    if state().failures == "flat":
        body = {"code": refused.code, "hint": str(say.title)}
        return send(body, unescape(str(sentence)), status=refused.status)
    return render(
        "error.html", status=refused.status, title=say.title, sentence=sentence
    )


def is_for_a_person(error: BridgeError) -> bool:
    """Tell whether a failure is to be read in a browser, not by a shortcut.

    Shortcuts and scripts accept anything; a browser that opens an address names HTML.
    """
    if state().failures == "flat" or request.path.startswith(_API):
        return False
    named = "text/html" in request.headers.get("Accept", "")
    return state().failures == "page" or (named and error.status in {404, 405, 413})


def answer_error(error: BridgeError) -> Response:
    """Answer a failure of the bridge as a page."""
    say = words().errors
    said = speech_of(error, stranger_voice())
    # to be read, where it is not to be heard; a person does not want an API's nearest
    if isinstance(error, UnknownPath) and request.path.startswith(_NAMED):
        said = f"{said} {error.filled_hint}"
    titles = {HTTPStatus.NOT_FOUND: say.missing, 413: say.large}
    return render(
        "error.html",
        status=error.status,
        title=titles.get(error.status, say.failed),
        sentence=for_the_eye(said),
        missing=error.status == HTTPStatus.NOT_FOUND,
    )


def static_file(name: str) -> Response:
    """Send one of the files; its address changes with its content."""
    if name not in _KINDS:
        raise UnknownPath(name[:80], nearest="/")
    content, version = _read(name)
    response = Response(content, content_type=_KINDS[name])
    if request.args.get("v") == version:
        response.headers["Cache-Control"] = _FOREVER
    if name == _WORKER:  # it stands beside the other files and keeps this page alone
        response.headers["Service-Worker-Allowed"] = "/today"
        policy = "default-src 'none'; connect-src 'self'"
        response.headers["Content-Security-Policy"] = policy
    return response


def static_url(name: str) -> str:
    """Return the address of a file, with the digest of its content."""
    return f"/static/{name}?v={_read(name)[1]}"


@cache
def _read(name: str) -> tuple[bytes, str]:
    content = (_FOLDER / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]
