"""``/docs``: every address of the bridge, with an answer of each and how to ask.

The addresses come from the OpenAPI description, the answers from ``examples.json``,
which ``make docs`` writes by asking.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shlex import quote
from typing import Any

from flask import Response
from markupsafe import Markup, escape

from bridge.domain.speech.phrases import LANGUAGES
from bridge.errors import UnknownPath
from bridge.routes.api.openapi import describe
from bridge.routes.params import EVERYWHERE
from bridge.routes.replies import send_made_once
from bridge.routes.route import Route, routes_of_app
from bridge.routes.site.page import HTML, PageRefused, as_page, render
from bridge.routes.site.shortcuts import ask_bridge
from bridge.routes.site.words import page_language
from bridge.services import services, state
from bridge.shortcuts.recipe import app_words

_EXAMPLES = Path(__file__).parents[2] / "pages" / "examples.json"
_HEADINGS = {
    "You and today": ("athlete", "today", "fitness", "weather"),
    "Activities": ("activities",),
    "Wellness": ("wellness", "health", "undo"),
    "Plan and calendar": ("workouts", "events", "race", "week"),
    "Streak, bests and gear": ("streak", "bests", "gear"),
    "Zones": ("zones",),
    "What changed": ("changes",),
    "Pictures and feeds": ("w", "calendar", "widgets"),
    "Raw: Intervals.icu through the bridge": ("flat", "api"),
}
_OWN = "The bridge itself"
_TOKEN = "your token"  # noqa: S105 - these very words
_EVERYWHERE = frozenset(param.name for param in EVERYWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A parameter or field: what it is called, what it means, what may stand in it."""

    name: str
    about: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One action of the Shortcuts app, with what to set in it."""

    title: str
    german: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address as the page shows it."""

    anchor: str
    method: str
    path: str
    summary: str
    scope: str
    params: tuple[Value, ...]
    fields: tuple[Value, ...]
    speech: Mapping[str, str]
    shown: str  # the answer, or how its file begins
    kind: str  # of the answer
    curl: str
    actions: tuple[Action, ...]


def show() -> Response:
    """Show how to ask, and all addresses; the same to all of one language."""
    return _made_once("docs", "docs.html")


def show_group(group: str) -> Response:
    """Show the addresses of one heading with their answers."""
    titles = {slug_of(title): title for title in (*_HEADINGS, _OWN)}
    if group not in titles:
        raise UnknownPath(group[:80], nearest="/docs")
    return _made_once(f"docs/{group}", "docs_group.html", titles[group])


def try_out(anchor: str) -> Response:
    """Ask what the example of an address asks, for who is signed in."""
    asked = next((each for each in _tried() if _anchor_of(each) == anchor), None)
    if asked is None:
        raise PageRefused(409, "not_tried")
    answer = ask_bridge(_examples()[asked.endpoint]["request"].partition(" ")[2])
    return Response(answer.get_data(), answer.status_code, content_type=answer.mimetype)


