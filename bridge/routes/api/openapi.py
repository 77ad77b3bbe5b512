"""The OpenAPI description, made from the table of routes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec
from flask import Response

from bridge import __version__
from bridge.domain.measures import text_keys, texts
from bridge.domain.speech.toml import read_toml
from bridge.domain.speech.trim import LONGEST
from bridge.domain.speech.voice import ENGLISH
from bridge.routes.params import EVERYWHERE, FROM
from bridge.routes.replies import send_made_once
from bridge.routes.route import Body, Param, Route, routes_of_app
from bridge.services import services

_REF = "#/components/schemas/{name}"
_VARIABLE = re.compile(r"<(?:path:)?(\w+)>")
_FIELDS = Path(__file__).parent / "fields.toml"
_EXAMPLES = Path(__file__).parents[2] / "pages" / "examples.json"
_EXAMPLE_DAY = date(2026, 11, 23)
# The longest endings first, as in the names of the fields.
_UNITS = (
    ("_s_per_100m", "seconds for 100 metres"),
    ("_s_per_500m", "seconds for 500 metres"),
    ("_s_per_km", "seconds for a kilometre"),
    ("_km_per_h", "kilometres an hour"),
    ("_mmol_per_l", "millimoles a litre"),
    ("_w_per_kg", "watts for each kilogram"),
    ("_per_min", "a minute"),
    ("_percent", "percent"),
    ("_kcal", "kilocalories"),
    ("_mmhg", "millimetres of mercury"),
    ("_bpm", "beats a minute"),
    ("_rpm", "turns a minute"),
    ("_spm", "steps a minute"),
    ("_local", "wall clock, yyyy-MM-ddTHH:mm:ss"),
    ("_km", "kilometres"),
    ("_kg", "kilograms"),
    ("_ms", "milliseconds"),
    ("_cm", "centimetres"),
    ("_at", "instant in UTC"),
    ("_m", "metres"),
    ("_s", "seconds"),
    ("_w", "watts"),
    ("_j", "joules"),
    ("_g", "grams"),
    ("_l", "litres"),
    ("_c", "degrees Celsius"),
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TAGS: Mapping[str, str] = {
    "ask": "One sentence asks or writes anything.",
    "overview": "The day, the week and where the training stands.",
    "activity": "What was done: read, rated, changed, downloaded, uploaded.",
    "calendar": "What is planned, and races.",
    "wellness": "Sleep, pulse, weight and how the athlete feels.",
    "health": "Samples of Apple Health.",
    "zones": "Thresholds and zones of each sport.",
    "athlete": "The athlete, the gear and the weather.",
    "undo": "Take the last write back.",
    "doctor": "Why it does not work.",
    "raw": "Any answer of Intervals.icu, flat or as it is.",
    "views": "Cards as pictures, and feeds, for who holds a view key.",
    "bridge": "The bridge itself.",
}


def show() -> Response:
    """Describe every route in OpenAPI 3.1."""
    return send_made_once(
        "openapi",
        "application/json",
        lambda: msgspec.json.encode(describe(routes_of_app(), _server())) + b"\n",
    )


def describe(routes: Sequence[Route], server: str = "/") -> dict[str, Any]:
    """Return the OpenAPI document of ``routes``, served at ``server``."""
    records = {record for route in routes for record in _records(route)}
    ordered = sorted(records, key=lambda record: record.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    for record in ordered:
        _add_texts(components[record.__name__])
        _describe_fields(record.__name__, components[record.__name__])
    paths: dict[str, Any] = {}
    for route in routes:
        path = _VARIABLE.sub(r"{\1}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Intervals.icu bridge for Apple Shortcuts",
            "version": __version__,
            "description": "Every answer is one flat object with status and speech.",
        },
        "servers": [{"url": server, "description": "This bridge."}],
        "tags": [{"name": name, "description": about} for name, about in _TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": {"Failure": _FAILURE, "RawFailure": _RAW_FAILURE, **components},
            "securitySchemes": {
                "device": {"type": "http", "scheme": "bearer"},
                "view": {"type": "apiKey", "in": "query", "name": "key"},
            },
        },
    }


_FAILURE: dict[str, Any] = {
    "type": "object",
    "required": ["status", "speech", "code", "hint"],
    "properties": {
        "status": {
            "const": "error",
            "description": "always error",
            "x-unit": "text",
            "examples": ["error"],
        },
        "speech": {
            "type": "string",
            "description": "what went wrong and what to do, to be read aloud",
            "x-unit": "text",
            "examples": ["I didn't catch the weight. Say for example 72.5 kilos."],
        },
        "code": {
            "type": "string",
            "description": "what went wrong, as a word",
            "x-unit": "text",
            "examples": ["bad_field"],
        },
        "hint": {
            "type": "string",
            "description": "what to change, for who builds a shortcut; in English",
            "x-unit": "text",
            "examples": ["For example weight_kg: 72.5"],
        },
    },
}


# What Intervals.icu says of a failure, and the bridge in its place.
_RAW_FAILURE: dict[str, Any] = {
    "type": "object",
    "required": ["status"],
    "properties": {
        "status": {
            "type": ["integer", "string"],
            "description": "the status of HTTP, or a word for it",
            "x-unit": "text",
            "examples": [404],
        },
        "error": {
            "type": "string",
            "description": "what went wrong",
            "x-unit": "text",
            "examples": ["Not Found"],
        },
    },
}


# With format=text, of answers and of failures.
_SENTENCE: dict[str, Any] = {
    "text/plain": {"schema": {"type": "string", "description": "the sentence alone"}}
}


_IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "the same key within a day: done once and answered the same",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def _request_body(body: Body, endpoint: str) -> dict[str, Any]:
    if body.raw:
        binary = {"schema": {"type": "string", "format": "binary"}}
        return {"required": True, "content": {"application/octet-stream": binary}}
    properties = {
        each.name: {
            "type": ["string", "number"],
            "description": each.about,
            "x-unit": _unit(each.name, {}, each.example),
            "examples": [each.example],
        }
        for each in body.fields
    }
    schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    kinds = ("application/json", "application/x-www-form-urlencoded")
    content: dict[str, Any] = {kind: {"schema": schema} for kind in kinds}
    shown = _answers().get(endpoint, {}).get("body")
    if shown is not None:
        content[kinds[0]]["example"] = shown
    return {"content": content}


def _records(route: Route) -> list[type[msgspec.Struct]]:
    return [record for record in (route.answer, route.items) if record is not None]


def _add_texts(schema: dict[str, Any]) -> None:
    """Add the keys that are ready to show, and say no to null, which never comes."""
    properties = schema.get("properties", {})
    for value in properties.values():
        options = value.pop("anyOf", None)
        known = [one for one in options or () if one != {"type": "null"}]
        if len(known) == 1:
            value.update(known[0])
        elif known:  # a value of any field: text or number
            value["type"] = [one["type"] for one in known]
        if value.get("type") == "boolean":
            value.update({"type": "string", "enum": ["yes", "no"]})
        value.pop("default", None)
    numbers = [name for name in properties if "enum" not in properties[name]]
    for key in text_keys(numbers):
        properties.setdefault(key, {"type": "string", "description": "ready to show"})


def _describe_fields(record: str, schema: dict[str, Any]) -> None:
    """Give every field its meaning, unit and example; those ready to show as well."""
    table = _told()
    own = table["records"].get(record, {})
    properties: dict[str, Any] = schema.get("properties", {})
    known: dict[str, Any] = {}
    for name, value in properties.items():
        told = own.get(name) or table["fields"].get(name)
        if told is None:
            continue
        about, example, *unit = told
        known[name] = example
        value["description"] = value.get("description", about)
        value["x-unit"] = unit[0] if unit else _unit(name, value, example)
        value["examples"] = [example]
    shown = texts(known, ENGLISH, _EXAMPLE_DAY)
    for name, value in properties.items():
        if name in shown and "examples" not in value:
            about = properties[_shown_of(name, known)]["description"]
            value |= {"x-unit": "text", "examples": [shown[name]]}
            value["description"] = f"{about}; ready to show"


def _shown_of(text_key: str, known: Mapping[str, Any]) -> str:
    """Return the field that a text shows."""
    return next(name for name in known if text_key in text_keys([name]))


def _unit(name: str, value: Mapping[str, Any], example: object) -> str:
    if "enum" in value or isinstance(example, str):
        if _DAY.fullmatch(str(example)):
            return "local day, yyyy-MM-dd"
        ending = next((unit for end, unit in _UNITS[-13:] if name.endswith(end)), "")
        timed = ending.startswith(("wall", "instant"))
        return ending if timed else "text"
    ending = next((unit for end, unit in _UNITS if name.endswith(end)), "")
    return ending or "count"


@cache
def _told() -> Mapping[str, Any]:
    """Read what the fields mean, once."""
    return read_toml(_FIELDS)


@cache
def _answers() -> dict[str, Any]:
    """Read an answer of each route, as the docs show it."""
    found: dict[str, Any] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found


def _server() -> str:
    """Return where this bridge is reached, as far as it was told."""
    return services().config.public_url or "/"


def _tag(route: Route) -> str:
    if route.scope == "view":
        return "views"
    room = route.view.__module__.removeprefix("bridge.routes.api.").partition(".")[0]
    return room if room in _TAGS else "bridge"


def _about(route: Route) -> str:
    """Say what a route does, who may, and how often a write is done."""
    told = cleandoc(route.view.__doc__ or route.path).replace("``", "`")
    said = [" ".join(told.split())]
    if route.scope is None:
        said.append("Open to everybody.")
    elif route.scope == "webhook":
        said.append("Needs the key in its path and the secret in its body.")
    elif route.scope == "view":
        said.append("Needs a view key, or a device token of the scope read.")
    else:
        said.append(f"Needs a device token of the scope {route.scope}.")
    if route.body is not None:
        said.append(
            "The same again within a minute is done once; preview=yes writes nothing."
        )
    return " ".join(said)


def _operation(route: Route) -> dict[str, Any]:
    lines = (route.view.__doc__ or "").strip().splitlines()
    operation: dict[str, Any] = {
        "summary": lines[0].rstrip(".:").replace("``", "`") if lines else route.path,
        "description": _about(route),
        "tags": [_tag(route)],
        "operationId": _operation_id(route),
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": _responses(route),
        "x-scope": route.scope or "public",
    }
    if route.body is not None:
        operation["parameters"].append(_IDEMPOTENCY_KEY)
        operation["requestBody"] = _request_body(route.body, route.endpoint)
    is_of_devices = route.scope not in {None, "webhook"}
    operation["security"] = [{"device": []}] if is_of_devices else []
    if route.scope == "view":
        operation["security"].append({"view": []})
    return operation


def _responses(route: Route) -> dict[str, Any]:
    """Say what comes back: what was asked for, or why not."""
    worked = {"description": "It worked.", "content": _content(route)}
    if route.other_params and route.produces != "application/json":  # passed through
        failed = "It did not; Intervals.icu, or the bridge in its place, says why."
        told: dict[str, Any] = {
            "application/json": {"schema": {"$ref": _REF.format(name="RawFailure")}},
            "*/*": {},
        }
        return {
            "2XX": worked,
            "default": {"description": failed, "content": told},
        }
    responses = {"200": worked}
    if route.body is not None and route.body.raw:
        responses["201"] = {**worked, "description": "It was new, and is there now."}
    responses["default"] = {
        "description": "It did not; the sentence says what to do.",
        "content": _json({"$ref": _REF.format(name="Failure")}) | _SENTENCE,
    }
    return responses


def _operation_id(route: Route) -> str:
    words = re.findall(r"[A-Za-z0-9]+", route.path)
    return "_".join([route.method.lower(), *words])


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _VARIABLE.findall(route.path)
    ]


def _query_parameters(route: Route) -> list[dict[str, Any]]:
    if route.produces != "application/json":
        return [_query_parameter(param) for param in route.params]
    return [_query_parameter(param) for param in (*route.params, *EVERYWHERE)]


def _query_parameter(param: Param[Any]) -> dict[str, Any]:
    return {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": param.about,
        "example": param.example,
        "schema": {"type": "string"},
    }


def _content(route: Route) -> dict[str, Any]:
    if route.view is show:
        document = {"type": "object", "required": ["openapi", "info", "paths"]}
        return _json(document)
    if route.produces != "application/json":
        is_known = not route.other_params  # else whatever Intervals.icu sends
        return {route.produces: {"schema": {"type": "string"}} if is_known else {}}
    if route.scope == "view":  # in the shape of who asks
        return _json({"type": "object"})
    spoken: dict[str, Any] = {
        "type": "object",
        "required": ["status", "speech"],
        "properties": {
            "status": {
                "const": "ok",
                "description": "always ok",
                "x-unit": "text",
                "examples": ["ok"],
            },
            "speech": {
                "type": "string",
                "maxLength": LONGEST,
                "description": "the answer in one breath, to be read aloud",
                "x-unit": "text",
                "examples": ["Form is minus 2. Fitness 58, fatigue 60."],
            },
        },
    }
    if route.items:
        spoken["properties"]["count"] = {
            "type": "integer",
            "description": "how many items there are, these and those on further pages",
            "x-unit": "count",
            "examples": [12],
        }
        items: dict[str, Any] = {
            "type": "array",
            "description": "all of them",
            "items": {"$ref": _REF.format(name=route.items.__name__)},
        }
        if FROM in route.params:
            items["description"] = "at most 50 of them; go on with from=51"
            items["maxItems"] = 50
        spoken["properties"]["items"] = items
    schema = spoken
    if route.answer is not None:
        answer: dict[str, Any] = {"$ref": _REF.format(name=route.answer.__name__)}
        if route.may_be_none:
            spoken["properties"].setdefault("count", _NONE)
            answer = {"anyOf": [answer, _nothing_of(route.answer)]}
        schema = {"allOf": [spoken, answer]}
    shown = _answers().get(route.endpoint, {}).get("answer")
    return _json(schema, shown) | _SENTENCE


_NONE: dict[str, Any] = {
    "const": 0,
    "description": "there is none; left out where there is one",
    "x-unit": "count",
    "examples": [0],
}


def _nothing_of(record: type[msgspec.Struct]) -> dict[str, Any]:
    """Describe an answer that has a count and nothing of a record."""
    needed = [one.name for one in msgspec.structs.fields(record) if one.required]
    return {"required": ["count"], "not": {"required": needed[:1]}}


def _json(schema: dict[str, Any], example: object = None) -> dict[str, Any]:
    media: dict[str, Any] = {"schema": schema}
    if example is not None:
        media["example"] = example
    return {"application/json": media}
