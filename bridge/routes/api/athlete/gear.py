"""Bikes and shoes: how far they went, and what is due."""

from __future__ import annotations

from functools import partial

from flask import Response

from bridge.domain.athlete.gear import flatten_gear, say_gear_list
from bridge.domain.raw import flatten_all
from bridge.routes.replies import reply_items
from bridge.services import client, today, voice


def show() -> Response:
    """Tell how worn bikes, shoes and parts are, and which reminders are due."""
    gear = flatten_all(partial(flatten_gear, today=today()), client().gear())
    return reply_items(gear, say_gear_list(gear, voice()))
