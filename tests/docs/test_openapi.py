"""The description at /openapi.json, and whether the answers keep to it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from bridge.routes.table import ROUTES
from bridge.simulator.world import World
from tests.support.routes import JSON, path_of

Description = dict[str, Any]


@pytest.fixture
def description(app: Flask) -> Description:
    """The document as anybody gets it, without a token."""
    answer = app.test_client().get("/openapi.json")
    assert answer.status_code == 200
    found: Description = answer.get_json()
    return found


def schema_of(description: Description, path: str, response: str) -> Description:
    operation = description["paths"][path]["get"]
    schema = operation["responses"][response]["content"]["application/json"]["schema"]
    return {**schema, "components": description["components"]}


def template(path: str) -> str:
    return re.sub(r"<(?:path:)?(\w+)>", r"{\1}", path)


def test_the_description_is_valid_openapi(description: Description) -> None:
    validate(description)
    assert description["openapi"].startswith("3.1")


def test_every_route_is_described_with_its_scope_and_parameters(
    description: Description,
) -> None:
    described = {
        (method.upper(), path)
        for path, methods in description["paths"].items()
        for method in methods
    }
    assert described == {(route.method, template(route.path)) for route in ROUTES}
    for route in ROUTES:
        operation = description["paths"][template(route.path)][route.method.lower()]
        assert operation["summary"]
        assert bool(operation["security"]) == (route.scope not in {None, "webhook"})
        assert operation["x-scope"] == (route.scope or "public")
        named = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert {param.name for param in route.params} <= named


def test_every_answer_keeps_to_its_schema(
    raw_phone: FlaskClient, world: World, description: Description
) -> None:
    for route in JSON:
        if route.method != "GET" or route.path == "/openapi.json":
            continue
        schema = schema_of(description, template(route.path), "200")
        answer = raw_phone.get(path_of(route, world)).get_json()
        problems = list(Draft202012Validator(schema).iter_errors(answer))
        assert not problems, f"{route.path}: {problems[0].message}"


def test_every_key_of_an_answer_is_described(
    raw_phone: FlaskClient, world: World, description: Description
) -> None:
    world.set_wellness("2026-11-23", comments="fine", mood=1, steps=4000, injury=1)
    for route in JSON:
        if route.method != "GET" or route.answer is None or "flat" in route.path:
            continue
        schemas = description["components"]["schemas"]
        known = set(schemas[route.answer.__name__]["properties"])
        body = raw_phone.get(path_of(route, world)).get_json()
        extra = {"status", "speech", "count", "items", "from", "stale", "as_of"}
        assert set(body) - extra <= known, route.path
        for item in body.get("items", []):
            assert route.items is not None
            rows = set(schemas[route.items.__name__]["properties"])
            assert set(item) <= rows, route.path


def test_every_failure_keeps_to_its_schema(
    phone: FlaskClient, world: World, description: Description
) -> None:
    world.switches.fail_status = 503
    schema = schema_of(description, "/v1/fitness", "default")
    for path in ("/v1/fitness", "/v1/week?day=x", "/v1/nowhere", "/v1/flat/x"):
        answer = phone.get(path)
        assert answer.status_code >= 400
        assert list(Draft202012Validator(schema).iter_errors(answer.get_json())) == []


def test_the_schema_would_notice_a_wrong_answer(description: Description) -> None:
    schema = schema_of(description, "/v1/athlete", "200")
    good = {
        "status": "ok",
        "speech": "x",
        "athlete_id": "i1",
        "timezone": "UTC",
        "timezone_is_known": "yes",
        "units": "metric",
        "form_as_percent": "no",
    }
    validator = Draft202012Validator(schema)
    assert validator.is_valid(good)
    for wrong in (
        good | {"form_as_percent": True},
        good | {"athlete_id": 7},
        good | {"weight_kg": None},
        good | {"status": "error"},
    ):
        assert not validator.is_valid(wrong)


def test_no_schema_knows_null_or_boolean(description: Description) -> None:
    text = str(description["components"]["schemas"])
    assert "'null'" not in text
    assert "'boolean'" not in text


# what a reader of the description needs to know of each field


def fields_of(description: Description) -> dict[str, Description]:
    """Every field there is: of answers, of bodies and of failures."""
    found: dict[str, Description] = {}
    for record, schema in description["components"]["schemas"].items():
        for name, field in schema["properties"].items():
            found[f"{record}.{name}"] = field
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            body = operation.get("requestBody", {}).get("content", {})
            schema = body.get("application/json", {}).get("schema", {})
            for name, field in schema.get("properties", {}).items():
                found[f"{method} {path} {name}"] = field
    return found


def test_every_field_has_a_meaning_a_unit_and_an_example(
    description: Description,
) -> None:
    fields = fields_of(description)
    assert len(fields) > 700
    bare = [
        name
        for name, field in fields.items()
        if not (field.get("description") and field.get("x-unit"))
        or field.get("examples", [None])[0] is None
    ]
    assert bare == []


def test_every_example_is_of_its_fields_type(description: Description) -> None:
    for name, field in fields_of(description).items():
        validator = Draft202012Validator(field)
        for example in field["examples"]:
            assert validator.is_valid(example), (name, example)


def test_a_number_says_its_unit_in_name_and_description(
    description: Description,
) -> None:
    units = {name.partition(".")[2]: f for name, f in fields_of(description).items()}
    assert units["distance_km"]["x-unit"] == "kilometres"
    assert units["sleep_s"]["x-unit"] == "seconds"
    assert units["pace_s_per_500m"]["x-unit"] == "seconds for 500 metres"
    assert units["form"]["x-unit"] == "points"
    assert units["date"]["x-unit"] == "local day, yyyy-MM-dd"
    assert units["sleep_text"]["description"] == "time asleep; ready to show"


def test_the_description_says_where_and_what_about(description: Description) -> None:
    assert description["servers"][0]["url"] == "/"
    tags = {tag["name"] for tag in description["tags"]}
    assert all(tag["description"] for tag in description["tags"])
    for path, methods in description["paths"].items():
        for operation in methods.values():
            assert set(operation["tags"]) <= tags, path
            assert operation["description"].startswith(operation["summary"])
            assert len(operation["description"]) > len(operation["summary"]) + 10


def test_every_json_answer_has_an_example_that_keeps_to_its_schema(
    description: Description,
) -> None:
    shown = 0
    for route in JSON:
        operation = description["paths"][template(route.path)][route.method.lower()]
        media = operation["responses"]["200"]["content"]["application/json"]
        if "example" not in media:
            assert route.path in ("/openapi.json", "/readyz"), route.path
            continue
        shown += 1
        schema = {**media["schema"], "components": description["components"]}
        Draft202012Validator(schema).validate(media["example"])
    assert shown > 40
