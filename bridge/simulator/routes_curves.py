"""Serve curves."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("curves", __name__)
