"""Post what happened to a receiver as upstream does: try again, sometimes twice.

Only OAuth apps get webhooks. The schedule of the tries is not known anywhere; this one
doubles its pause.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bridge.simulator.activities import records
from bridge.simulator.athlete import account, wellness
from bridge.simulator.fields.bodies import Record
from bridge.simulator.state import State

USER_AGENT = "Java-http-client/17.0.14"
FIRST_PAUSE_S = 5
MOST_TRIES = 6
TIMEOUT_S = 10

Post = Callable[[bytes, Mapping[str, str]], int]


def post_to(url: str) -> Post:
    """Return a way to post to an address; it gives the status, 0 for no answer."""

    def post(body: bytes, headers: Mapping[str, str]) -> int:
        request = urllib.request.Request(  # noqa: S310 - the developer's own address
            url, data=body, headers=dict(headers), method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    return post


@dataclass
class Delivery:
    """One body on its way, with its next try."""

    body: bytes
    due: datetime
    tries: int = 0
    delivered: bool = False


class WebhookSender:
    """Send an account's events to one receiver; only 200 counts as delivered."""

    def __init__(
        self, state: State, post: Post, *, secret: str, authorization: str = ""
    ) -> None:
        self.state, self.post = state, post
        self.secret, self.authorization = secret, authorization
        self.deliveries: list[Delivery] = []
        self.duplicates = 1  # how many more times a delivered body comes again

    def activity(self, kind: str, activity_id: str) -> Delivery:
        """Queue ACTIVITY_UPLOADED, _ANALYZED, _UPDATED or _ACHIEVEMENTS; no nulls."""
        body = records.body(self.state, self.state.activities[activity_id])
        known = {name: body[name] for name in body if body[name] is not None}
        return self._queue(kind, {"activity": known})

    def activity_deleted(self, activity_id: str) -> Delivery:
        """Queue ACTIVITY_DELETED with what is left of the activity."""
        stub: Record = {"id": activity_id, "icu_athlete_id": self.state.athlete_id}
        stub |= {"commute": False, "race": False, "icu_lap_count": 0}
        stub |= {"source": "GARMIN_CONNECT"}
        return self._queue("ACTIVITY_DELETED", {"activity": stub})

    def wellness_updated(self, day: date) -> Delivery:
        """Queue WELLNESS_UPDATED with one row; no nulls."""
        row = wellness.body(self.state, day)
        known = {name: row[name] for name in row if row[name] is not None}
        return self._queue("WELLNESS_UPDATED", {"records": [known]})

    def fitness_updated(self, days: int = 14) -> Delivery:
        """Queue FITNESS_UPDATED: today and the projection."""
        today = self.state.today()
        names = ("id", "ctl", "atl", "rampRate", "ctlLoad", "atlLoad", "sportInfo")
        rows = [
            wellness.body(self.state, today + timedelta(days=number))
            for number in range(days)
        ]
        records = [{name: row[name] for name in names} for row in rows]
        return self._queue("FITNESS_UPDATED", {"records": records})

    def sport_settings_updated(self) -> Delivery:
        """Queue SPORT_SETTINGS_UPDATED with all sports."""
        rows = [account.sport_body(self.state, row) for row in self.state.sports]
        return self._queue("SPORT_SETTINGS_UPDATED", {"sportSettings": rows})

    def scope_changed(self, scope: str, *, deauthorized: bool) -> Delivery:
        """Queue APP_SCOPE_CHANGED; a deauthorized app's token is dead."""
        payload = {"client_id": 999, "client_name": "Bridge", "scope": scope}
        return self._queue(
            "APP_SCOPE_CHANGED", payload | {"deauthorized": deauthorized}
        )

    def signal(self, kind: str) -> Delivery:
        """Queue an event that says only that something changed."""
        return self._queue(kind, {})

    def _queue(self, kind: str, payload: Record) -> Delivery:
        event: dict[str, Any] = {"athlete_id": self.state.athlete_id, "type": kind}
        event |= {"timestamp": self.state.stamp(), "records": []} | payload
        body = json.dumps({"secret": self.secret, "events": [event]}).encode()
        self.deliveries.append(Delivery(body, self.state.now()))
        return self.deliveries[-1]

    def send_due(self) -> list[int]:
        """Try everything that is due and return the statuses."""
        now = self.state.now()
        due = [row for row in self.deliveries if not row.delivered and row.due <= now]
        return [self._try(row) for row in due if row.tries < MOST_TRIES]

    def repeat(self, delivery: Delivery) -> list[int]:
        """Send a delivered body again, as happens."""
        headers = self._headers()
        return [self.post(delivery.body, headers) for _ in range(self.duplicates)]

    def _try(self, delivery: Delivery) -> int:
        status = self.post(delivery.body, self._headers())
        delivery.tries += 1
        # Upstream counted 204 as a failure; so does this.
        delivery.delivered = status == 200
        pause_s = FIRST_PAUSE_S * 2 ** (delivery.tries - 1)
        delivery.due = self.state.now() + timedelta(seconds=pause_s)
        return status

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT}
        if self.authorization:
            headers["Authorization"] = self.authorization
        return headers
