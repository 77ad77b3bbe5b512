"""Ask the simulator as a client with the right key would."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bridge.simulator.app import create_simulator
from bridge.simulator.world import World


class Api:
    """The simulator's own api, with the athlete's key in hand."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client: FlaskClient = create_simulator(world).test_client()

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        options.setdefault("auth", ("API_KEY", self.world.api_key))
        return self.client.open(f"/api/v1{path}", method=method, **options)

    def get(self, path: str, **query: Any) -> Any:
        return self._good("GET", path, query_string=query or None)

    def put(self, path: str, body: Any = None, **query: Any) -> Any:
        return self._good("PUT", path, json=body, query_string=query or None)

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        return self._good("POST", path, json=body, query_string=query or None)

    def delete(self, path: str, **query: Any) -> Any:
        return self._good("DELETE", path, query_string=query or None)

    def refused(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        response = self.ask(method, path, **options)
        return response.status_code, response.get_json(silent=True)

    def _good(self, method: str, path: str, **options: Any) -> Any:
        response = self.ask(method, path, **options)
        assert response.status_code == 200, (path, response.status_code, response.text)
        return response.get_json(silent=True)


@pytest.fixture
def api(world: World) -> Api:
    return Api(world)
