"""The OpenAPI description, made from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from flask import Response

from bridge import __version__
from bridge.domain.measures import text_keys
from bridge.routes.params import EVERYWHERE
from bridge.routes.replies import send_made_once
from bridge.routes.route import Body, Param, Route, routes_of_app

_REF = "#/components/schemas/{name}"
_VARIABLE = re.compile(r"<(?:path:)?(\w+)>")


def show() -> Response:
    """Describe every route in OpenAPI 3.1."""
    return send_made_once(
        "openapi",
        "application/json",
        lambda: msgspec.json.encode(describe(routes_of_app())) + b"\n",
    )


def describe(routes: Sequence[Route]) -> dict[str, Any]:
    """Return the OpenAPI document of ``routes``."""
    records = {record for route in routes for record in _records(route)}
    ordered = sorted(records, key=lambda record: record.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    for record in ordered:
        _add_texts(components[record.__name__])
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
        "paths": paths,
        "components": {
            "schemas": {"Failure": _FAILURE, **components},
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer"}},
        },
    }


_FAILURE: dict[str, Any] = {
    "type": "object",
    "required": ["status", "speech", "code", "hint"],
    "properties": {
        "status": {"const": "error"},
        "speech": {"type": "string", "description": "what went wrong, what to do"},
        "code": {"type": "string"},
        "hint": {"type": "string"},
    },
}


_IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "the same key within a day: done once and answered the same",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def _request_body(body: Body) -> dict[str, Any]:
    if body.raw:
        binary = {"schema": {"type": "string", "format": "binary"}}
        return {"required": True, "content": {"application/octet-stream": binary}}
    properties = {
        each.name: {
            "type": ["string", "number"],
            "description": each.about,
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
    return {"content": {kind: {"schema": schema} for kind in kinds}}


def _records(route: Route) -> list[type[msgspec.Struct]]:
    return [record for record in (route.answer, route.items) if record is not None]


def _add_texts(schema: dict[str, Any]) -> None:
    """Add the keys that are ready to show, and say no to null, which never comes."""
    properties = schema.get("properties", {})
    for value in properties.values():
        options = value.pop("anyOf", None)
        if options:
            value.update(next(one for one in options if one != {"type": "null"}))
        if value.get("type") == "boolean":
            value.update({"type": "string", "enum": ["yes", "no"]})
        value.pop("default", None)
    for key in text_keys(list(properties)):
        properties.setdefault(key, {"type": "string", "description": "ready to show"})


def _operation(route: Route) -> dict[str, Any]:
    lines = (route.view.__doc__ or "").strip().splitlines()
    operation: dict[str, Any] = {
        "summary": lines[0].rstrip(".") if lines else route.path,
        "operationId": _operation_id(route),
        "parameters": [*_path_parameters(route), *_query_parameters(route)],
        "responses": {
            "200": {"description": "ok", "content": _content(route)},
            "default": {
                "description": "any failure",
                "content": _json({"$ref": _REF.format(name="Failure")}),
            },
        },
        "x-scope": route.scope or "public",
    }
    if route.body is not None:
        operation["parameters"].append(_IDEMPOTENCY_KEY)
        operation["requestBody"] = _request_body(route.body)
    operation["security"] = [{"device": []}] if route.scope else []
    return operation


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
        "description": param.about,
        "example": param.example,
        "schema": {"type": "string"},
    }


def _content(route: Route) -> dict[str, Any]:
    if route.produces != "application/json":
        return {route.produces: {"schema": {"type": "string"}}}
    spoken: dict[str, Any] = {
        "type": "object",
        "required": ["status", "speech"],
        "properties": {
            "status": {"const": "ok"},
            "speech": {"type": "string", "maxLength": 279},
        },
    }
    if route.items:
        spoken["properties"]["count"] = {"type": "integer"}
        spoken["properties"]["items"] = {
            "type": "array",
            "maxItems": 50,
            "items": {"$ref": _REF.format(name=route.items.__name__)},
        }
    if route.answer is None:
        return _json(spoken)
    answer = {"$ref": _REF.format(name=route.answer.__name__)}
    return _json({"allOf": [spoken, answer]})


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
