"""Whatever the description allows, or forbids, is answered as it describes.

The examples come from the description itself, read by a program that knows nothing of
the bridge; half of them stand on things that are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bridge.routes.api.openapi import describe
from bridge.routes.route import Route
from bridge.routes.table import ROUTES
from bridge.simulator.app import create_simulator
from bridge.simulator.world import World
from bridge.upstream.wsgi_adapter import WSGIAdapter
from tests.conftest import Clock, token_for
from tests.support.routes import some_activity, some_event

EXAMPLES = 6  # of each route and each athlete
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
often = settings(
    max_examples=EXAMPLES,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@cache
def described() -> BaseSchema:
    """The document, understood once: that takes longer than to ask."""
    description = schemathesis.openapi.from_dict(describe(ROUTES))
    description.app = Flask("replaced with each call")
    return description


def some(values: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the names, each with its value."""
    names = st.lists(st.sampled_from(sorted(values)), unique=True)
    return names.map(lambda drawn: {name: values[name] for name in drawn})


def is_there(world: World) -> dict[str, str]:
    """What stands in the place of each name in a path."""
    return {
        "activity": some_activity(world) if world.activities else "i1",
        "event": some_event(world) if world.events else "1",
        "workout": "next",
        "sport": "Ride",
        "path": "athlete/0/profile",
        "card": "form",
        "name": "form",
        "key": "v_" + "a" * 26,  # nobody's
    }


@pytest.mark.slow
@pytest.mark.parametrize("is_beginner", [False, True], ids=["athlete", "beginner"])
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.endpoint))
def test_whatever_is_sent_is_answered_as_described(
    make_app: Callable[..., Flask],
    world: World,
    clock: Clock,
    route: Route,
    is_beginner: bool,
) -> None:
    if is_beginner:
        world = World.empty(now=clock, api_key=world.api_key)
    simulator = WSGIAdapter(create_simulator(world))
    app = make_app(transport=simulator, upstream_per_second=0)
    headers = {"Authorization": f"Bearer {token_for(app, 'raw')}"}
    path = re.sub(r"<(?:path:)?(\w+)>", r"{\1}", route.path)
    operation = described()[path][route.method]
    things = is_there(world)
    params = {param.name: param.example for param in route.params}
    body = route.body.fields if route.body else ()
    fields = {field.name: field.example for field in body}

    @often
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(GenerationMode))
        case: Case[Any] = data.draw(operation.as_strategy(mode))
        if data.draw(st.booleans()) and case.path_parameters:
            case.path_parameters = {name: things[name] for name in case.path_parameters}
        if data.draw(st.booleans()) and params:
            case.query = data.draw(some(params))
        if data.draw(st.booleans()) and fields:
            case.body, case.media_type = data.draw(some(fields)), "application/json"
        case.call_and_validate(app=app, headers=headers, checks=CHECKS)

    ask()
