"""Setting up, one question a screen: address, key, phone, first shortcut, it works.

The first question without an answer comes next; with the last one it folds away, and
the start is Today. Whoever comes back by Back or in another tab reads what is so now.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, get_args

from flask import Response, request

from bridge.errors import BadField
from bridge.routes.replies import send
from bridge.routes.site import connect, devices, doctor, reach, shortcuts
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import read_once, remember_device, session, sign_once
from bridge.routes.site.words import ago, words
from bridge.services import services
from bridge.store.athletes import OWNER
from bridge.store.devices import Device, new_id
from bridge.store.uses import NOTE_EVERY

Step = Literal["address", "key", "phone", "shortcut"]
STEPS: tuple[Step, ...] = get_args(Step)
FIRST_SHORTCUT = "my-training-form"  # two actions
TOLD_FOR = timedelta(hours=1)  # of a try that failed
LONGEST_KEPT = 200  # of what was typed and is shown again


@dataclass(frozen=True, slots=True)
class Question:
    """One question of setting up, as the progress shows it."""

    name: Step
    is_answered: bool


def start() -> Response:
    """Lead to the next question, or to the day where all are answered."""
    return go_to(_next_path())


def show_address() -> Response:
    """Ask where the phone reaches the bridge."""
    return _ask_address()


def choose_address() -> Response:
    """Keep the address that was chosen, once this bridge has answered there."""
    if services().config.public_url:
        raise PageRefused(409, "address_in_environment")
    if request.form.get("later"):
        reach.put_off()
        return go_to(_next_path(after="address"))
    typed = request.form.get("url", "")[:LONGEST_KEPT]
    why_not = reach.keep(typed)
    if why_not:
        return _ask_address(422, why_not, typed)
    doctor.forget_light()
    return go_to(_next_path(after="address"))


def show_key() -> Response:
    """Ask for the key of Intervals.icu, or show whose it is."""
    return _ask_key()


def submit_key() -> Response:
    """Keep the key that was pasted, once Intervals.icu has said yes to it."""
    trouble = connect.store_key(request.form.get("api_key", ""))
    if trouble is not None:
        return _ask_key(trouble.status, trouble.sentence)
    doctor.forget_light()
    return go_to(_next_path(after="key"))


def forget_key() -> Response:
    """Forget the key: devices stay, and are told that there is no key."""
    trouble = connect.forget_key()
    if trouble is not None:
        return _ask_key(trouble.status, trouble.sentence)
    doctor.forget_light()
    return go_to("/setup/key")


def show_phone() -> Response:
    """Ask for a name of the phone, and greet whose account it will read."""
    return _ask_phone()


def create_device() -> Response:
    """Let a device in and lead to its first shortcut, with its code filled in."""
    name, scope = request.form.get("name", ""), request.form.get("scope", "read")
    try:
        device = devices.let_in(name, scope, _form_id())
    except BadField as error:
        is_name = error.words.get("name") == "name"
        return _ask_phone(422, "name_bad" if is_name else "may_bad")
    return remember_device(go_to("/setup/shortcut"), device.device_id)


def show_shortcut() -> Response:
    """Draw the first shortcut with everything filled in, and wait for the phone."""
    known = services()
    made = devices.just_made()
    if made is None and not _newest():
        return go_to("/setup/phone")
    code = "" if made is None else f"{known.address}#{made[1]}"
    drawn = shortcuts.drawn(FIRST_SHORTCUT)
    newest, tried = _newest(), _tried(_awaited())
    return _render(
        "setup_shortcut", "shortcut", code=code, newest=newest, tried=tried, **drawn
    )


def show_waiting() -> Response:
    """Say that the phone has asked, or that it has not yet and what may be wrong."""
    device = _awaited()
    asked_ago = ""
    if device and device.last_used_at and _has_asked(device):
        asked_ago = ago(device.last_used_at, services().clock())
    return _render(
        "setup_waiting",
        "shortcut",
        device=device,
        asked_ago=asked_ago,
        tried="" if asked_ago else _tried(device),
        since=_since(),
        slug=FIRST_SHORTCUT,
    )


def tell_asked() -> Response:
    """Tell the page's script whether the phone has asked by now."""
    device = _awaited()
    if device is not None and _has_asked(device):
        return send({"asked": "yes"}, "")
    tried = _tried(device)
    return send({"asked": "no"} | ({"tried": tried} if tried else {}), "")


