"""A network for the bridge of a test: Intervals.icu, and the bridge's own address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from flask import Flask
from requests.adapters import BaseAdapter

from bridge.upstream.wsgi_adapter import WSGIAdapter


class Internet(BaseAdapter):
    """Lead to a bridge at its public address, and to upstream everywhere else."""

    def __init__(self, upstream: BaseAdapter) -> None:
        super().__init__()
        self.upstream = upstream
        self.bridges: dict[str, BaseAdapter] = {}

    def give_address(self, app: Flask, public_url: str) -> None:
        """Let ``app`` answer there."""
        self.bridges[urlsplit(public_url).netloc] = WSGIAdapter(app)

    def send(
        self, request: requests.PreparedRequest, *options: Any, **more: Any
    ) -> requests.Response:
        """Pass the request on to whom it is for."""
        host = urlsplit(str(request.url)).netloc
        adapter = self.bridges.get(host, self.upstream)
        return adapter.send(request, *options, **more)

    def close(self) -> None:
        """Close upstream's."""
        self.upstream.close()
