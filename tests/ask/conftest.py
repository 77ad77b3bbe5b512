"""A phone that may write, and one that asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import let_in

Told = dict[str, Any]
Ask = Callable[..., Told]


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    """A phone that was let in and may write."""
    return let_in(app, "write")


@pytest.fixture
def ask(writer: FlaskClient) -> Ask:
    """Ask with a sentence; a good answer is expected unless a status is named."""

    def asking(text: str, status: int = 200, **more: object) -> Told:
        answer = writer.post("/v1/ask", json={"text": text, **more})
        assert answer.status_code == status, answer.text
        body: Told = answer.get_json()
        return body

    return asking