def _tried(device: Device | None) -> str:
    """Say how a phone tried and failed while it is waited for; "" where none did.

    A try with a token of ours says more than one with a token that is nobody's.
    """
    if device is None:
        return ""
    known, say, since = services(), words().waiting, _since()
    begun = device.created_at.timestamp() if since is None else since
    for tried in known.store.facts.failed_tries():
        own = devices.own(tried.device_id) if tried.device_id else None
        is_recent = (
            known.clock() - tried.at < TOLD_FOR and tried.at.timestamp() >= begun
        )
        if is_recent and (own is not None or not tried.device_id):
            said = say[f"row_tried_{tried.cause}"].format(
                device=own.name if own else "",
                ago=ago(tried.at, known.clock()),
                address=known.address,
            )
            return str(said.unescape())
    return ""


def is_done() -> bool:
    """Tell whether every question is answered."""
    return services().config.demo or all(each.is_answered for each in questions())


def questions() -> list[Question]:
    """Return all questions in their order; asks nobody outside."""
    known, athlete = services(), session().athlete
    account = known.store.athletes.find(athlete)
    has_key = bool(known.config.api_key) and athlete == OWNER
    active = devices.active()
    answered: dict[Step, bool] = {
        "address": reach.is_answered(),
        "key": has_key or (account is not None and account.sealed_key is not None),
        "phone": bool(active),
        "shortcut": any(device.last_used_at for device in active),
    }
    return [Question(step, answered[step]) for step in STEPS]


def _next_path(after: Step | None = None) -> str:
    """Return the first open question behind ``after``, else of all, else the day."""
    if services().config.demo:
        return "/today"
    known = questions()
    behind = known[STEPS.index(after) + 1 :] if after else []
    for each in (*behind, *known):
        if not each.is_answered:
            return f"/setup/{each.name}"
    return "/today"


def _ask_address(status: int = 200, why_not: str = "", typed: str = "") -> Response:
    known = services()
    return _render(
        "setup_address",
        "address",
        status=status,
        candidates=[] if known.config.public_url else reach.candidates(),
        environment=known.config.public_url,
        chosen=known.public_url,
        why_not=why_not,
        typed=typed,
        listens_here=reach.listens_here(),
        port=known.config.port,
    )


def _ask_key(status: int = 200, trouble: str = "") -> Response:
    connection = connect.connection()
    return _render(
        "setup_key", "key", status=status, connection=connection, refused=trouble
    )


def _ask_phone(status: int = 200, why_not: str = "") -> Response:
    typed = request.form.get("name", "")[:LONGEST_KEPT]
    name, scope = devices.suggested_name(), "write"
    # Back leads to what was just made, unless one more is wanted
    made = None if "another" in request.args else devices.just_made()
    if made is not None:
        name, scope = made[0].name, made[0].scope
    return _render(
        "setup_phone",
        "phone",
        status=status,
        hello=connect.hello(),
        why_not=why_not,
        name=typed or name,
        scope=request.form.get("scope", scope),
        once=sign_once(_form_id() or (made[0].device_id if made else new_id())),
    )


def _form_id() -> str | None:
    """Return the id of the device that the form which was sent makes."""
    return read_once(request.form.get("once", ""))


def _render(
    template: str, step: Step, *, status: int = 200, **words: object
) -> Response:
    return render(
        f"{template}.html",
        status=status,
        step=step,
        questions=questions(),
        done=is_done(),
        **words,
    )


def _newest() -> Device | None:
    found = devices.active()
    return max(found, key=lambda device: device.created_at) if found else None


def _awaited() -> Device | None:
    """Return who is waited for: the named device, the one just made, the newest.

    Where another one that this session made has asked already, it is that one; a test
    of one device waits for that one alone.
    """
    named = devices.own(request.args.get("device", ""))
    awaited = named or devices.remembered() or _newest()
    if _since() is not None or (awaited and awaited.last_used_at):
        return awaited
    asked = [each for each in devices.made_here() if each.last_used_at]
    return asked[-1] if asked else awaited


def _since() -> int | None:
    text = request.args.get("since", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _has_asked(device: Device) -> bool:
    if device.last_used_at is None:
        return False
    since = _since()
    if since is None:
        return True
    # a use is noted once a minute
    noted = device.last_used_at + NOTE_EVERY + timedelta(seconds=1)
    return noted.timestamp() >= since
