"""The shortcuts: the gallery, the recipe to build one, the file, and trying one.

A file goes to whoever asks for it, signed where a signed one exists. Trying makes the
shortcut's own request, by the bridge itself, and shows what Siri would say.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from contextvars import Context
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as Answer

from bridge.errors import UnknownPath
from bridge.routes.guard import TRIED_BY
from bridge.routes.replies import send, send_file
from bridge.routes.site.devices import just_made
from bridge.routes.site.page import PageRefused, render
from bridge.routes.site.session import session
from bridge.routes.site.words import chosen_language, page_language
from bridge.services import services
from bridge.shortcuts.files import (
    CONTENT_TYPE,
    EXTENSION,
    Entry,
    Index,
    read_download,
    read_index,
    read_recipe,
)
from bridge.shortcuts.recipe import read_words
from bridge.store.devices import PAGE, Device

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_VARIABLE = re.compile("‹([^›]*)›")
_WORTH_COPYING = 3
_SAMPLES = Path(__file__).parents[2] / "pages" / "samples.json"

# What is not asked is logged, unless it stands here.
PURPOSES: Mapping[str, frozenset[str]] = {
    "ask": frozenset({"training", "training-menu"}),
    "log": frozenset(),
    "plan": frozenset(
        {
            *("plan-a-workout", "move-my-workout", "skip-my-workout"),
            *("race-or-note", "training-zones"),
        }
    ),
    "keep": frozenset(
        {
            *("save-activity-file", "save-activity-data"),
            *("training-export", "send-to-training"),
        }
    ),
}
LIVE_S = 6.0  # all sentences of the gallery together
_NO_SENTENCE = ("/v1/cards", ".csv", "/file")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value as the app draws it: words, or a variable."""

    text: str
    is_variable: bool
    copies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One shortcut as the page shows it."""

    slug: str
    name: str
    about: str
    sample: str
    colour: str
    glyph: str
    scope: str
    signed: bool
    url: str
    icloud: str
    tries: bool  # it only asks, so that the page can try it
    advice: str
    triggers: tuple[str, ...]


def show() -> Response:
    """Show all shortcuts by purpose, with search and help."""
    language = page_language()
    return render(
        "shortcuts.html",
        groups=groups(language),
        before=read_words(language)["page"]["before"],
    )


def groups(language: str) -> dict[str, list[Card]]:
    """Return the cards of all shortcuts under their purposes."""
    found: dict[str, list[Card]] = {purpose: [] for purpose in PURPOSES}
    for entry in index().shortcuts:
        found[purpose_of(entry)].append(_card(entry, language))
    return found


def purpose_of(entry: Entry) -> str:
    """Return what a shortcut is for: ask, log, plan or keep."""
    named = (purpose for purpose, slugs in PURPOSES.items() if entry.slug in slugs)
    return next(named, "ask" if entry.scope == "read" else "log")


def entry_of(slug: str) -> Entry:
    """Return a shortcut of the index.

    Raises
    ------
    UnknownPath
        If there is none of this name.
    """
    slugs = [entry.slug for entry in index().shortcuts]
    if slug not in slugs:
        near = get_close_matches(slug[:100], slugs, n=1) or slugs[:1]
        raise UnknownPath(f"shortcut {slug}"[:100], nearest=f"/recipes/{near[0]}")
    return index().shortcuts[slugs.index(slug)]


@cache
def samples() -> Mapping[str, Mapping[str, str]]:
    """Return what each shortcut says, by slug and language.

    Every sentence was heard from the shortcut itself, in a made-up athlete's world;
    ``make docs`` writes them.
    """
    return msgspec.json.decode(_SAMPLES.read_bytes(), type=dict[str, dict[str, str]])


def recipe(slug: str) -> Response:
    """Show how to build a shortcut by hand, with every value to copy."""
    return render("recipe.html", **drawn(slug))


def drawn(slug: str) -> dict[str, Any]:
    """Return what draws a recipe: its actions, and what is filled in of them."""
    language = page_language()
    card = _card(entry_of(slug), language)
    written = msgspec.json.decode(read_recipe(slug, index=index()) or b"{}")
    made = just_made()
    filled = {"Address": services().address}
    if made is not None:
        filled["Token"] = made[1]
    return {
        "card": card,
        "steps": written["languages"][language]["steps"],
        "recipe_words": read_words(language),
        "pieces": pieces,
        "filled": filled,
        "device": None if made is None else made[0],
    }


def pieces(value: str, filled: Mapping[str, str]) -> list[Piece]:
    """Cut a value of a recipe into words and variables.

    Parameters
    ----------
    value
        A value as it stands in a recipe: ``Bearer ‹Token›``.
    filled
        What is known of the variables by now: then it is words, and of what touches
        it one piece is made, to be copied whole.
    """
    cut = _VARIABLE.split(value)
    known: list[Piece] = []
    words = ""
    for at, part in enumerate(cut):
        if at % 2 == 0 or part in filled:
            words += part if at % 2 == 0 else filled[part]
            continue
        known += [_copied(words), Piece(part, is_variable=True)]
        words = ""
    return [piece for piece in (*known, _copied(words)) if piece.text]


def _copied(words: str) -> Piece:
    """Return words; what is quickly typed, or useless alone, has nothing to copy."""
    copies = len(words.strip()) >= _WORTH_COPYING and words != "Bearer "
    return Piece(words, is_variable=False, copies=copies)


def download(language: str, name: str) -> Response:
    """Send the shortcut itself: no token, no redirect, no page around it."""
    found = None
    if name.endswith(EXTENSION):
        found = read_download(language, name, index=index())
    if found is None:
        raise UnknownPath(f"{language}/{name}"[:200], nearest=_nearest(language, name))
    content = found.content
    if not found.signed:
        built = found.entry.files[language]
        content = services().dropped.read(built) or content
    return send_file(content, CONTENT_TYPE, found.name + EXTENSION)


def download_url(language: str, name: str) -> str:
    """Return the address of a file; the file's name is the shortcut's name."""
    return f"/shortcuts/{language}/{quote(name + EXTENSION)}"


def try_out(slug: str) -> Response:
    """Run the shortcut's own request and tell what would be spoken.

    Only what asks is run: a shortcut that writes would write.
    """
    path = entry_of(slug).tries.removeprefix("GET ")
    if not path:
        raise PageRefused(409, "not_tried")
    return _spoken(ask_bridge(path))


def try_all() -> Response:
    """Tell what each asking shortcut would say of this athlete now, by its slug.

    What would be a file or a picture is left out, and what is not there in time.
    """
    end = time.monotonic() + LIVE_S
    said: dict[str, str] = {}
    for entry in index().shortcuts:
        path = entry.tries.removeprefix("GET ")
        if not path or any(part in path for part in _NO_SENTENCE):
            continue
        if time.monotonic() > end:
            break
        answer = ask_bridge(path)
        if (
            answer.mimetype == "application/json"
            and answer.status_code == HTTPStatus.OK
        ):
            said[entry.slug] = str(msgspec.json.decode(answer.get_data())["speech"])
        answer.close()
    return send(said, "")


def ask_bridge(path: str) -> Answer:
    """Send a request of the page to the bridge itself."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # werkzeug's proxy
    # In a context of its own: nothing of this request is seen there.
    return Context().run(Response.from_app, app.wsgi_app, _environ(path))


