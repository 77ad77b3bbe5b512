"""What most people write first: requests.get and jsonify, to be measured beside."""

from __future__ import annotations

import os

import requests
from flask import Flask, Response, jsonify

app = Flask(__name__)
BASE = os.environ.get("BENCH_UPSTREAM", "")
KEY = os.environ.get("BENCH_KEY", "")


@app.get("/hello")
def hello() -> Response:
    """Answer without asking anybody: the cold start of Flask and requests."""
    return jsonify(status="ok")


@app.get("/activities")
def activities() -> Response:
    """Pass the list of fifty activities on, as it is."""
    answer = requests.get(
        f"{BASE}/api/v1/athlete/0/activities",
        params={"oldest": "2000-01-01", "limit": "50"},
        auth=("API_KEY", KEY),
        timeout=10,
    )
    return jsonify(answer.json())


@app.get("/brief")
def brief() -> Response:
    """Ask what a brief needs, one after another."""
    calls = ("wellness", "activities", "events", "fitness-model-events")
    bodies = {}
    for call in calls:
        answer = requests.get(
            f"{BASE}/api/v1/athlete/0/{call}",
            params={"oldest": os.environ.get("BENCH_DAY", "")},
            auth=("API_KEY", KEY),
            timeout=10,
        )
        bodies[call] = len(answer.content)
    return jsonify(bodies)
