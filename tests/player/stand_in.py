"""A stand-in for the bridge: the fixed shape of its answers, and nothing behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

TOKEN = "icb_stand-in.token_1-2"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IEND\xaeB`\x82"
FIT = b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT"

_SPEECH = {
    "GET /v1/fitness": "Form is minus 12, optimal. Fitness 60, fatigue 72.",
    "GET /v1/workouts/today": "Today: Sweet spot, 1 hour 20, load 85.",
    "GET /v1/workouts/next": "Planned on Saturday: Long ride, 3 hours.",
    "GET /v1/events": "2 calendar entries. Long ride on Saturday.",
    "GET /v1/weather": "The weather on Saturday: 2 to 10 degrees.",
    "GET /v1/wellness": "Slept 7 hours 20. Resting heart rate 48.",
    "GET /v1/bests": "Ride. 5 minutes: 320 watts.",
    "GET /v1/zones": "Ride. Threshold power 280 watts.",
    "GET /v1/activities/search": "3 activities. The newest is Tempo, yesterday.",
    "GET /v1/week": "320 of 480 load done, 4 of 6 sessions.",
    "GET /v1/activities/latest": "Morning Ride: 42 kilometres in 1 hour 31.",
    "GET /v1/activities/latest/laps": "Lap 1: 4:58. Lap 2: 4:51.",
    "GET /v1/doctor": "All is well. 9 of 9 checks passed.",
    "GET /v1/today": "Form is minus 12. Sleep 7 hours 20.",
    "GET /v1/race": "12 days to Frühjahrs-Marathon.",
    "GET /v1/gear": "Your chain is due in 120 kilometres.",
    "GET /v1/streak": "5 days in a row.",
    "GET /v1/changes": "2 changes. New: Lake run, yesterday.",
    "PUT /v1/wellness": "Noted: 72.5 kilograms.",
    "POST /v1/activities/latest/rating": "Noted: effort 7, feeling good.",
    "POST /v1/health": "Sleep and steps are in.",
    "POST /v1/workouts/next/move": "Moved to Saturday.",
    "POST /v1/workouts/today/done": "Done.",
    "POST /v1/workouts": "Planned: ride, 90 minutes, load 60.",
    "PATCH /v1/zones/Ride": "FTP goes from 280 to 288 watts.",
    "POST /v1/ask": "Form is minus 12, optimal.",
    "POST /v1/undo": "Taken back: 72.5 kilograms.",
    "POST /v1/workouts/next/skip": "Skipped: Sweet spot.",
    "POST /v1/activities": "Uploaded: Morning Ride.",
    "GET /v1/menu": "Choose one.",
    "GET /v1/cards/form": "Form is minus 12, optimal.",
    "GET /v1/cards/wallpaper": "Today: Sweet spot, 1 hour 20.",
}
MENU = "How is my form?\nAm I ready?"
_FILES = {
    "GET /v1/activities.csv": (
        "text/csv; charset=utf-8",
        "i1.csv",
        b'id,name\r\n1,"speech"\r\n2,"status"',
    ),
    "GET /v1/activities/latest/streams.csv": (
        "text/csv; charset=utf-8",
        "i1-streams.csv",
        b"time,watts\r\n0,180\r\n1,182",
    ),
    "GET /v1/activities/latest/laps.csv": (
        "text/csv; charset=utf-8",
        "i1-laps.csv",
        b"lap,moving_s\r\n1,298",
    ),
    "GET /w/form.png": ("image/png", "form.png", PNG),
    "GET /w/wallpaper.png": ("image/png", "wallpaper.png", PNG),
    "GET /v1/activities/latest/file": ("application/vnd.ant.fit", "i1.fit", FIT),
}


@dataclass(frozen=True)
class Asked:
    """One request that reached the stand-in."""

    method: str
    path: str
    headers: Message
    body: dict[str, Any] | None
    raw: bytes = b""


@dataclass
class StandIn:
    """A running stand-in, and the ways to make it fail."""

    address: str = ""
    token: str = TOKEN
    media_type: str = "application/json"
    asked: list[Asked] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)  # choices of the next answers
    _failure: tuple[int, str] | None = None

    @property
    def setup_code(self) -> str:
        return f"{self.address}#{self.token}"

    def upstream_down(self) -> None:
        """Let Intervals.icu be away."""
        self._failure = (502, "Intervals is not answering. Try again soon.")

    def answer(self, method: str, path: str, token: str | None) -> tuple[int, Any]:
        """Return status and body for a request."""
        known = f"{method} {path}"
        if token != f"Bearer {self.token}":
            return _error(401, "There is no device token.")
        if self._failure:
            return _error(*self._failure)
        if known in _FILES:
            return 200, _FILES[known]
        if known not in _SPEECH:
            return _error(404, f"There is no {path}.")
        found = {"status": "ok", "speech": _SPEECH[known]}
        if known == "GET /v1/menu":
            found["choices"] = MENU
        if known == "POST /v1/ask" and self.questions:
            found |= {"question": "yes", "choices": self.questions.pop(0)}
        return 200, found


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Run a stand-in on a free port of this machine."""
    known = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            is_json = self.headers.get("Content-Type") == "application/json"
            body = json.loads(raw) if raw and is_json else None
            asked = Asked(self.command, self.path, self.headers, body, raw)
            known.asked.append(asked)
            path, _, query = self.path.partition("?")
            token = self.headers.get("Authorization")
            status, content = known.answer(self.command, path, token)
            self.send_response(status)
            if isinstance(content, tuple):
                media_type, name, data = content
                disposition = f'attachment; filename="{name}"'
                self.send_header("Content-Disposition", disposition)
            elif "format=text" in query:
                media_type = "text/plain; charset=utf-8"
                data = f"{content.get('choices') or content['speech']}\n".encode()
            else:
                # Without blanks, as the bridge writes it.
                written = json.dumps(content, separators=(",", ":"))
                media_type, data = known.media_type, written.encode()
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep quiet; the base class names the argument."""

    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    known.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _error(status: int, speech: str) -> tuple[int, dict[str, str]]:
    return status, {"status": "error", "speech": speech, "code": "x", "hint": "x"}
