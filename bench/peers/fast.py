"""FastAPI and one ``httpx.AsyncClient``, with a dictionary for what is kept."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Any

import httpx  # type: ignore[import-not-found]  # of its own environment
from fastapi import FastAPI, Response  # type: ignore[import-not-found]  # of its own environment
from fastapi.responses import JSONResponse  # type: ignore[import-not-found]  # of its own environment

from bench.peers.flat import ASKED, flat, laps_of

app = FastAPI()
KEPT: dict[str, tuple[float, bytes]] = {}
CLIENT = httpx.AsyncClient(
    base_url=os.environ["BENCH_UPSTREAM"],
    auth=("API_KEY", os.environ["BENCH_KEY"]),
    limits=httpx.Limits(max_connections=100),
)


@app.get("/hello")  # type: ignore[untyped-decorator]  # not installed here
async def hello() -> dict[str, str]:
    """Answer without asking anybody."""
    return {"status": "ok"}


@app.get("/{name}")  # type: ignore[untyped-decorator]  # not installed here
async def show(name: str, cached: str | None = None) -> Response:
    """Answer, from what is kept where that is wanted."""
    if cached is None:
        return JSONResponse(await _answer(name))
    kept = KEPT.get(name)
    if kept is None or kept[0] < time.monotonic():
        body = bytes(JSONResponse(await _answer(name)).body)
        kept = KEPT[name] = (time.monotonic() + 60, body)
    return Response(kept[1], media_type="application/json")


async def _answer(name: str) -> dict[str, Any]:
    bodies = list(await asyncio.gather(*map(_get, ASKED[name])))
    if name == "laps":
        bodies.append(await _get(laps_of(bodies[0])))
    return flat(name, bodies)


async def _get(path: str) -> Any:
    return (await CLIENT.get(path)).json()
