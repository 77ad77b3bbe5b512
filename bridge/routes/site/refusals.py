"""Failures of the setup site: a page with a sentence, never a stack trace."""

from __future__ import annotations

from flask import Response, g, request

from bridge.domain.speech.trim import for_the_eye
from bridge.errors import BridgeError
from bridge.routes.replies import send
from bridge.routes.site.rendering import render
from bridge.services import stranger_voice

_TITLES = {404: "There is no such page", 405: "That did not work", 413: "Too much"}
_API = ("/v1/", "/api/")


class PageRefused(Exception):
    """A refusal that a person reads in a browser.

    Parameters
    ----------
    status
        The HTTP status.
    code
        A word for scripts and tests.
    title
        What happened, in a few words.
    sentence
        What happened to the data, and what to do.
    """

    def __init__(self, status: int, code: str, title: str, sentence: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.title = title
        self.sentence = sentence


def answer_refusal(refused: PageRefused) -> Response:
    """Answer a refusal as a page, or as flat JSON to the page's script."""
    if g.get("flat_failures"):
        body = {"code": refused.code, "hint": refused.title}
        return send(body, refused.sentence, status=refused.status)
    return render(
        "error.html",
        status=refused.status,
        title=refused.title,
        sentence=refused.sentence,
    )


def is_for_a_person(error: BridgeError) -> bool:
    """Tell whether a failure is to be read in a browser, not by a shortcut.

    Shortcuts and scripts accept anything; a browser that opens an address names HTML.
    """
    if g.get("flat_failures") or request.path.startswith(_API):
        return False
    named = "text/html" in request.headers.get("Accept", "")
    return bool(g.get("on_page")) or (named and error.status in {404, 405, 413})


def answer_error(error: BridgeError) -> Response:
    """Answer a failure of the bridge as a page."""
    said = stranger_voice().fill(error.phrase, error.words)
    return render(
        "error.html",
        status=error.status,
        title=_TITLES.get(error.status, "That did not work"),
        sentence=for_the_eye(said),
    )
