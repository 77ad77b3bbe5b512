"""A call of a route from inside: read, tried out, or carried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from flask import Response

from bridge.domain.flat import Scalar
from bridge.domain.speech.breath import in_one_breath
from bridge.errors import ScopeTooSmall
from bridge.routes.replies import send_whole
from bridge.routes.route import Route, routes_of_app
from bridge.services import device, state, voice

ENTRIES = "POST /v1/events"


@dataclass(frozen=True, kw_only=True)
class Call:
    """A route, and what it is called with.

    Attributes
    ----------
    intent, understood
        What was asked for, and the words that say so.
    endpoint
        Method and path, as in the table of routes.
    path, params, fields
        What stands in its placeholders, its query (as text) and its body.
    exact
        A calendar entry without a word that means something else tomorrow, to be
        made in place of ``fields``; empty where these are exact.
    label
        How a question names it.
    """

    intent: str
    understood: str
    endpoint: str
    path: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    exact: Mapping[str, Scalar] = field(default_factory=dict)
    label: str = ""

    @property
    def route(self) -> Route:
        """Return the route in the table."""
        return next(each for each in routes_of_app() if each.endpoint == self.endpoint)

    @property
    def writes(self) -> bool:
        """Tell whether it changes anything."""
        return self.route.body is not None

    def record(self, seen: str) -> dict[str, object]:
        """Return it as a question keeps it, with what its write found before it."""
        return {
            "intent": self.intent,
            "understood": self.understood,
            "endpoint": ENTRIES if self.exact else self.endpoint,
            "path": dict(self.path),
            "params": dict(self.params),
            "fields": dict(self.exact or self.fields),
            "label": self.label,
            "seen": seen,
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Call:
        """Return what a question kept."""
        return cls(**{name: record[name] for name in record if name != "seen"})

    def check_scope(self) -> None:
        """Refuse what the device may not do.

        Raises
        ------
        ScopeTooSmall
            Naming the scope it needs.
        """
        known, scope = device(), self.route.scope
        if scope is None or scope == "view":  # what is open, and no sentence asks for
            return
        if scope == "webhook":  # nor for this
            return
        if not known.allows(scope):
            detail = f"{known.device_id} has {known.scope}"
            raise ScopeTooSmall(detail, scope=scope)

    def run(self) -> Response:
        """Let the route answer; without a reservation a write is only tried out."""
        self.check_scope()
        known, route = state(), self.route
        known.fields = dict(self.fields)
        for param in route.params:
            sent = self.params.get(param.name)
            known.params[param] = None if sent is None else param.parse(sent)
        return route.view(**self.path)

    def tried(self) -> tuple[str, str]:
        """Return what the route would say, and a digest of what it found."""
        self.run()
        body = msgspec.json.decode(state().whole_answer, type=dict[str, Any])
        return str(body["speech"]), state().seen


def marked(
    response: Response,
    call: Call,
    *,
    not_used: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Response:
    """Return an answer with what was asked for, and what was passed over."""
    body = msgspec.json.decode(state().whole_answer, type=dict[str, Any])
    if notes:
        body["speech"] = in_one_breath(voice(), (*notes, str(body["speech"])))
    body |= {"intent": call.intent, "understood": call.understood}
    if not_used:
        body["not_used"] = ", ".join(not_used)
    return send_whole(
        msgspec.json.encode(body), status=response.status_code, headers=None
    )
