"""Phones, watches and scripts: let in with a setup code, listed, shut out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, request

from bridge.domain.speech.ago import say_ago
from bridge.errors import BadField
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import (
    hand_on,
    handed_on,
    remember_device,
    remembered_device,
    session,
    take_back,
)
from bridge.services import services
from bridge.store.devices import Device, Scope

SCOPE_WORDS: dict[Scope, str] = {
    "read": "may read",
    "write": "may also log and plan",
    "raw": "may do everything your Intervals.icu key may",
}
_TO_BE_SHOWN_WITHIN = timedelta(minutes=2)
_KINDS = ("iPhone", "iPad", "Mac", "Android")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A device as the page shows it."""

    device_id: str
    name: str
    may: str
    used: str
    active: bool


def create() -> Response:
    """Let a device in and lead to its setup code."""
    known = services()
    name, scope = request.form.get("name", ""), request.form.get("scope", "read")
    try:
        device = known.store.devices.add(name, scope, session().athlete, known.clock())
    except BadField as error:
        raise _refused(error) from None
    return hand_on("/devices/code", device.device_id, _TO_BE_SHOWN_WITHIN)


def show_code() -> Response:
    """Show the setup code of the device just let in: now, and never again."""
    known = services()
    device = known.store.devices.find(handed_on() or "")
    if device is None or device.athlete != session().athlete:
        return index()
    code = f"{known.config.address}#{known.tokens.issue(device.device_id)}"
    page = render(
        "code.html",
        device=device,
        code=code,
        may=SCOPE_WORDS[device.scope],
        reachable=bool(known.config.public_url),
    )
    # A browser that only asks for the headers has shown nothing yet.
    if request.method == "HEAD":
        return page
    return remember_device(take_back(page), device.device_id)


def just_made() -> tuple[Device, str] | None:
    """Return the device that this session made just now, and its token.

    None where half an hour is over, or the device was revoked since.
    """
    known = services()
    device = known.store.devices.find(remembered_device() or "")
    if device is None or device.athlete != session().athlete or device.revoked_at:
        return None
    return device, known.tokens.issue(device.device_id)


def index() -> Response:
    """Lead to the list, which is on the setup page."""
    return go_to("/#devices")


def revoke(device_id: str) -> Response:
    """Shut a device out; its next request is refused."""
    known = services()
    device = known.store.devices.find(device_id)
    if device is None or device.athlete != session().athlete:
        raise PageRefused(
            404,
            "no_such_device",
            "There is no such device",
            "It may have been removed already. The list shows all there are.",
        )
    known.store.devices.revoke(device_id, known.clock())
    return index()


def rows() -> list[Row]:
    """Return the athlete's devices, the last used first, revoked ones at the end."""
    found = services().store.devices.of_athlete(session().athlete)
    found.sort(key=lambda device: device.last_used_at or device.created_at)
    found.reverse()
    found.sort(key=lambda device: device.revoked_at is not None)
    return [_row(device) for device in found]


def suggested_name() -> str:
    """Return a name for the device that is looking at the page."""
    agent = request.headers.get("User-Agent", "")
    kind = next((kind for kind in _KINDS if kind in agent), "iPhone")
    return "My iPhone" if kind == "Mac" else f"My {kind}"


def _row(device: Device) -> Row:
    now = services().clock()
    expired = device.expires_at is not None and device.expires_at <= now
    return Row(
        device_id=device.device_id,
        name=device.name,
        may=SCOPE_WORDS[device.scope],
        used=_say_used(device, now),
        active=device.revoked_at is None and not expired,
    )


def _say_used(device: Device, now: datetime) -> str:
    if device.last_used_at is not None:
        return f"used {say_ago(device.last_used_at, now)}"
    return f"never used, added {say_ago(device.created_at, now)}"


def _refused(error: BadField) -> PageRefused:
    sentence = "Choose what the device may do."
    if error.words.get("name") == "name":
        sentence = (
            "A name has 1 to 60 characters that can be seen, such as My iPhone. "
            "No device was let in."
        )
    return PageRefused(422, "bad_field", "That name does not work", sentence)