@cache
def index() -> Index:
    """Return the index of the built shortcuts; they change with a release only."""
    return read_index()


def _card(entry: Entry, language: str) -> Card:
    built, name = entry.files[language], entry.names[language]
    return Card(
        slug=entry.slug,
        name=name,
        about=entry.about[language],
        sample=samples().get(entry.slug, {}).get(language, entry.about[language]),
        colour=entry.colour,
        glyph=entry.glyph,
        scope=entry.scope,
        signed=built.signed == "yes" or services().dropped.has(built),
        url=download_url(language, name),
        icloud=built.icloud,
        tries=bool(entry.tries),
        advice=entry.advice.get(language, ""),
        triggers=entry.triggers,
    )


def _nearest(language: str, name: str) -> str:
    known = language if language in index().languages else "en"
    names = [entry.names[known] for entry in index().shortcuts]
    wanted = name[:100].removesuffix(EXTENSION)
    near = get_close_matches(wanted, names, n=1) or names[:1]
    return f"/shortcuts/{known}/{near[0]}{EXTENSION}"


def _environ(path: str) -> WSGIEnvironment:
    from werkzeug.test import create_environ

    headers = {
        "Accept": "application/json",
        "Accept-Language": _languages(),
    }
    environ = create_environ(path, headers=headers)
    environ["REMOTE_ADDR"] = request.remote_addr or ""
    environ[TRIED_BY] = Device(
        device_id=PAGE,
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
    wanted = page_language()
    if (request.accept_languages.best or "").partition("-")[0] == wanted:
        return own
    return f"{wanted}, {own}" if chosen_language() and own else own or wanted


def _spoken(answer: Answer) -> Response:
    """Pass on what is spoken; of a file, only its name."""
    if answer.mimetype == "application/json":
        return Response(
            answer.get_data(), answer.status_code, content_type=answer.mimetype
        )
    named = answer.headers.get("Content-Disposition", "").partition('filename="')[2]
    name = named.partition('"')[0] or "a file"
    answer.close()
    return send({"file": name}, f"It saves {name} on your phone.")
