"""Tell me: what is told, when, and where it goes, on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Response, request

from bridge.domain.messages.chosen import Chosen, read_choices
from bridge.domain.messages.topics import NAMES, TOPICS
from bridge.domain.speech.voice import Voice, known_locale
from bridge.errors import BadField, VaultClosed
from bridge.notify.channels import ChannelRefused, Channels, Target, shown
from bridge.notify.ntfy import NtfyTarget
from bridge.notify.outside import Outside
from bridge.notify.push import PushTarget
from bridge.notify.sending import Sender
from bridge.notify.webhook import WebhookTarget, make_secret
from bridge.routes.replies import send
from bridge.routes.site.page import PageRefused, go_to, render
from bridge.routes.site.session import hand_on, handed_on, session, take_back
from bridge.routes.site.words import ago, page_language, words
from bridge.services import services
from bridge.store.outbox import Channel
from bridge.vault import SealContext
from bridge.writes.messages import MessageChoices, choose_as_owner, undo_as_owner

_CLOCKS = ("morning_at", "evening_at", "quiet_from", "quiet_until")
_LONGEST = 2_000
_TO_BE_SHOWN_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A channel as the page shows it: its name and its host, never where it leads."""

    channel_id: str
    type: str
    name: str
    host: str
    sent: str
    trouble: str
    active: bool


def show() -> Response:
    """Show what is told, and where it goes."""
    athlete, store = session().athlete, services().store
    known = store.outbox.settings(athlete)
    last = store.journal.owners_last(athlete, MessageChoices.name, _now())
    return render(
        "messages.html",
        topics=TOPICS,
        choices=known.choices,
        clocks={name: f"{getattr(known.choices, name):%H:%M}" for name in _CLOCKS},
        told_in=known.language,
        channels=rows(),
        tried=request.args.get("tried", ""),
        can_undo=last is not None and last.undone_at is None,
        secure=services().settings_now.is_https,
    )


def choose() -> Response:
    """Keep what is told, when, and in which language."""
    known, athlete = services().store.outbox, session().athlete
    form = request.form
    on = frozenset(name for name in NAMES if form.get(name) == "yes")
    sent: dict[str, object] = {
        name: form[name] for name in (*_CLOCKS, "language") if form.get(name)
    }
    before = known.settings(athlete)
    chosen = Chosen(choices=replace(before.choices, on=on), language=before.language)
    try:
        chosen = read_choices(sent, chosen) if sent else chosen
    except BadField:
        raise PageRefused(422, "bad_time") from None
    choose_as_owner(known, services().store.journal, athlete, chosen, _now())
    return go_to("/messages?tried=kept")


def undo() -> Response:
    """Bring back what was chosen before the page changed it last."""
    athlete, store = session().athlete, services().store
    is_done = undo_as_owner(store.outbox, store.journal, athlete, _now())
    return go_to(f"/messages?tried={'undone' if is_done else 'not_undone'}")


def create() -> Response:
    """Add ntfy or a webhook; a secret that was made is shown once."""
    form, made = request.form, ""
    url, name = form.get("url", "").strip(), form.get("name", "")
    target: Target = NtfyTarget(url=url, token=form.get("token", "").strip())
    if form.get("type") == "webhook":
        made = make_secret()
        target = WebhookTarget(url=url, secret=made)
    _add(target, name)
    if not made:
        return index()
    sealed = services().vault.seal(made, _context())
    return hand_on("/messages/secret", sealed, _TO_BE_SHOWN_WITHIN)


def show_secret() -> Response:
    """Show the secret of the webhook just added: now, and never again."""
    try:
        secret = services().vault.open(handed_on() or "", _context())
    except VaultClosed:
        return index()
    page = render("message_secret.html", secret=secret)
    # A browser that only asks for the headers has shown nothing yet.
    return page if request.method == "HEAD" else take_back(page)


def key() -> Response:
    """Return the key by which a phone knows who may push to it."""
    signer = channels().signer(session().athlete)
    return send({"key": signer.public}, str(words().messages.title))


def subscribe() -> Response:
    """Add the phone that asks; its browser made the subscription."""
    form = request.form
    target = PushTarget(
        endpoint=form.get("endpoint", "")[:_LONGEST],
        p256dh=form.get("p256dh", "")[:_LONGEST],
        auth=form.get("auth", "")[:_LONGEST],
    )
    _add(target, form.get("name", "") or str(words().messages.this_phone))
    return send({"added": "yes"}, str(words().messages.added))


def test(channel_id: str) -> Response:
    """Send a test to one channel; the page says what came of it."""
    known, channel = services(), _own(channel_id)
    voice = Voice(known_locale(page_language()) or "en_GB")
    title, speech = voice.say("message.test"), voice.say("message.test_speech")
    ways = channels()
    message_id = ways.outbox.put_test(channel, title, speech, known.clock())
    trouble = Sender(ways, known.clock).send_now(message_id)
    ways.outside.close()
    return go_to(f"/messages?tried={trouble or 'arrived'}#channels")


def remove(channel_id: str) -> Response:
    """Remove a channel, with all that waits for it."""
    channel = _own(channel_id)
    services().store.outbox.remove_channel(session().athlete, channel.channel_id)
    return index()


def index() -> Response:
    """Lead to the list of channels."""
    return go_to("/messages#channels")


def channels() -> Channels:
    """Return what opens and adds channels."""
    known = services()
    outside = Outside(known.config.notify_private)
    return Channels(known.store.outbox, lambda: known.settings_now, outside)


def rows() -> list[Row]:
    """Return the athlete's channels, oldest first."""
    ways = channels()
    return [_row(ways, each) for each in ways.outbox.channels(session().athlete)]


def _add(target: Target, name: str) -> None:
    try:
        channels().add(session().athlete, target, name, services().clock())
    except BadField:
        raise PageRefused(422, "bad_channel_name") from None
    except ChannelRefused as error:
        reason = str(words().messages[f"row_why_{error.why}"])
        raise PageRefused(422, "bad_channel", reason=reason) from None


def _own(channel_id: str) -> Channel:
    for channel in services().store.outbox.channels(session().athlete):
        if channel.channel_id == channel_id:
            return channel
    raise PageRefused(404, "no_such_channel")


def _row(ways: Channels, channel: Channel) -> Row:
    now, say = services().clock(), words().messages
    try:
        host = shown(ways.open(channel))
    except VaultClosed:
        host = ""
    sent = channel.last_sent_at
    return Row(
        channel_id=channel.channel_id,
        type=channel.type,
        name=channel.name,
        host=host,
        sent=str(say.unsent) if sent is None else ago(sent, now),
        trouble=str(say[f"row_{channel.last_trouble}"]) if channel.last_trouble else "",
        active=channel.disabled_at is None,
    )


def _now() -> datetime:
    return services().clock()


def _context() -> SealContext:
    return SealContext("channels", "secret", session().athlete, 0)
