"""Flask and ``requests.get``, with a dictionary for what is kept a minute."""

from __future__ import annotations

import os
import time
from typing import Any

import requests
from flask import Flask, Response, jsonify, request

from bench.peers.flat import ASKED, flat, laps_of

app = Flask(__name__)
KEPT: dict[str, tuple[float, bytes]] = {}


@app.get("/hello")
def hello() -> Response:
    """Answer without asking anybody."""
    return jsonify(status="ok")


@app.get("/<name>")
def show(name: str) -> Response:
    """Answer, from what is kept where that is wanted."""
    if "cached" not in request.args:
        return jsonify(_answer(name))
    kept = KEPT.get(name)
    if kept is None or kept[0] < time.monotonic():
        kept = KEPT[name] = (time.monotonic() + 60, jsonify(_answer(name)).get_data())
    return Response(kept[1], mimetype="application/json")


def _answer(name: str) -> dict[str, Any]:
    bodies = [_get(path) for path in ASKED[name]]
    if name == "laps":
        bodies.append(_get(laps_of(bodies[0])))
    return flat(name, bodies)


def _get(path: str) -> Any:
    key = ("API_KEY", os.environ["BENCH_KEY"])
    return requests.get(
        os.environ["BENCH_UPSTREAM"] + path, auth=key, timeout=10
    ).json()