def slug_of(title: str) -> str:
    """Return a heading as a part of an address: ``you-and-today``."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _made_once(name: str, template: str, title: str = "") -> Response:
    known, language = services(), state().language or page_language()
    reader = "owner" if state().athlete else "stranger"
    address = known.address

    def page() -> bytes:
        found = groups(routes_of_app(), address)
        made = render(
            template,
            groups=found,
            title=title,
            addresses=found.get(title, []),
            address=address,
            tongues=LANGUAGES,
            slug_of=slug_of,
            tried={_anchor_of(each) for each in _tried()} if state().athlete else (),
            coded=_coded,
            lit="unknown",  # the page's script looks
        )
        return made.get_data()

    made_for = f"{name} {language} {reader} {address}"
    return as_page(send_made_once(made_for, HTML, page))


def _tried() -> list[Route]:
    """Return the routes that only ask, and answer with what can be shown."""
    return [
        route
        for route in routes_of_app()
        if route.method == "GET"
        and route.scope == "read"
        and route.produces == "application/json"
        and "answer" in _examples().get(route.endpoint, {})
    ]


def _anchor_of(route: Route) -> str:
    paths = describe(routes_of_app())["paths"]
    anchor: str = paths[_braced(route.path)][route.method.lower()]["operationId"]
    return anchor


def _coded(text: str) -> Markup:
    """Return words with what stands in backquotes as code."""
    safe = re.sub("`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(safe)  # noqa: S704  # escaped just above


def groups(routes: Sequence[Route], address: str) -> dict[str, list[Address]]:
    """Return the routes under their headings."""
    paths = describe(routes)["paths"]
    found: dict[str, list[Address]] = {title: [] for title in (*_HEADINGS, _OWN)}
    for route in routes:
        operation = paths[_braced(route.path)][route.method.lower()]
        shown = _address_of(route, operation, address)
        found[_heading(route.path)].append(shown)
    return found


def _address_of(route: Route, operation: Mapping[str, Any], address: str) -> Address:
    example = _examples().get(route.endpoint, {})
    asked = example.get("request", route.endpoint).partition(" ")[2]
    url, body = f"{address}{asked}", example.get("body")
    worked = next(iter(operation["responses"].values()))
    kind = next(iter(worked["content"]))
    return Address(
        anchor=operation["operationId"],
        method=route.method,
        path=_braced(route.path),
        summary=operation["summary"],
        scope=operation["x-scope"],
        params=tuple(_params(operation)),
        fields=tuple(_fields(operation)),
        speech=example.get("speech", {}),
        shown=_pretty(example["answer"]) if "answer" in example else _text(example),
        kind=example.get("type", kind),
        curl=_curl(route, url, body),
        actions=_actions(route, url, body),
    )


def _params(operation: Mapping[str, Any]) -> list[Value]:
    """Return what only this address takes; what all take is told once."""
    return [
        Value(
            name=written["name"],
            about=written.get("description", f"in the {written['in']}"),
            example=written.get("example", ""),
        )
        for written in operation["parameters"]
        if written["name"] not in _EVERYWHERE
    ]


def _fields(operation: Mapping[str, Any]) -> list[Value]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return [
        Value(
            name=name,
            about=about["description"],
            example=str(about["examples"][0]),
        )
        for name, about in schema.get("properties", {}).items()
    ]


def _curl(route: Route, url: str, body: object) -> str:
    parts = ["curl"]
    if route.method != "GET":
        parts.append(f"-X {route.method}")
    if route.scope is not None:
        parts.append(f'-H "Authorization: Bearer {_TOKEN}"')
    if route.body is not None and route.body.raw:
        parts.append("--data-binary @activity.fit")
    elif body:
        parts.append(f"--json {quote(json.dumps(body, ensure_ascii=False))}")
    return " \\\n  ".join([*parts, quote(url)])


def _actions(route: Route, url: str, body: object) -> tuple[Action, ...]:
    """Return what to add in the Shortcuts app, from top to bottom."""
    values = [("URL", url), ("Method", route.method)]
    if route.scope is not None:
        values.append(("Headers", f"Authorization: Bearer {_TOKEN}"))
    if route.body is not None and route.body.raw:
        values.append(("Request Body", "File"))
    elif isinstance(body, dict) and body:
        values.append(("Request Body", "JSON"))
        values += [(f"JSON: {name}", str(value)) for name, value in body.items()]
    get = _action("Get Contents of URL", *values)
    if route.produces != "application/json" or route.scope == "view":
        return get, _action("Save File")
    pick = ("Get", "Value"), ("Key", "speech"), ("Dictionary", "Contents of URL")
    return get, _action("Get Dictionary Value", *pick), _action("Show Result")


def _action(title: str, *values: tuple[str, str]) -> Action:
    german = app_words("de")["titles"].get(title, title)
    return Action(title=title, german=german, values=values)


def _heading(path: str) -> str:
    first, _, rest = path.strip("/").partition("/")
    place = first if first != "v1" else re.split(r"[/.]", rest)[0]
    fitting = (title for title, places in _HEADINGS.items() if place in places)
    return next(fitting, _OWN)


def _braced(path: str) -> str:
    return path.replace("<path:", "{").replace("<", "{").replace(">", "}")


def _text(example: Mapping[str, Any]) -> str:
    text: str = example.get("text", "")
    return f"{text}\n…" if text else ""


def _pretty(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=2)


@cache
def _examples() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found
