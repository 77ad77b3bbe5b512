"""Phones, watches and scripts: let in with a setup code, listed, shut out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from flask import Response, request

from bridge.domain.cards import PRIVATE
from bridge.errors import BadField
from bridge.routes.site import views
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import remembered_devices, session
from bridge.routes.site.words import ago, page_language, words
from bridge.services import services
from bridge.shortcuts.files import names_of_requests
from bridge.store.devices import (
    DAYS_KEPT,
    LONGEST_NAME,
    Device,
    free_name,
    new_id,
    read_name,
)

LONGEST_SHOWN = 200  # of what was typed
_KINDS = ("iPhone", "iPad", "Mac", "Android")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A device as the page shows it."""

    device_id: str
    name: str
    added: str  # where another has the same name
    glyph: str
    scope: str
    used: str
    days: tuple[bool, ...]  # the last fourteen, today at the end
    state: str  # active, revoked, expired


def show(status: int = 200, view_name: str = "") -> Response:
    """Show the devices and views of the athlete."""
    found = rows()
    return render(
        "devices.html",
        status=status,
        view_name=view_name,
        devices=[row for row in found if row.state == "active"],
        gone=[row for row in found if row.state != "active"],
        days_kept=DAYS_KEPT,
        views=views.rows(),
        private_cards=PRIVATE,
        made=just_made(),
        now_s=int(services().clock().timestamp()),
    )


def create_view() -> Response:
    """Make a view and lead to its key; a bad name stays in its field."""
    typed = request.form.get("name", "")[:LONGEST_SHOWN]
    return views.create() or show(422, typed)


def show_code() -> Response:
    """Show the setup code again to the session that made it, while it is unused."""
    made = just_made()
    if made is None:
        return index()
    code = f"{services().address}#{made[1]}"
    return render("code.html", device=made[0], code=code)


def let_in(name: str, scope: str, device_id: str | None = None) -> Device:
    """Let a device in; one more of the same name gets a number.

    The same form sent again, by Back or by a second click, makes no second device
    while the first is unused.

    Raises
    ------
    BadField
        For a name or scope that cannot be.
    """
    known = services()
    name = read_name(name)
    made = own(device_id or "")
    if made and _is_unused(made) and _is_called(made, name) and made.scope == scope:
        return made
    return known.store.devices.add(
        free_name(name, {device.name for device in active()}),
        scope,
        session().athlete,
        known.clock(),
        device_id=new_id() if made or not device_id else device_id,
    )


def active() -> list[Device]:
    """Return the athlete's devices that may ask now, oldest first."""
    now = services().clock()
    return [each for each in _all() if _state_of(each, now) == "active"]


def own(device_id: str) -> Device | None:
    """Return a device of the athlete who is signed in."""
    device = services().store.devices.find(device_id)
    return device if device and device.athlete == session().athlete else None


def remembered() -> Device | None:
    """Return the device that this session made within half an hour."""
    made = made_here()
    return made[-1] if made else None


def made_here() -> list[Device]:
    """Return what this session made within half an hour and is let in, latest last."""
    found = map(own, remembered_devices())
    return [each for each in found if each and not each.revoked_at]


def just_made() -> tuple[Device, str] | None:
    """Return the device that this session made just now, and its token.

    None where half an hour is over, where it was revoked, and as soon as it has asked
    for the first time: then the code has arrived.
    """
    device = remembered()
    if device is None or not _is_unused(device):
        return None
    return device, services().tokens.issue(device.device_id)


def index() -> Response:
    """Lead to the list."""
    return go_to("/devices")


def rename(device_id: str) -> Response:
    """Call a device something else; its code stays as it is."""
    device = _own(device_id)
    try:
        services().store.devices.rename(device.device_id, request.form.get("name", ""))
    except BadField:
        raise PageRefused(422, "bad_device_name") from None
    return index()


def revoke(device_id: str) -> Response:
    """Shut a device out; its next request is refused."""
    known = services()
    known.store.devices.revoke(_own(device_id).device_id, known.clock())
    return index()


def rows() -> list[Row]:
    """Return the athlete's devices, the last used first, revoked ones at the end."""
    found = _all()
    found.sort(key=lambda device: device.last_used_at or device.created_at)
    found.reverse()
    found.sort(key=lambda device: device.revoked_at is not None)
    names = Counter(device.name for device in found)
    return [_row(device, is_double=names[device.name] > 1) for device in found]


def suggested_name() -> str:
    """Return a name for the device that is looking at the page."""
    agent = request.headers.get("User-Agent", "")
    kind = next((kind for kind in _KINDS if kind in agent), "iPhone")
    kind = "iPhone" if kind == "Mac" else kind
    return str(words().setup_phone.suggested.format(kind=kind))


def _is_unused(device: Device) -> bool:
    return device.last_used_at is None and device.revoked_at is None


def _is_called(device: Device, name: str) -> bool:
    """Tell whether it was made under ``name``, perhaps with a number behind."""
    base = re.escape(name[: LONGEST_NAME - 4])
    numbered = re.fullmatch(rf"{base} [0-9]{{1,3}}", device.name)
    return device.name == name or numbered is not None


def _all() -> list[Device]:
    return services().store.devices.of_athlete(session().athlete)


def _own(device_id: str) -> Device:
    device = own(device_id)
    if device is None:
        raise PageRefused(404, "no_such_device")
    return device


def _row(device: Device, *, is_double: bool) -> Row:
    now = services().clock()
    added = format_date(device.created_at, "long", locale=page_language())
    return Row(
        device_id=device.device_id,
        name=device.name,
        added=added if is_double else "",
        glyph=_glyph_of(device.name),
        scope=device.scope,
        used=_say_used(device, now),
        days=device.days_until(now),
        state=_state_of(device, now),
    )


def _state_of(device: Device, now: datetime) -> str:
    if device.revoked_at is not None:
        return "revoked"
    is_over = device.expires_at is not None and device.expires_at <= now
    return "expired" if is_over else "active"


def _glyph_of(name: str) -> str:
    name = name.lower()
    for words_in_name, glyph in (
        (("watch", "uhr", "montre", "reloj"), "watch"),
        (("ipad", "tablet"), "tablet"),
        (("mac", "book", "laptop", "pc"), "laptop"),
        (("phone", "android", "handy", "móvil", "téléphone"), "phone"),
    ):
        if any(word in name for word in words_in_name):
            return glyph
    return "script" if "script" in name or "widget" in name else "phone"


def _say_used(device: Device, now: datetime) -> str:
    say = words().devices
    if device.last_used_at is None:
        return str(say.never.format(ago=ago(device.created_at, now)))
    used = ago(device.last_used_at, now)
    asked = device.last_asked or ""
    what = names_of_requests().get(asked, {}).get(page_language(), asked)
    return str(
        say.asked.format(what=what, ago=used) if what else say.used.format(ago=used)
    )
