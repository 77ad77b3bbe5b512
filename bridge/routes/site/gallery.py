"""The gallery: every shortcut with its picture, its phrase and ways to get it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

import msgspec
from flask import Response, request

from bridge.errors import UnknownPath
from bridge.routes.site.downloads import download_url, index
from bridge.routes.site.rendering import render
from bridge.services import services
from bridge.shortcuts.files import UNSIGNED, Entry, read_recipe

_SAMPLES = Path(__file__).parents[2] / "pages" / "samples.json"

# In this order; one that has no route yet gives its place to the next.
FIRST = (
    "my-training-form",
    "morning-brief",
    "run-splits",
    "my-training-weight",
    "todays-workout",
    "last-activity",
)
AT_FIRST = 4


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


def cards(language: str) -> tuple[list[Card], list[Card]]:
    """Return the four to begin with, and all others."""
    found = {entry.slug: _card(entry, language) for entry in index().shortcuts}
    first = [slug for slug in FIRST if slug in found][:AT_FIRST]
    others = [card for slug, card in found.items() if slug not in first]
    return [found[slug] for slug in first], others


def language_wanted() -> str:
    """Return the language asked for, else the browser's, else the first."""
    known = index().languages
    asked = request.args.get("language", "")
    if asked in known:
        return asked
    return request.accept_languages.best_match(known) or known[0]


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
    language = language_wanted()
    card = _card(entry_of(slug), language)
    written = msgspec.json.decode(read_recipe(slug, index=index()) or b"{}")
    words = written["languages"][language]
    return render(
        "recipe.html",
        card=card,
        steps=words["steps"],
        language=language,
        languages=index().languages,
        unsigned=UNSIGNED,
        address=services().config.address,
    )


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
        signed=built.signed == "yes",
        url=download_url(language, name),
        icloud=built.icloud,
        tries=bool(entry.tries),
    )
